internal import Yams

extension PolicyDocument {
  /// The document's tree.
  static func root(of yaml: String) throws(PolicyProblem) -> DocumentNode {
    do {
      guard let node = try Yams.compose(yaml: yaml) else {
        throw PolicyProblem(line: 0, words: "the document is empty")
      }
      return DocumentNode(node: node, path: "")
    } catch let problem as PolicyProblem {
      throw problem
    } catch let error as YamlError {
      throw PolicyProblem(error)
    } catch {
      throw PolicyProblem(line: 0, words: "this is no YAML")
    }
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
