import Streams
import Testing

@testable import Worker

@Suite struct ProcessTelemetryTests {
  private func worker(_ role: String) -> WorkerTelemetry {
    WorkerTelemetry(registry: MetricsRegistry(always: [("role", role)]))
  }

  @Test func theProcessIsReadyIfAllItsWorkersAre() {
    let (triage, egress) = (worker("triage"), worker("egress"))
    let process = ProcessTelemetry([("triage", triage), ("egress", egress)])
    triage.took(.assigned(partitions: [0], restoring: 0))
    #expect(!process.isReady().isGood)
    #expect(
      process.isReady().json
        == #"{"status":"failing","workers":{"triage":{"status":"ok"},"egress":{"status":"failing","reasons":[{"code":"not_assigned"}]}}}"#
    )
    egress.took(.assigned(partitions: [], restoring: 0))
    #expect(process.isReady().isGood && process.isLive().isGood)
    #expect(ProcessTelemetry([("triage", triage)]).isReady().json == #"{"status":"ok"}"#)
  }

  /// "All lines for a given metric must be provided as one single group" (Prometheus, exposition formats).
  @Test func everyMetricStandsOnceWithTheSeriesOfAllRoles() {
    let (triage, egress) = (worker("triage"), worker("egress"))
    for worker in [triage, egress] { worker.took(.rewound(trouble)) }
    let lines = ProcessTelemetry([("triage", triage), ("egress", egress)]).exposition().split(separator: "\n")
    let families = lines.filter { $0.hasPrefix("# TYPE ") }
    #expect(families.count == Set(families).count && families.count == Metric.table.count)
    #expect(lines.contains(#"heed_rewinds_total{code="TROUBLE",role="triage"} 1"#))
    #expect(lines.contains(#"heed_rewinds_total{code="TROUBLE",role="egress"} 1"#))
    #expect(lines.contains(#"heed_records_total{role="egress"} 0"#))
    let series = lines.filter { !$0.hasPrefix("#") }.map { $0.prefix { $0 != " " } }
    #expect(series.count == Set(series).count, "no series stands twice")
    #expect(series.filter { $0.hasPrefix("process_") }.allSatisfy { !$0.contains("role") })
  }
}
