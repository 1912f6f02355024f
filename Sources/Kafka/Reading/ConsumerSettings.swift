/// How one member of a group reads.
public struct ConsumerSettings: Sendable {
  /// Where to begin in a partition for which the group committed nothing, or an offset that is no longer kept.
  public enum Fallback: String, Sendable {
    /// The first record kept: nothing is left out, much may be read again.
    case earliest
    /// The end: what is there is left out.
    case latest
    /// Nowhere: the partition is reported as failed with `_AUTO_OFFSET_RESET` and stands still.
    case error
  }

  /// The consumer group.
  public var group: String
  /// Makes us a static member: a restart within `sessionTimeout` under the same name gets the same partitions and moves no
  /// others. Two running members of one name fence each other.
  public var instance: String?
  /// Where to begin without a committed offset.
  public var fallback: Fallback
  /// After this long without a heartbeat the group gives our partitions to others. The embedded broker needs 3 s at least.
  public var sessionTimeout: Duration
  /// After this long without a poll we give our partitions up ourselves. Polling any queue counts.
  public var pollIntervalMax: Duration
  /// How long a broker may hold a fetch back when there is nothing new. The embedded broker waits all of it, always.
  public var fetchWaitMax: Duration

  /// Settings for a member of `group`.
  public init(
    group: String, instance: String? = nil, fallback: Fallback = .earliest, sessionTimeout: Duration = .seconds(45),
    pollIntervalMax: Duration = .seconds(300), fetchWaitMax: Duration = .milliseconds(20)
  ) {
    self.group = group
    self.instance = instance
    self.fallback = fallback
    self.sessionTimeout = sessionTimeout
    self.pollIntervalMax = pollIntervalMax
    self.fetchWaitMax = fetchWaitMax
  }

  /// Says all of it, also what is the default today; but for `allow.auto.create.topics=false`, about which librdkafka would
  /// warn on every connection to the embedded broker.
  var values: [(key: String, value: String)] {
    var values = [
      ("group.id", group),
      ("isolation.level", "read_committed"),
      ("enable.auto.commit", "false"),
      ("enable.auto.offset.store", "false"),
      ("auto.offset.reset", fallback.rawValue),
      ("enable.partition.eof", "true"),
      // Eager, because `cooperative-sticky` has bugs that were fixed only in librdkafka 2.3 to 2.10. And not mixed with
      // another assignor: two in one group kill the embedded broker by an assertion.
      ("partition.assignment.strategy", "range"),
      ("session.timeout.ms", String(sessionTimeout.wholeMilliseconds)),
      ("heartbeat.interval.ms", String(min(3000, sessionTimeout.wholeMilliseconds / 3))),
      ("max.poll.interval.ms", String(max(pollIntervalMax, sessionTimeout).wholeMilliseconds)),
      ("fetch.wait.max.ms", String(fetchWaitMax.wholeMilliseconds)),
      // Not lower "to save memory": below a second or two of consumption the fetcher sleeps up to a second at a time, which
      // was measured to cost 50 times the speed. These serve 50,000 records/s.
      ("queued.min.messages", "100000"),
      ("queued.max.messages.kbytes", "65536"),
    ]
    if let instance { values.append(("group.instance.id", instance)) }
    return values
  }
}
