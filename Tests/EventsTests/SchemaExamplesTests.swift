import Foundation
import Testing

@testable import Events

/// `Schemas/examples`: every file is one line, and says in its folder and name what the decoder makes of it.
@Suite struct SchemaExamplesTests {
  @Test(arguments: Example.validInputs)
  func validInputDecodes(example: Example) throws {
    let event = try EventDecoder.decode(structured: example.line)
    #expect(event.envelope.type == example.type.rawValue)
    #expect((event.customer == nil) == example.type.isBroadcast)
  }

  @Test(arguments: Example.all("invalid") { _ in true })
  func invalidExampleIsRefusedWithTheCodeInItsName(example: Example) throws {
    #expect(failureCode(try example.line) == example.code)
  }

  @Test(arguments: Example.all("valid") { !$0.isInput })
  func outputIsNoInput(example: Example) throws {
    #expect(failureCode(try example.line) == "not_an_input")
  }

  @Test(arguments: Example.all("invalid") { _ in true })
  func failureNamesOnlyFieldsOfOurs(example: Example) throws {
    guard case .failure(let failure) = outcome(try example.line) else { return }
    #expect(failure.namesOnlyKnownFields)
  }

  @Test(arguments: EventType.allCases)
  func everyTypeHasExamples(type: EventType) {
    #expect(Example.all("valid", of: type).count >= 2)
    #expect(Example.all("invalid", of: type).count >= 3)
  }

  @Test func everyCodeThatALineCanGiveHasAnExample() {
    let shown = Set(Example.all("invalid") { _ in true }.map(\.code))
    // An empty line is no event, and a line beyond 1 MiB would bloat the repository; both are in EventDecoderTests. What a
    // cluster finds too large no line shows. What is said of foreign payloads is in IntakeTests.
    let notInFiles: Set = [
      "empty_record", "too_large", "output_too_large", "unsupported_shape", "unsupported_event", "bad_value",
      "no_identity", "unknown_order", "not_canonical",
    ]
    #expect(shown == Set(DecodingFailure.Code.allCases.map(\.rawValue)).subtracting(notInFiles))
  }

  @Test(arguments: Example.all("valid") { _ in true } + Example.all("invalid") { _ in true })
  func exampleIsOneLine(example: Example) throws {
    let bytes = try Data(contentsOf: example.url)
    #expect(bytes.last == 0x0A)
    #expect(bytes.count { $0 == 0x0A } == 1)
  }

  @Test func validExamplesKeepWhatOtherReadersLose() throws {
    func example(_ type: EventType, _ name: String) throws -> Event {
      let url = Example.folder.appending(path: "examples/\(type.rawValue)/valid/\(name).json")
      return try EventDecoder.decode(structured: Example(type: type, url: url).line)
    }
    let spanish = try example(.ticketOpened, "spanish-emojis-nanoseconds")
    guard case .ticketOpened(let ticket) = spanish.body else { return #expect(Bool(false)) }
    #expect(ticket.ticket.text == "820982911946154508")
    #expect(ticket.orders.map(\.text) == ["18446744073709551617"])
    #expect(spanish.envelope.time.rfc3339 == "2026-03-02T07:15:07.672717030Z")

    let escapes = try example(.ticketOpened, "escapes-and-a-cut-emoji")
    guard case .ticketOpened(let cut) = escapes.body else { return #expect(Bool(false)) }
    #expect(cut.body == "café order 🚀 \"gone\"?\r\n\tplease help \u{FFFD}")
    #expect(escapes.envelope.source == "/chat/widget")

    guard case .feedbackGiven(let feedback) = try example(.feedbackGiven, "number-kept-digit-by-digit").body else {
      return #expect(Bool(false))
    }
    #expect(feedback.value == "9007199254740993")

    guard case .orderUpdated(let order) = try example(.orderUpdated, "refund-in-part").body else {
      return #expect(Bool(false))
    }
    #expect(order.items.map(\.quantity) == [.max, 1])
    #expect(order.refunds.map(\.money.amount) == ["-0.5", "200"])
    #expect(order.total?.micros == 1_299_000_001)
  }
}

/// The closed lists in the schemas are the ones in the code.
@Suite struct SchemaVocabularyTests {
  @Test(arguments: [
    ("common", ["$defs", "channel"], Channel.allCases.map(\.rawValue)),
    ("common", ["$defs", "orderStatus"], OrderUpdated.Status.allCases.map(\.rawValue)),
    ("common", ["$defs", "urgency"], DecisionMade.Urgency.allCases.map(\.rawValue)),
    ("common", ["$defs", "band"], Reading.Band.allCases.map(\.rawValue)),
    ("common", reading("abstention"), Reading.Abstention.allCases.map(\.rawValue)),
    ("common", reading("pressure"), Reading.Pressure.allCases.map(\.rawValue)),
    ("common", reading("cues") + ["items", "properties", "kind"], Reading.Cue.Kind.allCases.map(\.rawValue)),
    ("common", reading("entities") + ["items", "properties", "kind"], Reading.Entity.Kind.allCases.map(\.rawValue)),
    ("heed.decision.made.v1", data("action"), DecisionMade.Action.allCases.map(\.rawValue)),
    ("heed.decision.made.v1", data("context"), DecisionMade.ContextState.allCases.map(\.rawValue)),
    ("heed.resolution.proposed.v1", data("kind"), ResolutionProposed.Kind.allCases.map(\.rawValue)),
    ("heed.insight.raised.v1", data("kind"), InsightRaised.Kind.allCases.map(\.rawValue)),
    ("heed.update.requested.v1", data("purpose"), UpdateRequested.Purpose.allCases.map(\.rawValue)),
    ("heed.update.requested.v1", data("withheld"), UpdateRequested.Withheld.allCases.map(\.rawValue)),
    ("heed.update.requested.v1", data("method"), UpdateRequested.Method.allCases.map(\.rawValue)),
    (
      "heed.kpi.measured.v1", data("window") + ["properties", "length"],
      KPIMeasured.Window.Length.allCases.map(\.rawValue)
    ),
    (
      "heed.kpi.measured.v1", data("segment") + ["properties", "axis"],
      KPIMeasured.Segment.Axis.allCases.map(\.rawValue)
    ),
    ("common", ["$defs", "figure", "properties", "unit"], KPIMeasured.Figure.Unit.allCases.map(\.rawValue)),
    ("common", ["$defs", "figure", "properties", "better"], KPIMeasured.Figure.Direction.allCases.map(\.rawValue)),
    ("heed.dead_letter.v1", ["properties", "code"], DecodingFailure.Code.allCases.map(\.rawValue)),
  ])
  func closedListIsTheOneInTheCode(file: String, place: [String], words: [String]) throws {
    #expect(try enumeration(file, place + ["enum"]) == Set(words))
  }

  @Test(arguments: [
    ("heed.ticket.opened.v1", data("channel"), known(Channel.self)),
    ("heed.ticket.opened.v1", data("device"), known(DeviceClass.self)),
    ("heed.ticket.message.v1", data("channel"), known(Channel.self)),
    ("heed.ticket.message.v1", data("author") + ["properties", "kind"], known(TicketMessage.Author.self)),
    ("heed.ticket.updated.v1", data("status"), known(TicketUpdated.Status.self)),
    ("heed.ticket.updated.v1", data("changedBy"), known(TicketUpdated.Author.self)),
    ("heed.order.updated.v1", data("status"), known(OrderUpdated.Status.self) + ["unknown"]),
    ("heed.feedback.given.v1", data("kind"), known(FeedbackGiven.Kind.self)),
    ("heed.feedback.given.v1", data("by"), known(FeedbackGiven.Author.self)),
    ("heed.insight.raised.v1", data("sign"), known(InsightRaised.Sign.self)),
  ])
  func openListNamesTheWordsThatAreKnown(file: String, place: [String], words: [String]) throws {
    #expect(try enumeration(file, place + ["anyOf", "0", "enum"]) == Set(words))
  }

  @Test func everyTypeHasItsSchemaAndEverySchemaItsType() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Example.folder.path())
    let names = files.filter { $0.hasPrefix("heed.") && $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }
    #expect(Set(names) == Set(EventType.allCases.map(\.rawValue)))
  }

  private func enumeration(_ file: String, _ place: [String]) throws -> Set<String> {
    let data = try Data(contentsOf: Example.folder.appending(path: file + ".json"))
    var node = try JSONSerialization.jsonObject(with: data)
    for step in place {
      if let index = Int(step) {
        node = try #require(node as? [Any])[index]
      } else {
        node = try #require((node as? [String: Any])?[step], "no \(step)")
      }
    }
    return Set(try #require(node as? [String]))
  }
}

private func reading(_ field: String) -> [String] { ["$defs", "reading", "properties", field] }
private func data(_ field: String) -> [String] { ["properties", "data", "properties", field] }
private func known<Word: CaseIterable & RawRepresentable<String>>(_ type: Word.Type) -> [String] {
  type.allCases.map(\.rawValue).filter { $0 != "unknown" }
}

extension DecodingFailure {
  /// Whether no word of a document stands in the path but names of fields that the decoder reads.
  var namesOnlyKnownFields: Bool {
    path.split { !$0.isLetter }.allSatisfy { EventDecoder.fieldNames.contains(String($0)) }
  }
}
