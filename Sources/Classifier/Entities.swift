internal import Events

/// Finds order and tracking numbers, e-mail addresses, phone numbers, payment cards and IBANs.
///
/// Personal data is only located, never copied. Of numbers that could be an order's, all are kept: which one is the
/// customer's is for the context to say.
enum Entities {
  static func find(in text: String) -> [Reading.Entity] {
    let bytes = Array(text.utf8.prefix(Words.bytesMax))
    var entities: [Reading.Entity] = []
    var at = 0
    while at < bytes.count {
      guard isTokenByte(bytes[at]) else {
        at += 1
        continue
      }
      var end = at
      while end < bytes.count, isTokenByte(bytes[end]) { end += 1 }
      // Full stops and the like at the end belong to the sentence.
      var last = end
      while last > at, !isAlphanumeric(bytes[last - 1]) { last -= 1 }
      if last > at, let entity = classify(bytes[at..<last]) {
        entities.append(entity)
      } else if let number = spacedNumber(in: bytes, from: at) {
        entities.append(number)
        end = number.span.end
      }
      at = max(end, at + 1)
    }
    return entities
  }

  private static func classify(_ token: ArraySlice<UInt8>) -> Reading.Entity? {
    let span = Reading.Span(token.startIndex, token.endIndex)
    if isEmail(token) { return Reading.Entity(kind: .email, span: span) }
    let core = token.drop { !isAlphanumeric($0) }
    guard !core.contains(UInt8(ascii: "@")), !core.contains(UInt8(ascii: "/")) else { return nil }
    let digits = core.count { (0x30...0x39).contains($0) }
    let letters = core.count { isAlphanumeric($0) } - digits
    let compact = core.filter { isAlphanumeric($0) }[...]
    let value = String(decoding: core, as: UTF8.self)
    if letters == 0, (13...19).contains(digits), luhn(compact) { return Reading.Entity(kind: .paymentCard, span: span) }
    if looksLikeIBAN(compact) { return Reading.Entity(kind: .iban, span: span) }
    if token.first == UInt8(ascii: "+"), letters == 0, digits >= 8 { return Reading.Entity(kind: .phone, span: span) }
    // A carrier's number: letters before and at most after eight digits or more.
    if letters >= 2, letters <= 4, digits >= 8, compact.prefix(2).allSatisfy({ $0 >= 0x41 }),
      core.count == compact.count
    {
      return Reading.Entity(kind: .tracking, span: span, value: value.uppercased())
    }
    let hasMark = token.first == UInt8(ascii: "#")
    let plausible = digits >= 4 || (hasMark && digits >= 3)
    guard plausible, letters <= 4, digits <= 20, !isDateOrTime(core), !isYear(core) || hasMark else { return nil }
    return Reading.Entity(kind: .order, span: span, value: value)
  }

  /// Cards, IBANs and phone numbers are written in groups: `4111 1111 1111 1111`.
  private static func spacedNumber(in bytes: [UInt8], from start: Int) -> Reading.Entity? {
    var end = start
    var lastDigit = start
    var compact: [UInt8] = []
    while end < bytes.count, compact.count < 34 {
      let byte = bytes[end]
      if isAlphanumeric(byte) && (byte < 0x61) {
        compact.append(byte)
        lastDigit = end + 1
      } else if byte != 0x20 && byte != UInt8(ascii: "-") && byte != UInt8(ascii: "(") && byte != UInt8(ascii: ")")
        && byte != UInt8(ascii: "+") && byte != UInt8(ascii: ".")
      {
        break
      }
      end += 1
    }
    let span = Reading.Span(start, lastDigit)
    let digits = compact.count { (0x30...0x39).contains($0) }
    if digits == compact.count, (13...19).contains(digits), luhn(compact[...]) {
      return Reading.Entity(kind: .paymentCard, span: span)
    }
    if looksLikeIBAN(compact[...]) { return Reading.Entity(kind: .iban, span: span) }
    if digits == compact.count, (9...15).contains(digits), lastDigit - start > digits {
      return Reading.Entity(kind: .phone, span: span)
    }
    return nil
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "@")
      || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ":")
  }

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

  /// `2026-03-02`, `02.03.2026`, `12:30`, `3.50`.
  private static func isDateOrTime(_ token: ArraySlice<UInt8>) -> Bool {
    if token.contains(UInt8(ascii: ":")) { return true }
    let parts = token.split { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
    let allDigits = parts.allSatisfy { $0.allSatisfy { (0x30...0x39).contains($0) } }
    guard allDigits else { return false }
    if parts.count == 3 { return parts.contains { $0.count == 4 } && parts.count { $0.count <= 2 } == 2 }
    return parts.count == 2 && token.contains(UInt8(ascii: ".")) && parts[1].count <= 2
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
