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
  private static let attributions = ["wrote:", "schrieb:", "escribió:", "a écrit :", "a écrit:"]

  init(of text: String) {
    var left: [Range<Int>] = []
    var offset = 0
    let end = text.utf8.count
    scan: for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let range = offset..<min(end, offset + line.utf8.count + 1)
      offset = range.upperBound
      let trimmed = line.drop { $0 == " " || $0 == "\t" }.prefix(200).lowercased()
      if trimmed.hasPrefix(">") || Self.footers.contains(where: trimmed.hasPrefix) {
        left.append(range)
      } else if trimmed == "--" || trimmed == "-- " || Self.historyMarks.contains(where: trimmed.hasPrefix)
        || Self.attributions.contains(where: trimmed.hasSuffix)
      {
        left.append(range.lowerBound..<end)
        break scan
      }
    }
    self.left = left
  }

  func contains(_ offset: Int) -> Bool {
    for range in left where range.contains(offset) { return false }
    return true
  }
}
