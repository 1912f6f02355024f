import ArgumentParser
import Events
import Streams

struct DeadLettersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dead-letters",
    abstract: "Looks at what could not be processed, and puts it back.",
    subcommands: [DeadLettersListCommand.self, DeadLettersRedriveCommand.self])
}

/// Which dead letters are meant.
struct DeadLetterFilter: ParsableArguments {
  @Option(name: .long, parsing: .singleValue, help: "Only those with this code; may be repeated.")
  var code: [String] = []

  @Option(name: .long, help: ArgumentHelp("Only those rejected at this time or later.", valueName: "rfc3339"))
  var since: String?

  @Option(name: .long, help: ArgumentHelp("Only those rejected before this time.", valueName: "rfc3339"))
  var until: String?

  func validate() throws {
    for code in code where DecodingFailure.Code(rawValue: code) == nil {
      let known = DecodingFailure.Code.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--code: there is no \(code); there are \(known)")
    }
    for time in [since, until].compactMap({ $0 }) where Timestamp(rfc3339: time) == nil {
      throw ValidationError("\(time) is no time such as 2026-03-02T06:00:00Z")
    }
  }

  func takes(_ rejected: RejectedRecord) -> Bool {
    let time = rejected.letter.timestampMilliseconds
    return (code.isEmpty || code.contains(rejected.failure.code.rawValue))
      && Self.milliseconds(since).map { $0 <= time } ?? true && Self.milliseconds(until).map { time < $0 } ?? true
  }

  /// Names the filter, so that what one filter put back is not what another one did.
  var name: String {
    let parts =
      code.sorted().map { "code=\($0)" } + (since.map { ["since=\($0)"] } ?? [])
      + (until.map { ["until=\($0)"] } ?? [])
    return parts.isEmpty ? "" : "." + parts.joined(separator: ",")
  }

  private static func milliseconds(_ time: String?) -> Int64? {
    time.flatMap { Timestamp(rfc3339: $0) }.map { $0.nanoseconds / 1_000_000 }
  }
}

extension Settings {
  var deadLetters: String { Catalogue(prefix: text("topic.prefix")).deadLetters.name }
}
