/// An amount of money as it is written in events: a decimal string and a currency, never a floating-point number.
public struct Money: Sendable, Hashable {
  /// The amount exactly as it came: `188.95`.
  public let amount: String
  /// ISO 4217, three capitals: `EUR`.
  public let currency: String
  /// The amount in millionths of the currency's unit, for comparison.
  public let micros: Int64

  /// Checks and keeps an amount and a currency; `nil` if the amount is no plain decimal with at most 12 digits before and 6
  /// after the point, or the currency no three letters.
  public init?(amount: String, currency: String) {
    guard let micros = Self.micros(of: amount), currency.utf8.count == 3,
      currency.utf8.allSatisfy({ (0x41...0x5A).contains($0) })
    else { return nil }
    self.amount = amount
    self.currency = currency
    self.micros = micros
  }

  /// As a person reads it: `188.95 EUR`.
  public var text: String { "\(amount) \(currency)" }

  static func micros(of amount: String) -> Int64? {
    var digits = Substring(amount)
    let isNegative = digits.first == "-"
    if isNegative { digits = digits.dropFirst() }
    let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let whole = parts[0]
    let fraction = parts.count == 2 ? parts[1] : "0"
    guard (1...12).contains(whole.utf8.count), (1...6).contains(fraction.utf8.count),
      (whole + fraction).utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let units = Int64(whole), let rest = Int64(fraction + String(repeating: "0", count: 6 - fraction.utf8.count))
    else { return nil }
    let value = units * 1_000_000 + rest
    return isNegative ? -value : value
  }
}
