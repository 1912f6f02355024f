internal import Classifier
internal import Events

/// Words of orders in which no personal data was found. Carriers, regions and titles come again and again, and looking through them
/// costs more than all else about an order that changed. It is remembered for speed alone: what is found is the same without it.
struct HarmlessWords: Sendable {
  /// A text that is the same as another only if its bytes are: personal data is looked for in bytes.
  private struct Text: Hashable {
    let text: String
    static func == (a: Self, b: Self) -> Bool { a.text.hasBytes(of: b.text) }
    func hash(into hasher: inout Hasher) { text.hashBytes(into: &hasher) }
  }

  /// So many are remembered; with one more it begins anew.
  private static let most = 1_024

  private var known: Set<Text> = []

  /// The beginning of `text` that has at most `count` bytes, without personal data.
  mutating func redacted(_ text: String, bytes count: Int) -> Redacted {
    guard text.utf8.count <= count else { return Redacted(text, bytes: count) }
    if known.contains(Text(text: text)) { return Redacted(ours: text) }
    let redacted = Redacted(text, bytes: count)
    if redacted.text.hasBytes(of: text) {
      if known.count == Self.most { known.removeAll(keepingCapacity: true) }
      known.insert(Text(text: text))
    }
    return redacted
  }
}
