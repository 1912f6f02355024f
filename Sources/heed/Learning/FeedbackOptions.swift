import ArgumentParser
import Events
import Glibc
import Learning
import Triage

/// Where decisions and what agents said about them are read: two files, or the topics of a cluster.
struct FeedbackOptions: ParsableArguments {
  @OptionGroup var source: SettingsOptions
  @Option(name: .long, help: ArgumentHelp("The log (NDJSON), feedback with it.", valueName: "file")) var events: String?
  @Option(name: .long, help: ArgumentHelp("What was decided (NDJSON).", valueName: "file")) var outputs: String?

  func validate() throws {
    guard (events == nil) == (outputs == nil) else { throw ValidationError("--events and --outputs go together") }
    if events == "-" || outputs == "-" { throw ValidationError("files are read twice, so none can be standard input") }
  }

  func log() throws -> any RecordedLog {
    if let events, let outputs { return LogFiles(events: events, outputs: outputs, isWhole: true) }
    return try LogTopics(try source.settings())
  }
}

extension RecordedLog {
  /// Every decision with what agents said about it. A line that cannot be read is counted and left out, as the fleet leaves it out.
  func judged() throws -> [JudgedCase] {
    var book = CorrectionBook()
    var unread = 0
    try outputs { line, _ in
      do { if let decision = try DecidedCase(structured: line) { book.take(decision) } } catch { unread += 1 }
    }
    try events { logged, _ in
      do { book.take(try logged.decoded()) } catch { unread += 1 }
    }
    if unread > 0 { Terminal.complain("heed: \(unread) records cannot be read and are left out") }
    return book.judged()
  }
}
