import Logging

/// Where log lines go: standard error, so that standard output belongs to results.
enum Log {
  static func logger(level: String) -> Logger {
    var logger = Logger(label: "heed", factory: { StreamLogHandler.standardError(label: $0) })
    logger.logLevel = Logger.Level(rawValue: level) ?? .info
    return logger
  }
}
