import ArgumentParser
import Events
import Foundation
import Learning
import Policy
import Triage

/// What agents' corrections ask of the policy.
struct PolicyProposeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "propose",
    abstract:
      "Finds the smallest change of a policy that would have decided as agents corrected, as a patch for a person to apply.",
    discussion: """
      Read are reroutes and the feedback of agents (kinds reroute, intent, boundary, deadline), joined with the decisions of this very policy. Proposed \
      is another queue for an intent or a rule, a surer reading before automation acts on an intent, approval for a step, a shorter deadline: where at least \
      --corrections cases by --agents agents ask for it, and their share is large enough with 95 % confidence. Nobody counts for more than all others \
      together, and agents who are not named count as one.

      Whatever is asked for, no tripwire is changed, nothing becomes automatic, and no deadline later. A change that heed policy check would not let \
      pass is refused. The log is decided again with the new document, and what flips is shown as heed diff shows it. Nothing is written but the patch: \
      read it, then git apply it, raise the policy's version and run heed policy test.
      """)

  @OptionGroup var feedback: FeedbackOptions
  @OptionGroup var model: ModelOption
  @Option(name: .long, help: ArgumentHelp("The policy document; without it the default policy.", valueName: "file"))
  var policy: String?
  @Option(name: .long, help: ArgumentHelp("Where the patch is written; without it, it is shown.", valueName: "file"))
  var patch: String?
  @Option(name: .long, help: "Corrected cases at least.") var corrections = ProposalLimits().corrections
  @Option(name: .long, help: "Agents at least.") var agents = ProposalLimits().agents
  @Flag(name: .long, help: "One JSON object, the patch in it.") var json = false

  func validate() throws {
    guard corrections > 0, agents > 1 else {
      throw ValidationError("--corrections is at least 1 and --agents at least 2: no policy follows one person")
    }
  }

  func run() throws {
    let log = try feedback.log()
    let yaml = try DecidingOptions.yaml(at: policy)
    var limits = ProposalLimits()
    limits.corrections = corrections
    limits.agents = agents
    _ = try DecidingOptions.policy(at: policy)
    var proposal = try PolicyProposal(of: yaml, judged: try log.judged(), limits: limits)
    let diff = try decidedAgain(&proposal, log)
    let text = PolicyPatch(path: policy ?? "Deploy/policies/default.yaml", from: yaml, to: proposal.yaml).text
    if let patch { try write(Array(text.utf8), toFile: patch) }
    let page = PolicyProposalPage(proposal, diff: diff, patch: text)
    Terminal.say(json ? page.json : page.text(showingPatch: patch == nil))
  }

  /// Decides the log by both documents, until what remains does what was asked; `nil` where nothing remains.
  private func decidedAgain(_ proposal: inout PolicyProposal, _ log: any RecordedLog) throws -> DiffPage? {
    let reader = try model.reader()
    while !proposal.edits.isEmpty {
      let sides = [proposal.before, proposal.after].map { TicketPipeline(reader: reader, policy: $0) }
      var diff = PolicyDiff(before: sides[0], after: sides[1])
      try log.events { logged, _ in
        let outcomes = diff.take(logged)
        proposal.take(outcomes.after, before: outcomes.before)
      }
      if !proposal.dropIdle() {
        return DiffPage(diff.finish(), before: sides[0].names.policy, after: sides[1].names.policy)
      }
    }
    return nil
  }
}
