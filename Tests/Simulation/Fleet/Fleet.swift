internal import Logging
internal import Streams
internal import Worker

/// The workers of a simulation and the supervisor that starts them again: each is the real loop on a thread of its own.
final class Fleet<P: Processor> {
  private struct Slot {
    let name: String
    /// How often a worker was started here.
    var starts = 0
    var client: Client?
    var stop = StopSignal()
    var isWanted = true
  }

  private let world: World
  private let cluster: Cluster
  private let network: Network
  private let plan: Plan
  private let makeProcessor: (Strand) -> P
  private let port: (SimulatedBroker) -> BrokerPort
  private let habits: ClientHabits
  private let requests = RequestNumbers()
  private var slots: [Slot] = []
  /// Processes of former starts that may still be alive.
  private var former: [(client: Client, stop: StopSignal)] = []
  private(set) var ends: [WorkerEnd] = []
  private(set) var reports: [(worker: String, report: WorkerReport)] = []
  private(set) var watchdogKills = 0
  private let input: String
  /// Any moment will do: only differences count.
  private let epoch = ContinuousClock.now

  init(
    _ cluster: Cluster, _ network: Network, _ plan: Plan, input: String, habits: ClientHabits,
    processor: @escaping (Strand) -> P, port: @escaping (SimulatedBroker) -> BrokerPort
  ) {
    world = cluster.world
    self.cluster = cluster
    self.network = network
    self.plan = plan
    self.habits = habits
    self.input = input
    makeProcessor = processor
    self.port = port
  }

  var count: Int { slots.count }

  /// One worker more.
  func add() {
    slots.append(Slot(name: "w\(slots.count)"))
    start(slots.count - 1)
  }

  func client(of index: Int) -> Client? { slots[index].client.flatMap { $0.isDead ? nil : $0 } }

  /// Starts a worker; one that runs here is a twin from now on, which nobody starts again.
  func start(_ index: Int) {
    guard slots[index].isWanted else { return }
    if let twin = slots[index].client { former.append((twin, slots[index].stop)) }
    slots[index].starts += 1
    slots[index].stop = StopSignal()
    let (number, stop, name) = (slots[index].starts, slots[index].stop, slots[index].name)
    let strand = Strand(world: world, name: "\(name).\(number)")
    let client = Client(strand: strand, cluster: cluster, network: network, settings: settings(name, number))
    client.fetching.tableDelay = plan.tableDelay
    slots[index].client = client
    let telemetry = plan.watchdogPatience.map { WorkerTelemetry(patience: $0) }
    if let telemetry { watch(client, telemetry) }
    strand.start { [self] in
      let end = work(client, until: stop, telemetry)
      client.die()
      ends.append(end)
      world.journal.note(world.now, strand.name, "has ended: \(end)")
      if plan.restarts, slots[index].starts == number, slots[index].isWanted {
        slots[index].client = nil
        world.after(.seconds(1)) { [self] in if slots[index].starts == number { start(index) } }
      }
    }
  }

  /// The orchestrator: kills a process that says it does not live. The cluster is asked where the partitions end beside the
  /// worker, as by a client of its own.
  private func watch(_ client: Client, _ telemetry: WorkerTelemetry) {
    world.after(.seconds(2)) { [self] in
      guard !client.isDead else { return }
      let logs = telemetry.partitions.map { ($0, cluster.log(TopicPartition(input, $0))) }
      let now = epoch + world.now
      let sampled = telemetry.sampled(
        Dictionary(uniqueKeysWithValues: logs.map { ($0, $1.lastStable) }),
        written: Dictionary(uniqueKeysWithValues: logs.map { ($0, $1.end) }), answerTime: nil, at: now)
      reports += sampled.map { (client.strand.name, $0) }
      guard telemetry.isLive(at: now).isGood else {
        world.journal.note(world.now, client.strand.name, "does not live: \(telemetry.isLive(at: now).json)")
        watchdogKills += 1
        return client.die()
      }
      watch(client, telemetry)
    }
  }

  private func settings(_ name: String, _ number: Int) -> ClientSettings {
    var settings = ClientSettings(transactionalID: plan.isStatic ? name : "\(name).\(number)")
    settings.instance = plan.isStatic ? name : nil
    settings.promise = plan.promise
    settings.transactionTimeout = plan.transactionTimeout
    settings.pollIntervalMax = plan.pollIntervalMax
    settings.pollRecordsMax = plan.pollRecordsMax
    settings.fetchRecordsMax = plan.fetchRecordsMax
    settings.refusalsPermille = plan.refusalsPermille
    settings.fatalPermille = plan.fatalPermille
    settings.habits = habits
    return settings
  }

  private func work(_ client: Client, until stop: StopSignal, _ telemetry: WorkerTelemetry?) -> WorkerEnd {
    let (world, epoch, strand) = (world, epoch, client.strand)
    let time = WorkerTime(now: { epoch + world.now }, wait: { strand.spend($0) })
    do throws(BrokerFailure) {
      let broker = try SimulatedBroker(client, requests: requests)
      var loop = WorkerLoop(
        processor: makeProcessor(strand), broker: port(broker), limits: plan.limits, safeguards: plan.safeguards,
        telemetry: telemetry,
        logger: Logger(label: "simulation") { _ in SwiftLogNoOpLogHandler() }, time: time)
      return loop.run(until: stop) { [self] in reports.append((strand.name, $0)) }
    } catch {
      return .failed(error)
    }
  }

  // MARK: What befalls it

  func befall(_ fault: Plan.Fault) {
    switch fault {
    case .crash(let index): client(of: index)?.die()
    case .stand(let index, let duration): client(of: index)?.stand(for: duration)
    case .mishap(let index, let request, let mishap):
      if let client = client(of: index) { client.mishaps[client.requests + request] = mishap }
    case .replace(let index, let duration):
      client(of: index)?.stand(for: duration)
      start(index)
    case .restart(let index): slots[index].stop.raise()
    case .add: if slots.count < 6 { add() }
    case .remove(let index):
      // One must remain to do the work.
      guard slots.filter(\.isWanted).count > 1 else { return }
      slots[index].isWanted = false
      slots[index].stop.raise()
    case .cutNetwork(let duration):
      network.isCut = true
      world.after(duration) { [network] in network.isCut = false }
    case .loseMessages(let permille, let duration):
      network.lossPermille = permille
      world.after(duration) { [network] in network.lossPermille = 0 }
    case .compact:
      for log in cluster.allLogs where cluster.isTable(log.source.topic) { log.compact() }
    case .forget:
      for (source, offset) in cluster.group.positions.committed { cluster.log(source).forget(before: offset) }
    }
  }

  /// Nothing goes wrong any more.
  func stopFaults() {
    network.isCut = false
    network.lossPermille = 0
    for index in slots.indices { slots[index].client?.mishaps = [:] }
  }

  /// The simulation is over: every process dies, so that every thread ends.
  func end() {
    for index in slots.indices {
      slots[index].isWanted = false
      slots[index].client?.die()
    }
    for (client, _) in former { client.die() }
    world.waitForThreads()
  }
}
