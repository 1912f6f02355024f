import ArgumentParser
import Events
import Foundation
import Glibc
import Logging
import Policy
import ServiceLifecycle
import Triage
import Worker

struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Decides a part of the log again, under a prefix of its own that reaches nobody.",
    discussion: """
      Reads the live events (topic.prefix), folds all of them so that contexts are as they were, and writes what the range \
      leads to under --into: the same ids, and nothing of today in it. Start as many processes with the same options as there \
      are partitions; they share the work, and each ends when its partitions are read to their ends. What is stopped or killed \
      goes on where it was when it is started again. With --follow it goes on with what comes: the shadow of the fleet, which \
      shows another policy on live traffic before anybody meets it. Create the topics with `heed topics apply --set topic.prefix=…` first; \
      give the group and the prefix rights of their own (Deploy/kubernetes/strimzi/users.yaml, heed-replay).
      """)

  @OptionGroup var source: SettingsOptions
  @OptionGroup var range: ReplayRangeOptions
  @Option(name: .long, help: ArgumentHelp("What the names of its topics begin with.", valueName: "prefix"))
  var into = "heed-replay."
  @Option(name: .long, help: ArgumentHelp("The policy; without it the setting's.", valueName: "file")) var policy:
    String?
  @Option(name: .long, help: ArgumentHelp("The model; without it the setting's.", valueName: "file")) var model: String?
  @Option(
    name: .long, help: ArgumentHelp("So many records a second and process at most, ten or more.", valueName: "records"))
  var throttle: Int?
  @Flag(name: .long, help: "Only say what would be done: reads the log, decides a sample, writes nothing.") var dryRun =
    false

  @Flag(name: .long, help: "Does not end with the log: decides what comes, until it is stopped.") var follow = false

  func validate() throws {
    if follow, dryRun || !range.isOpen {
      throw ValidationError("--follow has no end: leave out --dry-run, --until, --for, --last and --offsets")
    }
    if let throttle, throttle < 10 { throw ValidationError("--throttle takes 10 or more") }
  }

  func run() async throws {
    let settings = try source.settings()
    let target = try ReplayTarget(into: into, live: settings.text("topic.prefix"), liveGroup: settings.text("group.id"))
    let policy = try DecidingOptions.policy(at: policy ?? settings.optional("policy"))
    let reader = try ModelOption.reader(at: model ?? settings.optional("model") ?? "embedded")
    let today = Int64(Date().timeIntervalSince1970) / 86_400 * 86_400
    let plan = try ReplayPlan(
      settings, target, range.range(today: Timestamp(nanoseconds: today * 1_000_000_000)),
      TicketPipeline(reader: reader, policy: policy), queues: policy.queues.keys.sorted())
    if dryRun {
      var preview = ReplayPreview(plan)
      try preview.read()
      return Terminal.say(preview.text(committed: try plan.committed()))
    }
    let stopping = await StopSignals()
    try plan.checkTopics()
    try plan.claim()
    try await work(plan, stopping)
  }

  private func work(_ plan: ReplayPlan, _ stopping: StopSignals) async throws {
    let isShown = isatty(STDERR_FILENO) == 1
    let logger = isShown ? Log.logger(level: "warning") : Log.logger(plan.settings)
    let work = ReplayWork(plan, throttle: throttle, follows: follow, logger: logger)
    try await stopping.run([work], within: plan.settings.duration("drain.timeout") + .seconds(2))
    guard let summary = try work.summary() else { return }
    try summary.end.check()
    let rate = summary.seconds > 0 ? Int(Double(summary.records) / summary.seconds) : 0
    Terminal.say(
      """
      \(summary.isFinished ? "done" : "stopped; the same command goes on"): \(summary.records) records read, \
      \(summary.written) written under \(plan.target.own.prefix), in \(ReplayProgress.words(seconds: summary.seconds)) \
      (\(rate)/s)
      """)
  }
}
