internal import Streams

/// The member of the group, as librdkafka's background thread plays it: joins, beats, learns of rebalances, and waits for the
/// worker's answer.
final class Membership {
  private enum State { case joining, assigning, member, revoking, ended }
  /// What the worker was told and has not answered yet.
  enum Unanswered { case assignment, revocation }

  private unowned let client: Client
  private var state = State.ended
  private(set) var id: String
  private var idNumber = 0
  private(set) var generation = -1
  private var partitions: [TopicPartition] = []
  /// Outdates what is under way when something newer begins.
  private var episode = 0
  private var lastHeard: Duration = .zero
  var lastPoll: Duration = .zero
  /// A revocation that waits until the assignment before it is answered.
  private var isRevocationDue: (lost: Bool, Void)?
  var unanswered: Unanswered?

  init(_ client: Client) {
    self.client = client
    id = client.strand.name
  }

  private var group: Group { client.cluster.group }
  private var settings: ClientSettings { client.settings }

  /// Joins, or joins again.
  func join() {
    state = .joining
    episode += 1
    partitions = []
    let (episode, id) = (episode, id)
    client.network.carry { [client, self] in
      group.join(id, instance: client.settings.instance) { result in
        client.network.carry { client.inProcess { [self] in heard(result, episode) } }
      }
    }
    // Nobody answered: the request or the answer got lost.
    client.world.after(group.rebalanceTimeout + .seconds(2)) { [client, self] in
      client.inProcess { [self] in if episode == self.episode, state == .joining { join() } }
    }
  }

  private func heard(_ result: Result<Group.Membership, Refusal>, _ episode: Int) {
    guard episode == self.episode, state == .joining else { return }
    switch result {
    case .failure(let refusal): client.enqueue(.failed(refusal.failure(isFatal: true)))
    case .success(let membership):
      generation = membership.generation
      partitions = membership.partitions
      state = .assigning
      lastHeard = client.world.now
      client.enqueue(.assigned(partitions))
      beat(episode)
    }
  }

  /// Beats, and looks whether the worker still polls and the coordinator still answers.
  private func beat(_ episode: Int) {
    guard episode == self.episode, state != .ended, state != .joining else { return }
    let now = client.world.now
    if now > lastPoll + settings.pollIntervalMax, state == .member {
      client.enqueue(.failed(Refusal.pollExceeded.failure()))
      let id = id
      client.send({ [group] in group.leave(id) }, hear: { _ in })
      forgetMembership()
    } else if now > lastHeard + settings.sessionTimeout {
      lastHeard = now
      lose()
    }
    let (id, generation) = (id, generation)
    client.send({ [group] in group.heartbeat(id, generation: generation) }) { [self] refusal in
      guard id == self.id, episode == self.episode else { return }
      lastHeard = client.world.now
      switch refusal {
      case nil: break
      case .rebalanceInProgress?: revoke(lost: false)
      case .fencedInstance?: client.enqueue(.failed(Refusal.fencedInstance.failure(isFatal: true)))
      case .unknownMember?: forgetMembership()
      default: lose()
      }
    }
    client.world.after(settings.heartbeatInterval) { [client, self] in client.inProcess { [self] in beat(episode) } }
  }

  private func forgetMembership() {
    idNumber += 1
    id = "\(client.strand.name)+\(idNumber)"
    lose()
  }

  private func lose() { revoke(lost: true) }

  private func revoke(lost: Bool) {
    switch state {
    case .assigning: isRevocationDue = (lost || isRevocationDue?.lost == true, ())
    case .member:
      state = .revoking
      // What was fetched and not handed out yet is outdated from now on.
      client.fetching.stop()
      client.enqueue(.revoked(partitions, lost: lost))
    case .joining, .revoking, .ended: break
    }
  }

  /// The worker assigned `starts`.
  func answered(_ starts: [ReadingStart]) {
    switch unanswered {
    case .assignment?:
      unanswered = nil
      guard state == .assigning else { break }
      state = .member
      if let due = isRevocationDue {
        isRevocationDue = nil
        revoke(lost: due.lost)
        return
      }
    case .revocation? where starts.isEmpty:
      unanswered = nil
      client.fetching.stop()
      return join()
    default: break
    }
    client.fetching.start(starts)
  }

  /// Leaves the group; a static member only goes, and is missed when its session ends.
  func leave() {
    state = .ended
    episode += 1
    guard client.settings.instance == nil else { return }
    let id = id
    client.send({ [group] in group.leave(id) }, hear: { _ in })
  }
}
