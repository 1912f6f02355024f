/// The requests that tests make the embedded broker refuse, by Kafka's numbers.
enum InjectedRequest: Int16 {
  case produce = 0
  case offsetCommit = 8
  case addPartitionsToTransaction = 24
  case addOffsetsToTransaction = 25
  case endTransaction = 26
  case transactionOffsetCommit = 28
}

/// How the embedded broker refuses, by Kafka's numbers.
enum InjectedError: Int32 {
  /// librdkafka's own: the connection is cut instead of an answer.
  case disconnect = -195
  case notLeader = 6
  case messageTooLarge = 10
  case coordinatorNotAvailable = 15
  case illegalGeneration = 22
  case unknownMember = 25
  case rebalanceInProgress = 27
  case invalidProducerEpoch = 47
  case concurrentTransactions = 51
  case fencedInstance = 82
  case producerFenced = 90
}
