import ArgumentParser
import Events
import Kafka
import Streams

struct DeadLettersRedriveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redrive",
    abstract: "Puts the originals back where they came from: the same bytes, key and headers.",
    discussion: """
      Do it when what was wrong is mended: the policy, the program, a limit of the cluster. The header heed_redriven counts \
      how often a record was put back; beyond --max-times it is left where it is. How far it came is kept as positions of a \
      group of its own for each filter, so the same command twice puts nothing back twice, also if it is interrupted: with \
      processing.guarantee=exactly_once records and positions are one transaction.
      """)

  @OptionGroup var source: SettingsOptions
  @OptionGroup var filter: DeadLetterFilter
  @Option(name: .long, help: "How many at most.") var limit = Int.max
  @Option(name: .long, help: "Leave those that were put back so often.") var maxTimes = 3
  @Flag(name: .long, help: "Only say what would be done.") var dryRun = false

  func run() throws {
    let settings = try source.settings()
    var redrive = Redrive(filter: filter, limit: limit, maxTimes: maxTimes)
    let group = "\(settings.text("group.id"))-redrive\(filter.name)"
    if dryRun {
      try redrive.preview(settings, group: group)
    } else {
      try redrive.perform(settings, group: group)
    }
    Terminal.say(
      """
      \(redrive.taken) \(dryRun ? "would be put back" : "put back"), \(redrive.worn) left that were put back \(maxTimes) \
      times, \(redrive.empty) left whose bytes were too large to keep
      """)
  }
}

/// Goes through the dead letters from where the group stands to the end.
private struct Redrive {
  let filter: DeadLetterFilter
  let limit: Int
  let maxTimes: Int
  private(set) var taken = 0
  private(set) var worn = 0
  private(set) var empty = 0

  init(filter: DeadLetterFilter, limit: Int, maxTimes: Int) {
    self.filter = filter
    self.limit = limit
    self.maxTimes = maxTimes
  }

  /// The original to be written, if this one is to be put back.
  private mutating func take(_ record: Record) -> OutgoingRecord? {
    guard let rejected = RejectedRecord(record), filter.takes(rejected) else { return nil }
    if rejected.redriven >= maxTimes {
      worn += 1
      return nil
    }
    if rejected.bytesLeftOut != nil {
      empty += 1
      return nil
    }
    taken += 1
    return rejected.redrive()
  }

  mutating func preview(_ settings: Settings, group: String) throws {
    var reader = try reaching { try LogReader(settings.client()) }
    let partitions = try reaching { try reader.partitions(of: [settings.deadLetters], within: .seconds(15)) }
    let administration = try reaching { try TopicAdministration(settings.client()) }
    let committed = try administering { () throws(AdministrationError) in
      try administration.committed(of: group, in: partitions)
    }
    try reaching {
      try reader.open(partitions.map { ReadingStart($0, from: committed[$0].map { .offset($0) } ?? .beginning) })
    }
    while !reader.isAtEnd, taken < limit {
      for case .record(let record) in reader.next(waiting: .milliseconds(200)) where taken < limit {
        guard let original = take(record), let rejected = RejectedRecord(record) else { continue }
        Terminal.say(DeadLetterLine(rejected, reveal: false).text + "\t-> \(original.topic)")
      }
    }
  }

  /// Reads as the only member of its group, and commits after each poll what it put back with how far it read.
  mutating func perform(_ settings: Settings, group: String) throws {
    var wanted = try settings.broker(group: group)
    wanted.consumer.instance = nil
    // Dead letters that the topic no longer keeps can be put back by nobody.
    wanted.consumer.fallback = .earliest
    if case .exactlyOnce = wanted.guarantee { wanted.guarantee = .exactlyOnce(transactionalID: group) }
    let broker = try reaching { try KafkaBroker(wanted, subscribingTo: [settings.deadLetters]) }
    defer { broker.close() }
    var unfinished: Set<TopicPartition>?
    while unfinished?.isEmpty != true, taken < limit {
      var commit = Commit()
      var positions: [TopicPartition: Offset] = [:]
      for event in broker.poll(timeout: .milliseconds(200)) {
        switch event {
        case .assigned(let partitions):
          unfinished = Set(partitions)
          try reaching { try broker.assign(partitions.map { ReadingStart($0, from: .committed) }) }
        case .revoked:
          throw Failure(status: .checkFailed, words: "another redrive has joined; what was put back so far is noted")
        case .record(let record) where taken < limit:
          if let original = take(record) { commit.outputs.append(original) }
          positions[record.source] = record.offset + 1
        case .record: continue
        case .endOfPartition(let end): unfinished?.remove(end.source)
        case .failed(let failure):
          if failure.isFatal { throw Failure(status: .internalFault, words: "the broker: \(failure)") }
        }
      }
      commit.positions = positions.map { Position($0.key, next: $0.value) }
      try check(broker.commit(commit))
    }
  }

  private func check(_ outcome: CommitOutcome) throws {
    switch outcome {
    case .committed: return
    case .writtenWithoutPosition(let failure):
      throw Failure(
        status: .internalFault, words: "put back, but not noted, so the next redrive repeats the last ones: \(failure)")
    case .rewind(let failure), .fenced(let failure), .failed(let failure):
      throw Failure(status: .brokerUnreachable, words: "the last ones are not put back: \(failure)")
    }
  }
}
