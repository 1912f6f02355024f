import Events
import Policy

/// What `heed policy check` prints: what was proved, over how many states, or what must be mended.
struct PolicyProofPage {
  let text: String

  /// The page for the policy in `file`.
  init(_ policy: PolicyDocument, _ proof: PolicyProof, of file: String) {
    var lines = ["policy \(policy.name) \(policy.version)", ""]
    for fault in proof.faults {
      let place = fault.line > 0 ? "\(file):\(fault.line): " : ""
      lines.append("  ✗ \(place)\(fault.blames): \(fault.words)  [\(fault.check)]")
      if !fault.example.isEmpty {
        let facts = fault.example.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        lines.append("      for example: \(facts.joined(separator: ", "))")
      }
    }
    if !proof.faults.isEmpty { lines.append("") }
    lines.append("  \(Self.grouped(proof.states)) states, in \(proof.regions) regions that the policy tells apart")
    lines += Self.counts(proof.byAction)
    lines.append("  and the same states of an order that changes before anybody asks")
    lines += Self.counts(proof.noticesByAction)
    if let experiment = policy.experiment, let baseline = proof.baseline {
      lines += Self.words(for: experiment, baseline)
    }
    if proof.faults.isEmpty {
      lines += [
        "", "  ✓ every state has one outcome",
        "  ✓ no tripwire's reason, opt-out, person at work or unsure reading lets a machine speak",
        "  ✓ nothing at stake is automatic; one question and at most two answers per case",
        "  ✓ urgencies and deadlines fit; no rule is out of reach",
        "  ✓ every message fits every channel, and nothing of the customer's own stands where everybody reads",
        "  ✓ every message has its parts, in \(policy.languages.keys.sorted().joined(separator: ", "))",
      ]
    }
    text = lines.joined(separator: "\n")
  }

  private static func words(
    for experiment: PolicyDocument.Experiment, _ baseline: PolicyProof.Baseline
  ) -> [String] {
    [
      "", "  experiment \(experiment.name), with \(experiment.share) of the customers in its baseline",
      "    \(grouped(baseline.states)) states of a message there, and as many of an order that changes",
      "    \(grouped(baseline.reached)) of them lead to a customer",
      "    \(grouped(baseline.withheld)) of a message go to a person only because of it",
    ]
  }

  private static func counts(_ states: [DecisionMade.Action: UInt128]) -> [String] {
    DecisionMade.Action.allCases.compactMap { action in
      guard let count = states[action].map(grouped) else { return nil }
      return "    \(padded(action.rawValue, 9))\(padded("", 28 - count.count))\(count)"
    }
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  /// `12 345 678`.
  private static func grouped(_ number: UInt128) -> String {
    let digits = Array(String(number))
    return digits.indices.map { ($0 > 0 && (digits.count - $0) % 3 == 0 ? " " : "") + String(digits[$0]) }.joined()
  }
}
