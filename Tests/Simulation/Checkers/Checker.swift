/// One thing that must hold whatever happened.
package protocol Checker: Sendable {
  /// What must hold, as a sentence.
  static var claim: String { get }

  /// Where it does not. Names events by id, never by what they say.
  static func violations(in evidence: Evidence) -> [String]
}

/// All that must hold.
package let allCheckers: [any Checker.Type] = [
  DecidedOnce.self, NothingLost.self, CustomerOrder.self, SameBytes.self, ContextsRestored.self, OneVoice.self,
  PositionsCovered.self, CaughtUp.self,
]

extension Evidence {
  /// Everything that does not hold, at most three examples of each claim.
  package var violations: [String] {
    allCheckers.flatMap { checker in
      checker.violations(in: self).prefix(3).map { "\(checker.claim): \($0)" }
    }
  }
}
