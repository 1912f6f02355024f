import Simulation
import Streams
import Synchronization
import Testing

@testable import Events
@testable import Triage

/// Customers whose ids are linked while workers crash, are fenced, abort and hand partitions over: what `CustomerLinks.swift` guarantees holds.
@Suite struct LinkedFleetTests {
  @Test(arguments: [Promise.exactlyOnce, .atLeastOnce]) func linkedCustomersKeepEveryPromise(promise: Promise) async {
    let met = Mutex<[String: Int]>([:])
    let failures = await Seeds.failures(1..<61) {
      SeedVerdict.of(seed: $0, promise: promise, links: .trees)
    } onEach: { verdict in
      met.withLock { $0.merge(verdict.encounters, uniquingKeysWith: +) }
    }
    for failure in failures { Issue.record("\(failure.words)") }
    let counts = met.withLock { $0 }
    for name in ["output: passed on", "report: revoked", "report: rewound"] {
      #expect(counts[name, default: 0] >= 50, "\(name)")
    }
  }

  /// Links that lead round, and ids of two people. The order of an id's events is not promised there, and nothing else is given up.
  @Test func tangledLinksKeepAllButTheOrder() async {
    let failures = await Seeds.failures(1..<61) { SeedVerdict.of(seed: $0, links: .tangles) }
    for failure in failures { Issue.record("\(failure.words)") }
  }

  /// Otherwise nothing would be forbidden.
  @Test func linkedCustomersGetRepliesAndArePassedOnAndTakenOver() {
    let workload = LinkedDesk(.trees)
    var (voices, moved, takeovers) = (0, 0, 0)
    for seed in UInt64(1)..<21 {
      let simulation = Simulation(Plan.from(seed: seed), workload, processor: workload.processor)
      let evidence = simulation.run()
      voices += evidence.outputs.count { $0.log.topic == "heed.resolutions.v1" }
      moved += evidence.outputs.count { workload.isPassedOn($0.record) }
      takeovers += evidence.events.joined().count {
        String(decoding: $0.record.value ?? [], as: UTF8.self).contains(#""changedBy":"human""#)
      }
    }
    #expect(voices >= 20 && moved >= 100 && takeovers >= 20, "\(voices) \(moved) \(takeovers)")
  }

  @Test(arguments: LinkBug.allCases) func aPlantedBugIsFound(bug: LinkBug) async {
    await expectFound(bug) { bug.verdict(seed: $0) }
  }
}

/// A fault planted where the real worker brings two ids together.
enum LinkBug: String, CaseIterable, Sendable {
  case whatIsPassedOnIsWrittenInATransactionOfItsOwn
  case whatIsPassedOnIsNotWritten
  case whatIsMovedIsForgotten
  case whatIsPassedOnIsDecidedHereToo

  /// What `seed` comes to with this bug in each worker.
  func verdict(seed: UInt64) -> SeedVerdict {
    let plan = Plan.from(seed: seed)
    let real = LinkedDesk(.trees)
    switch self {
    case .whatIsPassedOnIsWrittenInATransactionOfItsOwn:
      return SeedVerdict(seed: seed, violations: violations(plan, real, real.processor) { TwoTransactions($0) })
    case .whatIsPassedOnIsNotWritten:
      let clumsy = ClumsyTriage(inner: real.processor, mistake: .passesNothingOn)
      return SeedVerdict(seed: seed, violations: violations(plan, real, clumsy) { BrokerPort($0) })
    // These are in the fold, too: no comparison with it finds them.
    case .whatIsMovedIsForgotten:
      return SeedVerdict.of(plan, LinkedDesk(.trees) { ClumsyTriage(inner: $0, mistake: .movesNothing) })
    case .whatIsPassedOnIsDecidedHereToo:
      return SeedVerdict.of(plan, LinkedDesk(.trees) { ClumsyTriage(inner: $0, mistake: .decidesHereToo) })
    }
  }

  private func violations<P: Processor>(
    _ plan: Plan, _ workload: LinkedDesk<TriageProcessor>, _ processor: P,
    _ port: @escaping (SimulatedBroker) -> BrokerPort
  ) -> [String] where P.State == Shelf {
    Simulation(plan, workload, processor: processor, port: port).run().violations
  }
}

/// Triage with a hand for mistakes about links.
struct ClumsyTriage: Processor {
  enum Mistake { case passesNothingOn, movesNothing, decidesHereToo }

  let inner: TriageProcessor
  let mistake: Mistake

  var input: StreamTopic { inner.input }
  var table: TableTopic? { inner.table }
  func makeState(partition: Int32) -> Shelf { inner.makeState(partition: partition) }
  func restore(_ record: Record, into state: inout Shelf) { inner.restore(record, into: &state) }
  func changes(in state: borrowing Shelf) -> [OutgoingRecord] { inner.changes(in: state) }
  func accept(_ state: inout Shelf) { inner.accept(&state) }
  func rewind(_ state: inout Shelf) { inner.rewind(&state) }

  func process(_ record: Record, state: inout Shelf, outputs: inout [OutgoingRecord]) {
    var made: [OutgoingRecord] = []
    inner.process(record, state: &state, outputs: &made)
    for output in made {
      guard output.topic == input.name, let value = output.value,
        let event = try? EventDecoder.decode(structured: value)
      else {
        outputs.append(output)
        continue
      }
      switch (mistake, event.body) {
      case (.passesNothingOn, _): break
      case (.movesNothing, .customerMoved(let moved)):
        let nothing = CustomerMoved(
          customer: moved.customer, movedFrom: moved.movedFrom,
          context: CustomerContext(firstSeen: event.envelope.time).encoded())
        outputs.append(
          EventEncoder.record(Event(envelope: event.envelope, body: .customerMoved(nothing)), in: Catalogue()))
      case (.decidesHereToo, .ticketOpened), (.decidesHereToo, .ticketMessage):
        outputs.append(output)
        var other = inner.makeState(partition: record.source.partition)
        inner.process(record, state: &other, outputs: &outputs)
      default: outputs.append(output)
      }
    }
  }
}

/// Writes what is passed on by itself, before the rest.
final class TwoTransactions: BrokerPort {
  override func commit(_ commit: Commit) -> CommitOutcome {
    let passedOn = Commit(outputs: commit.outputs.filter { $0.topic == "heed.events.v1" })
    guard !passedOn.outputs.isEmpty else { return super.commit(commit) }
    let outcome = super.commit(passedOn)
    guard outcome == .committed else { return outcome }
    var rest = commit
    rest.outputs.removeAll { $0.topic == "heed.events.v1" }
    return super.commit(rest)
  }
}
