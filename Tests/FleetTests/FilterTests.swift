import Events
import Foundation
import Testing
import TestSupport

@Suite struct FilterTests {
  @Test func everyMessageOfACustomerIsDecidedExactlyOnce() throws {
    let events = try demoEvents()
    let messages = events.compactMap { line -> String? in
      guard let event = try? EventDecoder.decode(structured: line) else { return nil }
      switch event.body {
      case .ticketOpened: return event.envelope.id
      case .ticketMessage(let message) where message.author == .customer: return event.envelope.id
      default: return nil
      }
    }
    #expect(messages.count > 150)
    let decided = try triaged(events).compactMap { line -> String? in
      let output = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      return output?["type"] as? String == "heed.decision.made.v1" ? output?["causationid"] as? String : nil
    }
    // An order that changes may be decided about, too, and never twice.
    #expect(Set(decided).count == decided.count && Set(messages).isSubset(of: decided))
    #expect(decided.count { !messages.contains($0) } > 20)
  }

  @Test func twoRunsGiveTheSameBytes() throws {
    let events = try demoEvents()
    #expect(try triaged(events) == triaged(events))
  }

  /// One customer's lines keep their order and broadcasts their place; everything else may be shuffled.
  @Test(arguments: [1, 2, 3]) func theOrderAmongCustomersChangesNothing(seed: UInt64) throws {
    let events = try demoEvents()
    var random = Dice(seed: seed)
    var shuffled: [[UInt8]] = []
    var waiting: [[UInt8]] = []
    func release() {
      var byCustomer: [CustomerID: [[UInt8]]] = [:]
      for line in waiting {
        byCustomer[(try? EventDecoder.decode(structured: line))!.customer!, default: []].append(line)
      }
      var customers = byCustomer.keys.sorted().shuffled(using: &random)
      while !customers.isEmpty {
        let index = Int.random(in: customers.indices, using: &random)
        shuffled.append(byCustomer[customers[index]]!.removeFirst())
        if byCustomer[customers[index]]!.isEmpty { customers.remove(at: index) }
      }
      waiting = []
    }
    for line in events {
      if (try? EventDecoder.decode(structured: line))?.customer == nil {
        release()
        shuffled.append(line)
      } else {
        waiting.append(line)
      }
    }
    release()
    #expect(shuffled != events)
    #expect(Set(try triaged(shuffled)) == Set(try triaged(events)))
  }

  @Test func garbageIsADeadLetterAndHarmsNoNeighbour() throws {
    let events = Array(try demoEvents().prefix(300))
    let clean = try triaged(events)
    let garbage: [[UInt8]] = [
      Array("garbage".utf8), [0xFF, 0xFE, 0x00], Array("{\"specversion\":".utf8), Array("[[[[".utf8),
    ]
    var mixed: [[UInt8]] = []
    for (index, line) in events.enumerated() {
      mixed.append(line)
      if index % 50 == 10 { mixed.append(garbage[(index / 50) % garbage.count]) }
    }
    let result = try Program.run(["triage"], input: joined(mixed))
    #expect(result.status == 0)
    let isDeadLetter: ([UInt8]) -> Bool = { String(decoding: $0, as: UTF8.self).contains("heed.dead_letter.v1") }
    #expect(lines(result.output).filter { !isDeadLetter($0) } == clean)
    #expect(lines(result.output).filter(isDeadLetter).count == mixed.count - events.count)
  }

  @Test func everyInvalidExampleIsADeadLetterWithTheCodeInItsName() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Schemas/examples")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)!.compactMap { $0 as? URL }
      .filter { $0.path.contains(/heed\.[^\/]+\/invalid\//) }
    #expect(files.count > 100)
    // One program reads them all: each is one line, and each gives one.
    let examples = try files.map { [UInt8](try Data(contentsOf: $0)).filter { $0 != 0x0A } }
    let result = try Program.run(["triage"], input: joined(examples))
    #expect(result.status == 0)
    let letters = lines(result.output)
    try #require(letters.count == files.count)
    for (file, letter) in zip(files, letters) {
      let code = file.lastPathComponent.split(separator: ".")[0]
      #expect(String(decoding: letter, as: UTF8.self).contains("\"code\":\"\(code)\""), "\(file.lastPathComponent)")
    }
  }

  @Test func explainTellsWhatIsDoneAndWhy() throws {
    let order = """
      {"orderId":"SO-15191","customerId":"c","status":"in_transit","carrier":"NordPost","trackingNumber":"NO3645501105",
      "promisedBy":"2026-11-24T18:00:00Z","estimatedDelivery":"2026-11-23T18:00:00Z","lastScanAt":"2026-11-20T06:00:00Z"}
      """
    let files = try Scratch()
    try Data(order.utf8).write(to: files.url("order.json"))
    let arguments = ["explain", "--at", "2026-11-20T10:00:00Z", "--order", files.url("order.json").path()]
    let page = try Program.run(arguments + ["--text", "Hello, where is my order? Thank you"])
    #expect(page.status == 0)
    let words = String(decoding: page.output, as: UTF8.self)
    for part in ["on its way with NordPost", "Monday 23 November", "automated assistant", "on-its-way: fired"] {
      #expect(words.contains(part), "\(part)")
    }
    let json = try Program.run(arguments + ["--json", "--text", "My lawyer will hear of this. Where is my order?"])
    #expect(String(decoding: json.output, as: UTF8.self).contains("\"tripwires\":[\"legal_threat\""))
  }

  /// The order is told under one id, the message under another: as the events came in, and as a fleet has written them.
  @Test(arguments: ["desk:7", "mail"]) func explainFollowsLinkedCustomers(writer: String) throws {
    func line(_ type: String, _ id: String, _ customer: String, _ data: String) -> String {
      #"{"specversion":"1.0","id":"\#(id)","source":"/desk","type":"\#(type)","time":"2026-11-20T10:00:0\#(id)Z","#
        + #""partitionkey":"\#(customer)","data":{"customerId":"\#(customer)",\#(data)}}"#
    }
    let told = [
      line(
        "heed.order.updated.v1", "1", "desk:7",
        #""orderId":"SO-15191","status":"in_transit","carrier":"NordPost","promisedBy":"2026-11-24T18:00:00Z","#
          + #""estimatedDelivery":"2026-11-23T18:00:00Z","lastScanAt":"2026-11-20T06:00:00Z""#),
      line("heed.customer.linked.v1", "2", "desk:7", #""linkedTo":"mail""#),
      line(
        "heed.ticket.opened.v1", "3", writer,
        #""ticketId":"T1","channel":"email","body":"Hello, where is my order? Thank you""#),
    ]
    let files = try Scratch()
    try Data(told.joined(separator: "\n").utf8).write(to: files.url("told"))
    let arguments = ["explain", "--events", files.url("told").path()]
    let page = try Program.run(arguments)
    let words = String(decoding: page.output, as: UTF8.self)
    for part in ["on its way with NordPost", "on-its-way: fired", "mail, who is also desk:7"] {
      #expect(words.contains(part), "\(part): \(words)")
    }
    let json = String(decoding: try Program.run(arguments + ["--json"]).output, as: UTF8.self)
    #expect(json.contains(#""customerId":"mail""#) && json.contains(#""aliases":["desk:7"]"#))
  }

  @Test func explainTellsWhatWouldHaveLedElsewhere() throws {
    let ticket = ["explain", "--at", "2026-11-20T10:00:00Z", "--text", "Where is my order?"]
    let page = try Program.run(ticket + ["--why-not", "legal"])
    let words = String(decoding: page.output, as: UTF8.self)
    for part in ["Why not legal", "signals also had legal threat", "tripwire.legal_threat would decide"] {
      #expect(words.contains(part), "\(part)")
    }
    let json = try Program.run(ticket + ["--json", "--why-not", "hand_off"])
    #expect(
      String(decoding: json.output, as: UTF8.self).contains(
        #""whyNot":{"target":"hand_off","answer":"changes","changes":[{"fact":"intent","from":"order_status","to":"none"}]"#
      ))
  }

  @Test func explainPrintsTheCaseAsMarkdownAndNothingElse() throws {
    let note = try Program.run(["explain", "--markdown", "--text", "My lawyer will hear of this. Where is my order?"])
    let words = String(decoding: note.output, as: UTF8.self)
    #expect(note.status == 0 && words.hasPrefix("## ") && words.contains("### Why a person has it"))
    #expect(!words.contains("How it was decided"))
  }

  @Test(arguments: statuses)
  func theStatusSaysWhatTheCallerShouldDo(arguments: [String], status: Int32) throws {
    #expect(try Program.run(arguments).status == status)
  }
}

private let statuses: [(arguments: [String], status: Int32)] = [
  (["triage", "--policy", "/nowhere"], 78),
  (["worker", "--roles", "cook"], 2),
  (["no-such-command"], 2),
  (["worker", "--set", "session.timeout=1ms"], 78),
  (["worker", "--set", "no.such=1"], 78),
  (["worker", "--set", "drain.timeout=60s"], 78),
  (["worker", "--set", "librdkafka.enable.auto.commit=true"], 78),
  (["explain", "--text", "Where is my order?", "--why-not", "no-such-queue"], 2),
  (["explain", "--text", "Where is my order?", "--markdown"], 2),
  (["explain", "--text", "Where is my order?", "--markdown", "--json"], 2),
  (["settings"], 0),
  (["topics", "plan"], 0),
  (["--version"], 0),
]
