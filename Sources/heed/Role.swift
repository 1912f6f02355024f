import Classifier
import Egress
import Events
import Intake
import Kafka
import Logging
import Policy
import Streams
import Triage
import Worker

/// What a member of the fleet does. One process may do several: each worker has its own thread, group, transactions and telemetry.
enum Role: String, CaseIterable, Sendable {
  /// Foreign payloads into events: one worker for each topic of `intake.sources`.
  case intake
  /// Events into decisions, cases and resolutions.
  case triage
  /// Cases and resolutions into update requests: one worker that speaks and one that listens for takeovers.
  case egress
  /// Journeys into KPIs, trends and audits: one process at a time.
  case scorecard

  /// Reads `intake,triage`.
  static func list(_ text: String) throws -> [Role] {
    var roles: [Role] = []
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let role = Role(rawValue: word.trimmingSpace) else {
        throw Failure(
          status: .usage, words: "--roles: there is no role \(word); known are intake, triage, egress and scorecard")
      }
      guard !roles.contains(role) else { throw Failure(status: .usage, words: "--roles: \(role) stands twice") }
      roles.append(role)
    }
    return roles
  }

  /// The workers of this role.
  func workers(_ settings: Settings, logger: Logger) throws -> [FleetWorker] {
    switch self {
    case .intake: try FleetWorker.intake(settings, logger)
    case .triage: [try FleetWorker.triage(settings, logger)]
    case .egress: try FleetWorker.egress(settings, logger)
    case .scorecard: [try FleetWorker.scorecard(settings, logger)]
    }
  }

  /// The groups of topics that must have as many partitions each, as what lies in one partition of them belongs together.
  func alignedTopics(_ settings: Settings) throws -> [[String]] {
    let catalogue = settings.catalogue
    switch self {
    case .intake, .scorecard: return []
    case .triage: return [[catalogue.events.name, catalogue.contexts.name]]
    case .egress:
      let cases = try settings.queues().map { catalogue.cases(queue: $0).name }
      return [
        [catalogue.resolutions.name, catalogue.voices.name] + cases, [catalogue.events.name, catalogue.voices.name],
      ]
    }
  }
}

extension FleetWorker {
  static func triage(_ settings: Settings, _ logger: Logger) throws -> FleetWorker {
    let reader = ModelReader(try ModelOption.model(at: settings.optional("model") ?? "embedded"))
    let policy = try DecidingOptions.policy(at: settings.optional("policy"))
    let pipeline = TicketPipeline(reader: reader, policy: policy)
    let telemetry = settings.telemetry(
      .triage, "triage",
      allowing: [
        "queue": policy.queues.keys.sorted(), "intent": reader.intents, "policy": [policy.version],
        "model": [reader.version],
      ])
    telemetry.show(version: heedVersion, policy: policy.version, model: reader.version)
    let catalogue = settings.catalogue
    let group = settings.text("group.id")
    return FleetWorker(
      .triage, name: "triage", group: group, inputs: [catalogue.events.name], settings: settings, logger: logger,
      telemetry: telemetry,
      processor: { TriageProcessor(pipeline: pipeline, catalogue: catalogue, group: group) })
  }

  static func intake(_ settings: Settings, _ logger: Logger) throws -> [FleetWorker] {
    let catalogue = settings.catalogue
    let sources = try settings.foreignSources()
    let identity = try settings.customerIdentity()
    let links = CustomerIdentity.Links(rawValue: settings.text("intake.links"))!
    return sources.map { foreign in
      let name = "intake-\(foreign.name)"
      let group = "\(settings.text("intake.group.id"))-\(foreign.name)"
      let telemetry = settings.telemetry(.intake, name)
      telemetry.show(version: heedVersion, policy: "", model: "")
      let intake = IntakeSettings(
        identity: identity, automationActors: Set(settings.list("intake.automation.actors")), name: foreign.name,
        links: links)
      return FleetWorker(
        .intake, name: name, group: group, inputs: [foreign.topic], settings: settings, logger: logger,
        telemetry: telemetry,
        processor: {
          IntakeProcessor(
            StreamTopic(foreign.topic), source: foreign.source, settings: intake, catalogue: catalogue,
            eventPartitions: try settings.partitions(of: catalogue.events.name), group: group)
        })
    }
  }

  static func egress(_ settings: Settings, _ logger: Logger) throws -> [FleetWorker] {
    let targets = try settings.egressTargets()
    guard !targets.isEmpty else {
      throw Failure(status: .badConfiguration, words: "the role egress needs egress.targets, such as zendesk")
    }
    let catalogue = settings.catalogue
    let queues = try settings.queues()
    let group = settings.text("egress.group.id")
    let speaking = settings.telemetry(.egress, "egress", allowing: ["target": targets.map(\.name)])
    let listening = settings.telemetry(.egress, "egress-voices")
    for telemetry in [speaking, listening] { telemetry.show(version: heedVersion, policy: "", model: "") }
    let processor = EgressProcessor(targets: targets, queues: queues, catalogue: catalogue, group: group)
    return [
      FleetWorker(
        .egress, name: "egress", group: group, inputs: processor.inputs.map(\.name), settings: settings,
        logger: logger, telemetry: speaking, processor: { processor }),
      FleetWorker(
        .egress, name: "egress-voices", group: group + "-voices", inputs: [catalogue.events.name], settings: settings,
        logger: logger, telemetry: listening, processor: { VoiceProcessor(catalogue: catalogue) }),
    ]
  }
}

extension Settings {
  var catalogue: Catalogue { Catalogue(prefix: text("topic.prefix")) }

  /// The queues of the policy.
  func queues() throws -> [String] { try DecidingOptions.policy(at: optional("policy")).queues.keys.sorted() }

  func telemetry(
    _ role: Role, _ name: String, allowing: [String: [String]] = [:]
  ) -> WorkerTelemetry {
    WorkerTelemetry(
      registry: MetricsRegistry(
        allowing: allowing.merging(["version": [heedVersion]]) { $1 },
        always: [("role", role.rawValue), ("worker", name)]),
      patience: duration("watchdog.patience"))
  }

  fileprivate func partitions(of topic: String) throws -> Int32 {
    let administration = try reaching { try TopicAdministration(client()) }
    let topics = try administering { () throws(AdministrationError) in try administration.topics() }
    guard let found = topics.first(where: { $0.name == topic }) else {
      throw Failure(status: .badConfiguration, words: "the topic \(topic) is missing")
    }
    return found.partitions
  }
}
