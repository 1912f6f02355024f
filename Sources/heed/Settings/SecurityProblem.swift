/// Why settings of security are refused: which one, what is wrong with it, and what mends it. Names settings, files and what
/// librdkafka can do, and never a value of a secret.
struct SecurityProblem: Error, Hashable, CustomStringConvertible {
  enum Fault: Hashable {
    /// It is set, and what would use it is not.
    case unused(unless: String)
    /// It is needed by what is set.
    case missing(for: String)
    /// It goes to librdkafka past a setting of ours, or past what we promise.
    case passedThrough
    /// This build of librdkafka lacks what it takes.
    case unsupported(lacking: String)
    /// The file it names cannot be read.
    case unreadable(reason: String)
  }

  let setting: String
  let fault: Fault
  /// What to do about it, as a command to the operator.
  let remedy: String

  /// One line: setting, fault, remedy.
  var description: String { "\(setting) \(faultWords): \(remedy)" }

  private var faultWords: String {
    switch fault {
    case .unused(let condition): "is set, and nothing uses it without \(condition)"
    case .missing(let need): "is not set, and \(need) needs it"
    case .passedThrough: "cannot be passed through to librdkafka"
    case .unsupported(let feature): "asks for what this build of librdkafka cannot do (it lacks \(feature))"
    case .unreadable(let reason): "names what cannot be read (\(reason))"
    }
  }
}
