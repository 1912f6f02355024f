import ArgumentParser
import Policy

struct PolicyTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Runs the cases beside a policy: facts, and what must be decided on them.",
    discussion: """
      The cases of shop.yaml are in shop.cases.yaml beside it, or in --cases. Each has a name, facts (those not named are as \
      in a first message in English of which nothing is claimed) and what is expected: action, step, queue, urgency, rule, \
      tripwires. Exit 0 if all are as expected, 1 if not.
      """)

  @Argument(help: ArgumentHelp("The policy document; without it the default policy and its cases.", valueName: "file"))
  var file: String?
  @Option(name: .long, help: ArgumentHelp("The cases, if they are elsewhere.", valueName: "file"))
  var cases: String?

  func run() throws {
    let policy = try DecidingOptions.policy(at: file)
    let path = cases ?? file.map(Self.beside)
    let tests: PolicyCases
    do { tests = try PolicyCases(yaml: DecidingOptions.casesYAML(at: path)) } catch let problem as PolicyProblem {
      throw Failure(status: .badConfiguration, words: "\(path ?? "default cases"):\(problem.line): \(problem.words)")
    }
    let failures = tests.run(policy)
    for failure in failures {
      Terminal.say("  ✗ \(path ?? "default cases"):\(failure.line): \(failure.name): \(failure.words)")
    }
    let failed = Set(failures.map(\.line)).count
    Terminal.say("\(tests.count) cases of policy \(policy.name) \(policy.version): \(tests.count - failed) as expected")
    if failed > 0 { throw Failure(status: .checkFailed, words: "\(failed) cases are not as expected, see above") }
  }

  /// `shop.cases.yaml` of `shop.yaml`.
  private static func beside(_ path: String) -> String {
    guard let dot = path.lastIndex(of: ".") else { return path + ".cases.yaml" }
    return String(path[..<dot]) + ".cases" + String(path[dot...])
  }
}
