import Streams
import Testing

@testable import Worker

@Suite struct MetricsTests {
  @Test func theTextIsWhatPrometheusReads() {
    let counter = Metric("heed_things_total", .counter, help: "Things.")
    let gauge = Metric("heed_level", .gauge, labels: [.init("queue", .configured)], help: "Level.")
    let histogram = Metric("heed_wait_seconds", .histogram([0.1, 1]), help: "Wait.")
    let registry = MetricsRegistry([counter, gauge, histogram], allowing: ["queue": ["a\"b\\c\nd"]])
    registry.update { values in
      values.add(counter, 3)
      values.set(gauge, .infinity, "a\"b\\c\nd")
      values.observe(histogram, [0.05, 0.1, 0.5, 7])
    }
    #expect(
      registry.exposition() == #"""
        # HELP heed_things_total Things.
        # TYPE heed_things_total counter
        heed_things_total 3
        # HELP heed_level Level.
        # TYPE heed_level gauge
        heed_level{queue="a\"b\\c\nd"} +Inf
        # HELP heed_wait_seconds Wait.
        # TYPE heed_wait_seconds histogram
        heed_wait_seconds_bucket{le="0.1"} 2
        heed_wait_seconds_bucket{le="1"} 3
        heed_wait_seconds_bucket{le="+Inf"} 4
        heed_wait_seconds_sum 7.65
        heed_wait_seconds_count 4

        """#)
  }

  @Test func aLabelTakesOnlyWhatIsAllowed() {
    let metric = Metric(
      "heed_x_total", .counter,
      labels: [
        .init("action", .oneOf(["resolve"])), .init("intent", .configured), .init("partition", .partition),
        .init("code", .code),
      ], help: "X.")
    let registry = MetricsRegistry([metric], allowing: ["intent": ["refund"]])
    registry.update { values in
      values.add(metric, 1, "resolve", "refund", "3", "_TRANSPORT")
      values.add(metric, 1, "where is my order", "Jane Doe", "jane@example.com", "jane@example.com")
      values.add(metric, 1, "resolve", "", "4", String(repeating: "A", count: 60))
    }
    let series = registry.exposition().split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(
      Set(series) == [
        #"heed_x_total{action="resolve",intent="refund",partition="3",code="_TRANSPORT"} 1"#,
        #"heed_x_total{action="other",intent="other",partition="other",code="other"} 1"#,
        #"heed_x_total{action="resolve",intent="none",partition="4",code="other"} 1"#,
      ])
  }

  @Test func codesAreBounded() {
    let metric = Metric("heed_x_total", .counter, labels: [.init("code", .code)], help: "X.")
    let registry = MetricsRegistry([metric])
    registry.update { values in for number in 0..<1_000 { values.add(metric, 1, "CODE_\(number)") } }
    let series = registry.exposition().split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(series.count == 65)
    #expect(series.contains(#"heed_x_total{code="other"} 936"#))
  }

  @Test func namesFollowTheConventions() {
    for metric in Metric.table {
      #expect(metric.name.hasPrefix("heed_") || metric.name.hasPrefix("process_"))
      #expect(metric.name.hasSuffix("_total") == (metric.kind == .counter), "\(metric.name)")
      #expect(metric.help.hasSuffix(".") && !metric.help.contains("\n"))
      if case .histogram(let bounds) = metric.kind {
        #expect(bounds == bounds.sorted() && metric.name.hasSuffix("_seconds"))
      }
    }
  }

  /// The table is what the code writes: whatever a worker can report gives only metrics of the table, and all of them.
  @Test func everythingThatCanHappenGivesExactlyTheMetricsOfTheTable() {
    let telemetry = WorkerTelemetry(
      registry: MetricsRegistry(allowing: [
        "queue": ["q"], "version": ["1"], "policy": ["p"], "model": ["m"], "kpi": ["k"], "pair": ["o"], "axis": ["all"],
        "segment": [""], "twin": ["t"], "aspect": ["a"],
      ]))
    telemetry.show(version: "1", policy: "p", model: "m")
    telemetry.show(
      kpis: [KPIReading(kpi: "k", pair: "o", axis: "all", segment: "", value: 1, pairValue: 2, count: 3)],
      audit: [AuditReading(twin: "t", aspect: "a", pairs: 1, difference: (value: 0, low: -1, high: 1), isAlarm: false)],
      closed: 0, tickets: 1)
    var batch = CommittedBatch(records: 1, outputs: 2, positions: [0: 1])
    batch.tallies = [
      .decision(action: "resolve", queue: "q", intent: ""): 1, .deadLetter(code: "truncated"): 1,
      .update(target: "zendesk", purpose: "note"): 1,
    ]
    let gone = OffsetGone(source: input(0), position: 1, kept: 2..<3)
    let reports: [WorkerReport] = [
      .assigned(partitions: [0], restoring: 1), .restored(partitions: [0], records: 2), .committed(batch),
      .caughtUp(EndOfPartition(input(0), next: 1, highWatermark: 3)), .rewound(trouble), .positionRefused(trouble),
      .refused(input(0), 1, instead: .deadLetter), .offsetGone(gone, policy: .earliest),
      .transactionEnded(.committed, .seconds(1)), .trouble(trouble), .ended(.stopped),
    ]
    let start = ContinuousClock.now
    for report in reports { telemetry.took(report, at: start) }
    for second in 1...2 {
      telemetry.took(.committed(CommittedBatch(positions: [0: Offset(second)])), at: start + .seconds(second))
      telemetry.sampled([0: 5], answerTime: .milliseconds(1), at: start + .seconds(second))
    }
    let families = telemetry.exposition(at: start + .seconds(3)).split(separator: "\n").reduce(into: Set<Substring>()) {
      if !$1.hasPrefix("#") { $0.insert($1.prefix { $0 != "{" && $0 != " " }) }
    }
    let names = Set(
      families.map { name in
        ["_bucket", "_sum", "_count"].reduce(String(name)) { $0.hasSuffix($1) ? String($0.dropLast($1.count)) : $0 }
      })
    #expect(names == Set(Metric.table.map(\.name)))
  }
}
