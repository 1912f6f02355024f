public import Streams

/// What happened, in the order it happened.
public enum WorkerEvent: Sendable {
  /// A record of an assigned partition.
  case record(Record)
  /// A partition is read to its end.
  case endOfPartition(EndOfPartition)
  /// The group gave us these partitions of the input, of which this is committed.
  case assigned([TopicPartition], committed: [TopicPartition: Offset])
  /// The group takes all partitions away; if `lost`, somebody else may own them already.
  case revoked(lost: Bool)
  /// The commit that was asked for has ended.
  case commitEnded(CommitOutcome)
  /// Time went on, and there is nothing to be read at the moment.
  case nothingWaits
  /// Finish what is open and close.
  case stop
  /// The client cannot go on.
  case failed(BrokerFailure)
  /// Somewhere reading stands at an offset that the log does not keep; this is what the partitions of the input keep.
  case offsetGone(kept: [TopicPartition: Range<Offset>])
}

/// What to do, in order.
public enum WorkerAction: Sendable {
  /// Read exactly these partitions from here.
  case assign([ReadingStart])
  /// Write this, all or nothing, and tell how it ended.
  case commit(Commit)
  /// Close the client and end.
  case close(WorkerEnd)
  /// Tell operators.
  case report(WorkerReport)
  /// Do nothing for so long: what failed a moment ago would fail again.
  case wait(Duration)
}

/// How a worker ends, named by what its supervisor should do.
public enum WorkerEnd: Sendable, Equatable {
  /// It was asked to and finished its work: nothing to do.
  case stopped
  /// Another worker has its place: start a new one only if there should be two.
  case fenced(BrokerFailure)
  /// The client cannot go on, a new process can: restart.
  case failed(BrokerFailure)
  /// Too much is rejected, and going on would only fill the dead letters: find out what was deployed last.
  case tooManyDeadLetters(BreakerTrip)
  /// The log does not keep the committed offset: choose what to do about the gap.
  case offsetGone(OffsetGone)
}
