/// What the workers of one process tell together: the process is well if all of them are.
public struct ProcessTelemetry: Sendable {
  private let workers: [(name: String, telemetry: WorkerTelemetry)]

  /// The telemetry of these workers, by their names.
  public init(_ workers: [(name: String, telemetry: WorkerTelemetry)]) { self.workers = workers }

  /// Whether the process should be left alone: one worker that hangs is a reason to start all anew.
  public func isLive(at now: ContinuousClock.Instant = .now) -> ProcessVerdict {
    ProcessVerdict(workers.map { ($0.name, $0.telemetry.isLive(at: now)) })
  }

  /// Whether every worker does its share.
  public func isReady(at now: ContinuousClock.Instant = .now) -> ProcessVerdict {
    ProcessVerdict(workers.map { ($0.name, $0.telemetry.isReady(at: now)) })
  }

  /// All metrics of all workers, as of now, in Prometheus' text format.
  public func exposition(at now: ContinuousClock.Instant = .now) -> String {
    MetricsRegistry.exposition(of: workers.map { $0.telemetry.refreshed(at: now) })
  }
}

/// What a probe of a process gets to hear.
public struct ProcessVerdict: Sendable {
  private let verdicts: [(name: String, verdict: Verdict)]

  init(_ verdicts: [(name: String, verdict: Verdict)]) { self.verdicts = verdicts }

  /// Whether all is well with every worker.
  public var isGood: Bool { verdicts.allSatisfy(\.verdict.isGood) }

  /// The verdict of the one worker; of several `{"status":…,"workers":{"triage":{…},…}}`.
  public var json: String {
    if verdicts.count == 1 { return verdicts[0].verdict.json }
    let all = verdicts.map { "\"\($0.name)\":\($0.verdict.json)" }.joined(separator: ",")
    return "{\"status\":\"\(isGood ? "ok" : "failing")\",\"workers\":{\(all)}}"
  }
}
