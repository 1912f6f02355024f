/// How much a worker takes together.
public struct BatchLimits: Sendable, Hashable {
  /// Records read in one commit at most.
  public var recordsMax: Int
  /// Bytes of values written in one commit at most.
  public var outputBytesMax: Int
  /// How long the first record of a commit waits for others that have not come yet.
  public var delay: Duration
  /// How long a commit grows while more is there to be read: half a second. Each costs a request to every partition it writes to, and each
  /// request a look at all partitions of all topics (librdkafka 2.0.2); what waits behind a backlog loses little by it.
  var backlogDelay: Duration { max(delay, .milliseconds(500)) }

  /// The defaults: 10 ms keep decisions fresh, and cost nothing behind a backlog; 8 MiB and 5,000 records bound memory.
  public init(
    recordsMax: Int = 5_000, outputBytesMax: Int = 8 << 20, delay: Duration = .milliseconds(10)
  ) {
    self.recordsMax = recordsMax
    self.outputBytesMax = outputBytesMax
    self.delay = delay
  }
}
