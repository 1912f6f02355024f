import Events
import Foundation
import Kafka
import Streams
import Triage

/// What a backfill would do: found out by reading the log and deciding a sample of it here, without writing anything.
struct ReplayPreview {
  private static let sampleMax = 5_000

  private let plan: ReplayPlan
  private var records = 0
  private var inRange = 0
  private var sampled = 0
  private var sampledInRange = 0
  private var sampleSeconds = 0.0
  private var written: [String: (records: Int, bytes: Int)] = [:]

  init(_ plan: ReplayPlan) { self.plan = plan }

  mutating func read() throws {
    let processor = ReplayProcessor(
      pipeline: plan.pipeline, from: plan.target.live, into: plan.target.own, group: plan.target.group,
      range: plan.range)
    // The sample decides on all of the range, so that the part of it that is written about is found out, too.
    var shelves: [Int32: Shelf] = [:]
    var reader = try reaching { try LogReader(plan.settings.client(), group: plan.target.group) }
    var copy = self
    try reaching {
      try reader.readToEnd(of: [plan.target.live.events.name], within: .seconds(86_400)) { record in
        copy.records += 1
        let isIn = copy.isInRange(record)
        if isIn { copy.inRange += 1 }
        guard copy.sampled < Self.sampleMax else { return }
        copy.sample(record, isIn: isIn, processor, &shelves)
      }
    }
    self = copy
  }

  private func isInRange(_ record: Record) -> Bool {
    let partition = record.source.partition
    // Only times have to be read out of the record.
    guard plan.range.from != nil || plan.range.until != nil else {
      return plan.range.contains(Timestamp(nanoseconds: 0), partition: partition, offset: record.offset)
    }
    let time =
      (try? EventDecoder.decode(record))?.envelope.time
      ?? Timestamp(nanoseconds: record.timestampMilliseconds * 1_000_000)
    return plan.range.contains(time, partition: partition, offset: record.offset)
  }

  private mutating func sample(
    _ record: Record, isIn: Bool, _ processor: ReplayProcessor, _ shelves: inout [Int32: Shelf]
  ) {
    let begin = ContinuousClock.now
    let partition = record.source.partition
    var outputs: [OutgoingRecord] = []
    processor.process(
      record, state: &shelves[partition, default: processor.makeState(partition: partition)], outputs: &outputs)
    processor.accept(&shelves[partition]!)
    sampleSeconds += begin.duration(to: .now) / .seconds(1)
    sampled += 1
    if isIn { sampledInRange += 1 }
    for output in outputs {
      written[output.topic, default: (0, 0)].records += 1
      written[output.topic]!.bytes += output.value?.count ?? 0
    }
  }

  func text(committed: [TopicPartition: Offset]) -> String {
    let done = committed.reduce(Int64(0)) { $0 + $1.value - (plan.log[$1.key]?.lowerBound ?? $1.value) }
    let rate = sampleSeconds > 0 ? Double(sampled) / sampleSeconds : 0
    var lines = [
      "reads    \(plan.target.live.events.name), \(plan.partitions.count) partitions, \(records) records",
      "range    \(plan.range.words): \(inRange) records; the other \(records - inRange) are folded and nothing is written about them",
      "decides  policy \(plan.pipeline.names.policy), model \(plan.pipeline.names.model)",
      "group    \(plan.target.group), "
        + (done > 0 ? "\(done) offsets are done already" : "which has done nothing yet"),
    ]
    let isWhole = sampled == records
    let share = sampledInRange > 0 ? Double(inRange) / Double(sampledInRange) : 0
    lines.append("writes   " + (isWhole ? "" : "about, from \(sampled) records that were tried here,"))
    for (topic, count) in written.sorted(by: { $0.key < $1.key }) {
      let records = Int((Double(count.records) * share).rounded())
      let bytes = Int((Double(count.bytes) * share / 1_024).rounded())
      lines.append("         \(topic): \(records) records, \(bytes) KiB")
    }
    if written.isEmpty { lines.append("         nothing that was seen in the sample") }
    lines.append("         \(plan.target.own.contexts.name): the contexts of all customers")
    if rate > 0 {
      let seconds = Double(records) / rate
      lines.append(
        "costs    about \(ReplayProgress.words(seconds: seconds)) of one CPU, \(Int(rate)) records a second and process (reading and writing not counted)"
      )
    }
    lines.append("nothing was written")
    return lines.joined(separator: "\n")
  }
}
