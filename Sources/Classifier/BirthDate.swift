internal import Events

/// Dates of birth: a date beside a word that says so. Birthdays are left out on purpose: "it is for her birthday on Friday"
/// is a deadline, not a date of birth.
enum BirthDate {
  /// The words that say so. `né` and `née` are among them only with their accent, which their normal form does not have.
  static let words = WordSet(
    """
    born birth birthdate dob geboren geborene geborener geb geburtsdatum nacido nacida naci nacimiento naissance né née
    """)
  private static let needingAccent = WordSet("né née")
  /// They stand between a date and its year: `14 de marzo de 1984`.
  private static let joints = WordSet("de del of")

  static func find(at index: Int, _ hash: UInt64, _ scan: WordScan, _ days: [Reading.Entity]) -> Reading.Span? {
    guard words.contains(hash) else { return nil }
    // `ne ... pas` and `nee` speak of no birth.
    if needingAccent.contains(hash), !scan.written(index).contains(where: { $0 >= 0x80 }) { return nil }
    // `Am 12.03.1984 geboren.`
    if index >= 3, let span = inDigits(index - 3, scan), scan.isOnePhrase(index - 1) { return span }
    for next in index + 1..<max(index + 1, min(scan.count, index + 6)) {
      if let day = days.first(where: { $0.span.start == scan[next].start }) {
        // "I was not born yesterday."
        let hasNumber = scan.bytes[day.span.start..<day.span.end].contains(where: WordScan.isDigit)
        return hasNumber ? withYear(day.span, scan) : nil
      }
      guard scan[next].hasDigit else { continue }
      if let span = inDigits(next, scan) { return span }
      let isWhole = scan.isDigits(next) && [4, 6, 8].contains(scan.written(next).count)
      return isWhole && (scan.written(next).count != 4 || isYear(next, scan)) ? scan.span(next, next) : nil
    }
    return nil
  }

  /// `12.03.1984`, `1984-03-12`, `3/12/84`.
  private static func inDigits(_ index: Int, _ scan: WordScan) -> Reading.Span? {
    guard index >= 0, index + 2 < scan.count, (index...index + 2).allSatisfy(scan.isDigits) else { return nil }
    let counts = (index...index + 2).map { scan.written($0).count }
    let isDate = counts[0] <= 2 && counts[1] <= 2 && [2, 4].contains(counts[2]) || counts[0] == 4 && counts[1] <= 2
    let marks = [scan.gap(behind: index), scan.gap(behind: index + 1)]
    guard isDate, marks.allSatisfy({ (1...2).contains($0.count) && [0x2E, 0x2D, 0x2F, 0x20].contains($0.first) }) else {
      return nil
    }
    return scan.span(index, index + 2)
  }

  /// A day in words with the year behind it.
  private static func withYear(_ day: Reading.Span, _ scan: WordScan) -> Reading.Span {
    guard var next = scan.words.firstIndex(where: { $0.start >= day.end }) else { return day }
    if scan.has(next, in: joints) { next += 1 }
    return isYear(next, scan) ? Reading.Span(day.start, scan[next].end) : day
  }

  private static func isYear(_ index: Int, _ scan: WordScan) -> Bool {
    guard scan.isDigits(index), scan.written(index).count == 4 else { return false }
    return scan.written(index).starts(with: "19".utf8) || scan.written(index).starts(with: "20".utf8)
  }
}
