/// A moment, in nanoseconds since 1970-01-01T00:00:00Z; covers the years 1678 to 2261.
///
/// Events carry RFC 3339 times with up to nanoseconds, which Foundation's formatter does not keep. Written in one canonical
/// form: UTC, `Z`, and 0, 3, 6 or 9 digits of a second, the fewest that lose nothing.
public struct Timestamp: Sendable, Hashable, Comparable {
  /// Nanoseconds since 1970, UTC.
  public let nanoseconds: Int64

  /// The moment so many nanoseconds after 1970 began.
  public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  /// The earlier one is less.
  public static func < (a: Self, b: Self) -> Bool { a.nanoseconds < b.nanoseconds }

  /// The moment `seconds` later; stops at the ends of the range instead of overflowing.
  public func adding(seconds: Int64) -> Timestamp {
    let (delta, tooFar) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, overflow) = nanoseconds.addingReportingOverflow(delta)
    return Timestamp(nanoseconds: tooFar || overflow ? (seconds < 0 ? .min : .max) : sum)
  }

  /// Whole seconds from `earlier` until here, a fraction dropped; negative if `earlier` is later.
  public func seconds(since earlier: Timestamp) -> Int64 {
    let (difference, overflow) = nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
    // Only moments that are 292 years apart overflow; there a second more or less does not matter.
    guard !overflow else { return nanoseconds / 1_000_000_000 - earlier.nanoseconds / 1_000_000_000 }
    return difference / 1_000_000_000
  }
}

// MARK: - RFC 3339

extension Timestamp {
  /// Reads an RFC 3339 time: `2026-03-02T06:03:34.900Z`, with any offset, with 1 to 9 digits of a second, `T` and `Z` in
  /// either case, a space for `T`. `nil` for anything else, days and hours that do not exist included. A leap second
  /// (`:60`) is the first moment of the next minute.
  public init?(rfc3339 text: some StringProtocol) {
    var text = String(text)
    let parsed = text.withUTF8 { Timestamp(rfc3339: UnsafeRawBufferPointer($0)) }
    guard let parsed else { return nil }
    self = parsed
  }

  init?(rfc3339 bytes: UnsafeRawBufferPointer) {
    var cursor = DigitCursor(bytes: bytes)
    guard let year = cursor.digits(4), cursor.skip("-"), let month = cursor.digits(2), cursor.skip("-"),
      let day = cursor.digits(2), cursor.skip("T") || cursor.skip("t") || cursor.skip(" "),
      let hour = cursor.digits(2), cursor.skip(":"), let minute = cursor.digits(2), cursor.skip(":"),
      let second = cursor.digits(2),
      (1...12).contains(month), (1...Self.days(inMonth: month, of: year)).contains(day),
      hour < 24, minute < 60, second <= 60
    else { return nil }
    var fraction: Int64 = 0
    if cursor.skip(".") {
      guard let nanoseconds = cursor.fraction() else { return nil }
      fraction = nanoseconds
    }
    var offsetMinutes: Int64 = 0
    if !(cursor.skip("Z") || cursor.skip("z")) {
      let sign: Int64 = cursor.skip("+") ? 1 : cursor.skip("-") ? -1 : 0
      guard sign != 0, let hours = cursor.digits(2), cursor.skip(":"), let minutes = cursor.digits(2),
        hours < 24, minutes < 60
      else { return nil }
      offsetMinutes = sign * (hours * 60 + minutes)
    }
    guard cursor.isAtEnd else { return nil }
    let days = Self.daysSince1970(year: year, month: month, day: day)
    let seconds = days * 86_400 + hour * 3_600 + (minute - offsetMinutes) * 60 + second
    let (scaled, tooFar) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (total, overflow) = scaled.addingReportingOverflow(fraction)
    guard !tooFar, !overflow else { return nil }
    self.init(nanoseconds: total)
  }

  /// The canonical form: UTC, the fewest of 0, 3, 6 or 9 digits of a second that lose nothing.
  public var rfc3339: String {
    var bytes = GrowingBytes(capacity: 32)
    bytes.append(self)
    return bytes.text
  }

  /// The day it is in UTC: `2026-03-02`.
  public var day: String {
    var bytes = GrowingBytes(capacity: 16)
    bytes.append(dayOf: self)
    return bytes.text
  }

  /// Year, month (1-12), day, hour, minute in UTC, and the day of the week (0 is Sunday).
  public var calendar: (year: Int, month: Int, day: Int, hour: Int, minute: Int, weekday: Int) {
    let (days, hour, minute, _, _) = parts
    let (year, month, day) = Self.date(daysSince1970: days)
    let weekday = ((days + 4) % 7 + 7) % 7
    return (Int(year), Int(month), Int(day), Int(hour), Int(minute), Int(weekday))
  }

  fileprivate var parts: (days: Int64, hour: Int64, minute: Int64, second: Int64, fraction: Int64) {
    var seconds = nanoseconds / 1_000_000_000
    var fraction = nanoseconds % 1_000_000_000
    if fraction < 0 {
      fraction += 1_000_000_000
      seconds -= 1
    }
    var days = seconds / 86_400
    var rest = seconds % 86_400
    if rest < 0 {
      rest += 86_400
      days -= 1
    }
    return (days, rest / 3_600, rest / 60 % 60, rest % 60, fraction)
  }

  private static func days(inMonth month: Int64, of year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
  private static func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The same source, `civil_from_days`.
  fileprivate static func date(daysSince1970 days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let z = days + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}

extension GrowingBytes {
  /// Appends a moment in its canonical form.
  mutating func append(_ time: Timestamp) {
    let (_, hour, minute, second, fraction) = time.parts
    append(dayOf: time)
    append(0x54)
    append(UInt64(hour), width: 2)
    append(0x3A)
    append(UInt64(minute), width: 2)
    append(0x3A)
    append(UInt64(second), width: 2)
    if fraction != 0 {
      append(0x2E)
      let fraction = UInt64(fraction)
      if fraction % 1_000_000 == 0 {
        append(fraction / 1_000_000, width: 3)
      } else if fraction % 1_000 == 0 {
        append(fraction / 1_000, width: 6)
      } else {
        append(fraction, width: 9)
      }
    }
    append(0x5A)
  }

  /// Appends the year, month and day of a moment.
  fileprivate mutating func append(dayOf time: Timestamp) {
    let (year, month, day) = Timestamp.date(daysSince1970: time.parts.days)
    append(UInt64(year), width: 4)
    append(0x2D)
    append(UInt64(month), width: 2)
    append(0x2D)
    append(UInt64(day), width: 2)
  }
}

private struct DigitCursor {
  let bytes: UnsafeRawBufferPointer
  var at = 0

  init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { at == bytes.count }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard at < bytes.count, UInt32(bytes[at]) == character.value else { return false }
    at += 1
    return true
  }

  mutating func digits(_ count: Int) -> Int64? {
    guard at + count <= bytes.count else { return nil }
    var value: Int64 = 0
    for _ in 0..<count {
      guard let digit = digit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  /// One to nine digits as nanoseconds; finer digits are refused rather than lost.
  mutating func fraction() -> Int64? {
    var value: Int64 = 0
    var count = 0
    while let digit = digit() {
      guard count < 9 else { return nil }
      value = value * 10 + digit
      count += 1
    }
    guard count > 0 else { return nil }
    while count < 9 {
      value *= 10
      count += 1
    }
    return value
  }

  private mutating func digit() -> Int64? {
    guard at < bytes.count, case 0x30...0x39 = bytes[at] else { return nil }
    at += 1
    return Int64(bytes[at - 1] - 0x30)
  }
}
