import Logging
import Streams
import Testing

@testable import Worker

@Suite struct WorkerLoopTests {
  /// A broker that tells what it was told to, poll by poll, and raises the stop when it has nothing more to tell.
  final class Scripted: Broker {
    var polls: [[BrokerEvent]]
    var outcomes: [CommitOutcome]
    let stop: StopSignal
    var commits: [Commit] = []
    var assignments: [[ReadingStart]] = []
    var isClosed = false
    /// What is handed out at the next poll after the n-th assignment.
    var afterAssignment: [Int: [BrokerEvent]] = [:]

    init(_ polls: [[BrokerEvent]], outcomes: [CommitOutcome] = [], stop: StopSignal) {
      self.polls = polls
      self.outcomes = outcomes
      self.stop = stop
    }

    func poll(timeout: Duration) -> [BrokerEvent] {
      if let events = afterAssignment.removeValue(forKey: assignments.count) { return events }
      if polls.isEmpty {
        stop.raise()
        return []
      }
      return polls.removeFirst()
    }

    func assign(_ starts: [ReadingStart]) throws(BrokerFailure) { assignments.append(starts) }

    func commit(_ commit: Commit) -> CommitOutcome {
      commits.append(commit)
      return outcomes.isEmpty ? .committed : outcomes.removeFirst()
    }

    var kept: Range<Offset> = 0..<0
    var callsAfterClose = 0
    func committed(_ sources: [TopicPartition]) throws(BrokerFailure) -> [TopicPartition: Offset] {
      if isClosed { callsAfterClose += 1 }
      return [:]
    }
    func bounds(of source: TopicPartition) throws(BrokerFailure) -> Range<Offset> { kept }
    func close() { isClosed = true }
  }

  func run(
    _ broker: Scripted, recordsMax: Int = 2, safeguards: Safeguards = Safeguards(), from start: FirstStart = .earliest,
    telemetry: WorkerTelemetry? = nil
  ) -> WorkerEnd {
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    var loop = WorkerLoop(
      processor: Copying(hasTable: false), broker: broker, limits: BatchLimits(recordsMax: recordsMax),
      safeguards: safeguards, firstStart: start, telemetry: telemetry, logger: logger)
    return loop.run(until: broker.stop)
  }

  @Test func aStopCommitsWhatIsOpenAndClosesTheBroker() {
    let broker = Scripted(
      [[.assigned([input(0)])], [.record(record("a", input(0), 0))]], stop: StopSignal())
    #expect(run(broker) == .stopped)
    #expect(broker.commits.map { texts($0.outputs) } == [["a#1"]])
    #expect(broker.isClosed)
  }

  /// Seen on a broker: the rest of a poll was taken after the rewind and decided without what lay before it.
  @Test func whatThePollHandedOutIsDroppedAfterARewind() {
    let all = (0..<6).map { BrokerEvent.record(record("r\($0)", input(0), Offset($0))) }
    let broker = Scripted([[.assigned([input(0)])], all], outcomes: [.rewind(trouble)], stop: StopSignal())
    broker.afterAssignment[2] = all
    #expect(run(broker) == .stopped)
    #expect(
      broker.commits.map { texts($0.outputs) } == [
        ["r0#1", "r1#2"], ["r0#1", "r1#2"], ["r2#3", "r3#4"], ["r4#5", "r5#6"],
      ])
    #expect(broker.commits.last?.positions == [Position(input(0), next: 6)])
  }

  @Test func aRevocationInTheSamePollIsStillAnswered() {
    let broker = Scripted(
      [
        [.assigned([input(0)])],
        [.record(record("a", input(0), 0)), .record(record("b", input(0), 1)), .revoked([input(0)], lost: false)],
      ], outcomes: [.rewind(trouble)], stop: StopSignal())
    #expect(run(broker) == .stopped)
    #expect(broker.assignments.last == [])
  }

  @Test func aFencedWorkerWritesNothingMore() {
    let all = (0..<6).map { BrokerEvent.record(record("r\($0)", input(0), Offset($0))) }
    let broker = Scripted([[.assigned([input(0)])], all], outcomes: [.fenced(trouble)], stop: StopSignal())
    #expect(run(broker) == .fenced(trouble))
    #expect(broker.commits.count == 1)
    #expect(broker.isClosed)
  }

  /// A closed broker must not be asked what is committed.
  @Test func nothingIsAskedOfABrokerThatIsClosed() {
    let fatal = BrokerFailure(code: "_FATAL", reason: "made up", isFatal: true)
    let broker = Scripted([[.failed(fatal), .assigned([input(0)])]], stop: StopSignal())
    #expect(run(broker) == .failed(fatal))
    #expect(broker.callsAfterClose == 0)
  }

  @Test func aFatalFailureOfTheClientEndsTheWorker() {
    let fatal = BrokerFailure(code: "_FATAL", reason: "made up", isFatal: true)
    let broker = Scripted([[.assigned([input(0)])], [.failed(fatal)]], stop: StopSignal())
    #expect(run(broker) == .failed(fatal))
  }

  @Test func whereNothingWasCommittedItBeginsWhereItIsTold() {
    for (start, place) in [(FirstStart.earliest, ReadingStart.Place.committed), (.latest, .offset(9))] {
      let broker = Scripted([[.assigned([input(0)])]], stop: StopSignal())
      broker.kept = 3..<9
      #expect(run(broker, from: start) == .stopped)
      #expect(broker.assignments.first == [ReadingStart(input(0), from: place)])
    }
  }

  @Test func anOffsetThatIsGoneIsLookedAtAndDecided() {
    let gone = BrokerFailure(code: "_AUTO_OFFSET_RESET", reason: "made up")
    func broker() -> Scripted {
      let broker = Scripted(
        [[.assigned([input(0)])], [.record(record("a", input(0), 0))], [.failed(gone), .failed(gone)]],
        stop: StopSignal())
      broker.kept = 5..<9
      return broker
    }
    let failing = broker()
    #expect(run(failing) == .offsetGone(OffsetGone(source: input(0), position: 1, kept: 5..<9)))
    let going = broker()
    #expect(run(going, safeguards: Safeguards(offsetGone: .earliest)) == .stopped)
    // Told twice in one poll, arranged anew once.
    #expect(going.assignments.dropFirst() == [[ReadingStart(input(0), from: .offset(5))]])
  }

  @Test func telemetryHearsOfTheWholeLife() {
    let telemetry = WorkerTelemetry()
    #expect(telemetry.isReady() == Verdict([.notAssigned]))
    let broker = Scripted(
      [[.assigned([input(0)])], [.record(record("a", input(0), 0)), .record(record("b", input(0), 1))]],
      stop: StopSignal())
    #expect(run(broker, telemetry: telemetry) == .stopped)
    #expect(telemetry.isReady() == Verdict([.ended("stopped")]))
    let lines = telemetry.exposition().split(separator: "\n")
    for line in ["heed_records_total 2", "heed_outputs_total 2", "heed_commits_total{outcome=\"committed\"} 1"] {
      #expect(lines.contains(Substring(line)))
    }
  }
}
