extension Failure.Status {
  /// What it means, for `heed --help` and the reference.
  var words: String {
    switch self {
    case .checkFailed: "a check failed"
    case .usage: "wrong usage"
    case .tooManyDeadLetters: "too many records are rejected"
    case .offsetOutOfRange: "the log does not keep the committed offset"
    case .worseModel: "the new model is worse than the present one"
    case .internalFault: "internal fault (restart)"
    case .brokerUnreachable: "the broker cannot be reached (try again)"
    case .fenced: "another worker has this one's place"
    case .badConfiguration: "bad configuration"
    }
  }

  /// All of them, 0 included, in the order of their numbers.
  static var reference: [(number: Int32, words: String)] {
    [(0, "done")] + allCases.map { ($0.rawValue, $0.words) }.sorted { $0.0 < $1.0 }
  }
}
