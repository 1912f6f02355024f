import Events
import TestSupport
import Testing

@testable import Policy

@Suite struct PolicyEditTests {
  private func edited(_ edits: PolicyEdit..., in yaml: String = DefaultPolicy.yaml) throws -> String {
    try PolicyText(yaml).applying(edits)
  }

  private func patch(_ new: String, of yaml: String = DefaultPolicy.yaml) -> PolicyPatch {
    PolicyPatch(path: "Deploy/policies/default.yaml", from: yaml, to: new)
  }

  @Test func anEditChangesItsWordAndNothingElse() throws {
    let cases: [(PolicyEdit, old: String, new: String)] = [
      (
        .intentQueue(intent: "invoice", queue: "orders"), "queue: billing, step: send_invoice",
        "queue: orders, step: send_invoice"
      ),
      (
        .confidence(intent: "refund_status", band: .high),
        "alternatives: [refund], confidence: medium,\n     trigger: A refund was",
        "alternatives: [refund], confidence: high,\n     trigger: A refund was"
      ),
      (
        .boundary(step: "send_invoice", boundary: .never), "send_invoice: {boundary: automatic",
        "send_invoice: {boundary: never"
      ),
      (
        .deadline(queue: "legal", urgency: .normal, seconds: 5_400),
        "critical: 1h, high: 2h, normal: 8h, low: 48h}}\n  languages",
        "critical: 1h, high: 2h, normal: 90m, low: 48h}}\n  languages"
      ),
      (
        .ruleQueue(rule: "payment-hold", queue: "care"), "{queue: billing, step: release_payment_hold}",
        "{queue: care, step: release_payment_hold}"
      ),
    ]
    for (edit, old, new) in cases {
      #expect(DefaultPolicy.yaml.ranges(of: old).count == 1, "\(old)")
      #expect(try edited(edit) == DefaultPolicy.yaml.replacing(old, with: new), "\(edit.words)")
    }
  }

  @Test func whatIsNoLongerAutomaticIsNoLongerSent() throws {
    let yaml = try edited(.boundary(step: "tell_order_status", boundary: .needsApproval))
    #expect(patch(yaml).changedLines == 3)
    let policy = try PolicyDocument(yaml: yaml)
    #expect(!policy.sends("tell_order_status") && policy.steps["tell_order_status"]?.boundary == .needsApproval)
  }

  @Test func otherWaysToWriteItAreKept() throws {
    let yaml = miniature(
      queues: "spare: {title: Spare, deadlines: {critical: 30s, high: 10m, normal: '4h', low: 7d}} # spare",
      intents:
        #"invoice: {goal: learn, words: asks, trigger: t, outcome: o, response: r, fallback: f, handoff: h, queue: "desk", step: reply, confidence: high}"#
    )
    let new = try edited(
      .intentQueue(intent: "invoice", queue: "spare"), .deadline(queue: "spare", urgency: .normal, seconds: 3_600),
      in: yaml)
    #expect(new.contains("handoff: h, queue: spare, step") && new.contains("normal: 1h, low: 7d}} # spare"))
    #expect(patch(new, of: yaml).changedLines == 2)
    let ended = yaml.replacing("\n", with: "\r\n")
    #expect(
      try edited(.intentQueue(intent: "invoice", queue: "spare"), in: ended).contains(
        "queue: spare, step: reply, confidence: high}\r\n"))
  }

  @Test func whatCannotBeChangedInAWordIsRefused() throws {
    #expect(throws: PolicyProblem.self) { try edited(.intentQueue(intent: "no_such", queue: "orders")) }
    #expect(throws: PolicyProblem.self) { try edited(.ruleQueue(rule: "known-intent", queue: "orders")) }
    #expect(throws: PolicyProblem.self) { try edited(.tripwireQueue(tripwire: "wants_human", queue: "orders")) }
    let aliased = DefaultPolicy.yaml
      .replacing("words: needs an invoice, queue: billing", with: "words: needs an invoice, queue: *there")
      .replacing("words: wants money back, queue: billing", with: "words: wants money back, queue: &there billing")
    #expect(aliased != DefaultPolicy.yaml)
    #expect(throws: PolicyProblem.self) { try edited(.intentQueue(intent: "invoice", queue: "orders"), in: aliased) }
    #expect(throws: PolicyProblem.self) {
      try edited(.intentQueue(intent: "refund_request", queue: "orders"), in: aliased)
    }
  }

  // MARK: The patch

  @Test func thePatchMakesTheNewDocumentOfTheOldOne() throws {
    let new = try edited(
      .intentQueue(intent: "invoice", queue: "orders"), .deadline(queue: "general", urgency: .low, seconds: 7_200),
      .deadline(queue: "care", urgency: .low, seconds: 7_200),
      .boundary(step: "tell_new_date", boundary: .needsApproval))
    let patch = patch(new)
    #expect(patch.text.hasPrefix("--- a/Deploy/policies/default.yaml\n+++ b/Deploy/policies/default.yaml\n@@ "))
    #expect(patch.changedLines == 5)
    #expect(try Patch.apply(patch.text, to: DefaultPolicy.yaml) == new)
    #expect(PolicyPatch(path: "p", from: new, to: new).text.isEmpty)
  }

  @Test func aLastLineWithoutAnEndIsPatched() throws {
    for (old, new) in [
      ("a\nb\nc", "a\nb\nd"), ("a\nb\nc", "x\nb\nc"), ("c", "d"), ("c\n", "d\n"),
      ("\u{FEFF}a\r\nb\r\n", "\u{FEFF}a\r\nc\r\n"),
    ] {
      #expect(try Patch.apply(PolicyPatch(path: "p", from: old, to: new).text, to: old) == new)
    }
  }

  /// By the tools that people have: ends of lines and of files as they are, several places at once, a path with a folder before it.
  @Test(
    .enabled(if: !PatchTool.here.isEmpty, "neither git nor patch is on this machine"), arguments: PatchTool.here)
  func everyToolMakesTheNewDocumentOfTheOldOne(tool: PatchTool) throws {
    let edits: [PolicyEdit] = [
      .intentQueue(intent: "invoice", queue: "orders"), .deadline(queue: "general", urgency: .low, seconds: 7_200),
      .deadline(queue: "care", urgency: .low, seconds: 7_200),
      .boundary(step: "tell_new_date", boundary: .needsApproval),
    ]
    let yaml = DefaultPolicy.yaml
    for old in [yaml, yaml.replacing("\n", with: "\r\n"), yaml + "# the end", "\u{FEFF}" + yaml] {
      let new = try PolicyText(old).applying(edits)
      for path in ["Deploy/policies/default.yaml", "./mine.yaml"] {
        let patch = PolicyPatch(path: path, from: old, to: new)
        #expect(try tool.apply(patch.text, to: old, at: path) == new, "\(path)")
      }
    }
    #expect(throws: PatchTool.Refusal.self, "of another document it is refused") {
      try tool.apply(PolicyPatch(path: "p", from: "a\n", to: "b\n").text, to: "c\n", at: "p")
    }
    for (old, new) in [("a\nb\nc", "a\nb\nd"), ("a\nb\nc", "x\nb\nc"), ("c", "d"), ("c\n", "d\n")] {
      #expect(try tool.apply(PolicyPatch(path: "p", from: old, to: new).text, to: old, at: "p") == new)
    }
  }

  // MARK: Guards

  @Test func everythingThatGuardsLessIsNoticed() throws {
    let changes: [(old: String, new: String)] = [
      (
        "  - {name: press, when: {signals: press}, queue: legal, step: review_legal, words: The message may come from the press}\n",
        ""
      ),
      ("{name: press, when: {signals: press}, queue: legal", "{name: press, when: {signals: press}, queue: care"),
      ("{name: press, when: {signals: press}", "{name: press, when: {signals: press, tier: vip}"),
      (
        "refund: {boundary: needs_approval, kind: work, stakes: money, words: Refund",
        "refund: {boundary: automatic, kind: work, words: Refund"
      ),
      (
        "queue: billing, step: send_invoice, alternatives: [], confidence: high",
        "queue: billing, step: send_invoice, alternatives: [], confidence: medium"
      ),
      ("turns: {questions: 1, answers: 1}", "turns: {questions: 1, answers: 2}"),
      (
        "legal: {title: Legal and press, deadlines: {critical: 1h, high: 2h",
        "legal: {title: Legal and press, deadlines: {critical: 1h, high: 3h"
      ),
      ("{urgency: high, when: {sentiment: \"<= -2\"}}", "{urgency: normal, when: {sentiment: \"<= -2\"}}"),
      ("order_status: delivered, sentiment: \">= 0\"}", "order_status: delivered, sentiment: \">= -1\"}"),
      ("then: {handOff: {queue: delivery, step: rebook_delivery}}", "then: {message: tell_new_date}"),
    ]
    for (old, new) in changes {
      #expect(DefaultPolicy.yaml.ranges(of: old).count == 1, "\(old)")
      let after = try PolicyDocument(yaml: DefaultPolicy.yaml.replacing(old, with: new))
      #expect(!LoweredGuard.faults(from: DefaultPolicy.document, to: after).isEmpty, "\(new)")
    }
    #expect(LoweredGuard.faults(from: DefaultPolicy.document, to: DefaultPolicy.document).isEmpty)
  }

  /// Who is in the baseline of an experiment hears no machine: where they would be fewer, or others, one speaks that did not.
  @Test func whoWouldLeaveABaselineIsNoticed() throws {
    func document(_ experiment: String) throws -> PolicyDocument {
      try PolicyDocument(yaml: DefaultPolicy.yaml + experiment)
    }
    let before = try document("\nexperiment: {name: trial, baseline: 10%}\n")
    for after in [
      "\n", "\nexperiment: {name: trial, baseline: 9.9%}\n", "\nexperiment: {name: other, baseline: 50%}\n",
    ] {
      let faults = LoweredGuard.faults(from: before, to: try document(after))
      #expect(faults.count == 1 && faults[0].contains("trial"), "\(after): \(faults)")
    }
    for after in ["10%", "10.1%", "50%"] {
      let wider = try document("\nexperiment: {name: trial, baseline: \(after)}\n")
      #expect(LoweredGuard.faults(from: before, to: wider).isEmpty)
    }
    #expect(LoweredGuard.faults(from: DefaultPolicy.document, to: before).isEmpty, "a new one makes nobody less safe")
  }

  @Test func durationsAreWrittenAsTheyAreRead() {
    for text in ["90s", "30m", "4h", "24h", "72h", "7d"] {
      #expect(PolicyDocument.seconds(text).map { PolicyDocument.duration($0) } == text)
    }
    for text in ["", "4", "h", "-4h", "0h", "4 h", "9223372036854775807d"] {
      #expect(PolicyDocument.seconds(text) == nil)
    }
  }
}

/// Applies a unified diff by its rules: every line of context and every line that goes must stand where the patch says.
enum Patch {
  struct Misfit: Error {}

  static func apply(_ patch: String, to text: String) throws -> String {
    let source = text.utf8.split(separator: 10, omittingEmptySubsequences: false).map { String(Substring($0)) }
    var result: [String] = []
    var at = 0
    var endsOpen = false
    var lines = patch.utf8.split(separator: 10, omittingEmptySubsequences: false).map { String(Substring($0)) }
    if lines.last == "" { lines.removeLast() }
    for line in lines.dropFirst(2) {
      let words = String(line.unicodeScalars.dropFirst())
      switch line.unicodeScalars.first {
      case "@":
        let start = Int(line.split(separator: " ")[1].dropFirst().split(separator: ",")[0])! - 1
        guard start >= at else { throw Misfit() }
        result += source[at..<start]
        at = start
      case " ", "-":
        guard at < source.count, source[at] == words else { throw Misfit() }
        if line.unicodeScalars.first == " " { result.append(words) }
        at += 1
      case "+": result.append(words)
      case "\\": endsOpen = true
      default: throw Misfit()
      }
    }
    result += source[at...]
    guard endsOpen || text.utf8.last == 10 || at < source.count else { throw Misfit() }
    return result.joined(separator: "\n")
  }
}
