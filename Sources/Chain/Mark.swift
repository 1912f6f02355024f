internal import Crypto

/// The first 128 bits of a SHA-256: what the chain compares.
struct Mark: Hashable {
  private let high: UInt64
  private let low: UInt64

  init(of bytes: some Sequence<UInt8>) { self.init(SHA256.hash(data: Array(bytes))) }

  /// What stands for two marks where there is room for one.
  init(rolling first: Mark, _ second: Mark) { self.init(of: first.bytes + second.bytes) }

  /// Reads 32 hexadecimal digits, small ones as they are written; `nil` if they are none.
  init?(hex: String) {
    guard hex.utf8.allSatisfy({ "0123456789abcdef".utf8.contains($0) }), hex.utf8.count == 32,
      let high = UInt64(hex.prefix(16), radix: 16),
      let low = UInt64(hex.suffix(16), radix: 16)
    else { return nil }
    (self.high, self.low) = (high, low)
  }

  private init(_ digest: some Sequence<UInt8>) {
    func word(_ bytes: some Sequence<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
    (high, low) = (word(digest.prefix(8)), word(digest.dropFirst(8).prefix(8)))
  }

  private var bytes: [UInt8] {
    [high, low].flatMap { word in stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> $0) } }
  }
}

/// A whole SHA-256 in hexadecimal.
func sha256(_ bytes: some Sequence<UInt8>) -> String {
  SHA256.hash(data: Array(bytes)).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
}
