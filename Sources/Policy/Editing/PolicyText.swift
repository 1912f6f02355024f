internal import Events
internal import Yams

/// A policy document as its author wrote it: edits change the words at their place and leave comments, order and layout alone.
public struct PolicyText: Sendable {
  /// The document.
  public let yaml: String

  /// The document `yaml`.
  public init(_ yaml: String) { self.yaml = yaml }

  /// The document with `edits`, which must be of different places.
  ///
  /// - Throws: `PolicyProblem` where an edit's place is not there, or is written so that it cannot be changed in one word, such as by an alias.
  public func applying(_ edits: [PolicyEdit]) throws(PolicyProblem) -> String {
    let root = try PolicyDocument.root(of: yaml).node
    var changes: [Change] = []
    for edit in edits {
      for change in try Self.changes(edit, in: root) where !changes.contains(change) { changes.append(change) }
    }
    // From the end on, so that what is before stays where it is.
    let ordered = changes.sorted { ($0.line, $0.column) > ($1.line, $1.column) }
    var lines = yaml.lines
    for change in ordered { try change.apply(to: &lines) }
    return lines.joined(separator: "\n")
  }

  /// Words that stand at a place, and what takes their place.
  private struct Change: Equatable {
    let line: Int
    let column: Int
    let old: String
    let new: String
    /// The field's name where it is replaced, too.
    var key: String?

    func apply(to lines: inout [String]) throws(PolicyProblem) {
      let problem = PolicyProblem(
        line: line, words: "\(old) cannot be changed here by a machine: it is written otherwise")
      guard lines.indices.contains(line - 1) else { throw problem }
      let scalars = Array(lines[line - 1].unicodeScalars)
      guard column >= 1, column <= scalars.count else { throw problem }
      let rest = String(String.UnicodeScalarView(scalars[(column - 1)...]))
      let forms = [old, "\"\(old)\"", "'\(old)'"].map { form in key.map { "\($0): \(form)" } ?? form }
      guard let form = forms.first(where: { Self.begins(rest, with: $0) }) else { throw problem }
      let head = String(String.UnicodeScalarView(scalars[..<(column - 1)]))
      lines[line - 1] = head + new + rest.dropFirst(form.count)
    }

    /// Whether the whole word at the beginning of `text` is `form`, and not only its first letters.
    private static func begins(_ text: String, with form: String) -> Bool {
      guard text.hasPrefix(form) else { return false }
      return text.dropFirst(form.count).first.map { ",}] #\t\r".contains($0) } ?? true
    }
  }

  // MARK: Places

  private static func changes(_ edit: PolicyEdit, in root: Node) throws(PolicyProblem) -> [Change] {
    switch edit {
    case .intentQueue(let intent, let queue): [try change(root["intents"]?[intent]?["queue"], edit, to: queue)]
    case .ruleQueue(let rule, let queue):
      [try change(named(rule, in: root["rules"])?["then"]?["handOff"]?["queue"], edit, to: queue)]
    case .tripwireQueue(let tripwire, let queue):
      [try change(named(tripwire, in: root["tripwires"])?["queue"], edit, to: queue)]
    case .confidence(let intent, let band):
      [try change(root["intents"]?[intent]?["confidence"], edit, to: band.rawValue)]
    case .boundary(let step, let boundary):
      try [change(root["steps"]?[step]?["boundary"], edit, to: boundary.rawValue)]
        + (boundary == .automatic ? [] : silencing(step, edit, in: root))
    case .deadline(let queue, let urgency, let seconds):
      [
        try change(
          root["queues"]?[queue]?["deadlines"]?[urgency.rawValue], edit, to: PolicyDocument.duration(seconds))
      ]
    }
  }

  private static func named(_ name: String, in list: Node?) -> Node? {
    list?.sequence?.first { $0["name"]?.scalar?.string == name }
  }

  private static func change(_ node: Node?, _ edit: PolicyEdit, to new: String) throws(PolicyProblem) -> Change {
    guard let scalar = node?.scalar, let mark = scalar.mark else {
      throw PolicyProblem(line: node?.mark?.line ?? 0, words: "\(edit.place) is not in the document")
    }
    return Change(line: mark.line, column: mark.column, old: scalar.string, new: written(new))
  }

  /// The rules that send `step` hand over to whoever has the intent.
  private static func silencing(_ step: String, _ edit: PolicyEdit, in root: Node) throws(PolicyProblem) -> [Change] {
    var changes: [Change] = []
    for rule in root["rules"]?.sequence ?? [] {
      guard let then = rule["then"]?.mapping, then["message"]?.scalar?.string == step else { continue }
      guard let key = then.keys.first(where: { $0.scalar?.string == "message" })?.mark else {
        throw PolicyProblem(line: 0, words: "\(edit.place) cannot be changed")
      }
      changes.append(
        Change(line: key.line, column: key.column, old: step, new: "handOff: {}", key: "message"))
    }
    return changes
  }

  /// A name as YAML writes it: plain where it cannot be taken for anything else.
  private static func written(_ name: String) -> String {
    let isPlain = name.first?.isLetter == true || PolicyDocument.seconds(name) != nil
    let isSimple = name.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0) || "-_".unicodeScalars.contains($0))
    }
    return isPlain && isSimple ? name : "\"\(name)\""
  }
}

extension String {
  /// The lines without the line feeds between them; a carriage return stays with its line.
  var lines: [String] {
    utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { String(Substring($0)) }
  }
}
