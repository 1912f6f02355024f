internal import Events

/// Finds order and tracking numbers, e-mail addresses, phone numbers, payment cards, IBANs, amounts of money and days, and with
/// `PersonalData` addresses, national identifiers, dates of birth and secrets.
///
/// Personal data is only located, never copied. Of numbers that could be an order's, all are kept: which one is the
/// customer's is for the context to say.
enum Entities {
  /// Nearly all words have neither a digit nor an at sign, and those alone are looked at closely.
  static func find(in text: String, _ words: Words) -> [Reading.Entity] {
    let days = Days.find(in: words)
    let numbers = numbers(in: text, words)
    let personal = PersonalData.find(in: text, words, days: days).filter { found in
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

  private static func numbers(in text: String, _ words: Words) -> [Reading.Entity] {
    var marks = words.words.filter(\.hasDigit).map(\.start)
    if !words.atSigns.isEmpty { marks = (marks + words.atSigns).sorted() }
    guard !marks.isEmpty else { return [] }
    var text = text
    let bytes = text.withUTF8 { Array($0.prefix(Words.bytesMax)) }
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
        if isAmount(token), isPrice(Reading.Span(at, last), in: bytes) {
          // `1,299.00`
          while last + 1 < bytes.count, bytes[last] == UInt8(ascii: ",") || bytes[last] == UInt8(ascii: "."),
            isDigit(bytes[last + 1])
          {
            last += 1
            while last < bytes.count, isDigit(bytes[last]) { last += 1 }
          }
          entities.append(Reading.Entity(kind: .amount, span: Reading.Span(at, last)))
          end = max(end, last)
        } else if isDate(token) {
          entities.append(Reading.Entity(kind: .date, span: Reading.Span(at, last)))
        } else if let entity = classify(token), entity.kind != .order || !isPrice(entity.span, in: bytes) {
          entities.append(entity)
        }
      }
      at = max(end, at + 1)
    }
    return entities
  }

  /// Where the token begins in which `mark` stands. Within a token another may begin: `order#15191`, `Order:15191`.
  private static func tokenStart(in bytes: [UInt8], at mark: Int, from: Int) -> Int {
    var start = mark
    while start > from, isTokenByte(bytes[start - 1]) {
      if bytes[start] == UInt8(ascii: "#") { break }
      if bytes[start - 1] == UInt8(ascii: ":"), start < 2 || !isDigit(bytes[start - 2]) { break }
      start -= 1
    }
    return start
  }

  private static func classify(_ token: ArraySlice<UInt8>) -> Reading.Entity? {
    let span = Reading.Span(token.startIndex, token.endIndex)
    if isEmail(token) { return Reading.Entity(kind: .email, span: span) }
    let core = withoutAbbreviation(token.drop { !isAlphanumeric($0) })
    guard !core.contains(UInt8(ascii: "@")), !core.contains(UInt8(ascii: "/")) else { return nil }
    let digits = core.count { isDigit($0) }
    let letters = core.count { isAlphanumeric($0) } - digits
    let compact = core.filter { isAlphanumeric($0) }[...]
    let value = String(decoding: core, as: UTF8.self)
    if letters == 0, isCard(compact) { return Reading.Entity(kind: .paymentCard, span: span) }
    if looksLikeIBAN(compact) { return Reading.Entity(kind: .iban, span: span) }
    let hasMark = token.first == UInt8(ascii: "#")
    let groups = core.split { !isDigit($0) }.map(\.count)
    let isPhone =
      (token.first == UInt8(ascii: "+") && digits >= 8) || (core.first == 0x30 && (9...15).contains(digits))
      || groups == [3, 3, 4]
    if letters == 0, !hasMark, isPhone, !isDateOrTime(core) { return Reading.Entity(kind: .phone, span: span) }
    if core.count == compact.count, TrackingNumber.isOne(compact.map { $0 >= 0x61 ? $0 - 0x20 : $0 }) {
      return Reading.Entity(kind: .tracking, span: span, value: value.uppercased())
    }
    let plausible = digits >= 4 || (hasMark && digits >= 3)
    guard plausible, letters <= 4, digits <= 20, !isDateOrTime(core), !isYear(core) || hasMark else { return nil }
    return Reading.Entity(kind: .order, span: span, value: value)
  }

  /// `15191` of `Nr.15191`.
  private static func withoutAbbreviation(_ core: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let rest = core.drop { isAlphanumeric($0) && !isDigit($0) }
    guard rest.startIndex > core.startIndex, rest.first == UInt8(ascii: "."),
      rest.dropFirst().first.map(isDigit) == true
    else { return core }
    return rest.dropFirst()
  }

  /// Cards, IBANs and phone numbers are written in groups: `4111 1111 1111 1111`. A number in groups that is none of them, but
  /// as long, is passed over: it may be a card with a slip of the finger.
  private static func groupedNumber(
    in bytes: [UInt8], from start: Int
  ) -> (kind: Reading.Entity.Kind?, span: Reading.Span)? {
    var end = start
    var compact: [UInt8] = []
    var groups: [Int] = []
    var found: (kind: Reading.Entity.Kind?, span: Reading.Span)?
    while end < bytes.count, compact.count < 34 {
      // A group of digits and capitals; the country at the beginning of an IBAN may be in small letters.
      let groupStart = end
      while end < bytes.count,
        isDigit(bytes[end]) || (0x41...0x5A).contains(bytes[end])
          || (compact.count < 2 && isAlphanumeric(bytes[end]))
      {
        compact.append(bytes[end])
        end += 1
      }
      if end > groupStart {
        if end < bytes.count, isAlphanumeric(bytes[end]) { break }
        groups.append(end - groupStart)
        let hasBlank = bytes[start..<end].contains(0x20)
        let hasMark = bytes[start] == UInt8(ascii: "+") || (start > 0 && bytes[start - 1] == UInt8(ascii: "("))
        if groups.count > 1, let kind = grouped(compact, hasMark: hasMark || (hasBlank && groups.count > 2)) {
          found = (kind, Reading.Span(start, end))
        } else if groups.count > 2, hasBlank, compact.count >= 13, compact.allSatisfy(isDigit),
          found?.kind != .iban, found?.kind != .paymentCard
        {
          found = (nil, Reading.Span(start, end))
        }
      }
      guard end < bytes.count, isGroupMark(bytes[end]) else { break }
      end += 1
    }
    return found
  }

  /// What the groups so far are. Two numbers beside each other may be two orders, so a phone number has a mark, a zero at its
  /// beginning, or three groups with blanks between them.
  private static func grouped(_ compact: [UInt8], hasMark: Bool) -> Reading.Entity.Kind? {
    if looksLikeIBAN(compact[...]) { return .iban }
    guard compact.allSatisfy(isDigit) else { return nil }
    if isCard(compact[...]) { return .paymentCard }
    return (hasMark || compact[0] == 0x30) && (9...15).contains(compact.count) ? .phone : nil
  }

  private static func isGroupMark(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")")
      || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
  }

  // MARK: Tokens

  private static func tokenEnd(in bytes: [UInt8], from start: Int) -> Int {
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

  /// Whether a currency stands before or behind: `£1500`, `EUR 1299`, `1.299,00 €`.
  private static func isPrice(_ span: Reading.Span, in bytes: [UInt8]) -> Bool {
    var before = span.start
    if before > 0, bytes[before - 1] == 0x20 { before -= 1 }
    if before > 0, bytes[before - 1] == UInt8(ascii: "$") { return true }
    if names.contains(where: { isThere($0, in: bytes, at: before - $0.count) }) { return true }
    var behind = span.end
    while behind < bytes.count, isDigit(bytes[behind]) || bytes[behind] == 0x2C || bytes[behind] == 0x2E { behind += 1 }
    if behind < bytes.count, bytes[behind] == 0x20 { behind += 1 }
    if behind < bytes.count, bytes[behind] == UInt8(ascii: "$") { return true }
    return names.contains { isThere($0, in: bytes, at: behind) }
  }

  /// Beginnings of names of currencies, in small letters.
  private static let names = ["€", "£", "eur", "usd", "gbp", "chf", "doll", "poun", "quid", "buck"].map {
    Array($0.utf8)
  }

  private static func isThere(_ name: [UInt8], in bytes: [UInt8], at place: Int) -> Bool {
    guard place >= 0, place + name.count <= bytes.count else { return false }
    for (offset, letter) in name.enumerated() {
      let byte = bytes[place + offset]
      guard byte == letter || (0x41...0x5A).contains(byte) && byte | 0x20 == letter else { return false }
    }
    return true
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

  private static func isEmail(_ token: ArraySlice<UInt8>) -> Bool {
    guard let at = token.firstIndex(of: UInt8(ascii: "@")), at > token.startIndex else { return false }
    return token[(at + 1)...].contains(UInt8(ascii: ".")) && token.count { $0 == UInt8(ascii: "@") } == 1
  }

  private static func isYear(_ token: ArraySlice<UInt8>) -> Bool {
    token.count == 4 && (token.starts(with: "19".utf8) || token.starts(with: "20".utf8))
  }

  /// `2026-03-02`, `02.03.26`, `3/4/2026`.
  private static func isDate(_ token: ArraySlice<UInt8>) -> Bool {
    let parts = token.split { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "/") }
    return parts.count == 3 && parts.allSatisfy { $0.allSatisfy(isDigit) } && parts.count { $0.count <= 2 } >= 2
      && parts.allSatisfy { $0.count <= 2 || $0.count == 4 }
  }

  /// Digits with marks between them: `1,299.00`, `49`.
  private static func isAmount(_ token: ArraySlice<UInt8>) -> Bool {
    token.allSatisfy { isDigit($0) || $0 == UInt8(ascii: ".") }
  }

  /// `2026-03-02`, `02.03.26`, `12:30`, `3.50`, `10-15`.
  private static func isDateOrTime(_ token: ArraySlice<UInt8>) -> Bool {
    if token.contains(UInt8(ascii: ":")) { return true }
    let parts = token.split { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
    guard parts.count > 1, parts.allSatisfy({ $0.allSatisfy(isDigit) }) else { return false }
    if parts.allSatisfy({ $0.count <= 2 }) { return true }
    if parts.count == 3 { return parts.contains { $0.count == 4 } && parts.count { $0.count <= 2 } == 2 }
    return parts.count == 2 && token.contains(UInt8(ascii: ".")) && parts[1].count <= 2
  }

  /// 13 to 19 digits that begin as cards do (ISO/IEC 7812-1: 2 to 6 are banks and travel) and have the right check digit.
  private static func isCard(_ digits: ArraySlice<UInt8>) -> Bool {
    (13...19).contains(digits.count) && digits.first.map { (0x32...0x36).contains($0) } == true && luhn(digits)
  }

  /// ISO/IEC 7812-1, annex B.
  private static func luhn(_ digits: ArraySlice<UInt8>) -> Bool {
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

  /// ISO 13616: two letters, two check digits, and the whole number gives 1 modulo 97.
  private static func looksLikeIBAN(_ compact: ArraySlice<UInt8>) -> Bool {
    guard (15...34).contains(compact.count) else { return false }
    let bytes = Array(compact)
    guard bytes[0] >= 0x41, bytes[1] >= 0x41, bytes[2] < 0x3A, bytes[3] < 0x3A else { return false }
    var remainder = 0
    for byte in bytes[4...] + bytes[..<4] {
      let value = byte < 0x3A ? Int(byte) - 0x30 : Int(byte & 0xDF) - 0x37
      remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
    }
    return remainder == 1
  }
}
