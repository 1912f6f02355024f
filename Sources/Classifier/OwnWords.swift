/// Which bytes of a message the customer wrote now: not the quoted history, not the signature, not the footer of a phone.
///
/// The anger of last week's mail, quoted below a friendly answer, is not this message's anger.
struct OwnWords {
  private let left: [Range<Int>]

  /// Marks after which everything is quoted.
  private static let historyMarks = [
    "-----original message-----", "-----ursprüngliche nachricht-----", "-----mensaje original-----",
    "-----message d'origine-----", "________________________________", "begin forwarded message:",
  ]
  /// Beginnings of lines that a mail program wrote.
  private static let footers = [
    "sent from my ", "get outlook for ", "von meinem iphone gesendet", "gesendet von ", "enviado desde mi ",
    "envoyé de mon ", "envoyé depuis ", "enviado do meu ",
  ]
  /// Ends of the line above a quoted reply, as in "On Monday ... wrote:".
  private static let attributions = ["wrote:", "schrieb:", "escribió:", "a écrit :", "a écrit\u{A0}:", "a écrit:"]

  init(of text: String) {
    var left: [Range<Int>] = []
    var offset = 0
    let end = text.utf8.count
    // By bytes: to Swift a carriage return and the line feed behind it are one character, and no line feed.
    scan: for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      let range = offset..<min(end, offset + line.count + 1)
      offset = range.upperBound
      let trimmed = Substring(line).trimmed.prefix(200).lowercased()
      if trimmed.hasPrefix(">") || Self.footers.contains(where: trimmed.hasPrefix) {
        if let last = left.last, last.upperBound == range.lowerBound {
          left[left.count - 1] = last.lowerBound..<range.upperBound
        } else {
          left.append(range)
        }
      } else if trimmed == "--" || Self.historyMarks.contains(where: trimmed.hasPrefix)
        || Self.attributions.contains(where: trimmed.hasSuffix)
        || (trimmed.hasPrefix("am ") && trimmed.contains(" schrieb ") && trimmed.hasSuffix(":"))
      {
        left.append(range.lowerBound..<end)
        break scan
      }
    }
    self.left = left
  }

  func contains(_ offset: Int) -> Bool {
    var low = 0
    var high = left.count
    while low < high {
      let middle = (low + high) / 2
      if left[middle].upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low == left.count || offset < left[low].lowerBound
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
    var rest = drop(while: isBlank)
    while let last = rest.last, isBlank(last) { rest.removeLast() }
    return rest
  }
}
