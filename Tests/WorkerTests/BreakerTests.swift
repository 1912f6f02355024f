import Testing

@testable import Worker

@Suite struct BreakerTests {
  let limits = BreakerLimits(window: 10, deadLettersMax: 3, keysMin: 2)

  /// The index of the record that trips it, of records each named by its key, in capitals if it is bad.
  func trips(_ records: String) -> Int? {
    var breaker = Breaker(limits)
    for (index, record) in records.enumerated() {
      let key = record == "-" ? nil : Array(record.lowercased().utf8)
      if breaker.take(key: key, isDeadLetter: record == "-" || record.isUppercase) != nil { return index }
    }
    return nil
  }

  @Test(arguments: [
    ("abcdefghijABCabcdefghij", nil),  // as many as allowed
    ("ABCD", 3),  // few records: those that were not there yet count as good
    ("aAbBcCdD", 7),
    ("ABCabcdefghD", nil),  // the first ones have left the window
    ("AAAAAAAAAAAA", nil),  // one customer's bad records stop nobody
    ("AAAAAB", 5),
    ("----", 3),  // records without a key are of nobody in particular
  ])
  func itTripsOnTooManyOfTheLastRecordsFromSeveralKeys(records: String, expected: Int?) {
    #expect(trips(records) == expected)
  }

  @Test func afterAResetItStartsAnew() {
    var breaker = Breaker(limits)
    for key in ["a", "b", "c"] { #expect(breaker.take(key: Array(key.utf8), isDeadLetter: true) == nil) }
    breaker.reset()
    for key in ["d", "e", "f"] { #expect(breaker.take(key: Array(key.utf8), isDeadLetter: true) == nil) }
    #expect(breaker.take(key: [0x67], isDeadLetter: true) == BreakerTrip(deadLetters: 4, window: 10, keys: 4))
  }
}
