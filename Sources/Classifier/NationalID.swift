internal import Events

/// Numbers by which a state knows a person: the social security number of the United States, the British national insurance
/// number, the Spanish DNI and NIE, the German Steuer-ID and the French NIR.
///
/// Where there is a check digit it must be right, so that an order's number is not taken for a person's; where there is none
/// (United States, United Kingdom) the form must be exact.
enum NationalID {
  /// `index` is a word with a digit in it.
  static func find(at index: Int, _ scan: WordScan) -> Reading.Span? {
    // Groups that go on before it were looked at from their beginning.
    if let mark = scan.gap(behind: index - 1).first, scan.gap(behind: index - 1).count == 1,
      mark == UInt8(ascii: "-") || mark == UInt8(ascii: "."), scan[index - 1].hasDigit
    {
      return nil
    }
    // The letters of `AB 12 34 56 C` and `X-1234567-L` stand before the first digit.
    let hasLetters =
      index > 0 && !scan[index - 1].hasDigit && (1...2).contains(scan.written(index - 1).count)
      && isGroupGap(scan.gap(behind: index - 1))
    if hasLetters, let span = find(from: index - 1, scan) { return span }
    return find(from: index, scan)
  }

  /// How many letters and digits such a number has.
  private static let lengths = [9, 11, 15]
  /// None has more letters.
  private static let lettersMax = 3

  private static func find(from first: Int, _ scan: WordScan) -> Reading.Span? {
    var (count, letters) = (0, 0)
    var found: Reading.Span?
    var last = first
    while last < scan.count {
      let word = scan.written(last)
      guard word.allSatisfy({ WordScan.isDigit($0) || WordScan.isLetter($0) }) else { break }
      // A letter apart is part of it only if it is a capital: `12345678 a`.
      guard last == first || word.count > 1 || !WordScan.isLetter(word.first!) || (0x41...0x5A).contains(word.first!)
      else { break }
      count += word.count
      letters += word.count(where: WordScan.isLetter)
      guard count <= 15, letters <= lettersMax else { break }
      // Nearly all numbers have another length, so the groups are put together only here.
      if lengths.contains(count), isOne(first...last, scan), !goesOn(last, scan) { found = scan.span(first, last) }
      guard isGroupGap(scan.gap(behind: last)) else { break }
      last += 1
    }
    return found
  }

  private static func isGroupGap(_ gap: WordScan.Bytes) -> Bool {
    gap.count == 1 && (gap.first == 0x20 || gap.first == UInt8(ascii: "-") || gap.first == UInt8(ascii: "."))
  }

  /// Whether a further group is tied on, of which the number would be only the beginning.
  private static func goesOn(_ index: Int, _ scan: WordScan) -> Bool {
    let gap = scan.gap(behind: index)
    return gap.count == 1 && gap.first == UInt8(ascii: "-") && scan[index + 1].hasDigit
  }

  private static let said = WordSet("ssn social")

  private static func isSaid(before index: Int, _ scan: WordScan) -> Bool {
    (max(0, index - 5)..<max(0, index)).contains { scan.has($0, in: said) }
  }

  private static func isOne(_ words: ClosedRange<Int>, _ scan: WordScan) -> Bool {
    let compact = words.flatMap { scan.written($0).map { $0 >= 0x61 ? $0 - 0x20 : $0 } }
    let groups = words.map { scan.written($0).count }
    switch compact.count {
    case 9:
      if isSSN(compact) {
        let marks = words.dropLast().flatMap { scan.gap(behind: $0) }
        return groups == [3, 2, 4] && marks.allSatisfy { $0 == UInt8(ascii: "-") }
          || isSaid(before: words.lowerBound, scan)
      }
      return isNINO(compact) || isDNI(compact)
    case 11: return isSteuerID(compact) && (groups.count == 1 || groups == [2, 3, 3, 3])
    case 15: return isNIR(compact)
    default: return false
    }
  }

  /// No area 000, 666 or 9xx, no group 00, no serial 0000 (SSA, POMS RM 10201.035).
  static func isSSN(_ number: [UInt8]) -> Bool {
    guard number.count == 9, number.allSatisfy(WordScan.isDigit), number[0] != 0x39 else { return false }
    let area = number[..<3]
    return !area.elementsEqual("000".utf8) && !area.elementsEqual("666".utf8)
      && !number[3..<5].elementsEqual("00".utf8) && !number[5...].elementsEqual("0000".utf8)
  }

  /// Two letters, six digits, and A to D (HMRC, NIM39110).
  static func isNINO(_ number: [UInt8]) -> Bool {
    guard number.count == 9, number[..<2].allSatisfy(WordScan.isLetter), number[2..<8].allSatisfy(WordScan.isDigit),
      (0x41...0x44).contains(number[8])
    else { return false }
    let prefix = String(decoding: number[..<2], as: UTF8.self)
    return !number[..<2].contains { "DFIQUV".utf8.contains($0) } && number[1] != UInt8(ascii: "O")
      && !["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"].contains(prefix)
  }

  /// DNI: eight digits and the letter of their remainder modulo 23. NIE: X, Y or Z for the first of them.
  static func isDNI(_ number: [UInt8]) -> Bool {
    guard number.count == 9, number[1..<8].allSatisfy(WordScan.isDigit) else { return false }
    let first: Int
    switch number[0] {
    case 0x30...0x39: first = Int(number[0]) - 0x30
    case UInt8(ascii: "X")...UInt8(ascii: "Z"): first = Int(number[0] - UInt8(ascii: "X"))
    default: return false
    }
    let value = number[1..<8].reduce(first) { $0 * 10 + Int($1) - 0x30 }
    return number[8] == Array("TRWAGMYFPDXBNJZSQVHLCKE".utf8)[value % 23]
  }

  /// Eleven digits, the first not 0; of the first ten, one digit stands there two or three times and no other more than once;
  /// the last is a check digit (ISO/IEC 7064, MOD 11,10).
  static func isSteuerID(_ number: [UInt8]) -> Bool {
    guard number.count == 11, number.allSatisfy(WordScan.isDigit), number[0] != 0x30 else { return false }
    var counts = [Int](repeating: 0, count: 10)
    var product = 10
    for byte in number[..<10] {
      let digit = Int(byte) - 0x30
      counts[digit] += 1
      let sum = (digit + product) % 10
      product = (sum == 0 ? 10 : sum) * 2 % 11
    }
    guard counts.filter({ $0 > 1 }).count == 1, counts.max()! <= 3 else { return false }
    return (11 - product) % 10 == Int(number[10]) - 0x30
  }

  /// Sex, year, month, place and order of the birth, thirteen digits, and 97 minus their remainder modulo 97. The places of
  /// Corsica, 2A and 2B, count as 19 and 18 (INSEE).
  static func isNIR(_ number: [UInt8]) -> Bool {
    guard number.count == 15, [0x31, 0x32, 0x33, 0x34, 0x37, 0x38].contains(number[0]) else { return false }
    var digits = number
    if digits[5] == 0x32, digits[6] == 0x41 || digits[6] == 0x42 {
      (digits[5], digits[6]) = (0x31, digits[6] == 0x41 ? 0x39 : 0x38)
    }
    guard digits.allSatisfy(WordScan.isDigit) else { return false }
    let month = (Int(digits[3]) - 0x30) * 10 + Int(digits[4]) - 0x30
    guard (1...12).contains(month) || month == 20 || (30...42).contains(month) || month >= 50 else { return false }
    let value = digits[..<13].reduce(0) { $0 * 10 + Int($1) - 0x30 }
    return 97 - value % 97 == (Int(digits[13]) - 0x30) * 10 + Int(digits[14]) - 0x30
  }
}
