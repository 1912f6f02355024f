package import Streams

/// The client library of one worker process: what runs in the process beside the worker's own thread, and how that thread asks
/// the cluster.
package final class Client {
  /// What may befall a process at a request of its own, counted from its start.
  package enum Mishap {
    /// The process dies before the request is sent.
    case dieBefore
    /// The process dies when the request is on its way: it is done, and nobody hears of it.
    case dieAfter
    /// The process stands still when the request is on its way.
    case stand(Duration)
  }

  let strand: Strand
  let cluster: Cluster
  let network: Network
  let settings: ClientSettings
  /// A process that died: nothing of it reaches the cluster any more, and it hears nothing.
  package private(set) var isDead = false
  /// What happens at which request.
  package var mishaps: [Int: Mishap] = [:]
  package private(set) var requests = 0
  /// What the next poll hands out.
  private(set) var queue: [BrokerEvent] = []
  private(set) lazy var membership = Membership(self)
  private(set) lazy var fetching = Fetching(self)
  var world: World { cluster.world }

  package init(strand: Strand, cluster: Cluster, network: Network, settings: ClientSettings) {
    self.strand = strand
    self.cluster = cluster
    self.network = network
    self.settings = settings
  }

  /// From now on this partition is not fetched any more, and nobody says so: a fault that some client libraries had.
  package func stopFetching(_ source: TopicPartition) {
    note("silently stops fetching \(source)")
    fetching.stuck.insert(source)
  }

  func note(_ words: @autoclosure () -> String) { world.journal.note(world.now, strand.name, words()) }

  /// The process is killed.
  package func die() {
    guard !isDead else { return }
    note("dies")
    isDead = true
    strand.release()
  }

  /// The process stands still for so long.
  package func stand(for duration: Duration) {
    note("stands still for \(duration)")
    strand.heldUntil = max(strand.heldUntil, world.now + duration)
  }

  /// Does `body` in this process: as soon as it is not standing still, never if it died.
  func inProcess(_ body: @escaping () -> Void) {
    if isDead { return }
    let rest = strand.heldUntil - world.now
    if rest > .zero { world.after(rest) { [self] in inProcess(body) } } else { body() }
  }

  // MARK: The queue of the next poll

  func enqueue(_ event: BrokerEvent) {
    queue.append(event)
    strand.wake()
  }

  /// Drops what was fetched for an assignment that no longer holds.
  func dropFetched() {
    queue.removeAll {
      switch $0 {
      case .record, .endOfPartition: true
      case .assigned, .revoked, .failed: false
      }
    }
  }

  func takeQueue(upTo count: Int) -> [BrokerEvent] {
    defer { queue.removeFirst(min(count, queue.count)) }
    return Array(queue.prefix(count))
  }

  // MARK: Requests

  /// In the background: `serve` runs in the cluster, `hear` in this process, each only if the network is kind.
  func send<Answer>(_ serve: @escaping () -> Answer, hear: @escaping (Answer) -> Void) {
    if isDead { return }
    network.carry { [self] in
      let answer = serve()
      network.carry { [self] in inProcess { hear(answer) } }
    }
  }

  /// On the worker's thread: asks and waits; `nil` if no answer came in time.
  func ask<Answer>(_ what: String, _ serve: @escaping () -> Answer) -> Answer? {
    guard beginRequest(what) else { return nil }
    let call = Call<Answer>()
    send(serve) { [self] in
      call.answer = $0
      strand.wake()
    }
    afterRequest()
    let deadline = world.now + settings.requestTimeout
    while call.answer == nil, !isDead, world.now < deadline { strand.sleep(until: deadline) }
    return isDead ? nil : call.answer
  }

  private final class Call<Answer> { var answer: Answer? }

  /// Asks until there is an answer that is not "later", within `timeout`.
  func askPatiently<Answer>(
    _ what: String, within timeout: Duration, _ serve: @escaping () -> Result<Answer, Refusal>
  ) throws(Refusal) -> Answer {
    let deadline = world.now + timeout
    while true {
      switch ask(what, serve) {
      case .success(let answer)?: return answer
      case .failure(let refusal)? where !refusal.isRetriable: throw refusal
      case .failure, nil: break
      }
      if isDead { throw .fatal }
      if world.now >= deadline { throw .timedOut }
      strand.sleep(until: world.now + .milliseconds(50))
    }
  }

  /// Counts the request; `false` if the process dies before it is sent.
  func beginRequest(_ what: String) -> Bool {
    if isDead { return false }
    requests += 1
    if case .dieBefore? = mishaps[requests] {
      note("before request \(requests), \(what)")
      die()
    }
    return !isDead
  }

  /// The request is on its way.
  func afterRequest() {
    switch mishaps[requests] {
    case .dieAfter?: die()
    case .stand(let duration)?: stand(for: duration)
    case .dieBefore?, nil: break
    }
  }
}
