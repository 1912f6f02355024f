internal import Events

/// Finds order and tracking numbers, e-mail addresses, phone numbers, payment cards, IBANs, amounts of money and days, and with
/// `PersonalData` addresses, national identifiers, dates of birth and secrets.
///
/// Personal data is only located, never copied. Of numbers that could be an order's, all are kept: which one is the
/// customer's is for the context to say.
enum Entities {
  private typealias Bytes = WordScan.Bytes

  static func find(in text: String, _ words: borrowing Words) -> [Reading.Entity] {
    WordScan.over(text, words) { find(in: $0, atSigns: words.atSigns) }
  }

  private static func find(in scan: WordScan, atSigns: [Int]) -> [Reading.Entity] {
    let days = Days.find(in: scan)
    let numbers = numbers(in: scan, atSigns)
    let personal = PersonalData.find(in: scan, days: days).filter { found in
      // An IBAN or an e-mail address says more than that it looks like a secret. Of a number that has the check digits of a card
      // and of a person, a person's are the rarer.
      !numbers.contains { number in
        isSure(number.kind) && number.span.start <= found.span.start && found.span.end <= number.span.end
          && !(found.kind == .nationalID && found.span == number.span)
      }
    }
    guard !days.isEmpty || !personal.isEmpty else { return numbers }
    // What is a day in words is not a number as well, and what is a person's is neither.
    let others = numbers.filter { !overlaps($0, days) && !overlaps($0, personal) }
    return (others + days.filter { !overlaps($0, personal) } + personal).sorted { $0.span < $1.span }
  }

  private static func overlaps(_ entity: Reading.Entity, _ others: [Reading.Entity]) -> Bool {
    others.contains { $0.span.start < entity.span.end && entity.span.start < $0.span.end }
  }

  private static func isSure(_ kind: Reading.Entity.Kind) -> Bool {
    kind == .email || kind == .paymentCard || kind == .iban
  }

  /// Nearly all words have neither a digit nor an at sign, and those alone are looked at closely.
  private static func numbers(in scan: WordScan, _ atSigns: [Int]) -> [Reading.Entity] {
    var marks = atSigns
    for word in scan.words where word.hasDigit { marks.append(word.start) }
    if !atSigns.isEmpty { marks.sort() }
    let bytes = scan.bytes
    var entities: [Reading.Entity] = []
    var at = 0
    for mark in marks where mark >= at {
      at = tokenStart(in: bytes, at: mark, from: at)
      var end = tokenEnd(in: bytes, from: at)
      // Full stops and the like at the end belong to the sentence.
      var last = end
      while last > at, !isAlphanumeric(bytes[last - 1]) { last -= 1 }
      // Groups go first: four digits of a card are no order, and must not be copied as one.
      if last > at, !isDateOrTime(bytes[at..<last]), let number = groupedNumber(in: bytes, from: at) {
        if let kind = number.kind { entities.append(Reading.Entity(kind: kind, span: number.span)) }
        end = number.span.end
      } else if last > at {
        let token = bytes[at..<last]
        if isAmount(token), let price = price(of: Reading.Span(at, last), in: bytes) {
          entities.append(Reading.Entity(kind: .amount, span: price))
          end = max(end, price.end)
        } else if isDate(token) {
          entities.append(Reading.Entity(kind: .date, span: Reading.Span(at, last)))
        } else if let entity = classify(token), entity.kind != .order || price(of: entity.span, in: bytes) == nil {
          entities.append(entity)
        }
      }
      at = max(end, at + 1)
    }
    return entities
  }

  /// Where the token begins in which `mark` stands. Within a token another may begin: `order#15191`, `Order:15191`.
  private static func tokenStart(in bytes: UnsafeBufferPointer<UInt8>, at mark: Int, from: Int) -> Int {
    var start = mark
    while start > from, isTokenByte(bytes[start - 1]) {
      if bytes[start] == UInt8(ascii: "#") { break }
      if bytes[start - 1] == UInt8(ascii: ":"), start < 2 || !isDigit(bytes[start - 2]) { break }
      start -= 1
    }
    return start
  }

  private static func classify(_ token: Bytes) -> Reading.Entity? {
    let span = Reading.Span(token.startIndex, token.endIndex)
    if isEmail(token) { return Reading.Entity(kind: .email, span: span) }
    let core = withoutAbbreviation(token.drop { !isAlphanumeric($0) })
    guard !core.contains(UInt8(ascii: "@")), !core.contains(UInt8(ascii: "/")) else { return nil }
    let digits = core.count { isDigit($0) }
    let letters = core.count { isAlphanumeric($0) } - digits
    if letters == 0, isCard(core, count: digits) { return Reading.Entity(kind: .paymentCard, span: span) }
    if isIBAN(core, count: digits + letters) { return Reading.Entity(kind: .iban, span: span) }
    let hasMark = token.first == UInt8(ascii: "#")
    let isPhone =
      (token.first == UInt8(ascii: "+") && digits >= 8) || (core.first == 0x30 && (9...15).contains(digits))
      || digits == 10 && core.split { !isDigit($0) }.map(\.count) == [3, 3, 4]
    if letters == 0, !hasMark, isPhone, !isDateOrTime(core) { return Reading.Entity(kind: .phone, span: span) }
    if core.count == digits + letters, TrackingNumber.isOne(core) {
      return Reading.Entity(kind: .tracking, span: span, value: String(decoding: core, as: UTF8.self).uppercased())
    }
    let plausible = digits >= 4 || (hasMark && digits >= 3)
    guard plausible, letters <= 4, digits <= 20, !isDateOrTime(core), !isYear(core) || hasMark else { return nil }
    return Reading.Entity(kind: .order, span: span, value: String(decoding: core, as: UTF8.self))
  }

  /// `15191` of `Nr.15191`.
  private static func withoutAbbreviation(_ core: Bytes) -> Bytes {
    let rest = core.drop { isAlphanumeric($0) && !isDigit($0) }
    guard rest.startIndex > core.startIndex, rest.first == UInt8(ascii: "."),
      rest.dropFirst().first.map(isDigit) == true
    else { return core }
    return rest.dropFirst()
  }

  /// Cards, IBANs and phone numbers are written in groups: `4111 1111 1111 1111`. A number in groups that is none of them, but
  /// as long, is passed over: it may be a card with a slip of the finger.
  private static func groupedNumber(
    in bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> (kind: Reading.Entity.Kind?, span: Reading.Span)? {
    var end = start
    var (count, letters, groups) = (0, 0, 0)
    var hasBlank = false
    var found: (kind: Reading.Entity.Kind?, span: Reading.Span)?
    while end < bytes.count, count < 34 {
      // A group of digits and capitals; the country at the beginning of an IBAN may be in small letters.
      let groupStart = end
      while end < bytes.count,
        isDigit(bytes[end]) || (0x41...0x5A).contains(bytes[end]) || (count < 2 && isAlphanumeric(bytes[end]))
      {
        if !isDigit(bytes[end]) { letters += 1 }
        count += 1
        end += 1
      }
      if end > groupStart {
        if end < bytes.count, isAlphanumeric(bytes[end]) { break }
        groups += 1
        let hasMark = bytes[start] == UInt8(ascii: "+") || (start > 0 && bytes[start - 1] == UInt8(ascii: "("))
        if groups > 1,
          let kind = grouped(bytes[start..<end], count, letters, hasMark: hasMark || (hasBlank && groups > 2))
        {
          found = (kind, Reading.Span(start, end))
        } else if groups > 2, hasBlank, count >= 13, letters == 0, found?.kind != .iban, found?.kind != .paymentCard {
          found = (nil, Reading.Span(start, end))
        }
      }
      guard end < bytes.count, isGroupMark(bytes[end]) else { break }
      if bytes[end] == 0x20 { hasBlank = true }
      end += 1
    }
    return found
  }

  /// What the groups so far are, which have `count` letters and digits. Two numbers beside each other may be two orders, so a
  /// phone number has a mark, a zero at its beginning, or three groups with blanks between them.
  private static func grouped(_ groups: Bytes, _ count: Int, _ letters: Int, hasMark: Bool) -> Reading.Entity.Kind? {
    if isIBAN(groups, count: count) { return .iban }
    guard letters == 0 else { return nil }
    if isCard(groups, count: count) { return .paymentCard }
    let first = groups.first(where: isDigit)
    return (hasMark || first == 0x30) && (9...15).contains(count) ? .phone : nil
  }

  private static func isGroupMark(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")")
      || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
  }

  // MARK: Tokens

  private static func tokenEnd(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var end = start + 1
    while end < bytes.count, isTokenByte(bytes[end]) {
      // `order#15191` and `Order:15191` are two tokens, `12:30` is one.
      if bytes[end] == UInt8(ascii: "#") { break }
      let isTime = isDigit(bytes[end - 1]) && end + 1 < bytes.count && isDigit(bytes[end + 1])
      if bytes[end] == UInt8(ascii: ":"), !isTime { break }
      end += 1
    }
    return end
  }

  /// The whole amount with its currency, if one stands before or behind: `£1,299.00`, `EUR 1299`, `1.299,00 €`.
  private static func price(of span: Reading.Span, in bytes: UnsafeBufferPointer<UInt8>) -> Reading.Span? {
    var end = span.end
    while end + 1 < bytes.count, bytes[end] == UInt8(ascii: ",") || bytes[end] == UInt8(ascii: "."),
      isDigit(bytes[end + 1])
    {
      end += 1
      while end < bytes.count, isDigit(bytes[end]) { end += 1 }
    }
    var before = span.start
    if before > 0, bytes[before - 1] == 0x20 { before -= 1 }
    if let length = currency(endingAt: before, in: bytes) { return Reading.Span(before - length, end) }
    var behind = end
    if behind < bytes.count, bytes[behind] == 0x20 { behind += 1 }
    guard let length = currency(at: behind, in: bytes) else { return nil }
    behind += length
    while behind < bytes.count, WordScan.isLetter(bytes[behind]) { behind += 1 }
    return Reading.Span(span.start, behind)
  }

  /// Beginnings of names of currencies, in small letters, with their bytes as one number: they are asked for at each number.
  private static let currencies = ["$", "€", "£", "eur", "usd", "gbp", "chf", "doll", "poun", "quid", "buck"].map {
    (count: $0.utf8.count, letters: $0.utf8.reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
  }

  private static func currency(at place: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    let next = bytes[min(place, bytes.count)..<min(place + 4, bytes.count)]
    let four = small(next) << (8 * (4 - next.count))
    return currencies.first { four >> (8 * (4 - $0.count)) == $0.letters }?.count
  }

  private static func currency(endingAt end: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    let four = small(bytes[max(end - 4, 0)..<end])
    return currencies.first { four & .max >> (8 * (4 - $0.count)) == $0.letters }.flatMap {
      // No currency is named by `amateur` or `vendeur`.
      let start = end - $0.count
      return start > 0 && WordScan.isLetter(bytes[start]) && WordScan.isLetter(bytes[start - 1]) ? nil : $0.count
    }
  }

  /// Up to four bytes as one number, capitals as small letters.
  private static func small(_ bytes: Bytes) -> UInt32 {
    bytes.reduce(0) { $0 << 8 | UInt32((0x41...0x5A).contains($1) ? $1 | 0x20 : $1) }
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "@")
      || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ":")
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A)
  }

  private static func isEmail(_ token: Bytes) -> Bool {
    guard let at = token.firstIndex(of: UInt8(ascii: "@")), at > token.startIndex else { return false }
    return token[(at + 1)...].contains(UInt8(ascii: ".")) && token.count { $0 == UInt8(ascii: "@") } == 1
  }

  private static func isYear(_ token: Bytes) -> Bool {
    token.count == 4 && (token.starts(with: "19".utf8) || token.starts(with: "20".utf8))
  }

  /// `2026-03-02`, `02.03.26`, `3/4/2026`.
  private static func isDate(_ token: Bytes) -> Bool {
    guard let groups = DigitGroups(token, marks: ".-/") else { return false }
    return groups.count == 3 && groups.short >= 2 && groups.short + groups.ofFour == 3
  }

  /// Digits with marks between them: `1,299.00`, `49`.
  private static func isAmount(_ token: Bytes) -> Bool {
    token.allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") }
  }

  /// `2026-03-02`, `02.03.26`, `12:30`, `3.50`, `10-15`.
  private static func isDateOrTime(_ token: Bytes) -> Bool {
    if token.contains(UInt8(ascii: ":")) { return true }
    guard let groups = DigitGroups(token, marks: ".-"), groups.count > 1 else { return false }
    if groups.short == groups.count { return true }
    if groups.count == 3 { return groups.ofFour > 0 && groups.short == 2 }
    return groups.count == 2 && token.contains(UInt8(ascii: ".")) && groups.last <= 2
  }

  /// How digits stand in groups.
  private struct DigitGroups {
    private(set) var count = 0
    /// Groups of one or two digits, and of four.
    private(set) var short = 0
    private(set) var ofFour = 0
    /// The digits of the last group.
    private(set) var last = 0

    /// `nil` where there is something beside digits and `marks`.
    init?(_ token: Bytes, marks: StaticString) {
      var digits = 0
      for byte in token {
        if isDigit(byte) {
          digits += 1
        } else {
          guard marks.withUTF8Buffer({ $0.contains(byte) }) else { return nil }
          close(&digits)
        }
      }
      close(&digits)
    }

    private mutating func close(_ digits: inout Int) {
      guard digits > 0 else { return }
      count += 1
      if digits <= 2 { short += 1 } else if digits == 4 { ofFour += 1 }
      last = digits
      digits = 0
    }
  }

  /// 13 to 19 digits that begin as cards do (ISO/IEC 7812-1: 2 to 6 are banks and travel) and have the right check digit.
  ///
  /// The digits may stand in groups; `count` is how many there are, and there is nothing but digits and marks.
  private static func isCard(_ digits: Bytes, count: Int) -> Bool {
    guard (13...19).contains(count), let first = digits.first(where: isDigit), (0x32...0x36).contains(first) else {
      return false
    }
    return luhn(digits.filter(isDigit))
  }

  /// ISO/IEC 7812-1, annex B.
  private static func luhn(_ digits: [UInt8]) -> Bool {
    var sum = 0
    for (position, byte) in digits.reversed().enumerated() {
      var digit = Int(byte) - 0x30
      if position % 2 == 1 {
        digit *= 2
        if digit > 9 { digit -= 9 }
      }
      sum += digit
    }
    return sum % 10 == 0
  }

  /// ISO 13616: two letters, two check digits, and the whole number gives 1 modulo 97. `count` is how many letters and digits
  /// there are.
  private static func isIBAN(_ groups: Bytes, count: Int) -> Bool {
    guard (15...34).contains(count) else { return false }
    let bytes = groups.filter(isAlphanumeric)
    guard bytes[0] >= 0x41, bytes[1] >= 0x41, bytes[2] < 0x3A, bytes[3] < 0x3A else { return false }
    var remainder = 0
    for byte in bytes[4...] + bytes[..<4] {
      let value = byte < 0x3A ? Int(byte) - 0x30 : Int(byte & 0xDF) - 0x37
      remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
    }
    return remainder == 1
  }
}
