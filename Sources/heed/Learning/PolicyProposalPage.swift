import Events
import Foundation
import Learning
import Policy
import Scorecard

/// A proposal for a terminal and for programs.
struct PolicyProposalPage {
  let proposal: PolicyProposal
  /// What flips in the log; `nil` where nothing is proposed.
  let diff: DiffPage?
  let patch: String

  init(_ proposal: PolicyProposal, diff: DiffPage?, patch: String) {
    self.proposal = proposal
    self.diff = diff
    self.patch = patch
  }

  private var accepted: [PolicyProposal.Item] { proposal.items.filter { $0.refusal == nil } }
  private var refused: [PolicyProposal.Item] { proposal.items.filter { $0.refusal != nil } }

  func text(showingPatch: Bool) -> String {
    var lines = ["policy \(proposal.before.name) \(proposal.before.version)", ""]
    lines.append(Style.heading.apply(accepted.isEmpty ? "Nothing is proposed" : "Proposed"))
    for item in accepted {
      lines.append("  ✓ \(item.wish.edit.words)  [\(item.wish.edit.place)]")
      lines.append("      \(support(item))")
      lines.append(
        "      decided again, \(item.mended) of the \(item.wish.decisions.count) corrected come out as was asked")
    }
    if !refused.isEmpty { lines += ["", Style.heading.apply("Asked for and refused")] }
    for item in refused {
      lines.append("  ✗ \(item.wish.edit.words)  [\(item.wish.edit.place)]")
      lines.append("      \(support(item))")
      lines.append("      \(item.refusal ?? "")")
    }
    if proposal.ofOtherPolicies > 0 {
      lines += ["", "  \(proposal.ofOtherPolicies) decisions by other policies are left out"]
    }
    if let diff { lines += ["", diff.text] }
    if showingPatch, !patch.isEmpty { lines += ["", patch] }
    return lines.joined(separator: "\n")
  }

  private func support(_ item: PolicyProposal.Item) -> String {
    let support = item.wish.support
    let interval = support.share.interval.map {
      String(
        format: " (%.0f %%, 95 %% interval %.0f to %.0f)", (support.share.value ?? 0) * 100,
        $0.lowerBound * 100, $0.upperBound * 100)
    }
    return "asked for in \(support.corrections) of \(support.cases) cases\(interval ?? ""), by \(support.agents) agents"
  }

  var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("policy", proposal.before.version)
      writer.field("proposed", array: accepted) { Self.write($1, to: &$0) }
      writer.field("refused", array: refused) { Self.write($1, to: &$0) }
      writer.field("ofOtherPolicies", integer: proposal.ofOtherPolicies)
      writer.field("patch", patch)
      if let diff {
        writer.key("diff")
        writer.raw(diff.json.utf8)
      }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private static func write(_ item: PolicyProposal.Item, to writer: inout JSONWriter) {
    let support = item.wish.support
    writer.object { writer in
      writer.field("place", item.wish.edit.place)
      writer.field("words", item.wish.edit.words)
      writer.field("corrections", integer: support.corrections)
      writer.field("cases", integer: support.cases)
      writer.field("agents", integer: support.agents)
      if let interval = support.share.interval {
        writer.field("shareAtLeast", thousandths: Int((interval.lowerBound * 1_000).rounded()))
        writer.field("shareAtMost", thousandths: Int((interval.upperBound * 1_000).rounded()))
      }
      writer.field("decisions", item.wish.decisions)
      writer.field("mended", integer: item.mended)
      writer.field("refusal", optional: item.refusal)
    }
  }
}
