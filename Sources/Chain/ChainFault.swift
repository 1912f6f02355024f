/// Something that is not as it was when it was decided: what and where, and nothing of what a customer wrote.
public struct ChainFault: Error, Sendable, Hashable {
  /// Where it stands.
  public enum Place: Sendable, Hashable {
    /// An event of the log, by the place it was handed in with.
    case event(Int)
    /// A record of the outputs, by the place it was handed in with.
    case output(Int)
    /// The policy: none that was given is the one that decided.
    case policy
    /// The model: none that was given is the one that read.
    case model
  }

  /// Where it stands.
  public let place: Place
  /// The record that shows it, by its id.
  public let record: String
  /// The field of that record that shows it, as a JSON Pointer; empty for the record as a whole.
  public let pointer: String
  /// What is the matter.
  public let words: String
}

/// What a check of the chain saw.
public struct ChainResult: Sendable, Hashable {
  /// Events of the log.
  public internal(set) var events = 0
  /// Events that stand in the digests of a decision, so that a change of them shows.
  public internal(set) var coveredEvents = 0
  /// Records of the outputs.
  public internal(set) var outputs = 0
  /// Decisions among them.
  public internal(set) var decisions = 0
  /// Decisions of customers whose history begins before the log does.
  public internal(set) var openBeginnings = 0
  /// What is wrong, the first hundred: policy and model, then by place.
  public internal(set) var faults: [ChainFault] = []
  /// How much is wrong.
  public internal(set) var faultCount = 0
}
