internal import Events
internal import Yams

/// Dangerous changes of a policy, one at a time, to see that each is refused: what the checks are worth.
public struct PolicyMutants: Sendable {
  /// One change and what became of it.
  public struct Mutant: Sendable, Hashable {
    /// What was changed: `drop tripwire legal_threat`.
    public let change: String
    /// Why it was refused; `nil` if it was not.
    public let refusal: String?
  }

  /// All changes that were tried.
  public let mutants: [Mutant]

  /// Those that nobody would have noticed.
  public var survivors: [Mutant] { mutants.filter { $0.refusal == nil } }

  /// Tries every dangerous change of the document that this knows.
  ///
  /// - Throws: `PolicyProblem` if the document itself cannot be read.
  public init(of yaml: String) throws(PolicyProblem) { try self.init(of: yaml, part: 0, of: 1) }

  /// Every `parts`th change from the one numbered `part` on.
  init(of yaml: String, part: Int, of parts: Int) throws(PolicyProblem) {
    try self.init(of: yaml) { index, _ in index % parts == part }
  }

  /// The changes that are wanted, by their number and name.
  init(of yaml: String, where isWanted: (Int, String) -> Bool) throws(PolicyProblem) {
    let policy = try PolicyDocument(yaml: yaml)
    guard let root = try? Yams.compose(yaml: yaml) else { throw PolicyProblem(line: 0, words: "this is no YAML") }
    let changes = Self.changes(policy).enumerated().filter { isWanted($0.offset, $0.element.name) }.map(\.element)
    mutants = changes.map { change in
      var mutated = root
      change.apply(&mutated)
      guard mutated != root, let text = try? Yams.serialize(node: mutated) else {
        return Mutant(change: change.name, refusal: nil)
      }
      do throws(PolicyProblem) {
        let fault = PolicyProof(of: try PolicyDocument(yaml: text), untilFault: true).faults.first
        return Mutant(change: change.name, refusal: fault.map { "\($0.blames): \($0.words)" })
      } catch {
        return Mutant(change: change.name, refusal: error.words)
      }
    }
  }

  private struct Change {
    let name: String
    let apply: (inout Node) -> Void
  }

  private static func changes(_ policy: PolicyDocument) -> [Change] {
    tripwires(policy) + boundaries(policy) + thresholds(policy) + rules(policy) + budgets + urgencies(policy)
      + words(policy) + channels(policy) + experiment(policy)
  }

  // MARK: What is changed

  /// A tripwire that is gone, and one that nothing touches.
  private static func tripwires(_ policy: PolicyDocument) -> [Change] {
    policy.tripwires.enumerated().flatMap { index, tripwire in
      [
        Change(name: "drop tripwire \(tripwire.name)") { $0["tripwires"]?.remove(at: index) },
        Change(name: "tripwire \(tripwire.name) only for reopened cases of the tier nobody") {
          $0["tripwires"]?.sequence?[index].mapping?["when"]?.mapping?["tier"] = "nobody"
        },
      ]
    }
  }

  /// What is at stake, done by a machine.
  private static func boundaries(_ policy: PolicyDocument) -> [Change] {
    policy.steps.filter { $0.value.boundary != .automatic }.keys.sorted().map { step in
      Change(name: "make \(step) automatic") {
        $0["steps"]?.mapping?[Node(step)]?.mapping?["boundary"] = "automatic"
      }
    }
  }

  private static func thresholds(_ policy: PolicyDocument) -> [Change] {
    policy.intents.keys.sorted().map { intent in
      Change(name: "act on a low reading of \(intent)") {
        $0["intents"]?.mapping?[Node(intent)]?.mapping?["confidence"] = "low"
      }
    }
  }

  private static func rules(_ policy: PolicyDocument) -> [Change] {
    let last = policy.rules.count - 1
    var changes = [
      Change(name: "drop the default rule") { $0["rules"]?.remove(at: last) },
      Change(name: "the default rule first, so that no other fires") {
        guard let rule = $0["rules"]?.sequence?[last] else { return }
        $0["rules"]?.sequence?.insert(rule, at: 0)
        $0["rules"]?.remove(at: last + 1)
      },
      Change(name: "the default rule hands to no queue") {
        $0["rules"]?.sequence?[last].mapping?["then"] = Node([(Node("handOff"), Node([(Node, Node)]()))])
      },
    ]
    for (index, rule) in policy.rules.enumerated() {
      switch rule.outcome {
      case .message:
        changes.append(
          Change(name: "\(rule.name) for whatever is wanted, in any state") {
            $0["rules"]?.sequence?[index].mapping?["when"] = Node([(Node, Node)]())
          })
      case .nothing:
        changes.append(
          Change(name: "\(rule.name) for whatever is written") {
            $0["rules"]?.sequence?[index].mapping?["when"] = Node([(Node, Node)]())
          })
      case .handOff(let queue, _):
        if queue != nil {
          changes.append(
            Change(name: "\(rule.name) to a queue that is not there") {
              $0["rules"]?.sequence?[index].mapping?["then"]?.mapping?["handOff"]?.mapping?["queue"] = "nowhere"
            })
        }
      }
    }
    if let answer = policy.steps.first(where: { $0.value.kind == .work })?.key,
      let index = policy.rules.firstIndex(where: { if case .message = $0.outcome { true } else { false } })
    {
      changes.append(
        Change(name: "a rule sends work as if it were an answer") {
          $0["rules"]?.sequence?[index].mapping?["then"]?.mapping?["message"] = Node(answer)
        })
    }
    return changes
  }

  private static var budgets: [Change] {
    [
      Change(name: "two questions per case") { $0["turns"]?.mapping?["questions"] = "2" },
      Change(name: "three answers per case") { $0["turns"]?.mapping?["answers"] = "3" },
    ]
  }

  private static func urgencies(_ policy: PolicyDocument) -> [Change] {
    let queues = policy.queues.keys.sorted().prefix(1).map { queue in
      Change(name: "more time for critical than for low cases of \(queue)") {
        $0["queues"]?.mapping?[Node(queue)]?.mapping?["deadlines"]?.mapping?["critical"] = "30d"
      }
    }
    return queues + [
      Change(name: "no urgencies at all") { $0["urgencies"] = Node([Node]()) },
      Change(name: "everything low") {
        $0["urgencies"]?.sequence?.insert(
          Node([(Node("urgency"), Node("low")), (Node("when"), Node([(Node, Node)]()))]), at: 0)
      },
    ]
  }

  /// Words that must not reach a customer, in every place where words stand.
  private static func words(_ policy: PolicyDocument) -> [Change] {
    guard let step = policy.steps.keys.sorted().first(where: { policy.sends($0) }),
      let language = policy.languages.keys.sorted().first
    else { return [] }
    func message(_ part: String, _ text: String, _ name: String) -> Change {
      Change(name: name) {
        $0["languages"]?.mapping?[Node(language)]?.mapping?["messages"]?.mapping?[Node(step)]?.mapping?[Node(part)] =
          Node(text)
      }
    }
    func frame(_ part: String) -> Change {
      Change(name: "no \(part) in \(language)") {
        $0["languages"]?.mapping?[Node(language)]?.mapping?["frame"]?.mapping?[Node(part)] = Node("")
      }
    }
    return [
      frame("disclosure"), frame("humanExit"), frame("basis"),
      message("fact", "", "an answer without a fact"), message("nextStep", "", "an answer without a next step"),
      message("upset", "I know how you feel, {{name}}.", "a machine that knows how the customer feels"),
      message("calm", "This will definitely be solved. Guaranteed.", "false certainty"),
      message("fact", "Your ticket was escalated within the SLA.", "jargon"),
      message("fact", "{{items}} {{region}}", "facts that the step may not tell"),
      message("fact", String(repeating: "words and more words ", count: 60), "an answer of a page"),
      Change(name: "no words for \(step) in \(language)") {
        $0["languages"]?.mapping?[Node(language)]?.mapping?["messages"]?.mapping?[Node(step)] = nil
      },
    ]
  }

  /// A baseline in which a machine speaks, and one that is left without its tripwires.
  private static func experiment(_ policy: PolicyDocument) -> [Change] {
    guard policy.experiment != nil else { return [] }
    let fields = [("automatic", "true"), ("answers", "1"), ("notices", "true"), ("arm", "treatment")]
    let spoken = fields.map { field, value in
      Change(name: "the baseline with \(field): \(value)") {
        $0["experiment"]?.mapping?[Node(field)] = Node(value)
      }
    }
    let unwatched = policy.tripwires.indices.prefix(1).map { index in
      Change(name: "tripwire \(policy.tripwires[index].name) only for the treatment") {
        $0["tripwires"]?.sequence?[index].mapping?["when"]?.mapping?["arm"] = "treatment"
      }
    }
    return spoken + unwatched + [
      Change(name: "a baseline of more than everybody") { $0["experiment"]?.mapping?["baseline"] = "110%" },
      Change(name: "an experiment without a name") { $0["experiment"]?.mapping?["name"] = nil },
    ]
  }

  /// What must not go out on one channel or another.
  private static func channels(_ policy: PolicyDocument) -> [Change] {
    guard let language = policy.languages.keys.sorted().first,
      let step = policy.steps.filter({ policy.sends($0.key) && $0.value.kind == .answer }).keys.min()
    else { return [] }
    func words(_ form: PolicyDocument.Form, _ part: String, _ text: String, _ name: String) -> Change {
      Change(name: name) {
        $0["languages"]?.mapping?[Node(language)]?.mapping?["messages"]?.mapping?[Node(step)]?
          .mapping?[Node(form.rawValue)] = Node([(Node(part), Node(text))])
      }
    }
    func frame(_ form: PolicyDocument.Form, _ part: String, _ text: String, _ name: String) -> Change {
      Change(name: name) {
        $0["languages"]?.mapping?[Node(language)]?.mapping?["frame"]?.mapping?[Node(form.rawValue)] =
          Node([(Node(part), Node(text))])
      }
    }
    func channel(_ name: Channel, _ form: PolicyDocument.Form) -> Change {
      Change(name: "\(form.rawValue) words on \(name.rawValue)") {
        $0["channels"]?.mapping?[Node(name.rawValue)]?.mapping?["form"] = Node(form.rawValue)
      }
    }
    return [
      channel(.social, .full), channel(.social, .brief),
      Change(name: "no word of how to write on sms") { $0["channels"]?.mapping?["sms"] = nil },
      words(.public, "fact", "Your order {{order}} is on its way.", "an order where everybody reads"),
      words(.public, "calm", "Hello {{name}}.", "a name where everybody reads"),
      frame(.public, "basis", "Order {{order}}", "an order in the basis where everybody reads"),
      words(.brief, "fact", "It is late.", "a brief form that leaves out the facts"),
      words(.brief, "upset", "I know how you feel.", "a brief form that claims feelings"),
      words(
        .brief, "calm", String(repeating: "Words and more words. ", count: 30), "a text message as long as a letter"),
      words(.brief, "nextStep", "See https://shop.example/help.", "a link that is read aloud"),
      frame(.brief, "disclosure", "", "a brief form that hides the machine"),
      frame(.brief, "humanExit", "", "a brief form without a way to a person"),
    ]
  }
}

extension Node {
  fileprivate mutating func remove(at index: Int) { sequence?.remove(at: index) }
}
