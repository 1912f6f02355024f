internal import Streams

/// What a cluster answers when it does not do what was asked; the names are librdkafka's.
package enum Refusal: String, Error {
  case concurrentTransactions = "CONCURRENT_TRANSACTIONS"
  case unstableOffset = "UNSTABLE_OFFSET_COMMIT"
  case fenced = "_FENCED"
  case fencedInstance = "FENCED_INSTANCE_ID"
  case illegalGeneration = "ILLEGAL_GENERATION"
  case unknownMember = "UNKNOWN_MEMBER_ID"
  case rebalanceInProgress = "REBALANCE_IN_PROGRESS"
  /// Something is wrong with the leader: the transaction must be aborted, and may succeed the next time.
  case unknown = "UNKNOWN"
  case messageTooLarge = "MSG_SIZE_TOO_LARGE"
  case notLeader = "NOT_LEADER_FOR_PARTITION"
  case invalidState = "INVALID_TXN_STATE"
  case timedOut = "_TIMED_OUT"
  case messageTimedOut = "_MSG_TIMED_OUT"
  case fatal = "_FATAL"
  case offsetReset = "_AUTO_OFFSET_RESET"
  case pollExceeded = "_MAX_POLL_EXCEEDED"

  /// Whether the client library asks again without telling anybody.
  var isRetriable: Bool {
    self == .concurrentTransactions || self == .unstableOffset || self == .notLeader
  }

  func failure(isFatal: Bool = false) -> BrokerFailure {
    BrokerFailure(code: rawValue, reason: "simulated", isFatal: isFatal)
  }
}
