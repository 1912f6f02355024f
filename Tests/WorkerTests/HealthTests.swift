import Streams
import Testing

@testable import Worker

@Suite struct HealthTests {
  let start = ContinuousClock.now
  func second(_ second: Int) -> ContinuousClock.Instant { start + .seconds(second) }

  /// A worker with partition 0, restored, committed up to 5, looked at with a patience of a minute.
  func worker() -> WorkerTelemetry {
    let telemetry = WorkerTelemetry(patience: .seconds(60))
    telemetry.took(.assigned(partitions: [0], restoring: 1), at: start)
    telemetry.took(.restored(partitions: [0], records: 0), at: start)
    telemetry.took(.committed(CommittedBatch(positions: [0: 5])), at: start)
    return telemetry
  }

  @Test func readyIsAssignedAndRestored() {
    let telemetry = WorkerTelemetry()
    #expect(telemetry.isReady() == Verdict([.notAssigned]))
    telemetry.took(.assigned(partitions: [0, 1], restoring: 2))
    #expect(telemetry.isReady() == Verdict([.restoring(partitions: 2)]))
    telemetry.took(.restored(partitions: [0, 1], records: 7))
    #expect(telemetry.isReady().isGood)
    telemetry.stopping()
    #expect(telemetry.isReady() == Verdict([.stopping]))
    telemetry.took(.revoked(lost: false))
    #expect(telemetry.isReady() == Verdict([.stopping, .notAssigned]))
  }

  @Test func aWorkerSaysWhereItStands() {
    let telemetry = WorkerTelemetry()
    telemetry.turned(at: start)
    #expect(telemetry.standing(at: start).phase == .joining)
    telemetry.took(.assigned(partitions: [3, 1], restoring: 2), at: second(1))
    let restoring = telemetry.standing(at: second(5))
    #expect(restoring.phase == .restoring && restoring.restoring == 2 && restoring.partitions == [1, 3])
    #expect(restoring.sinceAssignment == .seconds(4) && restoring.sinceCommit == nil)
    telemetry.took(.restored(partitions: [1, 3], records: 7), at: second(6))
    telemetry.took(.committed(CommittedBatch(positions: [1: 5])), at: second(8))
    let ready = telemetry.standing(at: second(10))
    #expect(ready.phase == .ready && ready.sinceCommit == .seconds(2))
    telemetry.stopping()
    #expect(telemetry.standing(at: second(11)).phase == .draining)
    telemetry.took(.ended(.stopped), at: second(12))
    #expect(telemetry.standing(at: second(12)).phase == .ended)
  }

  @Test func aMemberToWhomTheGroupGaveNothingStandsBy() {
    let telemetry = WorkerTelemetry()
    telemetry.took(.assigned(partitions: [], restoring: 0))
    #expect(telemetry.isReady().isGood)
  }

  @Test func aPartitionThatStandsStillWhileRecordsWaitIsNoticed() {
    let telemetry = worker()
    for tick in 1...10 {
      telemetry.turned(at: second(tick * 10))
      telemetry.sampled([0: 9], answerTime: nil, at: second(tick * 10))
    }
    #expect(telemetry.isLive(at: second(70)).isGood)
    #expect(telemetry.isLive(at: second(71)) == Verdict([.partitionStuck(0, .seconds(61))]))
    telemetry.took(.committed(CommittedBatch(positions: [0: 6])), at: second(80))
    #expect(telemetry.isLive(at: second(100)).isGood)
  }

  @Test func aPartitionWithNothingToReadMayStandStill() {
    let telemetry = worker()
    telemetry.turned(at: second(1_000))
    telemetry.sampled([0: 5], answerTime: nil, at: second(1_000))
    #expect(telemetry.isLive(at: second(1_000)).isGood)
    // What comes then begins to wait then, and not when the last one was read.
    telemetry.sampled([0: 6], answerTime: nil, at: second(1_001))
    #expect(telemetry.isLive(at: second(1_002)).isGood)
  }

  /// The offset of a control record is nobody's: the position stays before it, though nothing waits.
  @Test func anEndBehindControlRecordsIsCaughtUp() {
    let telemetry = worker()
    telemetry.took(.caughtUp(EndOfPartition(input(0), next: 6, highWatermark: 6)), at: start)
    telemetry.sampled([0: 6], answerTime: nil, at: second(1))
    telemetry.turned(at: second(1_000))
    #expect(telemetry.isLive(at: second(1_000)).isGood)
    #expect(telemetry.exposition(at: second(1_000)).contains("heed_partition_lag_records{partition=\"0\"} 0\n"))
  }

  @Test func anOpenTransactionIsReportedAndIsNoLag() {
    let telemetry = worker()
    telemetry.took(.caughtUp(EndOfPartition(input(0), next: 5, highWatermark: 12)), at: start)
    telemetry.sampled([0: 5], answerTime: nil, at: second(1))
    let text = telemetry.exposition(at: second(2))
    #expect(text.contains("heed_partition_lag_records{partition=\"0\"} 0\n"))
    #expect(text.contains("heed_partition_hidden_records{partition=\"0\"} 7\n"))
  }

  /// The reader waits at 5 and was told of that end long ago; only the cluster's other answer shows what stands behind it.
  @Test func recordsThatAreHeldBackForLongAreReportedOnceAndAreNoReasonToRestart() {
    let telemetry = worker()
    telemetry.took(.caughtUp(EndOfPartition(input(0), next: 5, highWatermark: 5)), at: start)
    #expect(telemetry.sampled([0: 5], written: [0: 5], answerTime: nil, at: second(10)) == [])
    #expect(telemetry.sampled([0: 5], written: [0: 6], answerTime: nil, at: second(20)) == [])
    #expect(telemetry.isReady(at: second(29)) == Verdict())
    let report = WorkerReport.heldBack(partition: 0, records: 9, for: .seconds(10))
    #expect(telemetry.sampled([0: 5], written: [0: 14], answerTime: nil, at: second(30)) == [report])
    #expect(telemetry.sampled([0: 5], written: [0: 14], answerTime: nil, at: second(90)) == [])
    telemetry.turned(at: second(90))
    #expect(telemetry.isLive(at: second(90)).isGood)
    #expect(telemetry.isReady(at: second(90)).isGood)
    #expect(telemetry.isReady(at: second(90)).remarks == [.heldBack(0, records: 9, .seconds(70))])
    #expect(
      telemetry.isReady(at: second(90)).json
        == #"{"status":"ok","remarks":[{"code":"held_back","partition":0,"records":9,"seconds":70}]}"#)
    let text = telemetry.exposition(at: second(90))
    #expect(text.contains("heed_partition_lag_records{partition=\"0\"} 0\n"))
    #expect(text.contains("heed_partition_hidden_records{partition=\"0\"} 9\n"))
    #expect(text.contains("heed_partition_hidden_seconds{partition=\"0\"} 70\n"))
    // It ends: what it held back is lag now, and the next one is a new one.
    #expect(telemetry.sampled([0: 14], written: [0: 14], answerTime: nil, at: second(100)) == [])
    #expect(telemetry.isReady(at: second(100)) == Verdict())
    #expect(telemetry.exposition(at: second(100)).contains("heed_partition_lag_records{partition=\"0\"} 9\n"))
  }

  /// Under transactions that are written one after another something is always hidden, and the last stable offset moves.
  @Test func transactionsThatEndHoldNothingBack() {
    let telemetry = worker()
    for tick in 1...20 {
      let end = Offset(5 + tick)
      #expect(telemetry.sampled([0: end], written: [0: end + 3], answerTime: nil, at: second(tick * 5)) == [])
      telemetry.took(.committed(CommittedBatch(positions: [0: end])), at: second(tick * 5))
    }
    #expect(telemetry.isReady(at: second(100)).remarks == [])
  }

  @Test func aClusterThatIsAwayIsNoReasonToRestart() {
    let telemetry = worker()
    telemetry.sampled([0: 9], answerTime: nil, at: second(1))
    for tick in 1...100 {
      telemetry.turned(at: second(tick * 10))
      telemetry.unreachable()
    }
    #expect(telemetry.isLive(at: second(1_001)).isGood)
    #expect(telemetry.isReady() == Verdict([.brokerUnreachable]))
    telemetry.sampled([0: 9], answerTime: nil, at: second(1_002))
    #expect(telemetry.isReady().isGood)
    // What waited all the time begins to wait when it can be had again.
    #expect(telemetry.isLive(at: second(1_060)).isGood)
    telemetry.turned(at: second(1_070))
    #expect(telemetry.isLive(at: second(1_070)) == Verdict([.partitionStuck(0, .seconds(68))]))
  }

  @Test func theClientsOwnWordForAClusterThatIsAwayCountsAtOnce() {
    let telemetry = worker()
    telemetry.took(.trouble(BrokerFailure(code: "_TRANSPORT", reason: "one of several")))
    #expect(telemetry.isReady().isGood)
    telemetry.took(.trouble(BrokerFailure(code: "_ALL_BROKERS_DOWN", reason: "1/1 brokers are down")))
    #expect(telemetry.isReady() == Verdict([.brokerUnreachable]))
  }

  @Test func aThreadThatDoesNotComeAroundIsDead() {
    let telemetry = worker()
    telemetry.turned(at: second(10))
    #expect(telemetry.isLive(at: second(70)).isGood)
    #expect(telemetry.isLive(at: second(71)) == Verdict([.threadHangs(.seconds(61))]))
  }

  @Test func theTimeToClearFollowsTheRates() {
    var progress = PartitionProgress()
    progress.moved(to: 0, at: start)
    progress.sampled(end: 1_000, at: start)
    #expect(progress.secondsToClear == nil)
    // 30 a second are read, 10 come.
    progress.moved(to: 300, at: second(10))
    progress.sampled(end: 1_100, at: second(10))
    #expect(progress.secondsToClear == 40)
    // More come than are read, for long.
    progress.moved(to: 310, at: second(100))
    progress.sampled(end: 9_000, at: second(100))
    #expect(progress.secondsToClear == .infinity)
    progress.moved(to: 9_000, at: second(110))
    progress.sampled(end: 9_000, at: second(110))
    #expect(progress.secondsToClear == 0)
  }

  @Test func reasonsAreJSON() {
    #expect(Verdict().json == #"{"status":"ok"}"#)
    #expect(
      Verdict([.partitionStuck(3, .seconds(90)), .brokerUnreachable]).json
        == #"{"status":"failing","reasons":[{"code":"partition_stuck","partition":3,"seconds":90},{"code":"broker_unreachable"}]}"#
    )
  }
}
