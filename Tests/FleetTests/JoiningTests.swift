import Egress
import Events
import Foundation
import Kafka
import Streams
import Testing

@testable import heed

/// Webhooks into foreign topics, updates for the systems they came from out: intake, triage and egress in one process.
@Suite(.serialized) struct JoiningTests {
  private static let sets = [
    "intake.sources=heed.foreign.zendesk=zendesk,heed.foreign.zammad=zammad,heed.foreign.shopify=shopify",
    "intake.identity=plain", "egress.targets=zendesk,zammad", "clock.interval=1s",
  ]

  private func settings(_ more: String...) throws -> Settings {
    try Settings(file: nil, environment: [:], sets: Self.sets + more)
  }

  private func cluster() throws -> EmbeddedBroker {
    let foreign = try settings().foreignSources().map { TopicSpecification(name: $0.topic, partitions: 2) }
    return try EmbeddedBroker(topics: try settings("topic.partitions=4").topics() + foreign)
  }

  private func send(_ payloads: [(topic: String, payload: String)], to bootstrap: String) throws {
    var writer = try LogWriter(ClientSettings(bootstrapServers: bootstrap) { _ in })
    for (topic, payload) in payloads {
      try writer.write(OutgoingRecord(topic: "heed.foreign." + topic, key: nil, value: Array(payload.utf8)))
    }
    try writer.finish()
  }

  private func updates(_ fleet: Fleet, of target: String) throws -> [[String: Any]] {
    let result = try fleet.run(["consume", "heed.updates.\(target).v1"])
    return try lines(result.output).map { line in
      let event = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      return try #require(event?["data"] as? [String: Any])
    }
  }

  private func zendesk(_ id: Int, _ words: String) -> String {
    """
    {"event":"ticket.created","ticket":{"id":"\(id)","subject":"My parcel","description":"\(words)","via":"Email",\
    "created_at":"2026-03-04T09:15:00Z","updated_at":"2026-03-04T09:15:00Z",\
    "requester":{"id":\(9000 + id),"email":"mara\(id)@shop.example"}}}
    """
  }

  private func zammad(_ id: Int, _ body: String) -> String {
    """
    {"ticket":{"id":\(id),"title":"Help","article_count":1,"article_ids":[\(id)],"created_at":"2026-03-04T09:15:00.000Z",\
    "updated_at":"2026-03-04T09:15:00.000Z","customer":{"id":8,"email":"mara\(id)@shop.example"},"customer_id":8},\
    "article":{"id":\(id),"body":"\(body)","content_type":"text/html","sender":"Customer","type":"email","internal":false,\
    "created_at":"2026-03-04T09:15:00.000Z","created_by_id":8}}
    """
  }

  private func order(_ id: Int, of customer: String) -> String {
    """
    {"id":\(820_982_911_946_150_000 + id),"name":"#\(id)","created_at":"2026-03-01T08:00:00Z","updated_at":"2026-03-03T08:00:00Z",\
    "financial_status":"paid","fulfillment_status":"fulfilled","currency":"EUR","total_price":"40.00",\
    "customer":{"id":1,"email":"\(customer)"},"line_items":[{"id":1,"title":"Lamp","quantity":1,"price":"40.00"}],\
    "fulfillments":[{"id":5,"order_id":\(820_982_911_946_150_000 + id),"status":"success","shipment_status":"in_transit",\
    "tracking_company":"NordPost","tracking_number":"NP1","created_at":"2026-03-02T08:00:00Z","updated_at":"2026-03-03T08:00:00Z"}]}
    """
  }

  @Test func webhooksGoInAndUpdatesComeOut() throws {
    let cluster = try cluster()
    let fleet = Fleet.onBroker(at: cluster.bootstrapServers)
    defer { fleet.end() }
    fleet.roles = "intake,triage,egress"
    try fleet.startWorker(set: Self.sets + ["ops.address=127.0.0.1:0", "telemetry.interval=1s"])
    try send([("shopify", order(1047, of: "mara1@shop.example"))], to: cluster.bootstrapServers)
    _ = try waiting(for: "the order") {
      lines(try fleet.run(["consume", "heed.events.v1"]).output).contains {
        String(decoding: $0, as: UTF8.self).contains("heed.order.updated.v1")
      } ? true : nil
    }
    let angry = "This is the third time I write! Nobody answers, I am furious and want to speak to a lawyer."
    try send(
      [
        ("zendesk", zendesk(1, "Where is my order 1047?")), ("zendesk", zendesk(2, angry)),
        ("zammad", zammad(81, "<div>\(angry)<br></div>")), ("zammad", "{\"ticket\":{}}"),
      ], to: cluster.bootstrapServers)

    let zendesk = try waiting(for: "Zendesk's updates") { () -> [[String: Any]]? in
      let updates = try updates(fleet, of: "zendesk")
      return Set(updates.compactMap { $0["ticketId"] as? String }) == ["zendesk:1", "zendesk:2"] ? updates : nil
    }
    #expect(zendesk.contains { $0["ticketId"] as? String == "zendesk:1" && $0["purpose"] as? String == "reply" })
    let note = try #require(zendesk.first { $0["ticketId"] as? String == "zendesk:2" })
    #expect(note["purpose"] as? String == "note" && note["method"] as? String == "PUT")
    #expect(note["path"] as? String == "/api/v2/tickets/2.json")
    #expect((note["headers"] as? [String: Any])?["Idempotency-Key"] as? String == note["updateId"] as? String)
    let zammad = try waiting(for: "Zammad's updates") { () -> [[String: Any]]? in
      let updates = try updates(fleet, of: "zammad")
      return updates.count >= 2 ? updates : nil
    }
    let article = ((zammad[0]["body"] as? [String: Any])?["article"]) as? [String: Any]
    #expect(article?["internal"] as? Bool == true && (article?["body"] as? String)?.hasPrefix("<h3>") == true)

    // What could not be mapped is kept, what went well is counted by role, and the clock ticks in every partition.
    let letters = try fleet.run(["dead-letters", "list", "--json"])
    #expect(String(decoding: letters.output, as: UTF8.self).contains("heed.foreign.zammad"))
    let port = try fleet.opsPort()
    let ready = try waiting(for: "ready") { () -> String? in
      let (status, body) = try get("/ready", port)
      return status == 200 ? body : nil
    }
    for worker in ["intake-zendesk", "intake-zammad", "intake-shopify", "triage", "egress", "egress-voices"] {
      #expect(ready.contains("\"\(worker)\":{\"status\":\"ok\""), "\(ready)")
    }
    let metrics = try get("/metrics", port).body
    #expect(metrics.contains(#"heed_updates_total{target="zendesk",purpose="reply",role="egress",worker="egress"}"#))
    #expect(metrics.contains(#"heed_dead_letters_total{code="missing_field",role="intake",worker="intake-zammad"} 1"#))
    _ = try waiting(for: "the time in every partition") {
      let ticks = lines(try fleet.run(["consume", "heed.events.v1"]).output).filter {
        String(decoding: $0, as: UTF8.self).contains("heed.time.passed.v1")
      }
      return ticks.count >= 4 && ticks.count.isMultiple(of: 4) ? true : nil
    }
    #expect(try fleet.stopWorkers() == [0])
  }

  @Test func aPieceOfAnOrderIsUnderstoodAfterARestart() throws {
    let cluster = try cluster()
    let fleet = Fleet.onBroker(at: cluster.bootstrapServers)
    defer { fleet.end() }
    fleet.roles = "intake"
    func tell(_ payload: String) throws {
      var writer = try LogWriter(ClientSettings(bootstrapServers: cluster.bootstrapServers) { _ in })
      try writer.write(
        OutgoingRecord(topic: "heed.foreign.shopify", key: Array("order".utf8), value: Array(payload.utf8)))
      try writer.finish()
    }
    func statuses() throws -> [String] {
      try lines(try fleet.run(["consume", "heed.events.v1"]).output).compactMap { line in
        guard case .orderUpdated(let order) = try EventDecoder.decode(structured: line).body else { return nil }
        return order.status.rawValue
      }
    }
    try fleet.startWorker(set: Self.sets)
    try tell(order(1047, of: "mara1@shop.example"))
    _ = try waiting(for: "the order") { try statuses() == ["in_transit"] ? true : nil }
    #expect(try fleet.stopWorkers() == [0])
    try fleet.startWorker(set: Self.sets)
    try tell(
      #"""
      {"id":9,"fulfillment_id":5,"order_id":820982911946151047,"status":"delivered","happened_at":"2026-03-04T08:00:00Z"}
      """#)
    _ = try waiting(for: "the parcel") { try statuses() == ["in_transit", "delivered"] ? true : nil }
    #expect(try fleet.stopWorkers() == [0])
  }

  /// While egress stands still a person takes the ticket over: its reply, decided before, is not sent afterwards.
  @Test func aTakeoverDuringAStandstillOfEgressIsKnownBeforeTheFirstReply() throws {
    let cluster = try cluster()
    let fleet = Fleet.onBroker(at: cluster.bootstrapServers)
    defer { fleet.end() }
    fleet.roles = "intake,triage"
    try fleet.startWorker(set: Self.sets)
    let orders = (1...6).map { ("shopify", order(1000 + $0, of: "mara\($0)@shop.example")) }
    try send(orders, to: cluster.bootstrapServers)
    _ = try waiting(for: "the orders") {
      lines(try fleet.run(["consume", "heed.events.v1"]).output).count {
        String(decoding: $0, as: UTF8.self).contains("heed.order.updated.v1")
      } == 6 ? true : nil
    }
    try send((1...6).map { ("zendesk", zendesk($0, "Where is my order \(1000 + $0)?")) }, to: cluster.bootstrapServers)
    _ = try waiting(for: "the replies") {
      lines(try fleet.run(["consume", "heed.resolutions.v1"]).output).count == 6 ? true : nil
    }
    // The agent writes in the odd ones.
    try send(
      [1, 3, 5].map { id in
        (
          "zendesk",
          """
          {"event":"ticket.comment_added","ticket":{"id":\(id),"requester":{"id":\(9000 + id),"email":"mara\(id)@shop.example"}},\
          "comment":{"id":\(70 + id),"body":"I look into it","is_public":true,"created_at":"2026-03-04T10:00:00Z",\
          "author":{"id":5,"role":"agent"}}}
          """
        )
      }, to: cluster.bootstrapServers)
    let listener = fleet.sibling()
    defer { listener.end() }
    // The listener of the first egress is ahead of its speaker, which is held up by the order of things: voices first.
    listener.roles = "egress"
    _ = try waiting(for: "the comments") {
      lines(try fleet.run(["consume", "heed.events.v1"]).output).count {
        String(decoding: $0, as: UTF8.self).contains("I look into it")
      } == 3 ? true : nil
    }
    try tellVoices([1, 3, 5], to: cluster.bootstrapServers)
    try listener.startWorker(set: Self.sets)
    let updates = try waiting(for: "six answers") { () -> [[String: Any]]? in
      let updates = try self.updates(fleet, of: "zendesk").filter {
        ["reply", "withheld"].contains($0["purpose"] as? String)
      }
      return updates.count >= 6 ? updates : nil
    }
    for update in updates {
      let id = Int((update["ticketId"] as? String ?? "").dropFirst("zendesk:".count)) ?? 0
      #expect(update["purpose"] as? String == (id.isMultiple(of: 2) ? "reply" : "withheld"), "\(id)")
    }
    #expect(try listener.stopWorkers() == [0])
    #expect(try fleet.stopWorkers() == [0])
  }

  /// What another pod's listener has written while this one's speaker stood still.
  private func tellVoices(_ tickets: [Int], to bootstrap: String) throws {
    var writer = try LogWriter(ClientSettings(bootstrapServers: bootstrap) { _ in })
    for id in tickets {
      try writer.write(
        OutgoingRecord(
          topic: "heed.voices.v1", key: Array("zendesk:\(id)".utf8),
          value: Array(#"{"takenOverAt":"2026-03-04T10:00:00Z"}"#.utf8)))
    }
    try writer.finish()
  }

  @Test(arguments: [
    (["--roles", "fax"], Int32(2), "there is no role fax"), (["--roles", "triage,triage"], 2, "stands twice"),
    (["--roles", "intake"], 78, "intake.sources"), (["--roles", "egress"], 78, "egress.targets"),
    (["--roles", "egress", "--set", "egress.targets=intercom"], 78, "actor"),
    (["--roles", "egress", "--set", "egress.targets=zendesk,zendesk"], 78, "twice"),
    (["--roles", "intake", "--set", "intake.sources=a=zendesk"], 78, "intake.identity.key.file"),
    (
      ["--roles", "intake", "--set", "intake.sources=a=zendesk,b=zendesk", "--set", "intake.identity=plain"], 78,
      "zendesk@"
    ),
    (["--roles", "intake", "--set", "intake.sources=zendesk"], 78, "name=value"),
    (["--roles", "intake", "--set", "intake.sources=a=fax", "--set", "intake.identity=plain"], 2, "no source fax"),
  ])
  func whatARoleNeedsIsSaidAtTheStart(arguments: [String], status: Int32, words: String) throws {
    let result = try Program.run(["worker", "--bootstrap", "127.0.0.1:1"] + arguments)
    #expect(result.status == status && result.complaint.contains(words), "\(result.complaint)")
  }

  @Test func settingsOfSeveralMayStandAsMappingsAndListsInAFile() throws {
    let files = try Scratch()
    let yaml = """
      intake:
        sources: {heed.foreign.zendesk: zendesk, heed.foreign.eu: zendesk@desk-eu}
        automation.actors: [12345, 6]
      egress.targets: [zendesk, zammad]
      """
    try Data(yaml.utf8).write(to: files.url("heed.yaml"))
    let settings = try Settings(file: files.url("heed.yaml").path(), environment: [:], sets: [])
    #expect(try settings.foreignSources().map(\.name) == ["zendesk", "desk-eu"])
    #expect(settings.list("intake.automation.actors") == ["12345", "6"])
    #expect(try settings.egressTargets().map(\.name) == ["zendesk", "zammad"])
    #expect(try settings.topics().map(\.name).contains("heed.updates.zammad.v1"))
  }

  @Test func theFilterGivesWhatCasesAndResolutionsAskFor() throws {
    let events = try demoEvents().prefix(200).map { line in
      Array(
        String(decoding: line, as: UTF8.self).replacing("\"ticketId\":\"", with: "\"ticketId\":\"zendesk:").utf8)
    }
    let outputs = try triaged(events)
    let result = try Program.run(["egress", "--target", "zendesk"], input: joined(outputs))
    #expect(result.status == 0 && lines(result.output).count > 10)
    let handovers = try outputs.compactMap { try HandoverDecoder.decode(structured: $0) }.filter {
      $0.handover.ticket.text.hasPrefix("zendesk:")
    }
    let answered = try lines(result.output).map { try JSONTree(reading: $0)["causationid"] }
    #expect(Set(answered) == Set(handovers.map { .string($0.envelope.id) }))
    let bad = try Program.run(["egress", "--target", "zendesk"], input: Array("{\"words\":\"Maren\"}\n".utf8))
    #expect(bad.status == 1 && bad.complaint.contains("line 1: missing_field at type"), "\(bad.complaint)")
    #expect(!bad.complaint.contains("Maren"))
    #expect(try Program.run(["egress", "--target", "fax"]).status == 2)
  }
}
