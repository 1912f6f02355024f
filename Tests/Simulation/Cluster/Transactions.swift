internal import Streams

/// The transaction coordinator: who holds a transactional id, what its transaction touches, and how it ends.
///
/// Ending is in two steps, as in Kafka: the decision is written and answered, and then a marker goes to each partition and to the
/// group, each in its own time. In between the offsets may count while the records are not visible yet, or the other way round.
package final class Transactions {
  private enum State { case none, open, ending }

  private struct Holder {
    var stamp: ProducerStamp
    var timeout: Duration
    var state = State.none
    /// Whether the last transaction was committed, for a request that comes twice.
    var lastWasCommit: Bool?
    var number = 0
    var partitions: Set<TopicPartition> = []
    var hasOffsets = false
  }

  private let cluster: Cluster
  private var holders: [String: Holder] = [:]
  private var producers = 0
  private var count = 0
  /// When each transaction was decided to be committed.
  package private(set) var decidedAt: [Int: Duration] = [:]
  /// How long a marker takes to its partition.
  package var markerDelay: ClosedRange<Duration> = .milliseconds(1)...(.milliseconds(5))

  init(_ cluster: Cluster) { self.cluster = cluster }

  /// Whether any transaction is open or ending.
  package var isBusy: Bool { holders.values.contains { $0.state != .none } }

  /// Claims `id`: whoever held it is fenced, what it left open is aborted first.
  func claim(_ id: String, timeout: Duration) -> Result<ProducerStamp, Refusal> {
    guard var holder = holders[id] else {
      producers += 1
      let stamp = ProducerStamp(producer: producers, epoch: 0)
      holders[id] = Holder(stamp: stamp, timeout: timeout)
      return .success(stamp)
    }
    switch holder.state {
    case .ending: return .failure(.concurrentTransactions)
    case .open:
      fenceAndAbort(id)
      return .failure(.concurrentTransactions)
    case .none:
      holder.stamp.epoch += 1
      holder.timeout = timeout
      holder.lastWasCommit = nil
      holders[id] = holder
      return .success(holder.stamp)
    }
  }

  /// Takes partitions into the transaction, which begins with the first. Gives its number.
  func add(_ partitions: [TopicPartition], _ id: String, _ stamp: ProducerStamp) -> Result<Int, Refusal> {
    change(id, stamp) { $0.partitions.formUnion(partitions) }
  }

  /// Takes the group's offsets into the transaction. Gives its number.
  func addOffsets(_ id: String, _ stamp: ProducerStamp) -> Result<Int, Refusal> {
    change(id, stamp) { $0.hasOffsets = true }
  }

  private func change(_ id: String, _ stamp: ProducerStamp, _ body: (inout Holder) -> Void) -> Result<Int, Refusal> {
    guard var holder = holders[id], holder.stamp == stamp else { return .failure(.fenced) }
    if holder.state == .ending { return .failure(.concurrentTransactions) }
    if holder.state == .none { begin(&holder, id) }
    body(&holder)
    holders[id] = holder
    return .success(holder.number)
  }

  private func begin(_ holder: inout Holder, _ id: String) {
    count += 1
    let number = count
    holder.state = .open
    holder.number = number
    holder.partitions = []
    holder.hasOffsets = false
    cluster.world.after(holder.timeout) { [unowned self] in
      guard let holder = holders[id], holder.number == number, holder.state == .open else { return }
      cluster.note("transaction \(number) of \(id) timed out")
      fenceAndAbort(id)
    }
  }

  private func fenceAndAbort(_ id: String) {
    holders[id]!.stamp.epoch += 1
    end(id, isCommit: false)
  }

  /// Decides how the transaction ends.
  func end(_ id: String, _ stamp: ProducerStamp, isCommit: Bool) -> Refusal? {
    guard let holder = holders[id], holder.stamp == stamp else { return .fenced }
    switch holder.state {
    case .ending: return holder.lastWasCommit == isCommit ? .concurrentTransactions : .invalidState
    case .none: return holder.lastWasCommit == isCommit ? nil : .invalidState
    case .open:
      end(id, isCommit: isCommit)
      return nil
    }
  }

  private func end(_ id: String, isCommit: Bool) {
    let holder = holders[id]!
    holders[id]!.state = .ending
    holders[id]!.lastWasCommit = isCommit
    if isCommit { decidedAt[holder.number] = cluster.world.now }
    cluster.note("transaction \(holder.number) of \(id) is \(isCommit ? "committed" : "aborted")")
    var pending = holder.partitions.count + (holder.hasOffsets ? 1 : 0)
    let finish = { [unowned self] in
      pending -= 1
      if pending <= 0 { holders[id]!.state = .none }
    }
    if pending == 0 { finish() }
    for partition in holder.partitions.sorted() {
      cluster.world.after(cluster.dice.duration(markerDelay)) { [unowned self] in
        cluster.log(partition).mark(
          isCommit: isCommit, stamp: holder.stamp, transaction: holder.number, at: cluster.world.now)
        finish()
      }
    }
    if holder.hasOffsets {
      cluster.world.after(cluster.dice.duration(markerDelay)) { [unowned self] in
        cluster.group.resolve(transaction: holder.number, isCommit: isCommit)
        finish()
      }
    }
  }
}
