import Events
import Foundation
import Kafka
import Streams
import Triage

/// Everything a backfill is about: two processes with the same plan share the work, and one with another plan is refused.
struct ReplayPlan {
  let settings: Settings
  let target: ReplayTarget
  let range: ReplayRange
  let pipeline: TicketPipeline
  let queues: [String]
  /// What the log keeps of each partition.
  let log: [TopicPartition: Range<Offset>]

  /// The range, the policy and the model in words: what must be the same for all who share the work.
  var words: String { "\(range.words); policy \(pipeline.names.policy); model \(pipeline.names.model)" }

  var partitions: [TopicPartition] { log.keys.sorted() }
  var records: Int64 { log.values.reduce(0) { $0 + $1.upperBound - $1.lowerBound } }

  init(_ settings: Settings, _ target: ReplayTarget, _ range: ReplayRange, _ pipeline: TicketPipeline, queues: [String])
    throws
  {
    self.settings = settings
    self.target = target
    self.range = range
    self.pipeline = pipeline
    self.queues = queues
    let administration = try reaching { try TopicAdministration(settings.client()) }
    log = try administering { () throws(AdministrationError) in
      var log: [TopicPartition: Range<Offset>] = [:]
      let count = try administration.partitionCount(of: target.live.events.name) ?? 0
      for partition in (0..<count).map({ TopicPartition(target.live.events.name, $0) }) {
        log[partition] = try administration.bounds(of: partition)
      }
      return log
    }
    guard !log.isEmpty else {
      throw Failure(status: .badConfiguration, words: "the topic \(target.live.events.name) is missing")
    }
    if let stranger = range.offsets.keys.sorted().first(where: {
      log[TopicPartition(target.live.events.name, $0)] == nil
    }) {
      throw Failure(status: .usage, words: "--offsets: \(target.live.events.name) has no partition \(stranger)")
    }
  }

  /// How far the group is, by partition.
  func committed() throws -> [TopicPartition: Offset] {
    let administration = try reaching { try TopicAdministration(settings.client()) }
    return try administering { () throws(AdministrationError) in
      try administration.committed(of: target.group, in: partitions)
    }
  }

  /// A topic that is missing would be made by the cluster with partitions of its own choice.
  func checkTopics() throws {
    let administration = try reaching { try TopicAdministration(settings.client()) }
    let topics = try administering { () throws(AdministrationError) in try administration.topics() }
    let partitions = Dictionary(uniqueKeysWithValues: topics.map { ($0.name, $0.partitions) })
    let wanted = target.own.specifications(queues: queues, partitions: 1).map(\.name)
      .filter { $0 != target.own.events.name }
    if let missing = wanted.first(where: { partitions[$0] == nil }) {
      throw Failure(
        status: .badConfiguration,
        words:
          "the topic \(missing) is missing; create it with `heed topics apply --set topic.prefix=\(target.own.prefix)`")
    }
    guard partitions[target.own.contexts.name].map(Int.init) == log.count else {
      throw Failure(
        status: .badConfiguration,
        words:
          "\(target.live.events.name) has \(log.count) partitions and \(target.own.contexts.name) \(partitions[target.own.contexts.name] ?? 0); they must be as many"
      )
    }
  }

  /// Notes the plan beside the contexts, or finds that it is noted. What another plan has begun is not gone on with: its contexts
  /// say that events are decided which this one has not seen.
  func claim() throws {
    let place = TopicPartition(target.own.contexts.name, 0)
    var noted: String?
    var isEmpty = true
    var reader = try reaching { try LogReader(settings.client(), group: target.group) }
    try reaching {
      try reader.readToEnd(of: [target.own.contexts.name], within: .seconds(3_600)) { record in
        isEmpty = false
        guard record.source == place, record.key?.elementsEqual(ReplayProcessor.planKey.utf8) == true else { return }
        noted = noted ?? record.value.map { String(decoding: $0, as: UTF8.self) }
      }
    }
    if noted == words { return }
    guard isEmpty else {
      throw Failure(
        status: .badConfiguration,
        words: """
          the topics under \(target.own.prefix) hold another backfill (\(noted ?? "nobody noted which")); give this one a \
          prefix of its own, or delete those topics and the group \(target.group)
          """)
    }
    var writer = try reaching { try LogWriter(settings.client()) }
    try reaching {
      try writer.write(
        OutgoingRecord(
          topic: place.topic, partition: place.partition, key: Array(ReplayProcessor.planKey.utf8),
          value: Array(words.utf8)))
      try writer.finish()
    }
  }
}
