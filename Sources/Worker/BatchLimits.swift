/// How much a worker takes together.
public struct BatchLimits: Sendable, Hashable {
  /// Records read in one commit at most.
  public var recordsMax: Int
  /// Bytes of values written in one commit at most.
  public var outputBytesMax: Int
  /// How long the first record of a commit waits for others at most.
  public var delay: Duration

  /// The defaults: 20 ms keep decisions fresh and transactions at some 4 % of the time; 8 MiB and 5,000 records bound memory.
  public init(
    recordsMax: Int = 5_000, outputBytesMax: Int = 8 << 20, delay: Duration = .milliseconds(20)
  ) {
    self.recordsMax = recordsMax
    self.outputBytesMax = outputBytesMax
    self.delay = delay
  }
}
