/// Letters that are drawn out: `sooo`.
enum DrawnOut {
  /// Whether one byte stands there three times in a row.
  static func hasTriple(_ buffer: UnsafeMutablePointer<UInt8>, _ from: Int, _ to: Int) -> Bool {
    var at = from
    while at &+ 3 <= to {
      if hasTriple(EightBytes.load(buffer + at), to &- at) { return true }
      at &+= 6
    }
    return false
  }

  /// The same of eight bytes, of which only the first `count` are asked for. Six of them can begin a row of three.
  @inline(__always)
  static func hasTriple(_ bytes: UInt64, _ count: Int) -> Bool {
    // A zero byte is where a row begins. Of several such bytes the lowest is true; it counts where the word does not end before, as
    // it does before the eighth byte, which is the answer where there is none.
    let same = (bytes ^ (bytes >> 8)) | (bytes ^ (bytes >> 16))
    let zeros = (same &- 0x0000_0101_0101_0101) & ~same & 0x0000_8080_8080_8080
    return zeros.trailingZeroBitCount >> 3 &+ 3 <= min(count, 8)
  }

  /// Leaves two of each row of one letter. Digits stay as they are.
  static func squeeze(_ buffer: UnsafeMutablePointer<UInt8>, _ from: Int, _ to: inout Int) -> Bool {
    var count = from
    for at in from..<to {
      let byte = buffer[at]
      if byte > 0x39, count >= from + 2, buffer[count - 1] == byte, buffer[count - 2] == byte { continue }
      buffer[count] = byte
      count += 1
    }
    defer { to = count }
    return count < to
  }
}
