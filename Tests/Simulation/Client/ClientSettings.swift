/// How a simulated worker's client is set, by the names of the real one's settings.
package struct ClientSettings {
  /// What the group's member is called, if it is a static one.
  package var instance: String?
  package var transactionalID: String
  package var promise = Promise.exactlyOnce
  package var transactionTimeout: Duration = .seconds(8)
  package var deliveryTimeout: Duration = .seconds(4)
  package var requestTimeout: Duration = .seconds(3)
  package var sessionTimeout: Duration = .seconds(6)
  package var heartbeatInterval: Duration = .seconds(2)
  package var pollIntervalMax: Duration = .seconds(20)
  package var pollRecordsMax = 50
  package var fetchRecordsMax = 20
  /// How many in a thousand deliveries the leader refuses for good, so that the transaction must be aborted.
  package var refusalsPermille = 0
  /// How many in a thousand commits end in an error that only a new client cures.
  package var fatalPermille = 0
  package var habits = ClientHabits()

  package init(transactionalID: String) { self.transactionalID = transactionalID }
}

/// What a client must do for the promises to hold. A client with other habits is broken: for tests that prove that the
/// simulation would notice.
package struct ClientHabits {
  /// Reads nothing of transactions that are open or aborted (`isolation.level=read_committed`).
  package var readsCommittedOnly = true
  /// Waits for offsets in open transactions.
  package var waitsForStableOffsets = true
  /// Sends the member's generation with the offsets of a transaction.
  package var sendsGeneration = true
  /// Without transactions: writes outputs before contexts, so that nothing is known to be decided that nobody can read.
  package var writesOutputsFirst = true
  /// Sends positions in the transaction, or without one after all else; else plainly before or after it.
  package var positions = PositionsHabit.inTransaction

  package enum PositionsHabit { case inTransaction, beforeIt, afterIt }

  package init() {}
}
