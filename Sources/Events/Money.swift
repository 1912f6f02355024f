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

  /// A decimal as ``amount`` in millionths, for a limit that holds in any currency; `nil` if it is none.
  public static func micros(of amount: String) -> Int64? {
    var value: Int64 = 0
    var (whole, fraction) = (0, 0)
    var (isNegative, hasPoint) = (false, false)
    for (place, byte) in amount.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "-") where place == 0: isNegative = true
      case UInt8(ascii: ".") where !hasPoint: hasPoint = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        if hasPoint { fraction += 1 } else { whole += 1 }
        guard whole <= 12, fraction <= 6 else { return nil }
      default: return nil
      }
    }
    guard whole > 0, hasPoint == (fraction > 0) else { return nil }
    for _ in fraction..<6 { value *= 10 }
    return isNegative ? -value : value
  }
}
