import ArgumentParser
import Events
import Kafka
import Logging
import ServiceLifecycle
import Streams
import Worker

struct WorkerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker",
    abstract:
      "A member of the fleet: foreign payloads into events, events into decisions, decisions into updates and KPIs.",
    discussion: """
      Roles: intake reads the topics of intake.sources, triage reads events, egress writes update requests for the systems of \
      egress.targets, scorecard writes how customers fared. A process may have several; each has its own threads, groups and \
      transactions, and the process is ready if all are.

      Start as many as there are partitions at most; they share the work. Of scorecard start one: it reads all partitions, as no \
      group, and a second one would write the same again. SIGTERM finishes what is open, leaves the groups \
      and ends with 0.
      """)

  @OptionGroup var source: SettingsOptions
  @Option(
    name: .long, help: ArgumentHelp("What it does: intake, triage, egress, scorecard, or several.", valueName: "roles"))
  var roles = "triage"

  func run() async throws {
    let stopping = await StopSignals()
    let roles = try Role.list(roles)
    let settings = try source.settings()
    let logger = Log.logger(settings)
    let workers = try roles.flatMap { try $0.workers(settings, logger: logger) }
    try checkTopics(roles, workers, settings, logger)
    let working = workers.map { WorkerService($0) }
    let clock = roles.contains(.intake) ? ClockService(settings, logger) : nil
    // Shut down from the last to the first: while the workers drain they can still be asked how they are.
    let services =
      (OpsService(workers).map { [$0 as any Service] } ?? []) + (clock.map { [$0 as any Service] } ?? []) + working
    let outcome: Result<Void, any Error>
    // Nobody who still reads an answer keeps a worker that has ended.
    do {
      outcome = .success(try await stopping.run(services, within: settings.duration("drain.timeout") + .seconds(2)))
    } catch {
      outcome = .failure(error)
    }
    // How a worker ended says more than how the group around it did.
    for service in working { try service.checkEnd() }
    try outcome.get()
  }

  /// A topic that is missing would be made by the cluster with partitions of its own choice, and what belongs together would not lie
  /// together: so that is seen to before anything is read.
  private func checkTopics(
    _ roles: [Role], _ workers: [FleetWorker], _ settings: Settings, _ logger: Logger
  ) throws {
    let administration = try reaching { try TopicAdministration(settings.client(logger: logger)) }
    let topics = try administering { () throws(AdministrationError) in try administration.topics() }
    let partitions = Dictionary(uniqueKeysWithValues: topics.map { ($0.name, $0.partitions) })
    let wanted = try settings.topics().map(\.name)
    if let missing = wanted.first(where: { partitions[$0] == nil }) {
      throw Failure(
        status: .badConfiguration, words: "the topic \(missing) is missing; create it with `heed topics apply`")
    }
    if let missing = workers.flatMap(\.inputs).first(where: { partitions[$0] == nil }) {
      throw Failure(
        status: .badConfiguration,
        words: "the topic \(missing) of intake.sources is missing; it is its connector's, and made with that")
    }
    for names in try roles.flatMap({ try $0.alignedTopics(settings) }) {
      guard let other = names.first(where: { partitions[$0] != partitions[names[0]] }) else { continue }
      throw Failure(
        status: .badConfiguration,
        words:
          "\(names[0]) has \(partitions[names[0]] ?? 0) partitions and \(other) \(partitions[other] ?? 0); they must be as many"
      )
    }
    for shop in roles.contains(.intake) ? settings.shops() : [] {
      let (book, told) = (settings.catalogue.orders(source: shop.name).name, partitions[shop.topic] ?? 0)
      guard let own = partitions[book], own < told else { continue }
      throw Failure(
        status: .badConfiguration,
        words: "\(book) has \(own) partitions and \(shop.topic) \(told); it must have at least as many: add some")
    }
  }
}
