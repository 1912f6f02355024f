/// The hash of a word's normal form, 64 bits. Models are kept by it, so a change here is another version of the features.
enum WordHash {
  /// Of up to eight bytes at a time, each number of them in its own way, so that `a` and `a` with a zero behind it differ.
  @inline(__always)
  static func of(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
    var hash = beginning(count)
    var at = 0
    while at &+ 8 <= count {
      hash = mixed(hash, EightBytes.load(bytes + at))
      at &+= 8
    }
    if at < count { hash = mixed(hash, EightBytes.load(bytes + at) & EightBytes.mask(count &- at)) }
    return end(hash)
  }

  /// The same of fewer than eight bytes, but one at least, that are in a register, with zeros behind them.
  @inline(__always)
  static func of(_ bytes: UInt64, _ count: Int) -> UInt64 { end(mixed(beginning(count), bytes)) }

  @inline(__always)
  private static func beginning(_ count: Int) -> UInt64 {
    UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
  }

  @inline(__always)
  private static func mixed(_ hash: UInt64, _ bytes: UInt64) -> UInt64 {
    let hash = (hash ^ bytes) &* 0xFF51_AFD7_ED55_8CCD
    return hash ^ (hash >> 32)
  }

  @inline(__always)
  private static func end(_ hash: UInt64) -> UInt64 {
    let hash = hash &* 0xC4CE_B9FE_1A85_EC53
    return hash ^ (hash >> 29)
  }
}
