package import Streams

/// Something for a fleet to do: what is written upstream, who processes it, and what a checker must know to read it.
package protocol Workload<P>: Sendable {
  associatedtype P: Processor

  var processor: P { get }

  /// The topics that the processor writes; its table is not among them.
  var outputTopics: [String] { get }

  /// So many events, each for the partition of its key; a broadcast is one record in each partition.
  func events(_ count: Int, partitions: Int, _ dice: inout Dice) -> [OutgoingRecord]

  /// A number for all that a state knows, the same for the same knowledge; `nil` if it cannot be told from outside.
  func fingerprint(of state: P.State) -> UInt64?

  /// The id of an event.
  func id(of event: OutgoingRecord) -> String

  /// The id of the event that an output comes from.
  func cause(of output: OutgoingRecord) -> String?

  /// The conversation in which, with this event, a person of ours begins to speak.
  func takenOver(by event: OutgoingRecord) -> String?

  /// The conversation in which this output speaks to a customer.
  func voice(of output: OutgoingRecord) -> String?

  /// Whether a worker wrote this record of the input, and nobody upstream.
  func isPassedOn(_ event: OutgoingRecord) -> Bool

  /// Whether the outputs of a customer stand in the order of their events, whatever that customer's events are.
  var keepsOrder: Bool { get }

  /// What does not hold of this work in particular, each as a sentence.
  func violations(of evidence: Evidence) -> [String]
}

extension Workload {
  package func isPassedOn(_ event: OutgoingRecord) -> Bool { false }
  package var keepsOrder: Bool { true }
  package func violations(of evidence: Evidence) -> [String] { [] }
}
