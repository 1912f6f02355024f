import Classifier
import Events
import Foundation
import Policy
import Streams
import Testing
import Triage
import Worker
import Shipped
import TestSupport

@testable import Egress

/// No reply leaves after egress knows that a person has the ticket, however records come and workers crash.
@Suite struct VoicesTests {
  /// Schedules of the real lane machine on a small cluster: which partition is read next, where batches end, how commits end, when the
  /// worker dies and when the listener tells of a takeover is the dice's.
  @Test(arguments: 0..<150) func noReplyFollowsATakeover(seed: UInt64) throws {
    var cluster = SmallCluster(seed: seed)
    cluster.run(try processor())
    #expect(cluster.broken.isEmpty, "seed \(seed): \(cluster.broken)")
    // Everything is answered in the end: with a reply, or with a note that says why not.
    #expect(cluster.answered == cluster.asked, "seed \(seed)")
  }

  /// The same schedules find a processor that reads its table only when it starts.
  @Test func theSchedulesFindAWorkerThatDoesNotListen() throws {
    let found = try (0..<150).contains { seed in
      var cluster = SmallCluster(seed: UInt64(seed))
      cluster.run(Deaf(inner: try processor()))
      return !cluster.broken.isEmpty
    }
    #expect(found)
  }

  @Test func someRepliesAreSentAndSomeWithheld() throws {
    var sent = 0
    var withheld = 0
    for seed in 0..<20 {
      var cluster = SmallCluster(seed: UInt64(seed))
      cluster.run(try processor())
      sent += cluster.sent
      withheld += cluster.withheld
    }
    #expect(sent > 50 && withheld > 50)
  }

  @Test func theListenerWritesTakeoversAndTime() throws {
    let listener = VoiceProcessor(catalogue: Catalogue())
    func outputs(_ event: Event, partition: Int32 = 3) -> [OutgoingRecord] {
      var state = listener.makeState(partition: partition)
      var outputs: [OutgoingRecord] = []
      let key = event.customer?.text ?? "*"
      var headers = Headers()
      headers.append("content-type", "application/cloudevents+json")
      listener.process(
        Record(
          source: TopicPartition("heed.events.v1", partition), offset: 0, key: Array(key.utf8), headers: headers,
          value: EventEncoder.structured(event)), state: &state, outputs: &outputs)
      return outputs
    }
    let taken = outputs(said(by: .agent))
    #expect(taken.map(\.topic) == ["heed.voices.v1"] && taken[0].key == Array("zendesk:5158".utf8))
    #expect(taken[0].partition == nil, "the ticket's partition, not the customer's")
    #expect(outputs(said(by: .customer)).isEmpty && outputs(said(by: .automation)).isEmpty)
    #expect(outputs(said(by: .unknown)).count == 1)
    let time = outputs(Event(envelope: cause("t", type: .timePassed), body: .timePassed))
    #expect(time.map(\.partition) == [3] && time[0].key == Array("*".utf8))
    var voices = Voices(partition: 3)
    for record in taken + time { voices.restore(read(record)) }
    #expect(voices.hasHuman(in: TicketID("zendesk:5158")) && voices.now == morning)
  }

  @Test func aVoiceThatCannotBeReadIsAPersonAllTheSame() {
    var voices = Voices(partition: 0)
    voices.restore(Record(source: voicesTable, offset: 0, key: Array("t".utf8), value: [0xFF]))
    #expect(voices.hasHuman(in: TicketID("t")))
    voices.restore(Record(source: voicesTable, offset: 1, key: Array("t".utf8), value: nil))
    #expect(!voices.hasHuman(in: TicketID("t")))
    voices.restore(Record(source: voicesTable, offset: 2, key: nil, value: [0x7B]))
    voices.restore(Record(source: voicesTable, offset: 3, key: Array("*".utf8), value: Array("{}".utf8)))
    #expect(voices.count == 0 && voices.now == nil)
  }

  @Test func whatIsOldIsForgottenOnceADay() throws {
    var voices = Voices(partition: 0)
    voices.restore(read(VoiceRecord.takeover(of: TicketID("old"), at: morning, in: Catalogue().voices)))
    voices.pass(morning.adding(seconds: Voices.retentionSeconds - 1))
    voices.lookForOutdated()
    #expect(voices.changes(for: Catalogue().voices).isEmpty)
    voices.pass(morning.adding(seconds: Voices.retentionSeconds + 86_400))
    voices.lookForOutdated()
    #expect(voices.changes(for: Catalogue().voices).map(\.value) == [nil])
    voices.accept()
    #expect(!voices.hasHuman(in: TicketID("old")))
  }

  /// Triage and egress take the same events for a takeover.
  @Test func triageAndEgressAgreeOnWhatATakeoverIs() throws {
    let pipeline = TicketPipeline(
      reader: ModelReader(try Model(bytes: Shipped.model)), policy: try PolicyDocument(yaml: Shipped.policy))
    let authors: [TicketMessage.Author] = [.customer, .agent, .automation, .unknown]
    let changers: [TicketUpdated.Author] = [.human, .automation, .unknown]
    let events = authors.map { said(by: $0) } + changers.map { changed(by: $0) }
    for event in events {
      var shelf = Shelf(partition: 0)
      _ = pipeline.process(event, at: 0, shelf: &shelf)
      let context = try #require(shelf.context(of: CustomerID("c-1")))
      #expect(context.cases.first?.humanHasCase ?? false == (event.ticketTakenOver != nil), "\(event.body)")
    }
  }

  @Test func theFilterKnowsWhatStoodBefore() throws {
    var filter = EgressFilter(try target("vendor: zendesk"))
    let reply = output(resolution(expiresAt: morning.adding(seconds: 60))).structured()
    #expect(try filter.process(line: reply).count == 1)
    #expect(try filter.process(line: EventEncoder.structured(said(by: .agent))).isEmpty)
    let after = try filter.process(line: reply)
    #expect(try JSONTree(reading: after[0])["data", "withheld"]?.text == "human_has_case")
    let other = output(resolution("zendesk:6", expiresAt: morning.adding(seconds: 60))).structured()
    let tick = Event(envelope: cause("t", type: .timePassed, at: morning.adding(seconds: 61)), body: .timePassed)
    #expect(try filter.process(line: EventEncoder.structured(tick)).isEmpty)
    #expect(try JSONTree(reading: filter.process(line: other)[0])["data", "withheld"]?.text == "promise_expired")
    #expect(throws: DecodingFailure.self) { try filter.process(line: Array("{}".utf8)) }
  }

  private func processor() throws -> EgressProcessor {
    EgressProcessor(targets: [try target("vendor: zendesk")], queues: ["delivery"], catalogue: Catalogue(), group: "g")
  }

  private func said(by author: TicketMessage.Author) -> Event {
    Event(
      envelope: cause("m-\(author)", type: .ticketMessage),
      body: .ticketMessage(
        TicketMessage(ticket: TicketID("zendesk:5158"), customer: CustomerID("c-1"), author: author, body: "Hello")))
  }

  private func changed(by author: TicketUpdated.Author) -> Event {
    Event(
      envelope: cause("u-\(author)", type: .ticketUpdated),
      body: .ticketUpdated(
        TicketUpdated(ticket: TicketID("zendesk:5158"), customer: CustomerID("c-1"), status: .open, changedBy: author)))
  }

  private let voicesTable = TopicPartition("heed.voices.v1", 0)
  private func read(_ record: OutgoingRecord) -> Record {
    Record(source: voicesTable, offset: 0, key: record.key, headers: record.headers, value: record.value)
  }
}

/// Reads its table when it starts and never again.
private struct Deaf: Processor {
  let inner: EgressProcessor
  var input: StreamTopic { inner.input }
  var inputs: [StreamTopic] { inner.inputs }
  var table: TableTopic? { inner.table }
  func makeState(partition: Int32) -> Voices { inner.makeState(partition: partition) }
  func restore(_ record: Record, into state: inout Voices) { inner.restore(record, into: &state) }
  func process(_ record: Record, state: inout Voices, outputs: inout [OutgoingRecord]) {
    inner.process(record, state: &state, outputs: &outputs)
  }
  func changes(in state: borrowing Voices) -> [OutgoingRecord] { inner.changes(in: state) }
  func accept(_ state: inout Voices) { inner.accept(&state) }
  func rewind(_ state: inout Voices) { inner.rewind(&state) }
}

/// One partition of three topics and a table, a worker that dies, and a listener that is sometimes ahead and sometimes late.
private struct SmallCluster {
  private var dice: Dice
  private var logs: [String: [Record]] = [:]
  private var committed: [TopicPartition: Offset] = [:]
  private var cursors: [TopicPartition: Offset] = [:]
  /// How far the voices would be read by a worker that listens, of one that does not.
  private var unheard: Offset?
  /// What the listener has not told yet.
  private var untold: [String] = []
  private var step = 0
  /// When this worker, in its present life, came to know of each takeover; and those it knows only from a batch that is open.
  private var known: [String: Int] = [:]
  private var open: Set<String> = []
  /// When it took the record of each reply.
  private var taken: [String: Int] = [:]
  private var ends: Set<TopicPartition> = []

  private(set) var asked: Set<String> = []
  private(set) var answered: Set<String> = []
  private(set) var broken: [String] = []
  private(set) var sent = 0
  private(set) var withheld = 0

  private static let resolutions = "heed.resolutions.v1"
  private static let cases = "heed.cases.delivery.v1"
  private static let voices = "heed.voices.v1"

  init(seed: UInt64) {
    dice = Dice(seed: seed)
    logs = [Self.resolutions: [], Self.cases: [], Self.voices: []]
    for number in 0..<30 {
      let ticket = "zendesk:\(dice.roll(6))"
      switch dice.roll(5) {
      case 0: untold.append(ticket)
      case 1: write(output(summary(ticket, decision: "dec_\(number)", epoch: dice.roll(2))), to: Self.cases)
      default:
        write(output(resolution(ticket, decision: "dec_\(number)")), to: Self.resolutions)
        asked.insert("dec_\(number)")
      }
    }
  }

  private mutating func write(_ event: OutputEvent, to topic: String) {
    logs[topic]!.append(record(event, Offset(logs[topic]!.count)))
  }

  private mutating func append(_ record: OutgoingRecord) {
    let offset = Offset(logs[record.topic]?.count ?? 0)
    logs[record.topic, default: []].append(
      Record(
        source: TopicPartition(record.topic, 0), offset: offset, key: record.key, headers: record.headers,
        value: record.value))
  }

  mutating func run(_ processor: some Processor) {
    let sources = processor.inputs.map { TopicPartition($0.name, 0) }
    for life in 0..<8 {
      var machine = LaneMachine(processor: processor, limits: BatchLimits(recordsMax: 4, delay: .seconds(1)))
      let isLast = life == 7
      (known, open, ends, unheard) = ([:], [], [], nil)
      perform(machine.on(.assigned(sources, committed: committed), at: .now), &machine, isLast: isLast)
      for _ in 0..<(isLast ? 10_000 : 5 + dice.roll(40)) {
        step += 1
        if !untold.isEmpty, dice.roll(6) == 0 {
          append(VoiceRecord.takeover(of: TicketID(untold.removeLast()), at: morning, in: Catalogue().voices))
        }
        if let offset = unheard, Int(offset) < logs[Self.voices]!.count, dice.roll(4) == 0 {
          unheard = offset + 1
          hear(logs[Self.voices]![Int(offset)])
        }
        guard
          let source = cursors.keys.filter({ !isAtEnd($0) || !ends.contains($0) }).sorted().randomElement(using: &dice)
        else {
          perform(machine.on(.stop, at: .now), &machine, isLast: isLast)
          break
        }
        feed(source, &machine, isLast: isLast)
      }
      // Here it dies, and what is open is gone.
    }
  }

  private func isAtEnd(_ source: TopicPartition) -> Bool { Int(cursors[source]!) >= logs[source.topic]!.count }

  private mutating func feed<P: Processor>(_ source: TopicPartition, _ machine: inout LaneMachine<P>, isLast: Bool) {
    let offset = cursors[source]!
    guard !isAtEnd(source) else {
      ends.insert(source)
      let end = EndOfPartition(source, next: offset, highWatermark: offset)
      return perform(machine.on(.endOfPartition(end), at: .now), &machine, isLast: isLast)
    }
    ends.remove(source)
    let record = logs[source.topic]![Int(offset)]
    cursors[source] = offset + 1
    if source.topic == Self.voices {
      hear(record)
    } else if let handover = try? HandoverDecoder.decode(record)?.handover {
      switch handover {
      case .resolutionProposed(let resolution): taken[resolution.decision] = step
      case .caseSummarised(let summary) where summary.caseEpoch > 0:
        if known[summary.ticket.text] == nil {
          known[summary.ticket.text] = step
          open.insert(summary.ticket.text)
        }
      case .caseSummarised: break
      }
    }
    perform(machine.on(.record(record), at: .now), &machine, isLast: isLast)
  }

  private mutating func hear(_ voice: Record) {
    guard let key = voice.key, voice.value != nil else { return }
    let ticket = String(decoding: key, as: UTF8.self)
    known[ticket] = known[ticket] ?? step
    open.remove(ticket)
  }

  private mutating func perform<P: Processor>(
    _ actions: [WorkerAction], _ machine: inout LaneMachine<P>, isLast: Bool
  ) {
    for action in actions {
      switch action {
      case .assign(let starts):
        ends = []
        let voices = TopicPartition(Self.voices, 0)
        unheard = starts.contains { $0.source == voices } ? nil : unheard ?? cursors[voices]
        cursors = Dictionary(
          uniqueKeysWithValues: starts.map { start in
            switch start.place {
            case .offset(let offset): (start.source, offset)
            case .beginning, .committed, .end: (start.source, committed[start.source] ?? 0)
            }
          })
      case .commit(let commit):
        let fails = !isLast && dice.roll(4) == 0
        if fails { forgetOpen() } else { take(commit) }
        let failure = BrokerFailure(code: "TROUBLE", reason: "made up")
        perform(machine.on(.commitEnded(fails ? .rewind(failure) : .committed), at: .now), &machine, isLast: isLast)
      case .wait, .report, .close: break
      }
    }
  }

  private mutating func forgetOpen() {
    for ticket in open { known[ticket] = nil }
    open = []
  }

  private mutating func take(_ commit: Commit) {
    open = []
    for table in commit.tables { append(table) }
    for position in commit.positions { committed[position.source] = position.next }
    for output in commit.outputs {
      let update = update(output)
      guard let decision = update["decisionId"]?.text, asked.contains(decision) else { continue }
      switch update["purpose"]?.text {
      case "reply":
        sent += 1
        answered.insert(decision)
        if let since = known[update["ticketId"]!.text!], since < taken[decision]! {
          broken.append("\(decision) at \(taken[decision]!) in a ticket taken over at \(since)")
        }
      case "withheld":
        withheld += 1
        answered.insert(decision)
      default: break
      }
    }
  }
}
