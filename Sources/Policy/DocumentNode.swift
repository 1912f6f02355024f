internal import Yams

/// A place in the YAML document, read with errors that name the line. Unknown and repeated fields are refused: a misspelt
/// `tripwire` must not be a tripwire less.
struct DocumentNode {
  let node: Node
  let path: String

  var line: Int { node.mark?.line ?? 0 }

  func problem(_ words: String) -> PolicyProblem {
    PolicyProblem(line: line, words: path.isEmpty ? words : "\(path): \(words)")
  }

  /// The fields of a mapping, all of them among `known`.
  func fields(_ known: String...) throws(PolicyProblem) -> [String: DocumentNode] {
    let entries = try entries()
    for entry in entries where !known.contains(entry.name) {
      throw entry.value.problem("there is no such field; known are \(known.joined(separator: ", "))")
    }
    return Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0.value) })
  }

  /// The entries of a mapping in the order of the document, whatever their names.
  func entries() throws(PolicyProblem) -> [(name: String, value: DocumentNode)] {
    guard case .mapping(let mapping) = node else { throw problem("must be a mapping") }
    var entries: [(name: String, value: DocumentNode)] = []
    for (key, value) in mapping {
      let name = key.scalar?.string ?? ""
      guard !entries.contains(where: { $0.name == name }) else { throw problem("\(name) stands twice") }
      entries.append((name, DocumentNode(node: value, path: path.isEmpty ? name : "\(path).\(name)")))
    }
    return entries
  }

  /// The elements of a list.
  func elements() throws(PolicyProblem) -> [DocumentNode] {
    guard case .sequence(let sequence) = node else { throw problem("must be a list") }
    return sequence.enumerated().map { DocumentNode(node: $1, path: "\(path)[\($0)]") }
  }

  var isMapping: Bool { node.mapping != nil }
  var isList: Bool { node.sequence != nil }

  /// A text.
  func text() throws(PolicyProblem) -> String {
    guard let scalar = node.scalar, !scalar.string.isEmpty else { throw problem("must be a text") }
    return scalar.string
  }

  /// A list of texts; one text alone is a list of one.
  func texts() throws(PolicyProblem) -> [String] {
    guard isList else { return [try text()] }
    var texts: [String] = []
    for element in try elements() { texts.append(try element.text()) }
    return texts
  }

  /// A whole number.
  func integer() throws(PolicyProblem) -> Int {
    guard let number = Int(try text()) else { throw problem("must be a whole number") }
    return number
  }

  /// A share in thousandths: `10%`, `2.5%`.
  func thousandths() throws(PolicyProblem) -> Int {
    guard let share = try text().wholeMatch(of: /(\d{1,3})(?:\.(\d))?%/),
      case let thousandths = Int(share.1)! * 10 + (share.2.flatMap { Int($0) } ?? 0), thousandths <= 1_000
    else { throw problem("must be a share such as 10% or 2.5%, and at most 100%") }
    return thousandths
  }

  /// A duration in seconds: `90s`, `30m`, `4h`, `7d`.
  func seconds() throws(PolicyProblem) -> Int64 {
    guard let seconds = PolicyDocument.seconds(try text()) else {
      throw problem("must be a duration such as 90s, 30m, 4h or 7d")
    }
    return seconds
  }

  /// One of the words of an enumeration.
  func choice<Value: RawRepresentable<String> & CaseIterable>(of type: Value.Type) throws(PolicyProblem) -> Value {
    let text = try text()
    guard let value = Value(rawValue: text) else {
      throw problem("\(text) is none of \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return value
  }

  /// A template.
  func template() throws(PolicyProblem) -> Template {
    do throws(TemplateProblem) { return try Template(try textOrProblem()) } catch { throw problem(error.words) }
  }

  private func textOrProblem() throws(TemplateProblem) -> String {
    guard let scalar = node.scalar else { throw TemplateProblem(words: "must be a text") }
    return scalar.string
  }
}

extension [String: DocumentNode] {
  /// The field `name`, which must be there.
  func require(_ name: String, of parent: DocumentNode) throws(PolicyProblem) -> DocumentNode {
    guard let field = self[name] else { throw parent.problem("\(name) is missing") }
    return field
  }
}
