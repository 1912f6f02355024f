import Events
import Streams

/// A fact for every customer stands in each partition of its topic. This lets each be told once and counts where it stands; what was
/// sent twice is told twice.
struct BroadcastCopies {
  private struct Fact: Hashable {
    let topic: String
    let line: Digest256
  }

  private struct Copies {
    /// How often it is told: as often as it stands in any one partition.
    var told = 0
    var counts: [Int32: Int] = [:]
  }

  private var facts: [Fact: Copies] = [:]

  /// Whether `record`, as the line it gives, was not told yet. What belongs to one customer never was.
  mutating func isFirst(_ record: Record, line: [UInt8]) -> Bool {
    guard let key = record.key, key.elementsEqual(broadcastKey.utf8) else { return true }
    let fact = Fact(topic: record.source.topic, line: Digest256(of: line))
    var copies = facts[fact] ?? Copies()
    copies.counts[record.source.partition, default: 0] += 1
    let isFirst = copies.counts[record.source.partition]! > copies.told
    if isFirst { copies.told += 1 }
    facts[fact] = copies
    return isFirst
  }

  /// For each topic that has broadcasts: how many, and in how many of its partitions they stand.
  func sentences(partitions: [String: Int]) -> [String] {
    Dictionary(grouping: facts) { $0.key.topic }.sorted { $0.key < $1.key }.map { topic, facts in
      let places = Dictionary(grouping: facts) { $0.value.counts.count }.mapValues(\.count)
      let all = partitions[topic] ?? 0
      let words = places.sorted { $0.key > $1.key }.map { "\($0.value) in \($0.key) of \(all)" }
      return
        "\(topic): each broadcast is printed once; of \(facts.count) stand \(words.joined(separator: ", ")) partitions"
    }
  }
}
