import ArgumentParser
import Egress
import Events
import Kafka
import Policy
import Streams

struct TopicsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "topics",
    abstract: "Creates and verifies topics.",
    subcommands: [Plan.self, Apply.self, Check.self])

  struct Plan: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Prints the topics as they should be; asks no broker.")
    @OptionGroup var source: SettingsOptions

    func run() throws {
      for topic in try source.settings().topics() {
        let configuration = topic.configuration.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
        Terminal.say("\(topic.name)  partitions=\(topic.partitions)  \(configuration.joined(separator: "  "))")
      }
    }
  }

  struct Apply: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Creates the topics that are missing; changes none that is there.")
    @OptionGroup var source: SettingsOptions

    func run() throws {
      let settings = try source.settings()
      let administration = try reaching { try TopicAdministration(settings.client()) }
      let wanted = try settings.topics()
      let missing = try administering { () throws(AdministrationError) in
        try administration.differences(from: wanted)
      }.compactMap { difference in
        if case .missing(let topic) = difference { topic } else { nil }
      }
      if !missing.isEmpty { try administering { () throws(AdministrationError) in try administration.create(missing) } }
      Terminal.say("\(missing.count) of \(wanted.count) topics created, the others were there")
      try report(try administering { () throws(AdministrationError) in try administration.differences(from: wanted) })
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Compares the cluster's topics with what they should be; status 1 if they differ.")
    @OptionGroup var source: SettingsOptions

    func run() throws {
      let settings = try source.settings()
      let administration = try reaching { try TopicAdministration(settings.client()) }
      let wanted = try settings.topics()
      let differences = try administering { () throws(AdministrationError) in
        try administration.differences(from: wanted)
      }
      try report(differences)
      Terminal.say("\(wanted.count) topics are as they should be")
    }
  }
}

extension Settings {
  /// The topics as they should be: those of the catalogue, with a topic for each queue of the policy and each ticketing system that is
  /// written to, and one for each shop that tells its orders in pieces.
  func topics() throws -> [TopicSpecification] { try topics(under: text("topic.prefix")) }

  /// The same under another prefix.
  func topics(under prefix: String) throws -> [TopicSpecification] {
    Catalogue(prefix: prefix).specifications(
      queues: try queues(), targets: try egressTargets().map(\.name), shops: shops().map(\.name),
      partitions: Int32(integer("topic.partitions")),
      replicas: Int16(integer("topic.replicas")))
  }
}

/// Prints what differs; ends with status 1 if anything does.
private func report(_ differences: [TopicDifference]) throws {
  guard !differences.isEmpty else { return }
  for difference in differences { Terminal.say(difference.words) }
  throw Failure(status: .checkFailed, words: "\(differences.count) differences")
}

extension TopicDifference {
  fileprivate var words: String {
    switch self {
    case .missing(let topic): "\(topic.name) is missing"
    case .partitions(let topic, let found, let wanted): "\(topic) has \(found) partitions, not \(wanted)"
    case .configuration(let topic, let key, let found, let wanted):
      "\(topic) has \(key)=\(found ?? "(unknown)"), not \(wanted)"
    }
  }
}

/// Runs what talks to the cluster and turns its failure into ours.
func reaching<Value: ~Copyable>(_ body: () throws -> Value) throws -> Value {
  do { return try body() } catch let failure as BrokerFailure {
    throw Failure(
      status: failure.isFatal ? .badConfiguration : .brokerUnreachable, words: "the broker: \(failure)")
  }
}

/// The same for administration.
func administering<Value>(_ body: () throws(AdministrationError) -> Value) throws -> Value {
  do { return try body() } catch {
    switch error {
    case .unanswered(let failure):
      // Asked for what it does not know, the embedded broker says so: it makes its topics itself.
      let words = failure.code == "_UNSUPPORTED_FEATURE" ? "takes no such request" : "does not answer"
      throw Failure(status: .brokerUnreachable, words: "the cluster \(words): \(failure)")
    case .refused(let topic, let failure):
      throw Failure(status: .badConfiguration, words: "the cluster refuses \(topic): \(failure)")
    }
  }
}
