/// One thing that must hold whatever happened.
package protocol Checker: Sendable {
  /// What must hold, as a sentence.
  static var claim: String { get }

  /// Where it does not. Names events by id, never by what they say.
  static func violations(in evidence: Evidence) -> [String]
}

extension Promise {
  /// All that must hold. At-least-once allows repeats and nothing else: take them away, and all must hold as ever, but that a
  /// restored worker may know of events that it will read again.
  fileprivate var checkers: [any Checker.Type] {
    let always: [any Checker.Type] = [
      DecidedOnce.self, NothingLost.self, CustomerOrder.self, SameBytes.self, FinalContexts.self, OneVoice.self,
      PositionsCovered.self, CaughtUp.self,
    ]
    return self == .exactlyOnce ? always + [ContextsRestored.self] : always
  }
}

extension Evidence {
  /// Everything that does not hold, at most three examples of each claim.
  package var violations: [String] {
    let evidence = promise == .exactlyOnce ? self : withoutRepeats
    return promise.checkers.flatMap { checker in
      checker.violations(in: evidence).prefix(3).map { "\(checker.claim): \($0)" }
    } + violationsOfWork.prefix(6)
  }
}
