/// Which bytes of a message the customer wrote now: not the quoted history, not the signature, not the footer of a phone.
///
/// The anger of last week's mail, quoted below a friendly answer, is not this message's anger.
struct OwnWords {
  /// What is left to read, in order.
  private(set) var ranges: [Range<Int>] = []

  /// Marks after which everything is quoted.
  private static let historyMarks = [
    "-----original message-----", "-----ursprüngliche nachricht-----", "-----mensaje original-----",
    "-----message d'origine-----", "________________________________", "begin forwarded message:",
  ].map { Array($0.utf8) }
  /// Beginnings of lines that a mail program wrote.
  private static let footers = [
    "sent from my ", "get outlook for ", "von meinem iphone gesendet", "gesendet von ", "enviado desde mi ",
    "envoyé de mon ", "envoyé depuis ", "enviado do meu ",
  ].map { Array($0.utf8) }
  /// Ends of the line above a quoted reply, as in "On Monday ... wrote:".
  private static let attributions = ["wrote:", "schrieb:", "escribió:", "a écrit :", "a écrit\u{A0}:", "a écrit:"].map {
    Array($0.utf8)
  }

  init(of bytes: UnsafeBufferPointer<UInt8>) {
    var from = 0
    var line = 0
    scan: while line < bytes.count {
      let end = Self.lineEnd(bytes, from: line)
      let next = min(end + 1, bytes.count)
      switch Self.judge(UnsafeBufferPointer(rebasing: bytes[line..<end])) {
      case .own: break
      case .notOwn:
        if from < line { ranges.append(from..<line) }
        from = next
      case .endsAll:
        if from < line { ranges.append(from..<line) }
        from = bytes.count
        break scan
      }
      line = next
    }
    if from < bytes.count { ranges.append(from..<bytes.count) }
  }

  /// The place of the next line feed, or the end of the text; eight bytes at a time, because lines are long.
  private static func lineEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var at = start
    while at + 8 <= bytes.count {
      let eight = UnsafeRawPointer(bytes.baseAddress! + at).loadUnaligned(as: UInt64.self)
      let others = UInt64(littleEndian: eight) ^ 0x0A0A_0A0A_0A0A_0A0A
      // The lowest byte that is zero.
      let feeds = (others &- 0x0101_0101_0101_0101) & ~others & 0x8080_8080_8080_8080
      if feeds != 0 { return at + (feeds.trailingZeroBitCount >> 3) }
      at += 8
    }
    while at < bytes.count, bytes[at] != 0x0A { at += 1 }
    return at
  }

  private enum Line { case own, notOwn, endsAll }

  private static func judge(_ whole: UnsafeBufferPointer<UInt8>) -> Line {
    var low = 0
    var high = whole.count
    while low < high, isBlank(whole[low]) { low += 1 }
    while low < high, isBlank(whole[high - 1]) { high -= 1 }
    guard low < high else { return .own }
    let line = UnsafeBufferPointer(rebasing: whole[low..<high])
    switch line[0] | 0x20 {
    case 0x3E: return .notOwn  // >
    case 0x2D | 0x20, 0x5F | 0x20:  // - and _
      if line.count == 2, line[1] == 0x2D { return .endsAll }
      return historyMarks.contains { begins(line, with: $0) } ? .endsAll : .own
    case UInt8(ascii: "b"):
      if historyMarks.contains(where: { begins(line, with: $0) }) { return .endsAll }
    case UInt8(ascii: "s"), UInt8(ascii: "g"), UInt8(ascii: "v"), UInt8(ascii: "e"):
      if footers.contains(where: { begins(line, with: $0) }) { return .notOwn }
    default: break
    }
    guard line[line.count - 1] == UInt8(ascii: ":"), line.count <= 200 else { return .own }
    if attributions.contains(where: { ends(line, with: $0) }) { return .endsAll }
    let isGerman = begins(line, with: Array("am ".utf8)) && contains(line, Array(" schrieb ".utf8))
    return isGerman ? .endsAll : .own
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  /// Of ASCII letters the case does not count.
  private static func isSame(_ a: UInt8, _ b: UInt8) -> Bool {
    a == b || ((0x41...0x5A).contains(a) && a | 0x20 == b)
  }
  private static func begins(_ line: UnsafeBufferPointer<UInt8>, with mark: [UInt8]) -> Bool {
    line.count >= mark.count && mark.indices.allSatisfy { isSame(line[$0], mark[$0]) }
  }
  private static func ends(_ line: UnsafeBufferPointer<UInt8>, with mark: [UInt8]) -> Bool {
    let from = line.count - mark.count
    return from >= 0 && mark.indices.allSatisfy { isSame(line[from + $0], mark[$0]) }
  }
  private static func contains(_ line: UnsafeBufferPointer<UInt8>, _ mark: [UInt8]) -> Bool {
    guard line.count >= mark.count else { return false }
    return (0...(line.count - mark.count)).contains { from in
      mark.indices.allSatisfy { isSame(line[from + $0], mark[$0]) }
    }
  }
}
