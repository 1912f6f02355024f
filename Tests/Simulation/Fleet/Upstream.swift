internal import Streams

/// Those who write the events: plainly or in transactions, some of which are aborted and written again, or hang for a while.
final class Upstream {
  private let cluster: Cluster
  private let plan: Plan
  private var dice: Dice
  private var transactions = 0
  /// Chunks that are not written for good yet.
  private(set) var pending = 0

  init(_ cluster: Cluster, _ plan: Plan) {
    self.cluster = cluster
    self.plan = plan
    dice = Dice(seed: plan.seed, purpose: 5)
  }

  /// Spreads the events over the time of writing, in their order.
  func write(_ events: [OutgoingRecord]) {
    var rest = events[...]
    var times: [Duration] = []
    var chunks: [[OutgoingRecord]] = []
    while !rest.isEmpty {
      let chunk = Array(rest.prefix(dice.roll(1...6)))
      rest = rest.dropFirst(chunk.count)
      chunks.append(chunk)
      times.append(dice.duration(.zero...plan.writing))
    }
    pending = chunks.count
    for (time, chunk) in zip(times.sorted(), chunks) {
      cluster.world.after(time) { [self] in write(chunk: chunk) }
    }
  }

  private func write(chunk: [OutgoingRecord]) {
    guard dice.chance(plan.upstreamTransactionsPermille) else {
      for record in chunk { cluster.log(cluster.target(of: record)).append([record], at: cluster.world.now) }
      pending -= 1
      return
    }
    transactions += 1
    let (id, isCommit) = ("upstream-\(transactions)", !dice.chance(plan.upstreamAbortsPermille))
    let end = cluster.beginTransaction(id, timeout: .seconds(20), writing: chunk)
    let hangs = dice.chance(plan.upstreamHangsPermille)
    cluster.world.after(dice.duration(hangs ? .seconds(2) ... .seconds(6) : .zero ... .milliseconds(50))) { [self] in
      end(isCommit)
      // An aborted chunk is written again: what was aborted is in the log for ever, and must be in no decision.
      if isCommit { pending -= 1 } else { write(chunk: chunk) }
    }
  }
}
