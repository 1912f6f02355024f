package import Streams

/// The group coordinator: members, generations, eager rebalances, static members, sessions and positions.
package final class Group {
  /// What a member is told when a rebalance has ended.
  struct Membership {
    let generation: Int
    let partitions: [TopicPartition]
  }

  private struct Member {
    let instance: String?
    var lastSeen: Duration
    /// Told when the rebalance ends; `nil` for a member that has not come back yet.
    var answer: ((Result<Membership, Refusal>) -> Void)?
    var partitions: [TopicPartition] = []
  }

  private enum Phase: Equatable { case empty, joining(number: Int), stable }

  private let cluster: Cluster
  private let topic: String
  private var members: [String: Member] = [:]
  /// The members whose session somebody looks after.
  private var watched: Set<String> = []
  /// The ids of static members that were replaced.
  private var replaced: Set<String> = []
  private var phase = Phase.empty
  private var rebalances = 0
  package private(set) var generation = 0
  package private(set) var positions = Positions()
  package var sessionTimeout: Duration = .seconds(6)
  package var rebalanceTimeout: Duration = .seconds(10)
  /// The first members of an empty group are waited for so long.
  package var initialDelay: Duration = .milliseconds(500)

  init(_ cluster: Cluster, topic: String) {
    self.cluster = cluster
    self.topic = topic
  }

  /// The partitions that somebody owns, while nothing is being arranged.
  package var ownedPartitions: Set<TopicPartition>? {
    phase == .stable ? Set(members.values.flatMap(\.partitions)) : nil
  }

  // MARK: Coming and going

  func join(
    _ id: String, instance: String?, answer: @escaping (Result<Membership, Refusal>) -> Void
  ) {
    if replaced.contains(id) { return answer(.failure(.fencedInstance)) }
    if let instance, let predecessor = members.first(where: { $0.value.instance == instance && $0.key != id })?.key {
      return replace(predecessor, by: id, answer)
    }
    let wasKnown = members[id] != nil
    let knownPartitions = members[id]?.partitions ?? []
    let wasAnswered = wasKnown && phase == .stable
    members[id] = Member(instance: instance, lastSeen: cluster.world.now, answer: answer, partitions: knownPartitions)
    if wasAnswered, hasUnheardAnswer.contains(id) {
      // Its last answer got lost: it is told again what it has.
      members[id]!.answer = nil
      return answer(.success(Membership(generation: generation, partitions: knownPartitions)))
    }
    watchSession(of: id)
    if case .joining = phase { completeIfAllJoined() } else { rebalance(because: "\(id) joins") }
  }

  /// Members that were told of the newest generation and were not heard of since.
  private var hasUnheardAnswer: Set<String> = []

  /// A static member that came back under its name takes the place of its predecessor; nobody else notices.
  private func replace(
    _ predecessor: String, by id: String, _ answer: @escaping (Result<Membership, Refusal>) -> Void
  ) {
    var member = members.removeValue(forKey: predecessor)!
    replaced.insert(predecessor)
    member.answer?(.failure(.fencedInstance))
    member.lastSeen = cluster.world.now
    cluster.note("\(id) replaces \(predecessor)")
    if phase == .stable {
      member.answer = nil
      members[id] = member
      hasUnheardAnswer.insert(id)
      answer(.success(Membership(generation: generation, partitions: member.partitions)))
    } else {
      member.answer = answer
      members[id] = member
      completeIfAllJoined()
    }
    watchSession(of: id)
  }

  func leave(_ id: String) {
    guard members.removeValue(forKey: id) != nil else { return }
    rebalance(because: "\(id) leaves")
  }

  func heartbeat(_ id: String, generation: Int) -> Refusal? {
    if let refusal = refusal(of: id, generation: generation) { return refusal }
    members[id]!.lastSeen = cluster.world.now
    hasUnheardAnswer.remove(id)
    return phase == .stable ? nil : .rebalanceInProgress
  }

  private func refusal(of id: String, generation: Int) -> Refusal? {
    if replaced.contains(id) { return .fencedInstance }
    if members[id] == nil { return .unknownMember }
    return generation == self.generation ? nil : .illegalGeneration
  }

  private func watchSession(of id: String) {
    guard let member = members[id], watched.insert(id).inserted else { return }
    let due = member.lastSeen + sessionTimeout
    cluster.world.after(max(due - cluster.world.now, .milliseconds(1))) { [unowned self] in
      watched.remove(id)
      guard let member = members[id] else { return }
      // Who waits for the end of a rebalance need not beat.
      if member.answer != nil { members[id]!.lastSeen = cluster.world.now }
      if members[id]!.lastSeen + sessionTimeout <= cluster.world.now {
        members[id] = nil
        rebalance(because: "the session of \(id) ended")
      } else {
        watchSession(of: id)
      }
    }
  }

  // MARK: Rebalances

  private func rebalance(because reason: String) {
    cluster.note("rebalance: \(reason)")
    if members.isEmpty {
      phase = .empty
      generation += 1
      return
    }
    let wasEmpty = phase == .empty
    if case .joining = phase { return completeIfAllJoined() }
    rebalances += 1
    let number = rebalances
    phase = .joining(number: number)
    if wasEmpty {
      // Others start at the same time; it is cheaper to wait a moment than to rebalance for each.
      cluster.world.after(initialDelay) { [unowned self] in if phase == .joining(number: number) { complete() } }
    } else {
      cluster.world.after(rebalanceTimeout) { [unowned self] in if phase == .joining(number: number) { complete() } }
      completeIfAllJoined()
    }
  }

  private func completeIfAllJoined() {
    if generation == 0 { return }
    if members.values.allSatisfy({ $0.answer != nil }) { complete() }
  }

  /// Who did not come back in time is out, unless it is static: then it keeps its share until its session ends.
  private func complete() {
    members = members.filter { $0.value.answer != nil || $0.value.instance != nil }
    guard !members.isEmpty else {
      phase = .empty
      return
    }
    generation += 1
    phase = .stable
    let names = members.sorted { ($0.value.instance ?? $0.key, $0.key) < ($1.value.instance ?? $1.key, $1.key) }
    let all = (0..<cluster.partitions(of: topic)).map { TopicPartition(topic, Int32($0)) }
    cluster.note("generation \(generation) with \(names.map(\.key))")
    for (index, (id, member)) in names.enumerated() {
      // The range assignor.
      let share = all.count / names.count
      let extra = all.count % names.count
      let first = index * share + min(index, extra)
      let partitions = Array(all[first..<first + share + (index < extra ? 1 : 0)])
      members[id]!.partitions = partitions
      guard let answer = member.answer else { continue }
      members[id]!.answer = nil
      members[id]!.lastSeen = cluster.world.now
      hasUnheardAnswer.insert(id)
      answer(.success(Membership(generation: generation, partitions: partitions)))
    }
  }

  // MARK: Positions

  /// Moves positions outside any transaction. `isChecked` is what a consumer of the group does; a stranger does not.
  func commit(_ positions: [Position], by id: String, generation: Int, isChecked: Bool = true) -> Refusal? {
    if isChecked {
      if let refusal = refusal(of: id, generation: generation) { return refusal }
      if phase != .stable { return .rebalanceInProgress }
    }
    self.positions.commit(positions, decidedAt: cluster.world.now)
    return nil
  }

  /// Takes positions into a transaction, checked against the member's generation.
  func hold(
    _ positions: [Position], transaction: Int, by id: String, generation: Int, isChecked: Bool = true
  ) -> Refusal? {
    if isChecked, let refusal = refusal(of: id, generation: generation) { return refusal }
    return self.positions.hold(positions, transaction: transaction) ? nil : .fenced
  }

  func resolve(transaction: Int, isCommit: Bool) {
    positions.resolve(
      transaction: transaction, decidedAt: isCommit ? cluster.transactions.decidedAt[transaction]! : nil)
  }

  /// What is committed; offsets in open transactions are not passed over.
  func fetch(
    _ sources: [TopicPartition], requireStable: Bool = true
  ) -> Result<[TopicPartition: Offset], Refusal> {
    if requireStable, positions.isUnstable(sources) { return .failure(.unstableOffset) }
    return .success(positions.committed.filter { sources.contains($0.key) })
  }
}
