import Foundation
import Kafka
import Streams
import Testing

/// A broker that the suite of promises runs on, with the gaps it declares. A gap is tested too: when it closes, we hear of it.
struct BrokerUnderTest: Sendable, CustomTestStringConvertible {
  struct Features: OptionSet, Sendable {
    let rawValue: Int
    /// Positions sent with a transaction are stored when it commits, and only then.
    static let transactionalPositions = Self(rawValue: 1)
    /// `read_committed` shows nothing of aborted and open transactions.
    static let isolation = Self(rawValue: 2)
    /// A producer or static member that was replaced cannot commit.
    static let fencing = Self(rawValue: 4)
    /// Commits and aborts stand in the log as records that nobody sees.
    static let controlRecords = Self(rawValue: 8)
    /// Topics can be made, deleted and described by requests.
    static let administration = Self(rawValue: 16)

    static let all: Self = [.transactionalPositions, .isolation, .fencing, .controlRecords, .administration]

    /// Each by its name.
    var names: String {
      let names: [(Self, String)] = [
        (.transactionalPositions, "positions in transactions"), (.isolation, "hidden transactions"),
        (.fencing, "fencing"), (.controlRecords, "control records"), (.administration, "administration"),
      ]
      return names.filter { isSuperset(of: $0.0) }.map(\.1).joined(separator: ", ")
    }
  }

  let name: String
  let bootstrapServers: String
  let features: Features
  private let embedded: EmbeddedBroker?

  var testDescription: String { name }

  /// The embedded broker always; a real one if the environment names it in `KAFKA_BOOTSTRAP`.
  static let all: [BrokerUnderTest] = {
    let embedded = try! EmbeddedBroker()
    var all = [
      BrokerUnderTest(
        name: "embedded", bootstrapServers: embedded.bootstrapServers, features: [], embedded: embedded)
    ]
    if let address = ProcessInfo.processInfo.environment["KAFKA_BOOTSTRAP"] {
      all.append(
        BrokerUnderTest(
          name: "real", bootstrapServers: address, features: .all, embedded: nil))
    }
    return all
  }()

  func has(_ feature: Features) -> Bool { features.contains(feature) }

  func client() throws -> ClientSettings {
    try ClientSettings(bootstrapServers: bootstrapServers, clientID: "heed-test") { _ in }
  }

  /// A name that no other test and no other run uses.
  func unique(_ name: String) -> String { "heed-test.\(UInt64.random(in: 0 ... .max)).\(name)" }

  /// Runs `body` with topics of their own, and deletes them afterwards where that is possible.
  func withTopics<R>(_ partitions: Int32..., body: ([String]) throws -> R) throws -> R {
    let names = partitions.indices.map { unique("topic\($0)") }
    if let embedded {
      for (name, count) in zip(names, partitions) { try embedded.createTopic(name, partitions: count) }
      return try body(names)
    }
    let administration = try TopicAdministration(try client())
    try administration.create(zip(names, partitions).map { TopicSpecification(name: $0, partitions: $1, replicas: 1) })
    defer { try? administration.delete(names) }
    return try body(names)
  }
}
