/// Eight bytes of a text, and which of them are plain letters and digits. The high bit of a byte says so.
///
/// Eight at a time, because where words end cannot be guessed, and each wrong guess costs as much as a word.
struct EightBytes {
  /// Lower case where it is a letter, and a digit as it is; something else for all other bytes.
  let lower: UInt64
  let letters: UInt64
  let digits: UInt64
  /// Letters that are no capitals.
  let small: UInt64

  private static let highs: UInt64 = 0x8080_8080_8080_8080

  @inline(__always)
  init(_ bytes: UnsafePointer<UInt8>) {
    let eight = Self.load(bytes)
    let ascii = ~eight & Self.highs
    let low = eight & ~Self.highs
    lower = low | 0x2020_2020_2020_2020
    letters = (lower &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(lower &+ 0x0505_0505_0505_0505) & ascii
    digits = (low &+ 0x5050_5050_5050_5050) & ~(low &+ 0x4646_4646_4646_4646) & ascii
    // Bit 5 tells the cases apart.
    small = letters & (eight << 2)
  }

  /// How many letters and digits are at the beginning.
  @inline(__always)
  var count: Int { (~(letters | digits) & Self.highs).trailingZeroBitCount >> 3 }

  /// How many letters are at the beginning.
  @inline(__always)
  var letterCount: Int { (~letters & Self.highs).trailingZeroBitCount >> 3 }

  /// All bits of the first `count` bytes, of which there are less than eight.
  @inline(__always)
  static func mask(_ count: Int) -> UInt64 { (1 << UInt64(truncatingIfNeeded: count &* 8)) &- 1 }

  /// The next eight bytes, the first of them lowest.
  @inline(__always)
  static func load(_ bytes: UnsafePointer<UInt8>) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(bytes).loadUnaligned(as: UInt64.self))
  }
}
