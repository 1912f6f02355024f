import Classifier
import Events
import Foundation
import Policy
import Streams
import Testing

@testable import Triage

/// Canaries in every field that an event can carry: none comes out of the pipeline, the processor or the filter, in a value, a key,
/// a header, an error, a context or a dead letter's words, but the first name in words for the customer.
///
/// Names are seeded where names belong. In a title or a cause, where any word may stand, only what has a form of its own is seeded:
/// there a name is a word like others, and nothing promises to find it.
@Suite struct CanaryTests {
  /// What must not come out, in small letters. No piece of it stands in the policy, in our own words or in an identifier.
  private struct Canary {
    /// As somebody would write it.
    let text: String
    /// The pieces that give it away.
    let traces: [String]
    init(_ text: String, _ traces: String...) {
      self.text = text
      self.traces = (traces.isEmpty ? [text] : traces).map { $0.lowercased() }
    }
  }

  private static let formed = [
    Canary("zephyrine.quillfeather@canary.example", "canary.example", "quillfeather"),
    Canary("+44 7700 900461", "900461", "7700 9"), Canary("0170-9004617", "9004617"),
    Canary("4111 1111 1111 1111", "1111 1111", "11111111"), Canary("5500000000000004", "550000"),
    Canary("DE89 3704 0044 0532 0130 00", "3704", "0532"), Canary("gb29nwbk60161331926819", "nwbk", "6016133"),
    Canary("47 Marmalade Street, London NW1 6XE", "marmalade", "6xe"),
    Canary("Quokkaweg 31, 10115 Berlin", "quokkaweg"),
    Canary("calle Mermelada 47", "mermelada"), Canary("47 rue de la Confiture, 75002 Paris", "confiture"),
    Canary("219-09-9999", "219-09"), Canary("JG103759A", "jg103759a"), Canary("12345678Z", "12345678z"),
    Canary("X1234567L", "x1234567l"), Canary("86095742719", "86095742719"),
    Canary("184127645108946", "184127645108946"),
    Canary("born 17/08/1953", "17/08", "1953"), Canary("geboren am 17.08.1953", "17.08", "1953"),
    Canary("my password is Zw1ebelturm", "zw1ebel"), Canary("contraseña: Zw1ebelturm", "zw1ebel"),
    Canary("the verification code is 739182", "739182"),
    Canary("sk_" + "live_51Hq8ZnQuokka00Zw1ebel", "51hq8zn", "quokka"),
    Canary("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N", "eyjhb", "dozjg"),
  ]

  /// Names and words that nobody but the customer used.
  private static let family = Canary("Zephyrine Quillfeather", "quillfeather")
  private static let colleague = Canary("Balthasar Uhlenspiegel", "balthasar", "uhlenspiegel")
  private static let words = Canary("the quokka by the zwiebelturm", "quokka", "zwiebelturm")
  private static let firstName = "zephyrine"

  private static let traces = Set((formed + [family, colleague, words]).flatMap(\.traces)).sorted()

  // MARK: Seeding

  /// Messages that lead to answers, questions, hand-offs and nothing, in four languages.
  private static let bodies = [
    "Where is my order LL-20411?", "Where is my order?", "Where is my order 9988771?", "Thanks, all good",
    "I am furious!!! My lawyer will hear of this, third time I write.", "Wo bleibt meine Bestellung LL-20411?",
    "¿Dónde está mi pedido LL-20411?", "Où est ma commande LL-20411 ?", "asdf", "My refund for LL-20411?",
    "Cancel my order LL-20412", "",
  ]

  /// Every type of input, with a canary in every text of it. Identifiers, times and closed lists are as they must be.
  private static func lines(_ canary: Canary, _ body: String, customer: String, personalization: Bool) -> [Line] {
    let text = canary.text
    var time = 0
    var lines: [Line] = []
    func say(_ type: EventType, key: String = customer, _ data: [String: Any]) {
      time += 1
      let data = key == "*" ? data : data.merging(["customerId": key]) { $1 }
      lines.append(Line(type, key: key, id: "\(customer)-\(time)", at: hour(0).adding(seconds: Int64(time) * 60), data))
    }
    func order(_ order: String, _ status: String, holds: [String] = []) {
      var state = OrderState.with {
        $0.status = status; $0.refund = "pending \(text)"
      }.data
      state["orderId"] = order
      state["items"] = [
        ["sku": text, "title": "Tent \(text)", "quantity": 1], ["title": text], ["title": "A lamp, \(text), blue"],
      ]
      state["holds"] = holds.map { ["reason": $0] }
      state["note"] = "\(text) \(words.text)"  // A field we do not know.
      if order != "LL-20411" {
        state["carrier"] = "Swift Parcel \(text)"
        state["region"] = "UK \(text)"
        state["trackingNumber"] = "see \(text)"
      }
      state["shippingAddress"] = ["name": family.text, "street": text]
      say(.orderUpdated, state)
    }
    say(
      .disruptionDeclared, key: "*",
      [
        "disruptionId": "storm", "carrier": "Swift Parcel", "region": "UK-North", "from": hour(-24).rfc3339,
        "cause": "severe weather, \(text)", "nextUpdateBy": hour(30).rfc3339,
      ])
    say(
      .disruptionDeclared, key: "*",
      [
        "disruptionId": "flood", "carrier": "Swift Parcel \(text)", "region": "UK \(text)", "from": hour(-24).rfc3339,
        "cause": text, "nextUpdateBy": hour(30).rfc3339,
      ])
    say(
      .customerChanged, ["tier": "vip \(text)", "consent": ["personalization": personalization], "name": family.text])
    order("LL-20411", "delayed")
    order("LL-20412", "delayed", holds: text.isEmpty ? [] : ["manual review \(text)"])
    say(
      .ticketOpened,
      [
        "ticketId": "T1", "channel": "email", "subject": "\(words.text) \(text)",
        "body": "\(body)\n\(words.text). \(text)",
        "tags": [text, words.text], "priority": text, "locale": text,
        "requester": ["name": family.text, "email": text, "phone": text, "tier": "gold \(text)"],
      ])
    say(
      .ticketMessage,
      ["ticketId": "T1", "author": ["kind": "customer", "name": family.text], "body": "\(text) \(body)"])
    say(
      .ticketMessage,
      ["ticketId": "T1", "author": ["kind": "agent", "name": colleague.text], "body": "\(words.text) \(text)"])
    say(
      .ticketUpdated,
      [
        "ticketId": "T1", "queue": "desk of \(text)", "assignee": colleague.text, "priority": text,
        "changedBy": "human",
        "status": "open",
      ])
    say(.ticketMessage, ["ticketId": "T1", "author": ["kind": "customer"], "body": body])
    say(
      .ticketOpened,
      [
        "ticketId": "T2", "channel": "chat", "subject": "", "body": body, "orderIds": ["LL-20412"],
        "requester": ["name": family.text, "email": "zephyrine.quillfeather@canary.example"],
      ])
    say(
      .feedbackGiven,
      [
        "about": ["ticketId": "T1"], "kind": "csat", "value": text, "reasonCode": "\(words.text) \(text)",
        "by": "customer",
      ])
    // Another customer is told of the disruption, and when the news will come, which it never does.
    let other = customer + "-b"
    let late = OrderState.with { $0.status = "delayed" }.data.merging(["orderId": "LL-30411", "customerId": other]) {
      $1
    }
    say(.orderUpdated, key: other, late)
    say(
      .ticketOpened, key: other,
      [
        "ticketId": "T3", "channel": "email", "subject": "", "body": "Where is my order LL-30411?", "priority": text,
        "requester": ["name": family.text, "email": text, "phone": text],
      ])
    lines.append(Line(.timePassed, key: "*", id: "\(customer)-later", at: hour(80), [:]))
    return lines
  }

  private static let runs: [(canary: Canary, body: String, personalization: Bool)] = formed.enumerated().flatMap {
    index, canary in
    (0..<3).map { (canary, bodies[(index * 3 + $0) % bodies.count], ($0 + index) % 2 == 0) }
  }

  // MARK: Watching

  /// Where a text gives a canary away; the first name counts unless it is allowed there.
  private static func leak(in text: String, mayGreet: Bool = false) -> String? {
    let text = text.lowercased()
    guard let leak = trace(in: text, mayGreet: mayGreet) else { return nil }
    // Digests and what is written in base64 can be read by nobody, and may look like anything.
    let words = text.replacing(/[0-9a-f]{32,}/, with: "").replacing(/"data_base64":"[^"]*"/, with: "")
    return trace(in: words, mayGreet: mayGreet) == nil ? nil : leak
  }

  private static func trace(in text: String, mayGreet: Bool) -> String? {
    if !mayGreet, text.contains(firstName) { return firstName }
    return traces.first { text.contains($0) }
  }

  private static func leak(in bytes: [UInt8], mayGreet: Bool = false) -> String? {
    leak(in: String(decoding: bytes, as: UTF8.self), mayGreet: mayGreet)
  }

  /// A resolution is a message to the customer, and a case suggests one: both may greet.
  private static func leak(in event: OutputEvent) -> String? {
    leak(in: try! JSONSerialization.jsonObject(with: Data(event.data)) as! [String: Any], of: event.type.rawValue)
  }

  private static func leak(in data: [String: Any], of type: String?) -> String? {
    var data = data
    if let suggestion = data.removeValue(forKey: "suggestedReply") as? [String: Any],
      let leak = leak(in: suggestion["text"] as! String, mayGreet: true)
    {
      return leak
    }
    let rest = try! JSONSerialization.data(withJSONObject: data, options: .withoutEscapingSlashes)
    return leak(in: Array(rest), mayGreet: type == EventType.resolutionProposed.rawValue)
  }

  // MARK: The claims

  @Test func noCanaryLeavesThePipeline() throws {
    var types: Set<EventType> = []
    var greetings = 0
    for (number, run) in Self.runs.enumerated() {
      var shelf = Shelf(partition: 0)
      let customer = "C\(number)"
      let lines = Self.lines(run.canary, run.body, customer: customer, personalization: run.personalization)
      #expect(Set(lines.map(\.event.body.name)).count == 8, "every type of input but erasure, which carries nothing")
      for (place, line) in lines.enumerated() {
        for output in pipeline.process(line.event, at: Offset(place), shelf: &shelf) {
          types.insert(output.type)
          if output.type == .resolutionProposed, String(decoding: output.data, as: UTF8.self).contains("Zephyrine") {
            greetings += 1
          }
          if let leak = Self.leak(in: output) {
            Issue.record("\(output.type.rawValue) tells \(leak): \(String(decoding: output.data, as: UTF8.self))")
            return
          }
          for (name, value) in output.record(in: Catalogue()).headers {
            #expect(Self.leak(in: Array(value ?? [])) == nil, "header \(name)")
          }
        }
        for record in shelf.changes(for: Catalogue().contexts) {
          if let leak = Self.leak(in: record.value ?? []) ?? Self.leak(in: record.key ?? []) {
            Issue.record("after \(line.event.body.name) a context tells \(leak) of \(run.canary.text)")
            return
          }
        }
        shelf.accept()
      }
    }
    // The canaries were where they could have come out.
    #expect(types.isSuperset(of: [.decisionMade, .caseSummarised, .resolutionProposed, .insightRaised]))
    #expect(greetings > 0, "a message to the customer has their first name")
  }

  /// The filter's lines are the pipeline's with the attributes around them.
  @Test func noCanaryLeavesTheFilter() {
    for (number, run) in Self.runs.enumerated() where number % 5 == 0 {
      var filter = TriageFilter(pipeline: pipeline)
      for line in Self.lines(run.canary, run.body, customer: "C\(number)", personalization: false) {
        for output in filter.process(line: line.bytes) {
          var event = try! JSONSerialization.jsonObject(with: Data(output)) as! [String: Any]
          let data = event.removeValue(forKey: "data") as! [String: Any]
          #expect(
            Self.leak(in: data, of: event["type"] as? String) == nil, "\(String(decoding: output, as: UTF8.self))")
          #expect(Self.leak(in: event, of: nil) == nil, "an attribute")
        }
      }
    }
  }

  /// Each field in turn is of the wrong type, so that the failure is told right beside the canaries: in the added headers, the hint and
  /// the path is none of them. The value is the original, byte for byte, and the filter writes it in base64.
  @Test func noCanaryIsInTheWordsOfADeadLetter() throws {
    var codes: Set<String> = []
    for run in Self.runs.enumerated().filter({ $0.offset % 6 == 0 }).map(\.element) {
      for line in Self.lines(run.canary, run.body, customer: "C1", personalization: false) {
        for broken in Self.broken(line, with: run.canary.text) {
          let processor = TriageProcessor(pipeline: pipeline, catalogue: Catalogue(), group: "heed")
          var shelf = processor.makeState(partition: 0)
          var outputs: [OutgoingRecord] = []
          let source = TopicPartition("heed.events.v1", 0)
          processor.process(
            Record(source: source, offset: 1, key: Array(line.key.utf8), value: broken), state: &shelf,
            outputs: &outputs)
          guard case .failure(let failure) = Result(catching: { try EventDecoder.decode(structured: broken) }) else {
            continue
          }
          let letter = try #require(outputs.first)
          #expect(outputs.count == 1 && letter.topic == Catalogue().deadLetters.name && letter.value == broken)
          codes.insert(letter.headers.text("heed_code") ?? "")
          for (name, value) in letter.headers { #expect(Self.leak(in: Array(value ?? [])) == nil, "header \(name)") }
          #expect(Self.leak(in: "\(failure) \(String(reflecting: failure))") == nil, "an error can be logged")
          #expect(processor.changes(in: shelf).isEmpty)
          var filter = TriageFilter(pipeline: pipeline)
          for output in filter.process(line: broken) { #expect(Self.leak(in: output) == nil) }
        }
      }
    }
    #expect(
      codes.isSuperset(of: ["wrong_type", "missing_field", "malformed_json", "duplicate_key", "truncated"]), "\(codes)")
  }

  /// A canary that is where it may be shows that the watching sees.
  @Test func theWatchHasEyes() {
    for canary in Self.formed + [Self.family, Self.colleague, Self.words] {
      #expect(Self.leak(in: "before \(canary.text) behind") != nil, "\(canary.text)")
    }
    #expect(
      Self.leak(in: "Hello Zephyrine,") == Self.firstName && Self.leak(in: "Hello Zephyrine,", mayGreet: true) == nil)
  }

  /// The line broken in several ways: each text of its data a number or with a text around it, one missing, one twice, cut.
  private static func broken(_ line: Line, with text: String) -> [[UInt8]] {
    let event = try! JSONSerialization.jsonObject(with: Data(line.bytes)) as! [String: Any]
    let data = event["data"] as! [String: Any]
    var all: [[UInt8]] = []
    for name in data.keys.sorted() {
      for value in [nil, 1, [text], [text: text]] as [Any?] {
        var changed = event
        var inner = data
        inner[name] = value
        changed["data"] = inner
        all.append(Array(try! JSONSerialization.data(withJSONObject: changed, options: .sortedKeys)))
      }
    }
    let whole = String(decoding: line.bytes, as: UTF8.self)
    let quoted = String(decoding: try! JSONSerialization.data(withJSONObject: [text]), as: UTF8.self).dropFirst()
      .dropLast()
    all.append(Array(whole.replacing("\"data\":{", with: "\"data\":{\(quoted):1,\(quoted):2,").utf8))
    all.append(Array(whole.replacing("\"data\":{", with: "\"data\":{\"x\":\(text),").utf8))
    all.append(Array(line.bytes.dropLast(line.bytes.count / 3)))
    return all
  }
}

extension Event.Body {
  fileprivate var name: String { String(describing: self).split(separator: "(").first.map(String.init) ?? "" }
}
