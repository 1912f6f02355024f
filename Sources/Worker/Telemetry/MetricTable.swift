extension Metric {
  /// From a few milliseconds to minutes: what a customer or an operator would notice.
  private static let seconds: [Double] = [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800,
  ]
  private static let partition = Label("partition", .partition)
  private static let code = Label("code", .code)

  // What was done.
  static let records = Metric(
    "heed_records_total", .counter,
    help: "Records of the input that are processed, with everything they led to written.")
  static let decisions = Metric(
    "heed_decisions_total", .counter,
    labels: [
      Label("action", .oneOf(["resolve", "clarify", "hand_off", "notify", "none"])), Label("queue", .configured),
      Label("intent", .configured),
    ], help: "Decisions written, by what is done, the agents' queue and the matter that was recognised.")
  static let deadLetters = Metric(
    "heed_dead_letters_total", .counter, labels: [code], help: "Records that could not be processed, by code.")
  static let updates = Metric(
    "heed_updates_total", .counter,
    labels: [
      Label("target", .configured), Label("purpose", .oneOf(["note", "fields", "tags", "reply", "withheld"])),
    ], help: "Requests written for ticketing systems, by system and purpose; withheld is a reply that was not sent.")
  static let outputs = Metric(
    "heed_outputs_total", .counter, help: "Records written to streams: decisions, cases, replies, dead letters.")
  static let outputBytes = Metric(
    "heed_output_bytes_total", .counter, help: "Bytes of the values written to streams.")
  static let contextWrites = Metric(
    "heed_context_writes_total", .counter, help: "Contexts written to the table.")

  // How fast.
  static let latency = Metric(
    "heed_event_to_commit_seconds", .histogram(seconds),
    help: "From the time in a record's envelope to the commit of what it led to.")
  static let batch = Metric(
    "heed_batch_seconds", .histogram(seconds), help: "From the first record of a batch to the end of its commit.")
  static let transaction = Metric(
    "heed_transaction_seconds", .histogram(seconds), help: "How long the broker took for one commit.")
  static let restore = Metric(
    "heed_restore_seconds", .histogram(seconds), help: "From an assignment to the last context read.")
  static let restoredRecords = Metric(
    "heed_restored_records_total", .counter, help: "Records read from the table to restore contexts.")

  // How far behind.
  static let lag = Metric(
    "heed_partition_lag_records", .gauge, labels: [partition],
    help: "Offsets between our position and the last stable offset; the end of a partition counts as caught up.")
  static let hidden = Metric(
    "heed_partition_hidden_records", .gauge, labels: [partition],
    help: "Offsets behind the last stable one: a transaction upstream is open, and nobody can read on.")
  static let hiddenAge = Metric(
    "heed_partition_hidden_seconds", .gauge, labels: [partition],
    help: "For how long the last stable offset has stood still before hidden records; they are no lag.")
  static let clearing = Metric(
    "heed_partition_time_to_clear_seconds", .gauge, labels: [partition],
    help: "When the lag is gone at the rates of the last minute; +Inf if it grows.")
  static let progressAge = Metric(
    "heed_partition_progress_age_seconds", .gauge, labels: [partition],
    help: "How long records have been waiting without our position moving; the watchdog looks at it.")
  static let partitions = Metric(
    "heed_partitions", .gauge, labels: [Label("state", .oneOf(["ready", "restoring"]))],
    help: "Partitions this worker has.")

  // What went wrong.
  static let commits = Metric(
    "heed_commits_total", .counter,
    labels: [Label("outcome", .oneOf(["committed", "position_refused", "rewound", "fenced", "failed"]))],
    help: "Commits, by how they ended.")
  static let rewinds = Metric(
    "heed_rewinds_total", .counter, labels: [code], help: "Batches that were taken back and tried again, by code.")
  static let positionsRefused = Metric(
    "heed_positions_refused_total", .counter, labels: [code],
    help: "Batches written whose position the group did not take (at-least-once), by code.")
  static let refused = Metric(
    "heed_refused_records_total", .counter,
    labels: [Label("written", .oneOf(["dead_letter", "dead_letter_without_bytes", "nothing"]))],
    help: "Records whose outputs the cluster does not take, by what was written instead.")
  static let offsetsGone = Metric(
    "heed_offsets_gone_total", .counter, labels: [Label("policy", .oneOf(OffsetGonePolicy.allCases.map(\.rawValue)))],
    help: "Positions that the log did not keep, by what was done.")
  static let troubles = Metric(
    "heed_broker_troubles_total", .counter, labels: [code],
    help: "Troubles that the broker's client reported and deals with, by code.")
  static let rebalances = Metric(
    "heed_rebalances_total", .counter, labels: [Label("kind", .oneOf(["assigned", "revoked", "lost"]))],
    help: "Changes of our partitions.")
  static let ends = Metric(
    "heed_worker_ends_total", .counter,
    labels: [Label("end", .oneOf(["stopped", "fenced", "failed", "breaker", "offset_gone"]))],
    help: "How the worker ended, while the process is still there to be asked.")

  // How customers fare, as the scorecard sees it.
  private static let measured = [Label("kpi", .configured), Label("axis", .configured), Label("segment", .configured)]
  static let kpi = Metric(
    "heed_kpi_value", .gauge, labels: measured,
    help: "KPIs of tickets that began in the last seven days: a share, seconds (the median), a mean or a sum.")
  static let kpiPair = Metric(
    "heed_kpi_pair_value", .gauge, labels: [Label("pair", .configured)] + measured,
    help: "The KPI that must be seen beside the one of the label kpi; pair names it.")
  static let kpiCount = Metric(
    "heed_kpi_observations", .gauge, labels: measured,
    help: "Of how many tickets, judgements or messages the KPI speaks.")
  static let closed = Metric(
    "heed_scorecard_closed_timestamp_seconds", .gauge,
    help: "The midnight up to which KPIs are written, in seconds since 1970; 0 before the first.")
  static let journeys = Metric("heed_scorecard_tickets", .gauge, help: "Tickets that the scorecard keeps in memory.")
  private static let twins = [Label("twin", .configured), Label("aspect", .configured)]
  static let auditPairs = Metric(
    "heed_audit_pairs", .gauge, labels: twins,
    help: "Requests that were decided again in somebody else's words in this period of four weeks.")
  static let auditDifference = Metric(
    "heed_audit_difference", .gauge, labels: twins + [Label("bound", .oneOf(["value", "low", "high"]))],
    help: "How much more often the twin got more than less, with the bounds of 95 %.")
  static let auditAlarm = Metric(
    "heed_audit_alarm", .gauge, labels: twins, help: "1 if chance does not explain that difference.")

  // How it is.
  static let live = Metric("heed_live", .gauge, help: "1 as long as /live says so.")
  static let ready = Metric("heed_ready", .gauge, help: "1 as long as /ready says so.")
  static let reachable = Metric(
    "heed_broker_reachable", .gauge,
    help: "0 if the cluster did not answer when it was last asked, or all its brokers are down.")
  static let answer = Metric(
    "heed_broker_answer_seconds", .gauge,
    help: "How long the cluster took to tell the ends of our partitions: one request to each leader.")
  static let info = Metric(
    "heed_info", .gauge,
    labels: [Label("version", .configured), Label("policy", .configured), Label("model", .configured)],
    help: "1; the labels say which program, policy and model decide.")
  static let processorTime = Metric(
    "process_cpu_seconds_total", .counter, help: "Processor time of this process, user and system.")
  static let memory = Metric("process_resident_memory_bytes", .gauge, help: "Memory of this process that is in use.")

  /// Every metric there is, in the order of the reference.
  public static let table: [Metric] = [
    records, decisions, deadLetters, updates, outputs, outputBytes, contextWrites,
    latency, batch, transaction, restore, restoredRecords,
    lag, hidden, hiddenAge, clearing, progressAge, partitions,
    commits, rewinds, positionsRefused, refused, offsetsGone, troubles, rebalances, ends,
    kpi, kpiPair, kpiCount, closed, journeys, auditPairs, auditDifference, auditAlarm,
    live, ready, reachable, answer, info, processorTime, memory,
  ]
}
