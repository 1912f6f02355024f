import Events
import Foundation
import Kafka
import Policy
import Streams
import Triage

/// Copies and workers on the same inputs, in the same minutes.
struct Comparison {
  var copies: [Part: [CopyLoop: [Measurement]]] = [:]
  var workers: [Part: [Measurement]] = [:]

  enum Part: String, CaseIterable {
    case orders = "order events"
    case tickets = "tickets"
  }
}

/// What is measured on a cluster.
struct ClusterBench {
  let cluster: Cluster
  let traffic: Traffic
  let partitions: Int32

  // MARK: Throughput

  /// Orders first, so that each ticket meets a customer whose orders are known.
  func comparison(tickets: Int, rounds: Int) throws -> Comparison {
    let inputs = [
      Comparison.Part.orders: traffic.entries(.orders, count: 2 * tickets),
      .tickets: traffic.entries(.tickets, count: tickets),
    ]
    var comparison = Comparison()
    for round in 1...rounds {
      let work = try topics(of: "work\(round)", partitions)
      for part in Comparison.Part.allCases {
        let copied = "\(cluster.prefix("copy\(round)"))\(part == .orders ? "orders" : "tickets")"
        try cluster.create(["in", "out"].map { TopicSpecification(name: "\(copied).\($0)", partitions: partitions) })
        var producer = try producer()
        // A copy is so quick that its threads would show: it gets the inputs several times.
        for _ in 0..<5 { try producer.append(inputs[part]!, to: copied + ".in") }
        for loop in CopyLoop.allCases {
          let measurement = try copy(loop, copied, messages: 5 * inputs[part]!.count)
          comparison.copies[part, default: [:]][loop, default: []].append(measurement)
        }
        try producer.append(inputs[part]!, to: work + "events.v1")
        let worker = try self.work(work, events: inputs[part]!.count)
        comparison.workers[part, default: []].append(worker.work)
      }
    }
    return comparison
  }

  /// A worker on mixed events, with more and more partitions; all of them in each round, so that a slow minute is none's alone.
  func sweep(events: Int, rounds: Int) throws -> [(partitions: Int32, worker: Measurement)] {
    let steps: [Int32] = [8, 32, 64, 256]
    let measured = try (1...rounds).map { round in
      try steps.map { try throughput(events: events, partitions: $0, round) }
    }
    return steps.indices.map { step in (steps[step], measured.map { $0[step] }.median) }
  }

  private func throughput(events: Int, partitions: Int32, _ round: Int) throws -> Measurement {
    let prefix = try topics(of: "sweep\(partitions)-\(round)", partitions)
    var producer = try producer()
    try producer.append(traffic.entries(.mixed, count: events), to: prefix + "events.v1")
    return try work(prefix, events: events).work
  }

  /// The memory of a worker as it goes on, each so many events; the events come in rounds, as the embedded broker keeps few.
  func soak(events: Int) throws -> [Int] {
    let round = 100_000
    let prefix = try topics(of: "soak", partitions)
    // The same customers again and again: it is the work that may not leave anything behind, not their number.
    let entries = traffic.entries(.mixed, count: round)
    let worker = try Child(arguments(prefix, events: events) + ["--progress", String(round)])
    var producer = try producer()
    var resident: [Int] = []
    for number in 0..<events / round {
      // Under other ids they are not repeats.
      try producer.append(entries.map { $0.again(number) }, to: prefix + "events.v1")
      resident.append(Int(try worker.line()) ?? 0)
    }
    _ = try worker.value(WorkerMeasurement.self)
    try worker.end()
    return resident
  }

  // MARK: Latency

  /// 2,000 events in each second, evenly: the round that is neither the best nor the worst.
  func latency(seconds: Int, delay: Int, rounds: Int) throws -> WorkerMeasurement {
    try (1...rounds).map { try latency(seconds: seconds, delay: delay, $0) }.median(by: \.latencyP99)
  }

  private func latency(seconds: Int, delay: Int, _ round: Int) throws -> WorkerMeasurement {
    let prefix = try topics(of: "latency\(delay)-\(round)", 12)
    let entries = traffic.entries(.mixed, count: 2_000 * seconds)
    let worker = try Child(
      arguments(prefix, events: entries.count)
        + ["--delay", String(delay), "--warm-up", String(entries.count / 5)])
    // The group's first join takes some seconds; what is appended meanwhile would only measure that.
    Thread.sleep(forTimeInterval: 8)
    var producer = try producer(linger: .milliseconds(1))
    let target = try producer.topic(prefix + "events.v1")
    let start = ContinuousClock.now
    for (index, entry) in entries.enumerated() {
      let due = start + .microseconds(500) * index
      while ContinuousClock.now < due {
        producer.serve()
        Thread.sleep(forTimeInterval: 0.000_2)
      }
      try entry.key.withUnsafeBytes { key in
        try entry.line.withUnsafeBytes { line in try producer.produce(to: target, key: key, value: line) }
      }
    }
    try producer.flush(within: .seconds(60))
    let measurement = try worker.value(WorkerMeasurement.self)
    try worker.end()
    return measurement
  }

  // MARK: Restore

  /// A worker that reads the contexts of so many customers.
  func restore(customers: Int) throws -> (worker: WorkerMeasurement, contextBytes: Int) {
    let partitions: Int32 = 256  // The embedded broker keeps 5 MiB in each.
    let prefix = try topics(of: "restore", partitions)
    let contexts = try contextsOfOneTelling()
    var producer = try producer()
    var bytes = 0
    for number in 0..<customers {
      let context = contexts[number % contexts.count]
      let key = Array("C-\(1_000_000 + number)".utf8)
      bytes += context.value?.count ?? 0
      try producer.produce(
        OutgoingRecord(
          topic: prefix + "contexts.v1", partition: partition(forKey: key, of: partitions), key: key,
          headers: context.headers, value: context.value))
    }
    try producer.flush(within: .seconds(60))
    return (try work(prefix, events: 0), bytes / customers)
  }

  /// What is known of the customers after one telling of all stories.
  private func contextsOfOneTelling() throws -> [OutgoingRecord] {
    let catalogue = Catalogue()
    let processor = TriageProcessor(pipeline: try .shipped(), catalogue: catalogue, group: "bench")
    var shelf = processor.makeState(partition: 0)
    var outputs: [OutgoingRecord] = []
    for (offset, entry) in traffic.entries(.mixed, count: 100_000).enumerated() {
      processor.process(
        Record(
          source: TopicPartition(catalogue.events.name, 0), offset: Offset(offset), key: entry.key, value: entry.line),
        state: &shelf, outputs: &outputs)
      outputs.removeAll(keepingCapacity: true)
    }
    return processor.changes(in: shelf).filter { $0.value != nil }
  }

  // MARK: Parts

  private func producer(linger: Duration = .milliseconds(5)) throws -> Producer {
    try Producer(
      try ClientSettings(bootstrapServers: cluster.bootstrap), ProducerSettings(linger: linger, compression: .none))
  }

  /// Makes all topics of a fleet of its own and says its prefix.
  private func topics(of part: String, _ partitions: Int32) throws -> String {
    let prefix = cluster.prefix(part)
    let queues = try PolicyDocument.shipped().queues.keys.sorted()
    try cluster.create(Catalogue(prefix: prefix).specifications(queues: queues, partitions: partitions))
    return prefix
  }

  private func copy(_ loop: CopyLoop, _ topics: String, messages: Int) throws -> Measurement {
    let child = try Child([
      "copy", loop.rawValue, cluster.bootstrap, topics + ".in", topics + ".out", String(partitions), String(messages),
    ])
    let measurement = try child.value(Measurement.self)
    try child.end()
    return measurement
  }

  private func work(_ prefix: String, events: Int) throws -> WorkerMeasurement {
    let child = try Child(arguments(prefix, events: events))
    let measurement = try child.value(WorkerMeasurement.self)
    try child.end()
    return measurement
  }

  private func arguments(_ prefix: String, events: Int) -> [String] {
    ["work", cluster.bootstrap, prefix, String(events)] + (cluster.isEmbedded ? [] : ["--exactly-once"])
  }
}
