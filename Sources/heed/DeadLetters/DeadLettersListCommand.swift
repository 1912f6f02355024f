import ArgumentParser
import Events
import Foundation
import Kafka
import Streams

struct DeadLettersListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Shows dead letters: when, why, where the original stood, whose it is and which event.",
    discussion: """
      Reads the whole topic as no group, so it disturbs nobody, and shows the newest last. What the record holds is not \
      shown unless --reveal says so: it is a customer's text.
      """)

  @OptionGroup var source: SettingsOptions
  @OptionGroup var filter: DeadLetterFilter
  @Option(name: .long, help: "How many of the newest.") var limit = 100
  @Flag(help: "One JSON object a line.") var json = false
  @Flag(help: "Also show the record's bytes: a customer's text.") var reveal = false

  func run() throws {
    let settings = try source.settings()
    var rejected: [RejectedRecord] = []
    var reader = try reaching { try LogReader(settings.client()) }
    try reaching {
      try reader.readToEnd(of: [settings.deadLetters], within: .seconds(600)) { record in
        if let letter = RejectedRecord(record), filter.takes(letter) { rejected.append(letter) }
        // So that a flooded topic does not fill the memory.
        if rejected.count > 2 * max(1_000, limit) { rejected = newest(of: rejected) }
      }
    }
    let shown = newest(of: rejected)
    if !json, !shown.isEmpty { Terminal.say(DeadLetterLine.heading) }
    for letter in shown {
      let line = DeadLetterLine(letter, reveal: reveal)
      Terminal.say(json ? line.json : line.text)
    }
    if !json { Terminal.complain("heed: \(shown.count) dead letters") }
  }

  private func newest(of letters: [RejectedRecord]) -> [RejectedRecord] {
    letters.sorted { a, b in
      (a.letter.timestampMilliseconds, a.letter.source, a.letter.offset)
        < (b.letter.timestampMilliseconds, b.letter.source, b.letter.offset)
    }.suffix(max(0, limit))
  }
}

/// One dead letter as an operator sees it. Keys and headers come from outside, so they are cut and their control characters
/// are written out.
struct DeadLetterLine {
  static let heading = ["WHEN", "CODE", "PLACE", "ORIGINAL", "KEY", "EVENT"].joined(separator: "\t")

  private let texts: [(name: String, value: String?)]
  private let numbers: [(name: StaticString, value: Int64)]
  private let columns: [String]

  init(_ rejected: RejectedRecord, reveal: Bool) {
    let letter = rejected.letter
    let when = Timestamp(nanoseconds: letter.timestampMilliseconds * 1_000_000).rfc3339
    let key = letter.key.map { Self.tame(String(decoding: $0, as: UTF8.self)) }
    // What a source says of its event in CloudEvents' own attributes; no other header is shown.
    let event = ["ce_source", "ce_type", "ce_id", "content-type"].map { name in
      (name: name, value: letter.headers.text(name).map { Self.tame($0) })
    }
    let value = letter.value.map { Self.tame(String(decoding: $0, as: UTF8.self), max: .max) }
    texts =
      [
        ("when", when), ("code", rejected.failure.code.rawValue), ("path", rejected.failure.path),
        ("topic", rejected.source.topic), ("key", key),
      ] + event + [("value", reveal ? value : nil)]
    numbers = [
      ("partition", Int64(rejected.source.partition)), ("offset", rejected.offset),
      ("redriven", Int64(rejected.redriven)), ("bytes", Int64(rejected.bytesLeftOut ?? letter.value?.count ?? 0)),
    ]
    columns =
      [
        when, rejected.failure.code.rawValue, rejected.failure.path.isEmpty ? "-" : rejected.failure.path,
        "\(rejected.source)@\(rejected.offset)", key ?? "-",
        event.compactMap { $0.value }.joined(separator: " ")
          + (rejected.redriven > 0 ? " redriven \(rejected.redriven)" : ""),
      ] + (reveal ? ["\n    " + (value ?? "(no bytes)")] : [])
  }

  var text: String { columns.joined(separator: "\t") }

  var json: String {
    var writer = JSONWriter(capacity: 512)
    writer.object { writer in
      for (name, value) in texts {
        guard let value else { continue }
        writer.key(name)
        writer.string(value)
      }
      for (name, value) in numbers { writer.field(name, integer: value) }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// `text` on one line, without what could move a terminal's cursor.
  private static func tame(_ text: String, max count: Int = 256) -> String {
    let scalars = text.unicodeScalars.prefix(count).map { scalar -> String in
      scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
        ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
    }
    return scalars.joined() + (text.unicodeScalars.count > count ? "…" : "")
  }
}
