import Streams

/// Where a promise is tried: a cluster with two topics of the promise's own, and what others than workers do to it.
protocol Stage: AnyObject {
  /// The topic that workers read; two partitions.
  var input: String { get }
  /// The topic that they write to; two partitions.
  var output: String { get }
  /// Time as the cluster sees it: virtual in the simulation.
  var now: Duration { get }

  /// A new process of the worker `name`: it fences an earlier one of that name where the cluster knows how.
  func worker(_ name: String, _ membership: StageMembership) throws -> any Broker
  /// The process is killed.
  func kill(_ worker: any Broker)
  /// Time passes in which no worker polls.
  func wait(_ duration: Duration)
  /// Writes outside any transaction.
  func write(_ records: [OutgoingRecord]) throws
  /// Somebody upstream begins a transaction and writes these; what is returned ends it.
  func beginTransaction(writing records: [OutgoingRecord]) throws -> (_ isCommit: Bool) throws -> Void
  /// Everything that a reader of committed records sees.
  func read(_ topic: String) throws -> [Record]
}

/// How a worker belongs to the stage's one group.
struct StageMembership {
  /// Whether the group knows it by its name and keeps its partitions for it.
  var isStatic = false
  /// `nil` is longer than any promise takes.
  var pollIntervalMax: Duration?
}

extension Stage {
  /// Partition `number` of the input.
  func input(_ number: Int32) -> TopicPartition { TopicPartition(input, number) }

  /// The same, as soon as there are `count`: a commit is answered before its markers stand in the logs.
  func read(_ topic: String, awaiting count: Int) throws -> [Record] {
    let deadline = now + .seconds(60)
    while true {
      let records = try read(topic)
      if records.count >= count || now > deadline { return records }
      wait(.milliseconds(50))
    }
  }

  /// A record for a partition of the input.
  func event(_ text: String, in partition: Int32 = 0) -> OutgoingRecord {
    OutgoingRecord(input, in: partition, text: text)
  }
}

/// A worker's broker in the hands of a promise.
final class Member {
  private let stage: any Stage
  private var broker: (any Broker)?

  init(_ stage: any Stage, _ name: String = "worker", _ membership: StageMembership = StageMembership()) throws {
    self.stage = stage
    broker = try stage.worker(name, membership)
  }

  func poll() -> [BrokerEvent] { broker!.poll(timeout: .milliseconds(50)) }
  func assign(_ starts: [ReadingStart]) throws { try broker!.assign(starts) }
  func commit(_ commit: Commit) -> CommitOutcome { broker!.commit(commit) }
  func committed() throws -> [TopicPartition: Offset] { try broker!.committed([stage.input(0), stage.input(1)]) }
  func bounds(of source: TopicPartition) throws -> Range<Offset> { try broker!.bounds(of: source) }

  func close() {
    broker!.close()
    broker = nil
  }

  func kill() {
    stage.kill(broker!)
    broker = nil
  }

  /// Polls until `isDone` says so of all events so far, and gives them.
  @discardableResult
  func events(_ what: String, until isDone: ([BrokerEvent]) -> Bool) throws -> [BrokerEvent] {
    let deadline = stage.now + .seconds(60)
    var events: [BrokerEvent] = []
    while !isDone(events) {
      guard stage.now < deadline else {
        throw NotInTime(description: "\(what); got \(events.count) events: \(events.suffix(3))")
      }
      events += poll()
    }
    return events
  }

  /// Everything in so long a time.
  func events(for duration: Duration) -> [BrokerEvent] {
    let deadline = stage.now + duration
    var events: [BrokerEvent] = []
    while stage.now < deadline { events += poll() }
    return events
  }

  /// What the group gives; not answered.
  func given() throws -> [TopicPartition] { try events("an assignment") { $0.assignment != nil }.assignment! }

  /// Takes what the group gives and reads it from `place`.
  @discardableResult
  func join(from place: ReadingStart.Place = .committed) throws -> [TopicPartition] {
    let given = try given()
    try assign(given.map { ReadingStart($0, from: place) })
    return given
  }

  /// Reads until the end of these partitions is told.
  func eventsToTheEnd(of partitions: Int32...) throws -> [BrokerEvent] {
    let sources = Set(partitions.map(stage.input))
    return try events("the ends") { sources.isSubset(of: $0.ends) }
  }
}

extension [BrokerEvent] {
  func texts(of partition: Int32) -> [String] { records.filter { $0.source.partition == partition }.texts }
  /// The last end told of a partition.
  func end(of source: TopicPartition) -> EndOfPartition? {
    lazy.compactMap { if case .endOfPartition(let end) = $0, end.source == source { end } else { nil } }.last
  }
}
