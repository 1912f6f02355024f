import Classifier
import Events
import Logging
import Policy
import Scorecard
import Streams
import Triage
import Worker

extension FleetWorker {
  /// The one that follows all tickets and writes how customers fared.
  static func scorecard(_ settings: Settings, _ logger: Logger) throws -> FleetWorker {
    let reader = ModelReader(try ModelOption.model(at: settings.optional("model") ?? "embedded"))
    let policy = try DecidingOptions.policy(at: settings.optional("policy"))
    let names = ScorecardNames(policy: policy, intents: reader.intents)
    let telemetry = settings.telemetry(.scorecard, "scorecard", allowing: names.labels)
    telemetry.show(version: heedVersion, policy: policy.version, model: reader.version)
    let desk = TwinDesk(pipeline: TicketPipeline(reader: reader, policy: policy))
    let shadow: LiveScorecard.Shadow = { ticket, number in
      desk.pairs(of: ticket.subject.isEmpty ? ticket.body : ticket.subject + "\n" + ticket.body, index: number)
    }
    return FleetWorker(
      .scorecard, name: "scorecard", inputs: [settings.catalogue.events.name], settings: settings, logger: logger,
      telemetry: telemetry,
      work: { worker in
        var loop = try ScorecardLoop(worker, names: names) { partitions in
          LiveScorecard(
            partitions: partitions, auditEvery: worker.settings.integer("scorecard.audit"), shadow: shadow)
        }
        return try loop.run()
      })
  }
}

/// The names that gauges may have: all of closed lists, so that there are only so many of them.
struct ScorecardNames: Sendable {
  private let parts: [Scorecard.Segment.Axis: Set<String>]

  init(policy: PolicyDocument, intents: [String]) {
    // Systems have names of their own choice, and are in the events alone.
    parts = [
      .all: ["all"], .intent: Set(intents).union(["other"]), .channel: Set(Channel.allCases.map(\.rawValue)),
      .language: Set(policy.languages.keys).union(["und", "other"]), .queue: Set(policy.queues.keys).union(["none"]),
      .arm: ["treatment", "baseline"], .device: Set(DeviceClass.allCases.map(\.rawValue)),
    ]
  }

  /// What the labels of gauges may be.
  var labels: [String: [String]] {
    let kpis = KPI.allCases.map(\.rawValue)
    return [
      "kpi": kpis, "pair": kpis, "axis": parts.keys.map(\.rawValue), "segment": parts.values.flatMap(\.self),
      "twin": Twin.allCases.map(\.rawValue), "aspect": Audit.Aspect.allCases.map(\.rawValue),
    ]
  }

  /// The name of a segment as a label; `nil` if it has none.
  func label(of segment: Scorecard.Segment) -> String? {
    let name = segment == .all ? "all" : segment.name
    return parts[segment.axis]?.contains(name) == true ? name : nil
  }
}
