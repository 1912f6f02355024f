import ArgumentParser
import Events
import Foundation
import Scorecard
import Web

/// The weekly review, from the log alone.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "How customers fared: KPIs and the weekly review, from events and decisions.",
    discussion: """
      Reads heed.events.v1 and what Heed wrote for it (decisions and insights), from the topics of a cluster or as lines of NDJSON, in \
      any order, and prints the review of the tickets that began in the range. Without --from, the week before --until; without \
      --until, up to the newest record. --as-of leaves out what was told later: so it says what was said then. The same range gives \
      the same bytes.

        heed report --bootstrap kafka:9092 --html review.html

        heed consume heed.events.v1 > events.ndjson
        heed consume heed.decisions.v1 heed.insights.v1 > outputs.ndjson
        heed report --events events.ndjson --outputs outputs.ndjson --html review.html
      """)

  @OptionGroup var source: SettingsOptions

  @Option(
    name: .long, help: ArgumentHelp("Events as NDJSON, with --outputs; else the topics are read.", valueName: "file"))
  var events: String?

  @Option(name: .long, help: ArgumentHelp("Decisions and insights as NDJSON, with --events.", valueName: "file"))
  var outputs: String?

  @Option(name: .long, help: ArgumentHelp("The first moment, RFC 3339.", valueName: "time"))
  var from: String?

  @Option(name: .long, help: ArgumentHelp("The first moment after the range, RFC 3339.", valueName: "time"))
  var until: String?

  @Option(name: .long, help: ArgumentHelp("Up to when the log is looked at, RFC 3339.", valueName: "time"))
  var asOf: String?

  @Flag(name: .long, help: "All that was told, and not only a week.")
  var all = false

  @Flag(name: .long, help: "As JSON.")
  var json = false

  @Option(name: .long, help: ArgumentHelp("As a page of HTML that needs nothing else.", valueName: "file"))
  var html: String?

  func run() throws {
    let book = try journeys()
    guard let newest = try asOf.map({ try time($0, "--as-of") }) ?? book.newest else {
      throw Failure(status: .badConfiguration, words: "there are no events")
    }
    let end = try until.map { try time($0, "--until") } ?? newest.adding(seconds: 1)
    let week = end.adding(seconds: -7 * 86_400)
    let start = try from.map { try time($0, "--from") } ?? (all ? book.oldest ?? week : week)
    guard start < end else { throw Failure(status: .usage, words: "--from is not before --until") }
    let report = Report(of: book, from: start, until: end, asOf: newest)
    if let html { try write(Array(ReportPage(report).html.utf8), toFile: html) }
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
      Terminal.say(String(decoding: try encoder.encode(report), as: UTF8.self))
    } else if html == nil {
      Terminal.write(Array(ReportText(report).text.utf8), to: STDOUT_FILENO)
    }
  }

  private func journeys() throws -> JourneyBook {
    switch (events, outputs) {
    case (let events?, let outputs?): return try Journeys.inFiles(events: events, outputs: outputs)
    case (nil, nil): return try Journeys.inTopics(try source.settings())
    default: throw Failure(status: .usage, words: "--events and --outputs go together")
    }
  }

  private func time(_ words: String, _ option: String) throws -> Timestamp {
    guard let time = Timestamp(rfc3339: words) else {
      throw Failure(status: .usage, words: "\(option) wants a time such as 2026-11-02T00:00:00Z, not \(words)")
    }
    return time
  }
}
