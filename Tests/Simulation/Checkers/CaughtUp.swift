enum CaughtUp: Checker {
  static let claim = "When nothing goes wrong any more, everything is caught up"

  static func violations(in evidence: Evidence) -> [String] { evidence.backlog }
}
