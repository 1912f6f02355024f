import ArgumentParser
import Events
import Policy

struct PolicyCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Goes through every state that the facts can have and says what the policy does in it that it must not.",
    discussion: """
      Proved: every state has one outcome; no state with a tripwire's reason, an opt-out or a person at work lets a machine \
      speak; nothing is answered on an unsure reading; what is at stake stays with people; deadlines and urgencies fit; every \
      message has its parts, fits its channel and says nothing it must not; no rule is out of reach. Exit 0 if so, 1 if not, 78 if the document \
      cannot be read.
      """)

  @Argument(help: ArgumentHelp("The policy document; without it the default policy.", valueName: "file"))
  var file: String?

  @Flag(name: .long, help: "Also tries every dangerous change of the document and shows that each is refused.")
  var mutants = false

  func run() throws {
    let policy = try DecidingOptions.policy(at: file)
    let proof = PolicyProof(of: policy)
    Terminal.say(PolicyProofPage(policy, proof, of: file ?? "the default policy").text)
    if mutants { try tryMutants() }
    guard proof.faults.isEmpty else {
      throw Failure(
        status: .checkFailed,
        words: "\(file ?? "the default policy"): \(proof.faults.count) things must be mended, see above")
    }
  }

  private func tryMutants() throws {
    let tried = try PolicyMutants(of: DecidingOptions.yaml(at: file))
    for mutant in tried.mutants {
      Terminal.say("  \(mutant.refusal == nil ? "✗ survives" : "✓ refused ")  \(mutant.change)")
      if let refusal = mutant.refusal { Terminal.say("               \(refusal)") }
    }
    Terminal.say("\n  \(tried.mutants.count) dangerous changes, \(tried.survivors.count) of them not noticed")
    if !tried.survivors.isEmpty {
      throw Failure(status: .checkFailed, words: "\(tried.survivors.count) dangerous changes would not be noticed")
    }
  }
}
