import Simulation
import Streams

/// A fault planted into a worker: each is one that a real one could have, and each must be found.
enum PlantedBug: String, CaseIterable, Sendable {
  case positionsAreCommittedBeforeTheOutputs
  case positionsAreCommittedAfterTheTransaction
  case abortedDataIsRead
  case offsetsOfOpenTransactionsArePassedOver
  case theGenerationIsNotSentWithTheOffsets
  case theLastOffsetIsCommittedInsteadOfTheNext
  case anAbortIsTakenForACommit
  case stateIsKeptAfterAnAbort
  case readingGoesOnWhereItStoodAfterAnAbort
  case whatWasFetchedBeforeARewindIsHandedOutAfterIt
  case theRestoreEndsByOffsetArithmetic
  case theRestoreDoesNotWaitForOpenTransactions
  case aLateAnswerUnhooksTheNewAssignment
  case aLaneThatComesBackIsTrustedWhoeverHadItMeanwhile
  case contextsAreNotWritten

  /// What `seed` comes to with this bug in each worker.
  func verdict(seed: UInt64) -> SeedVerdict {
    var processor = ClumsyLedger()
    processor.keepsStateAfterAbort = self == .stateIsKeptAfterAnAbort
    processor.writesNoContexts = self == .contextsAreNotWritten
    let simulation = Simulation(
      Plan.from(seed: seed), LedgerWorkload(), processor: processor, habits: habits, port: port)
    return SeedVerdict(seed: seed, violations: simulation.run().violations)
  }

  private var habits: ClientHabits {
    var habits = ClientHabits()
    switch self {
    case .positionsAreCommittedBeforeTheOutputs: habits.positions = .beforeIt
    case .positionsAreCommittedAfterTheTransaction: habits.positions = .afterIt
    case .abortedDataIsRead: habits.readsCommittedOnly = false
    case .offsetsOfOpenTransactionsArePassedOver: habits.waitsForStableOffsets = false
    case .theGenerationIsNotSentWithTheOffsets: habits.sendsGeneration = false
    default: break
    }
    return habits
  }

  private func port(_ broker: SimulatedBroker) -> BrokerPort {
    switch self {
    case .theLastOffsetIsCommittedInsteadOfTheNext: OneShort(broker)
    case .anAbortIsTakenForACommit: DeafToAborts(broker)
    case .readingGoesOnWhereItStoodAfterAnAbort: NoWayBack(broker)
    case .whatWasFetchedBeforeARewindIsHandedOutAfterIt: Leftovers(broker)
    case .theRestoreEndsByOffsetArithmetic: Arithmetic(broker)
    case .theRestoreDoesNotWaitForOpenTransactions: Impatient(broker)
    case .aLateAnswerUnhooksTheNewAssignment: LateAnswer(broker)
    case .aLaneThatComesBackIsTrustedWhoeverHadItMeanwhile: Trusting(broker)
    default: BrokerPort(broker)
    }
  }
}
