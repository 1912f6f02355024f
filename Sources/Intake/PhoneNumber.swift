/// Phone numbers as E.164 writes them: `+442079460958`.
///
/// A number is what stands in it as digits; which digits go before and which fall away is a table of countries (ITU-T E.164, Annex;
/// trunk prefixes from ITU-T E.129 presentations). A country that is not in it gives no number rather than a wrong one.
enum PhoneNumber {
  /// The number in E.164; `nil` if it is none, or is national and no country is known.
  static func e164(_ text: String?, country: String?) -> String? {
    guard let text = text?.trimmed, !text.isEmpty else { return nil }
    // An extension is not part of the number; letters are no digits to guess at.
    guard text.utf8.allSatisfy({ isDigit($0) || "+()-./ ".utf8.contains($0) || $0 >= 0x80 }) else { return nil }
    let digits = String(decoding: text.replacing("(0)", with: "").utf8.filter(isDigit), as: UTF8.self)
    let plan = country.flatMap { plans[$0.uppercased()] }
    if text.hasPrefix("+") { return checked(digits) }
    if let plan, plan.international != "00", digits.hasPrefix(plan.international) {
      return checked(digits.dropFirst(plan.international.count))
    }
    if digits.hasPrefix("00") { return checked(digits.dropFirst(2)) }
    guard let plan else { return nil }
    let national =
      digits.hasPrefix(plan.trunk) && !plan.trunk.isEmpty ? digits.dropFirst(plan.trunk.count) : digits[...]
    return checked(plan.code + national)
  }

  /// E.164 numbers have up to 15 digits, none begins with zero; fewer than 8 are a service's.
  private static func checked(_ digits: some StringProtocol) -> String? {
    (8...15).contains(digits.utf8.count) && digits.first != "0" ? "+" + digits : nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Whether numbers of that country can be read.
  static func knows(country: String) -> Bool { plans[country.uppercased()] != nil }

  private struct Plan {
    let code: String
    var trunk = "0"
    var international = "00"
  }

  private static let plans: [String: Plan] = [
    "US": Plan(code: "1", trunk: "1", international: "011"), "CA": Plan(code: "1", trunk: "1", international: "011"),
    "GB": Plan(code: "44"), "IE": Plan(code: "353"), "DE": Plan(code: "49"), "AT": Plan(code: "43"),
    "CH": Plan(code: "41"), "FR": Plan(code: "33"), "BE": Plan(code: "32"), "NL": Plan(code: "31"),
    "LU": Plan(code: "352", trunk: ""), "ES": Plan(code: "34", trunk: ""), "PT": Plan(code: "351", trunk: ""),
    // Italian numbers keep their zero abroad.
    "IT": Plan(code: "39", trunk: ""), "GR": Plan(code: "30", trunk: ""), "DK": Plan(code: "45", trunk: ""),
    "NO": Plan(code: "47", trunk: ""), "SE": Plan(code: "46"), "FI": Plan(code: "358"),
    "IS": Plan(code: "354", trunk: ""),
    "PL": Plan(code: "48", trunk: ""), "CZ": Plan(code: "420", trunk: ""), "SK": Plan(code: "421"),
    "HU": Plan(code: "36", trunk: "06"), "RO": Plan(code: "40"), "BG": Plan(code: "359"), "HR": Plan(code: "385"),
    "SI": Plan(code: "386"), "EE": Plan(code: "372", trunk: ""), "LV": Plan(code: "371", trunk: ""),
    "LT": Plan(code: "370", trunk: "0"), "UA": Plan(code: "380"), "TR": Plan(code: "90"), "IL": Plan(code: "972"),
    "ZA": Plan(code: "27"), "AE": Plan(code: "971"), "SA": Plan(code: "966"), "IN": Plan(code: "91"),
    "JP": Plan(code: "81", international: "010"), "KR": Plan(code: "82"), "CN": Plan(code: "86"),
    "HK": Plan(code: "852", trunk: "", international: "001"), "TW": Plan(code: "886"),
    "SG": Plan(code: "65", trunk: ""), "MY": Plan(code: "60"), "TH": Plan(code: "66"), "PH": Plan(code: "63"),
    "ID": Plan(code: "62"), "VN": Plan(code: "84"), "AU": Plan(code: "61", international: "0011"),
    "NZ": Plan(code: "64"),
    "BR": Plan(code: "55"), "AR": Plan(code: "54"), "CL": Plan(code: "56", trunk: ""),
    "CO": Plan(code: "57", trunk: ""),
    "MX": Plan(code: "52", trunk: ""),
  ]
}
