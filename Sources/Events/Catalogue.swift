public import Streams

/// The names of all topics, and what each should be on the cluster. One writer per topic, but for two: into the events triage writes what
/// belongs to another id of a customer, and of the insights those of one ticket are triage's, those of many the scorecard's.
public struct Catalogue: Sendable, Hashable {
  /// What every name begins with: `heed.`. A backfill has its own, so that it can never reach a customer.
  public let prefix: String
  /// All that happens to customers: keyed by customer, broadcasts in every partition.
  public let events: StreamTopic
  /// What is known about each customer: the partitions of `events`.
  public let contexts: TableTopic
  /// Automated replies for the customer: keyed by ticket.
  public let resolutions: StreamTopic
  /// Every decision with its evidence: keyed by ticket.
  public let decisions: StreamTopic
  /// Alerts: keyed by subject.
  public let insights: StreamTopic
  /// How customers fared: keyed by what is measured, for whom and when.
  public let kpis: StreamTopic
  /// What could not be read: the original key, headers and bytes.
  public let deadLetters: StreamTopic

  /// The catalogue under `prefix`.
  public init(prefix: String = "heed.") {
    self.prefix = prefix
    events = StreamTopic(prefix + "events.v1")
    contexts = TableTopic(prefix + "contexts.v1")
    resolutions = StreamTopic(prefix + "resolutions.v1")
    decisions = StreamTopic(prefix + "decisions.v1")
    insights = StreamTopic(prefix + "insights.v1")
    kpis = StreamTopic(prefix + "kpis.v1")
    deadLetters = StreamTopic(prefix + "dead-letters.v1")
  }

  /// Case summaries for the agents of one queue: keyed by ticket.
  public func cases(queue: String) -> StreamTopic { StreamTopic(prefix + "cases." + queue + ".v1") }

  /// In which tickets people have taken over: keyed by ticket, with the partitions of `resolutions`. Under `*` in each partition stands
  /// the time.
  public var voices: TableTopic { TableTopic(prefix + "voices.v1") }
  /// What a shop that tells its orders in pieces has told of them: keyed by the shop's own id of the order, with at least the partitions of
  /// the shop's topic.
  public func orders(source: String) -> TableTopic { TableTopic(prefix + "orders." + source + ".v1") }
  /// What one ticketing system is asked to do: keyed by ticket.
  public func updates(target: String) -> StreamTopic { StreamTopic(prefix + "updates." + target + ".v1") }

  /// All topics of a fleet whose policy has these queues, which writes to these ticketing systems, and which reads of these shops.
  ///
  /// Updates are kept for a week: whoever sends them later than that should not.
  /// Events are kept 30 days and dead letters 14, so that a month can be replayed and a fortnight mended; contexts are
  /// compacted, and deleted keys stay a day for readers that restore.
  ///
  /// Who is erased must be gone in bounded time. By itself a log is compacted when half of it is stale, which in a quiet
  /// partition is never; `max.compaction.lag.ms` makes it happen within a week. That is well within the month that privacy
  /// laws give, with days left for somebody to notice that the cleaner stands still, and writing each context once a week
  /// costs a cluster next to nothing, where an hour would write them all the time.
  ///
  /// Orders that shops told in pieces are deleted when nothing was told of them for half a year, compacted or not: nobody asks about them, and
  /// a shop forgets its customers without telling intake which orders were theirs.
  public func specifications(
    queues: [String], targets: [String] = [], shops: [String] = [], partitions: Int32, replicas: Int16 = -1
  ) -> [TopicSpecification] {
    func stream(_ topic: StreamTopic, days: Int) -> TopicSpecification {
      TopicSpecification(
        name: topic.name, partitions: partitions, replicas: replicas,
        configuration: ["cleanup.policy": "delete", "retention.ms": String(days * 86_400_000)])
    }
    func table(_ topic: TableTopic, days: Int? = nil) -> TopicSpecification {
      var configuration = [
        "cleanup.policy": "compact", "delete.retention.ms": String(86_400_000),
        "max.compaction.lag.ms": String(7 * 86_400_000),
      ]
      if let days {
        configuration["cleanup.policy"] = "compact,delete"
        configuration["retention.ms"] = String(days * 86_400_000)
      }
      return TopicSpecification(
        name: topic.name, partitions: partitions, replicas: replicas, configuration: configuration)
    }
    let streams = [
      stream(events, days: 30), stream(decisions, days: 90), stream(resolutions, days: 30), stream(insights, days: 30),
      stream(kpis, days: 90), stream(deadLetters, days: 14),
    ]
    let egress = targets.isEmpty ? [] : [table(voices)] + targets.map { stream(updates(target: $0), days: 7) }
    let books = shops.map { table(orders(source: $0), days: 180) }
    return streams + [table(contexts)] + queues.map { stream(cases(queue: $0), days: 30) } + egress + books
  }
}
