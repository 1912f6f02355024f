import Events
import Testing

@testable import Intake

@Suite struct FramingTests {
  @Test func whatConnectorsPutAroundAPayloadIsTakenOff() throws {
    let bare = Fixture("zendesk_trigger_created").bytes
    let text = String(decoding: bare, as: UTF8.self)
    var quoted = JSONWriter()
    quoted.string(text)
    let framed: [[UInt8]] = [
      [0, 0, 0, 0, 10] + bare, Array(#"{"schema":null,"payload":\#(text)}"#.utf8),
      Array(#"{"schema":{"type":"string"},"payload":"#.utf8) + quoted.bytes + Array("}".utf8),
      Array(#"{"headers":{"X-Zendesk-Webhook-Id":"1"},"body":\#(text)}"#.utf8),
      [0, 0, 0, 1, 44] + Array(#"{"schema":null,"payload":{"headers":{},"body":\#(text)}}"#.utf8),
    ]
    var intake = Intake(.zendesk, settings: plainShop)
    let events = try intake.take(bare)
    for payload in framed { #expect(try intake.take(payload) == events) }
  }

  @Test(
    arguments: [
      ([0, 0, 0, 0, 1, 2, 3], "malformed_json"), ([0], "malformed_json"), ([0xFF, 0xFE, 0x7B, 0], "invalid_utf8"),
      (Array(#"{"schema":null,"payload":null}"#.utf8), "unsupported_shape"),
    ] as [([UInt8], String)])
  func whatIsNoJSONIsRefused(payload: [UInt8], code: String) {
    var intake = Intake(.zendesk, settings: plainShop)
    do throws(IntakeFailure) {
      _ = try intake.take(payload)
      Issue.record("it was taken")
    } catch { #expect(error.code.text == code) }
  }

  @Test func whatIsSaidTwiceIsOneEvent() throws {
    for fixture in Fixture.all where fixture.name != "zendesk_event_unknown_kind" {
      var intake = Intake(fixture.source, settings: plainShop)
      let first = try? intake.take(fixture.bytes)
      let again = try? intake.take(fixture.bytes)
      #expect(again == first, "\(fixture.name)")
      #expect(Set(first?.map(\.envelope.id) ?? []).count == first?.count ?? 0, "\(fixture.name)")
    }
  }
}
