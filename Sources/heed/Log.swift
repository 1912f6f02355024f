import Foundation
import Kafka
import Logging

/// Where log lines go: standard error, so that standard output belongs to results.
enum Log {
  static func logger(level: String, format: String = "text") -> Logger {
    var logger = Logger(label: "heed") { label -> any LogHandler in
      if format == "json" { JSONLog(label: label) } else { StreamLogHandler.standardError(label: label) }
    }
    logger.logLevel = Logger.Level(rawValue: level) ?? .info
    return logger
  }

  static func logger(_ settings: Settings) -> Logger {
    logger(level: settings.text("log.level"), format: settings.text("log.format"))
  }
}

extension ClientLogLine {
  /// A line of librdkafka's among ours, at the level its syslog number says.
  func record(to logger: Logger) {
    let level: Logger.Level =
      switch self.level {
      case ...3: .error
      case 4: .warning
      case 5: .notice
      case 6: .info
      default: .debug
      }
    logger.log(
      level: level, "the Kafka client says", metadata: ["kafka.facility": "\(facility)", "kafka.message": "\(message)"])
  }
}

/// One JSON object a line: time, level, message, and the metadata as fields of their own.
struct JSONLog: LogHandler {
  var metadata: Logger.Metadata = [:]
  var metadataProvider: Logger.MetadataProvider?
  var logLevel = Logger.Level.info
  private let label: String

  init(label: String) {
    self.label = label
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    var fields = metadata
    if let provided = metadataProvider?.get() { fields.merge(provided) { $1 } }
    if let own = event.metadata { fields.merge(own) { $1 } }
    let line = Self.line(at: Date(), label: label, level: event.level, message: "\(event.message)", fields: fields)
    // One write, so that lines of several threads do not mix.
    Terminal.write(line + [0x0A], to: STDERR_FILENO)
  }

  /// The fields of ours first, the others by name; a field of metadata that is called as one of ours gets `field.` before it.
  static func line(
    at time: Date, label: String, level: Logger.Level, message: String, fields: Logger.Metadata
  ) -> [UInt8] {
    let own = [
      (
        "time",
        time.formatted(
          .iso8601.year().month().day().time(includingFractionalSeconds: true).timeZone(separator: .omitted))
      ),
      ("level", level.rawValue), ("logger", label), ("message", message),
    ]
    let names = Set(own.map(\.0))
    let others = fields.sorted { $0.key < $1.key }.map { key, value in
      (names.contains(key) ? "field." + key : key, "\(value)")
    }
    let pairs = (own + others).map { "\(quoted($0.0)):\(quoted($0.1))" }
    return Array("{\(pairs.joined(separator: ","))}".utf8)
  }

  /// RFC 8259: quotation mark, reverse solidus and control characters must be escaped.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case "\u{0}"..<"\u{20}":
        result += "\\u" + String(repeating: "0", count: scalar.value < 16 ? 3 : 2) + String(scalar.value, radix: 16)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
