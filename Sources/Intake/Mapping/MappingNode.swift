internal import Yams

/// A place in a document of ours, read with errors that name the line. Unknown and repeated fields are refused: a misspelt field must
/// not be a field less.
package struct MappingNode {
  let node: Node
  let path: String

  package init(yaml: String) throws(MappingProblem) {
    do {
      guard let node = try Yams.compose(yaml: yaml) else {
        throw MappingProblem(line: 0, words: "the document is empty")
      }
      self.init(node: node, path: "")
    } catch let problem as MappingProblem {
      throw problem
    } catch let error as YamlError {
      throw Self.problem(error)
    } catch {
      throw MappingProblem(line: 0, words: "this is no YAML")
    }
  }

  private init(node: Node, path: String) {
    self.node = node
    self.path = path
  }

  private static func problem(_ error: YamlError) -> MappingProblem {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      MappingProblem(line: mark.line, words: "this is no YAML: \(problem)")
    case .duplicatedKeysInMapping(_, let context):
      MappingProblem(line: context.mark.line, words: "a field stands twice")
    default: MappingProblem(line: 0, words: "this is no YAML")
    }
  }

  package func problem(_ words: String) -> MappingProblem {
    MappingProblem(line: node.mark?.line ?? 0, words: path.isEmpty ? words : "\(path): \(words)")
  }

  package var isMapping: Bool { node.mapping != nil }
  package var isList: Bool { node.sequence != nil }

  /// The fields of a mapping, all of them among `known`.
  package func fields(_ known: [String]) throws(MappingProblem) -> [String: MappingNode] {
    let entries = try entries()
    for entry in entries where !known.contains(entry.name) {
      throw entry.value.problem("there is no such field; known are \(known.sorted().joined(separator: ", "))")
    }
    return Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0.value) })
  }

  /// The entries of a mapping in the order of the document.
  package func entries() throws(MappingProblem) -> [(name: String, value: MappingNode)] {
    guard case .mapping(let mapping) = node else { throw problem("must be a mapping") }
    var entries: [(name: String, value: MappingNode)] = []
    for (key, value) in mapping {
      let name = key.scalar?.string ?? ""
      guard !entries.contains(where: { $0.name == name }) else { throw problem("\(name) stands twice") }
      entries.append((name, MappingNode(node: value, path: path.isEmpty ? name : "\(path).\(name)")))
    }
    return entries
  }

  /// The elements of a list.
  package func elements() throws(MappingProblem) -> [MappingNode] {
    guard case .sequence(let sequence) = node else { throw problem("must be a list") }
    return sequence.enumerated().map { MappingNode(node: $1, path: "\(path)[\($0)]") }
  }

  /// A text, which may be empty.
  package func text() throws(MappingProblem) -> String {
    guard let scalar = node.scalar else { throw problem("must be a text") }
    return scalar.string
  }

  /// A list of texts; one text alone is a list of one.
  package func texts() throws(MappingProblem) -> [String] {
    guard isList else { return [try text()] }
    var texts: [String] = []
    for element in try elements() { texts.append(try element.text()) }
    return texts
  }

  /// A list of pointers; one alone is a list of one.
  func pointers() throws(MappingProblem) -> [JSONPointer] {
    var pointers: [JSONPointer] = []
    for text in try texts() {
      guard let pointer = JSONPointer(text) else {
        throw problem("\(text) is no JSON Pointer: it begins with / and writes ~ as ~0, / in a name as ~1")
      }
      pointers.append(pointer)
    }
    guard !pointers.isEmpty else { throw problem("needs a pointer") }
    return pointers
  }
}

extension [String: MappingNode] {
  /// The field `name`, which must be there.
  package func require(_ name: String, of parent: MappingNode) throws(MappingProblem) -> MappingNode {
    guard let field = self[name] else { throw parent.problem("\(name) is missing") }
    return field
  }
}
