import Testing

@testable import Events

@Suite struct MoneyTests {
  @Test(arguments: [
    ("0", 0 as Int64), ("188.95", 188_950_000), ("-20", -20_000_000), ("0.000001", 1), ("-0.5", -500_000),
    ("007.10", 7_100_000),
    ("999999999999.999999", 999_999_999_999_999_999), ("-999999999999.999999", -999_999_999_999_999_999), ("-0", 0),
  ])
  func amountIsKeptAsItCameAndComparedInMillionths(amount: String, micros: Int64) throws {
    let money = try #require(Money(amount: amount, currency: "EUR"))
    #expect(money.amount == amount)
    #expect(money.micros == micros)
    #expect(money.text == amount + " EUR")
  }

  @Test(arguments: [
    "", "-", ".", "1.", ".5", "-.5", "+1", "1,50", "1 000", "1e3", "0.0000001", "1000000000000", "1.2.3", "--1", "1-",
    "0x1", "NaN",
    "١٢", "１", " 1", "1 ", "1\n", "€1", "½",
  ])
  func whatIsNoAmountIsRefused(amount: String) {
    #expect(Money(amount: amount, currency: "EUR") == nil)
  }

  @Test(arguments: ["", "EU", "EURO", "eur", "€", "E R", "ÄÖÜ", "123", "EUR "])
  func whatIsNoCurrencyIsRefused(currency: String) {
    #expect(Money(amount: "1", currency: currency) == nil)
  }
}
