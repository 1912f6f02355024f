internal import Events
internal import Yams

extension PolicyDocument {
  /// Reads and checks a policy document.
  ///
  /// - Throws: `PolicyProblem` with the line and what to mend; nothing half-read is ever used.
  public init(yaml: String) throws(PolicyProblem) {
    let root: DocumentNode
    do {
      guard let node = try Yams.compose(yaml: yaml) else {
        throw PolicyProblem(line: 0, words: "the document is empty")
      }
      root = DocumentNode(node: node, path: "")
    } catch let problem as PolicyProblem {
      throw problem
    } catch let error as YamlError {
      throw PolicyProblem(error)
    } catch {
      throw PolicyProblem(line: 0, words: "this is no YAML")
    }
    let fields = try root.fields(
      "policy", "version", "turns", "highValue", "repeatWithin", "lostAfter", "channels", "queues", "steps", "intents",
      "proposals", "tripwires", "urgencies", "rules", "notices", "firstLanguage", "firstChannel", "languages")
    name = try fields.require("policy", of: root).text()
    let digest = Digest256(of: yaml.utf8).hex.prefix(12)
    version = try fields.require("version", of: root).text() + "+" + digest
    turns = try Self.turns(fields.require("turns", of: root))
    highValue = try Self.highValue(fields.require("highValue", of: root))
    repeatWithin = try fields.require("repeatWithin", of: root).seconds()
    lostAfter = try fields.require("lostAfter", of: root).seconds()
    channels = try Self.channels(fields.require("channels", of: root))
    queues = try Self.named(fields.require("queues", of: root), Self.queue)
    steps = try Self.named(fields.require("steps", of: root), Self.step)
    intents = try Self.named(fields.require("intents", of: root), Self.intent)
    proposals = try fields["proposals"].map { node throws(PolicyProblem) in try Self.listed(node, Self.proposal) } ?? []
    tripwires = try Self.listed(fields.require("tripwires", of: root), Self.tripwire)
    urgencies = try Self.listed(fields.require("urgencies", of: root), Self.urgencyRule)
    rules = try Self.listed(fields.require("rules", of: root), Self.rule)
    notices = try fields["notices"].map { node throws(PolicyProblem) in try Self.listed(node, Self.rule) } ?? []
    languages = try Self.named(fields.require("languages", of: root), Self.language)
    firstLanguage = try fields["firstLanguage"]?.text()
    firstChannel = try fields["firstChannel"].map { node throws(PolicyProblem) in try node.choice(of: Channel.self) }
    try checkCoherence(fields)
  }

  static func named<Value>(
    _ node: DocumentNode, _ read: (DocumentNode) throws(PolicyProblem) -> Value
  ) throws(PolicyProblem) -> [String: Value] {
    var values: [String: Value] = [:]
    for entry in try node.entries() { values[entry.name] = try read(entry.value) }
    return values
  }

  static func listed<Value>(
    _ node: DocumentNode, _ read: (DocumentNode) throws(PolicyProblem) -> Value
  ) throws(PolicyProblem) -> [Value] {
    var values: [Value] = []
    for element in try node.elements() { values.append(try read(element)) }
    return values
  }
}

extension PolicyProblem {
  /// What the YAML parser says, with its line.
  fileprivate init(_ error: YamlError) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self.init(line: mark.line, words: "this is no YAML: \(problem)")
    case .duplicatedKeysInMapping(let names, let context):
      self.init(
        line: context.mark.line, words: "\(names.sorted().joined(separator: ", ")) stands twice in what begins here")
    default: self.init(line: 0, words: "this is no YAML: \(error)")
    }
  }
}
