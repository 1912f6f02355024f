public import Streams

/// What a worker does where going on would do harm.
public struct Safeguards: Sendable, Hashable {
  /// When too much is rejected; `nil` never stops for that.
  public var breaker: BreakerLimits?
  /// What to do when the committed offset is no longer kept.
  public var offsetGone: OffsetGonePolicy

  /// The defaults stop.
  public init(breaker: BreakerLimits? = BreakerLimits(), offsetGone: OffsetGonePolicy = .fail) {
    self.breaker = breaker
    self.offsetGone = offsetGone
  }
}

/// What to do when reading should go on at an offset that the log does not keep: retention was shorter than the lag, or the
/// topic was made anew.
public enum OffsetGonePolicy: String, Sendable, Hashable, CaseIterable {
  /// Stop and say so. What lies between is lost or doubled whatever is done, so a person should choose.
  case fail
  /// Go on with the first record kept.
  case earliest
  /// Go on with what comes from now on.
  case latest
}

/// An offset that the log does not keep.
public struct OffsetGone: Sendable, Hashable {
  /// Where.
  public let source: TopicPartition
  /// Where reading should have gone on.
  public let position: Offset
  /// What is kept.
  public let kept: Range<Offset>

  /// The position in `source` lies outside of what is kept.
  public init(source: TopicPartition, position: Offset, kept: Range<Offset>) {
    self.source = source
    self.position = position
    self.kept = kept
  }
}
