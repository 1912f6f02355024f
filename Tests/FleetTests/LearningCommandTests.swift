import Foundation
import Testing

/// The weekly loop as a user runs it: corrections in, rows and a patch out.
@Suite struct LearningCommandTests {
  private static let canary = "Kwisatz"
  private static let start = Date(timeIntervalSince1970: 1_772_445_600)

  /// A desk at which so many customers want an invoice, and agents move the first of them to another queue.
  private struct Desk {
    let files: Scratch
    let events: [[UInt8]]

    var log: [String] {
      ["--events", files.url("events").path(), "--outputs", files.url("outputs").path()]
    }

    init(customers: Int, moved: Int, forgotten: String? = nil) throws {
      files = try Scratch()
      var events: [[UInt8]] = []
      func add(_ type: String, _ id: String, _ customer: String, _ data: [String: Any]) throws {
        let time = LearningCommandTests.start.addingTimeInterval(Double(events.count) * 60).formatted(.iso8601)
        events.append(
          [UInt8](
            try JSONSerialization.data(
              withJSONObject: [
                "specversion": "1.0", "id": id, "source": "/desk", "type": type, "time": time, "partitionkey": customer,
                "data": data,
              ], options: [.sortedKeys, .withoutEscapingSlashes])))
      }
      for number in 0..<customers {
        try add(
          "heed.ticket.opened.v1", "open-\(number)", "C\(number)",
          [
            "ticketId": "T\(number)", "customerId": "C\(number)", "channel": "email", "subject": "Invoice",
            "body":
              "I need an invoice for order \(4711 + number), please send it. \(LearningCommandTests.canary) \(number)",
          ])
      }
      for number in 0..<moved {
        for (kind, value) in [("reroute", "orders"), ("intent", "payment_issue")] {
          try add(
            "heed.feedback.given.v1", "\(kind)-\(number)", "C\(number)",
            [
              "about": ["ticketId": "T\(number)"], "kind": kind, "value": value, "by": "agent",
              "agentId": "agent-\(number % 3)",
            ])
        }
      }
      if let forgotten { try add("heed.customer.erased.v1", "forget", forgotten, ["customerId": forgotten]) }
      self.events = events
      try Data(joined(events)).write(to: files.url("events"))
      try Data(joined(try triaged(events))).write(to: files.url("outputs"))
    }
  }

  private func run(_ arguments: [String]) throws -> (status: Int32, output: String, complaint: String) {
    let result = try Program.run(arguments)
    let output = String(decoding: result.output, as: UTF8.self)
    #expect(!output.contains(Self.canary) && !result.complaint.contains(Self.canary))
    return (result.status, output, result.complaint)
  }

  @Test func whatAgentsMoveBecomesAPatchThatDoesIt() throws {
    let desk = try Desk(customers: 24, moved: 20)
    let patch = desk.files.url("patch").path()
    let told = try run(["policy", "propose"] + desk.log + ["--patch", patch, "--json"])
    #expect(told.status == 0, "\(told.complaint)")
    let object = try #require(try JSONSerialization.jsonObject(with: Data(told.output.utf8)) as? [String: Any])
    let proposed = try #require(object["proposed"] as? [[String: Any]])
    #expect(proposed.map { $0["place"] as? String } == ["intents.invoice.queue"], "\(told.output)")
    #expect(proposed.first?["mended"] as? Int == 20 && proposed.first?["agents"] as? Int == 3)
    let diff = try #require(object["diff"] as? [String: Any])
    #expect(diff["flips"] as? Int == 24 && diff["decisions"] as? Int == 24)
    let queues = (diff["changes"] as? [String: [[String: Any]]])?["queue"] ?? []
    #expect(queues.map { $0["to"] as? String } == ["orders"])
    let text = try String(contentsOfFile: patch, encoding: .utf8)
    #expect(text.split(separator: "\n").count { $0.hasPrefix("-") || $0.hasPrefix("+") } == 4)
    #expect(object["patch"] as? String == text)
    #expect(try run(["policy", "propose"] + desk.log + ["--patch", patch, "--json"]).output == told.output)
    let page = try run(["policy", "propose"] + desk.log).output
    #expect(page.contains("who wants invoice goes to orders") && page.hasSuffix(text + "\n"))
  }

  @Test func aPolicyThatIsNotCorrectedIsNotChanged() throws {
    let desk = try Desk(customers: 10, moved: 3)
    let told = try run(["policy", "propose"] + desk.log)
    #expect(told.status == 0 && told.output.contains("Nothing is proposed") && !told.output.contains("+++"))
    #expect(try run(["policy", "propose", "--agents", "1"] + desk.log).status == 2)
  }

  @Test func rowsAreWrittenToBeReadFirst() throws {
    let desk = try Desk(customers: 24, moved: 20, forgotten: "C7")
    let file = desk.files.url("rows")
    let arguments = ["model", "train", "--from-feedback", "--rows", file.path()] + desk.log
    let told = try run(arguments)
    #expect(told.status == 0 && told.complaint.contains("19 corrections with a label"), "\(told.complaint)")
    let bytes = try Data(contentsOf: file)
    let rows = try lines([UInt8](bytes)).map {
      try #require(try JSONSerialization.jsonObject(with: Data($0)) as? [String: Any])
    }
    #expect(rows.count == 19 && rows.allSatisfy { ($0["text"] as? String)?.contains(Self.canary) == true })
    #expect(rows.allSatisfy { $0["intents"] as? [String] == ["payment_issue"] && $0["ticketId"] as? String != "T7" })
    _ = try run(arguments)
    #expect(try Data(contentsOf: file) == bytes)
  }

  /// What was labelled wrongly on purpose is learned, and does not get past the comparison.
  @Test func aWorseModelIsRefusedAndNotWritten() throws {
    let desk = try Desk(customers: 24, moved: 20)
    let wishes = [
      ("Where is my order?", "order_status"), ("My parcel has not arrived", "delivery_issue"),
      ("I want my money back", "refund_request"), ("Please cancel my order", "cancel_order"),
      ("The lamp is broken", "product_issue"), ("I cannot log in", "account_access"),
    ]
    func labels(_ intent: (String) -> String, _ count: Int) -> Data {
      Data(
        (0..<count).map { number in
          let (text, truth) = wishes[number % wishes.count]
          return #"{"text":"\#(text) \#(number)","intent":"\#(intent(truth))","language":"en"}"# + "\n"
        }.joined().utf8)
    }
    try labels({ _ in "feedback_review" }, 180).write(to: desk.files.url("poison.ndjson"))
    try labels({ $0 }, 60).write(to: desk.files.url("guard.ndjson"))
    let out = desk.files.url("new.heedmodel").path()
    let told = try run(
      [
        "model", "train", "--from-feedback", "--epochs", "2", "--data", desk.files.url("poison.ndjson").path(),
        "--guard",
      ]
        + [desk.files.url("guard.ndjson").path(), "--out", out] + desk.log)
    #expect(told.status == 67, "\(told.complaint)")
    #expect(told.output.contains("worse") && told.complaint.contains("intent (guard)"))
    #expect(!FileManager.default.fileExists(atPath: out))
  }
}
