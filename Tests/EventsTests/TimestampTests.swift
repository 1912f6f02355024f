import Foundation
import Testing
import TestSupport

@testable import Events

@Suite struct TimestampTests {
  /// 1678-01-01 up to the end of 2261.
  private static let range = -9_214_560_000_000_000_000...9_214_646_399_999_999_999 as ClosedRange<Int64>

  @Test(arguments: 1...4)
  func anyMomentIsReadAsItWasWritten(seed: Int) throws {
    var dice = Dice(seed: UInt64(seed))
    for _ in 0..<10_000 {
      var nanoseconds = Int64.random(in: Self.range, using: &dice)
      nanoseconds -= nanoseconds % dice.pick([1, 1_000, 1_000_000, 1_000_000_000])
      let moment = Timestamp(nanoseconds: nanoseconds)
      guard Timestamp(rfc3339: moment.rfc3339) == moment else {
        return #expect(Bool(false), "\(nanoseconds) is written \(moment.rfc3339)")
      }
    }
    #expect(Timestamp(nanoseconds: Self.range.lowerBound).rfc3339 == "1678-01-01T00:00:00Z")
    #expect(Timestamp(nanoseconds: Self.range.upperBound).rfc3339 == "2261-12-31T23:59:59.999999999Z")
  }

  @Test func foundationWritesTheSameSeconds() {
    var dice = Dice(seed: 11)
    for _ in 0..<3_000 {
      let seconds = Int64.random(in: -9_214_560_000...9_214_646_399, using: &dice)
      let theirs = Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
      #expect(Timestamp(nanoseconds: seconds * 1_000_000_000).rfc3339 == theirs)
    }
  }

  @Test func offsetsDoNotChangeTheMoment() {
    var dice = Dice(seed: 12)
    for _ in 0..<3_000 {
      let moment = Timestamp(nanoseconds: Int64.random(in: -1 << 60...1 << 60, using: &dice))
      let minutes = dice.roll(24 * 60)
      let isEast = dice.roll(2) == 0
      let local = moment.adding(seconds: Int64(isEast ? minutes : -minutes) * 60).rfc3339.dropLast()
      let offset =
        (isEast ? "+" : "-") + String(String(100 + minutes / 60).suffix(2)) + ":"
        + String(String(100 + minutes % 60).suffix(2))
      #expect(Timestamp(rfc3339: local + offset) == moment, "\(local)\(offset)")
    }
  }

  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0 as Int64), ("1970-01-01T00:00:00.000000001Z", 1),
    ("1969-12-31T23:59:59.999999999Z", -1), ("2026-03-02T06:03:34.900Z", 1_772_431_414_900_000_000),
    ("2026-03-02t06:03:34.9z", 1_772_431_414_900_000_000), ("2026-03-02 07:03:34.90+01:00", 1_772_431_414_900_000_000),
    ("2026-03-02T00:18:34.900000000-05:45", 1_772_431_414_900_000_000),
    ("1970-01-01T00:00:00-00:00", 0), ("1970-01-01T23:59:00+23:59", 0),
    ("2000-02-29T00:00:00Z", 951_782_400_000_000_000),
    ("2024-02-29T23:59:59Z", 1_709_251_199_000_000_000), ("1900-03-01T00:00:00Z", -2_203_891_200_000_000_000),
    // A leap second is the first moment of the next minute.
    ("2016-12-31T23:59:60Z", 1_483_228_800_000_000_000), ("2017-01-01T00:59:60.5+01:00", 1_483_228_800_500_000_000),
    ("2262-04-11T23:47:16.854775807Z", .max),
  ])
  func timesAreRead(text: String, nanoseconds: Int64) {
    #expect(Timestamp(rfc3339: text)?.nanoseconds == nanoseconds)
  }

  @Test(arguments: [
    "", "2026", "2026-03-02", "2026-03-02T06:03Z", "2026-03-02T06:03:34", "2026-03-02T06:03:34.Z",
    "2026-03-02T06:03:34,9Z",
    "2026-03-02T06:03:34.1234567890Z", "2026-03-02T06:03:34+1:00", "2026-03-02T06:03:34+0100",
    "2026-03-02T06:03:34+24:00",
    "2026-03-02T06:03:34+01:60", "2026-03-02T24:00:00Z", "2026-03-02T06:60:00Z", "2026-03-02T06:03:61Z",
    "2026-00-02T06:03:34Z", "2026-13-02T06:03:34Z", "2026-03-00T06:03:34Z", "2026-03-32T06:03:34Z",
    "2026-04-31T06:03:34Z",
    "2026-02-29T06:03:34Z", "2026-02-30T06:03:34Z", "1900-02-29T00:00:00Z", "2100-02-29T00:00:00Z",
    "02026-03-02T06:03:34Z",
    "26-03-02T06:03:34Z", "2026-3-2T06:03:34Z", "2026-03-02T06:03:34ZZ", " 2026-03-02T06:03:34Z",
    "2026-03-02T06:03:34Z ",
    "2026-03-02_06:03:34Z", "2026/03/02T06:03:34Z", "-026-03-02T06:03:34Z", "2026-03-02T+6:03:34Z", "1772431414",
    "tomorrow",
    "２０２６-03-02T06:03:34Z", "0000-01-01T00:00:00Z", "1677-01-01T00:00:00Z", "2262-04-11T23:47:16.854775808Z",
    "9999-12-31T23:59:59Z",
  ])
  func whatIsNoTimeIsRefused(text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }

  @Test func writingUsesTheFewestDigitsThatLoseNothing() {
    let cases: [(Int64, String)] = [
      (0, "1970-01-01T00:00:00Z"), (100_000_000, "1970-01-01T00:00:00.100Z"), (120_000, "1970-01-01T00:00:00.000120Z"),
      (7, "1970-01-01T00:00:00.000000007Z"), (-1_000_000, "1969-12-31T23:59:59.999Z"),
    ]
    for (nanoseconds, text) in cases { #expect(Timestamp(nanoseconds: nanoseconds).rfc3339 == text) }
  }

  @Test func secondsBetweenMomentsAreWhole() {
    func seconds(_ later: Int64, _ earlier: Int64) -> Int64 {
      Timestamp(nanoseconds: later).seconds(since: Timestamp(nanoseconds: earlier))
    }
    #expect(seconds(1_100_000_000, 900_000_000) == 0, "a fifth of a second, across the border of one")
    #expect(seconds(500_000_000, -500_000_000) == 1)
    #expect(seconds(2_000_000_000, 0) == 2)
    #expect(seconds(0, 2_500_000_000) == -2)
    #expect(seconds(.max, .min) == 18_446_744_072, "the ends of the range")
  }

  @Test func addingStopsAtTheEndsOfTheRange() {
    let moment = Timestamp(nanoseconds: 1)
    #expect(moment.adding(seconds: 1).nanoseconds == 1_000_000_001)
    #expect(moment.adding(seconds: -1).nanoseconds == -999_999_999)
    #expect(moment.adding(seconds: .max).nanoseconds == .max)
    #expect(moment.adding(seconds: .min).nanoseconds == .min)
    #expect(Timestamp(nanoseconds: .max).adding(seconds: 1).nanoseconds == .max)
  }

  @Test(arguments: [
    ("2026-03-02T06:03:34Z", [2026, 3, 2, 6, 3, 1]), ("1970-01-01T00:00:00Z", [1970, 1, 1, 0, 0, 4]),
    ("1969-12-31T23:59:59.5Z", [1969, 12, 31, 23, 59, 3]), ("2000-02-29T12:30:00Z", [2000, 2, 29, 12, 30, 2]),
    ("1699-12-31T00:00:00Z", [1699, 12, 31, 0, 0, 4]),
  ])
  func calendarKnowsTheDayOfTheWeek(text: String, expected: [Int]) throws {
    let day = try #require(Timestamp(rfc3339: text)).calendar
    #expect([day.year, day.month, day.day, day.hour, day.minute, day.weekday] == expected)
  }
}
