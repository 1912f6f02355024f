internal import Events

/// A place in a JSON document (RFC 6901): `/ticket/messages/0/text`; `~1` is a `/` in a name, `~0` a `~`. The empty pointer is the whole.
struct JSONPointer: Sendable, Hashable {
  let text: String
  private let names: [String]

  /// `nil` if `text` is no pointer.
  init?(_ text: String) {
    guard text.isEmpty || text.hasPrefix("/") else { return nil }
    var names: [String] = []
    for part in text.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
      let rest = part.replacing("~0", with: "").replacing("~1", with: "")
      guard !rest.contains("~") else { return nil }
      names.append(String(part.replacing("~1", with: "/").replacing("~0", with: "~")))
    }
    self.text = text
    self.names = names
  }

  /// What stands there; `null` where nothing does.
  func find(in node: Foreign) -> Foreign {
    names.reduce(node) { node, name in
      guard node.isList else { return node[name] }
      // "0" or digits without a leading zero.
      guard let index = Int(name), String(index) == name, node.elements.indices.contains(index) else {
        return Foreign(.null, path: node.path + "/" + name)
      }
      return node.elements[index]
    }
  }
}
