/// Numbers of parcels, told from other numbers by their form and, where the carrier has one, by their check digit.
///
/// Forms without a check digit and without letters (DHL's ten digits, FedEx's twelve) are not told from a shop's own numbers
/// here: they are kept as possible orders, and the context knows the parcel.
enum TrackingNumber {
  /// Whether these letters and digits are a carrier's number.
  static func isOne(_ number: some RandomAccessCollection<UInt8>) -> Bool {
    // The shortest ones have ten, and most numbers are shorter.
    guard number.count >= 10 else { return false }
    let bytes = number.map { $0 >= 0x61 ? $0 - 0x20 : $0 }
    if isPostal(bytes) || isUPS(bytes) { return true }
    if bytes.allSatisfy(isDigit) { return isUSPS(bytes) || isSSCC(bytes) }
    // DHL parcel (JD, JJD), Amazon Logistics (TBA), Hermes and Evri (H), GLS and others: letters, then eight digits or more.
    let letters = bytes.prefix { !isDigit($0) }.count
    let rest = bytes[letters...]
    guard rest.count >= 8, rest.allSatisfy(isDigit) else { return false }
    return letters >= 2 && letters <= 4 || letters == 1 && bytes[0] == UInt8(ascii: "H") && rest.count >= 15
  }

  /// UPU S10: two letters, eight digits, a check digit (weights 8 6 4 2 3 5 9 7, modulo 11), two letters of the country.
  static func isPostal(_ bytes: [UInt8]) -> Bool {
    guard bytes.count == 13, !isDigit(bytes[0]), !isDigit(bytes[1]), !isDigit(bytes[11]), !isDigit(bytes[12]),
      bytes[2...10].allSatisfy(isDigit)
    else { return false }
    let weights = [8, 6, 4, 2, 3, 5, 9, 7]
    let sum = zip(bytes[2...9], weights).reduce(0) { $0 + value($1.0) * $1.1 }
    let check = 11 - sum % 11
    return value(bytes[10]) == (check == 10 ? 0 : check == 11 ? 5 : check)
  }

  /// UPS: `1Z`, fifteen letters and digits, and a check digit: every second one counts twice, letters as 2, 3 ... from A on,
  /// modulo 10.
  static func isUPS(_ bytes: [UInt8]) -> Bool {
    guard bytes.count == 18, bytes[0] == UInt8(ascii: "1"), bytes[1] == UInt8(ascii: "Z"), isDigit(bytes[17]) else {
      return false
    }
    var sum = 0
    for (place, byte) in bytes[2..<17].enumerated() {
      let own = isDigit(byte) ? value(byte) : (Int(byte) - 63) % 10
      sum += place % 2 == 0 ? own : own * 2
    }
    return (10 - sum % 10) % 10 == value(bytes[17])
  }

  /// USPS: 20 to 22 digits that begin with 9, weights 3 and 1 from the right, modulo 10 (Publication 199).
  private static func isUSPS(_ bytes: [UInt8]) -> Bool {
    (20...22).contains(bytes.count) && bytes[0] == UInt8(ascii: "9") && hasWeightedCheck(bytes)
  }

  /// GS1 SSCC, as DHL, DPD and others print it: 18 digits behind the mark 00.
  private static func isSSCC(_ bytes: [UInt8]) -> Bool {
    bytes.count == 20 && bytes[0] == UInt8(ascii: "0") && bytes[1] == UInt8(ascii: "0") && hasWeightedCheck(bytes)
  }

  private static func hasWeightedCheck(_ bytes: [UInt8]) -> Bool {
    let sum = bytes.dropLast().reversed().enumerated().reduce(0) {
      $0 + value($1.element) * ($1.offset % 2 == 0 ? 3 : 1)
    }
    return (10 - sum % 10) % 10 == value(bytes[bytes.count - 1])
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func value(_ byte: UInt8) -> Int { Int(byte) - 0x30 }
}
