import Events
import Foundation
import Streams
import Testing
import TestSupport

@testable import Egress

/// What triage writes is read back; what nobody wrote so is refused, and never crashes.
@Suite struct HandoverTests {
  @Test func whatIsWrittenIsReadBack() throws {
    let proposed = resolution(expiresAt: morning)
    for decoded in [
      try HandoverDecoder.decode(record(output(proposed))),
      try HandoverDecoder.decode(structured: output(proposed).structured()),
    ] {
      #expect(decoded?.handover == .resolutionProposed(proposed))
      #expect(decoded?.envelope.id == proposed.resolution && decoded?.envelope.traceparent == "00-aa-bb-01")
    }
    let summarised = summary(supersedes: "dec_0")
    #expect(try HandoverDecoder.decode(record(output(summarised)))?.handover == .caseSummarised(summarised))
  }

  /// The examples that the encoders are held against.
  @Test(arguments: ["heed.case.summarised.v1", "heed.resolution.proposed.v1"])
  func everyExampleIsReadAndWrittenAgain(type: String) throws {
    let folder = Repository.file("Schemas/examples/\(type)/valid")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    #expect(files.count >= 2)
    for file in files {
      let line = Array(try Data(contentsOf: file).dropLast())
      let data = try #require(try JSONTree(reading: line)["data"])
      switch try HandoverDecoder.decode(structured: line)?.handover {
      // Where words stood in a message is not read back.
      case .caseSummarised(let summary):
        #expect(try JSONTree(reading: summary.encoded()).withoutSpans == data.withoutSpans, "\(file.lastPathComponent)")
      case .resolutionProposed(let resolution):
        #expect(try JSONTree(reading: resolution.encoded()) == data, "\(file.lastPathComponent)")
      case nil: Issue.record("\(file.lastPathComponent) is not read")
      }
    }
  }

  @Test func otherOutputsAskForNothing() throws {
    let insight = OutputEvent(
      to: .insights, type: .insightRaised, id: "ins_1", key: "k", correlationID: "k", cause: cause(),
      data: Array("{}".utf8))
    #expect(try HandoverDecoder.decode(record(insight)) == nil)
  }

  @Test(arguments: 0..<40)
  func brokenDocumentsAreDeadLettersAndNeverCrash(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    let processor = EgressProcessor(
      targets: [try target("vendor: zendesk")], queues: ["delivery"], catalogue: Catalogue(), group: "g")
    var letters = 0
    for round in 0..<50 {
      let whole = dice.roll(2) == 0 ? output(summary()) : output(resolution(expiresAt: morning))
      var bytes = whole.data
      switch dice.roll(5) {
      case 0: bytes = Array(bytes.prefix(dice.roll(bytes.count)))
      case 1: for _ in 0...dice.roll(4) { bytes[dice.roll(bytes.count)] = UInt8(dice.roll(256)) }
      case 2: bytes = try JSONTree(reading: bytes).mangled(&dice).bytes
      case 3: bytes = Array(String(repeating: "[", count: 200).utf8)
      default: bytes = try JSONTree(reading: bytes).mangled(&dice).mangled(&dice).bytes
      }
      var voices = processor.makeState(partition: 0)
      var outputs: [OutgoingRecord] = []
      let original = record(whole, Offset(round))
      let broken = Record(
        source: original.source, offset: original.offset, key: original.key, headers: original.headers, value: bytes)
      processor.process(broken, state: &voices, outputs: &outputs)
      for output in outputs {
        if case .deadLetter(let code) = output.tally {
          #expect(DecodingFailure.Code(rawValue: code) != nil && output.value == bytes)
          letters += 1
        } else {
          #expect(output.topic == "heed.updates.zendesk.v1" && output.key == Array("zendesk:5158".utf8))
        }
      }
    }
    #expect(letters > 10)
  }

  @Test func aResolutionWithOneChoiceIsRefused() throws {
    let line = String(decoding: output(resolution()).structured(), as: UTF8.self).replacing(
      #""basis""#, with: #""choices":[{"value":"a","words":"b"}],"basis""#)
    #expect(throws: DecodingFailure.self) { try HandoverDecoder.decode(structured: Array(line.utf8)) }
  }
}

extension JSONTree {
  var bytes: [UInt8] {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.bytes
  }

  /// One value somewhere in it is another kind of value, or a long or a strange one.
  func mangled(_ dice: inout Dice) -> JSONTree {
    switch self {
    case .object(var fields) where !fields.isEmpty && dice.roll(6) > 0:
      let index = dice.roll(fields.count)
      if dice.roll(8) == 0 {
        fields.remove(at: index)
      } else {
        fields[index] = Field(fields[index].name, fields[index].value.mangled(&dice))
      }
      return .object(fields)
    case .array(var elements) where !elements.isEmpty && dice.roll(4) > 0:
      let index = dice.roll(elements.count)
      elements[index] = elements[index].mangled(&dice)
      return .array(elements)
    default:
      return dice.pick([
        .null, .boolean(true), .number("-1"), .number("9223372036854775808"), .number("1e400"), .string(""),
        .string("\u{0}\u{202E}<script>"), .string(String(repeating: "x", count: 300)), .array([.null]), .object([]),
      ])
    }
  }

  var withoutSpans: JSONTree {
    switch self {
    case .object(let fields):
      .object(fields.filter { $0.name != "spans" }.map { Field($0.name, $0.value.withoutSpans) })
    case .array(let elements): .array(elements.map(\.withoutSpans))
    default: self
    }
  }
}
