import Events
import Foundation
import Testing
import Shipped

@testable import Policy

/// The policy that is compiled in.
enum DefaultPolicy {
  static let yaml = Shipped.policy
  static let document = try! PolicyDocument(yaml: yaml)
}

/// A policy with as little in it as a policy can have, and places for more.
func miniature(
  top: String = "", queues: String = "", steps: String = "", intents: String = "", tripwires: String = "[]",
  urgencies: String = "[]", rules: String = "", languages: String = "{}"
) -> String {
  func lines(_ text: String) -> String {
    text.split(separator: "\n").map { String($0.drop { $0 == " " }) }.joined(separator: "\n  ")
  }
  return """
    policy: miniature
    version: "7"
    turns: {questions: 1, answers: 1}
    repeatWithin: 7d
    lostAfter: 5d
    highValue: {"*": "400"}
    channels: {\(Channel.allCases.map { "\($0.rawValue): {form: full, charactersMax: 900, sentenceWordsMax: 30}" }.joined(separator: ", "))}
    \(top)
    queues:
      desk: {title: Desk, deadlines: {critical: 30s, high: 10m, normal: 4h, low: 7d}}
      \(lines(queues))
    steps:
      reply: {boundary: automatic, kind: work, words: Reply}
      \(lines(steps))
    intents:
      order_status: {goal: learn, words: asks, trigger: t, outcome: o, response: r, fallback: f, handoff: h, queue: desk, step: reply, confidence: medium}
      \(lines(intents))
    tripwires: \(tripwires)
    urgencies: \(urgencies)
    rules:
      \(lines(rules))
      - {name: default, then: {handOff: {queue: desk, step: reply}}, words: Nothing else fits}
    languages: \(languages)
    """
}

/// The words of one language for these messages.
func language(_ tag: String, messages: String...) -> String {
  let words = messages.map { "\($0): {calm: Hello, upset: Sorry, fact: Fact, nextStep: Next}" }.joined(separator: ", ")
  return """
    {\(tag): {weekdays: [a, b, c, d, e, f, g], months: [a, b, c, d, e, f, g, h, i, j, k, l], date: "{day}", terms: {},
      frame: {humanExit: Exit, exitWords: [exit], handOff: Off, disclosure: Machine, basis: Basis}, messages: {\(words)}}}
    """
}

/// Why `yaml` is refused; `nil` if it is not.
func problem(_ yaml: String) -> PolicyProblem? {
  do throws(PolicyProblem) {
    _ = try PolicyDocument(yaml: yaml)
    return nil
  } catch { return error }
}

/// Facts under which the default policy answers by itself, with nothing in the way.
var plainFacts: Facts {
  var facts = Facts()
  facts[.intent] = .word("order_status")
  facts[.confidence] = .word("high")
  facts[.language] = .word("en")
  facts[.order] = .word("named")
  facts[.orderStatus] = .word("in_transit")
  facts[.context] = .word("complete")
  facts[.channel] = .word("email")
  return facts
}

extension FactName {
  /// Values worth trying, one of them unknown to everybody.
  var values: [FactValue] {
    func words(_ text: String) -> [FactValue] { (text + " martian").split(separator: " ").map { .word(String($0)) } }
    switch self {
    case .intent: return DefaultPolicy.document.intents.keys.sorted().map { .word($0) } + words("none")
    case .confidence: return words("none low medium high")
    case .abstention: return words("none empty sparse unclear ambiguous unsupported_language")
    case .language: return words("en es de fr it und")
    case .trajectory: return words("first steady falling rising")
    case .pressure: return words("none pressing deadline danger")
    case .order: return words("named single likely ambiguous unknown_number none not_meant")
    case .orderStatus:
      return OrderUpdated.Status.allCases.map { .word($0.rawValue) } + words("none")
    case .cause:
      return words(
        "none disruption disruption_overdue carrier_delay carrier_delay_dated address_problem payment_hold hold exception"
          + " delivery_attempted returning unknown_status lost_scan dispatch_delay delivered_not_received")
    case .refund: return words("none pending completed unknown")
    case .context: return words("complete partial none")
    case .tier: return words("none vip")
    case .channel: return words("email chat web phone social sms api unknown")
    case .moment: return words("opened message reopened")
    case .arm: return words("treatment baseline")
    case .sentiment: return (-2...2).map { .number($0) }
    case .questionsAsked, .answersGiven: return [0, 1, 2, Int.max].map { .number($0) }
    case .late, .repeatContact, .highValue, .automationAllowed, .humanHasCase: return [.flag(true), .flag(false)]
    case .signals: return [.words([])]
    }
  }
}
