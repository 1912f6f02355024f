import ArgumentParser
import Foundation
import Kafka
import Streams

/// The cluster that is measured on: the embedded one in a process of its own, or a real one.
///
/// Topics are made under a prefix of this run; on a real cluster they are deleted in the end.
final class Cluster {
  let bootstrap: String
  let isEmbedded: Bool
  private let host: Child?
  private var topics: [String] = []
  private let run = String(UInt32.random(in: 0 ... .max), radix: 36)

  /// The real one if `KAFKA_BOOTSTRAP` names it.
  init() throws {
    let real = ProcessInfo.processInfo.environment["KAFKA_BOOTSTRAP"] ?? ""
    isEmbedded = real.isEmpty
    host = isEmbedded ? try Child(["host"]) : nil
    bootstrap = try host?.line() ?? real
  }

  /// The prefix of the topics of one part.
  func prefix(_ part: String) -> String { "heed-bench-\(run)-\(part)." }

  func create(_ specifications: [TopicSpecification]) throws {
    topics += specifications.map(\.name)
    guard let host else {
      return try TopicAdministration(try ClientSettings(bootstrapServers: bootstrap)).create(specifications)
    }
    for topic in specifications {
      try host.tell("\(topic.partitions) \(topic.name)")
      _ = try host.line()
    }
  }

  func end() throws {
    if let host { return try host.end() }
    try TopicAdministration(try ClientSettings(bootstrapServers: bootstrap)).delete(topics)
  }
}

/// Hosts the embedded broker until standard input ends; each line asks for a topic.
struct HostCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "host", shouldDisplay: false)

  func run() throws {
    let broker = try EmbeddedBroker()
    print(broker.bootstrapServers)
    fflush(nil)
    while let line = readLine() {
      let words = line.split(separator: " ")
      try broker.createTopic(String(words[1]), partitions: Int32(words[0])!)
      print("made")
      fflush(nil)
    }
  }
}

extension Producer {
  /// Appends all of it, behind a busy source: batches are large.
  mutating func append(_ entries: [Traffic.Entry], to topic: String) throws {
    let target = try self.topic(topic)
    for (index, entry) in entries.enumerated() {
      try entry.key.withUnsafeBytes { key in
        try entry.line.withUnsafeBytes { line in try produce(to: target, key: key, value: line) }
      }
      if index % 1_000 == 0 { serve() }
    }
    try flush(within: .seconds(60))
  }
}
