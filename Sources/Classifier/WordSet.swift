/// Words to be recognised in a text, by the hashes of their normal forms.
///
/// A hash of a word is well mixed, so its own bits say where it stands; a `Set` would hash it again. Nearly all words of a text
/// are none of those asked for, and one look at a bit says so.
struct WordSet: Sendable {
  /// 4096 bits, one of which each word sets.
  private let bits: [UInt64]
  /// Open addressing; 0 is an empty place.
  private let places: [UInt64]

  /// The words in `text`.
  init(_ text: String) { self.init(Words(text).words.map(\.hash)) }

  init(_ hashes: some Sequence<UInt64>) {
    let hashes = Set(hashes)
    var bits = [UInt64](repeating: 0, count: 64)
    var size = 8
    while size < hashes.count * 2 { size *= 2 }
    var places = [UInt64](repeating: 0, count: size)
    for hash in hashes.sorted() {
      bits[Int(hash >> 6 & 63)] |= 1 << (hash & 63)
      var at = Int(truncatingIfNeeded: hash) & (size - 1)
      while places[at] != 0 { at = (at + 1) & (size - 1) }
      places[at] = hash
    }
    self.bits = bits
    self.places = places
  }

  func union(_ other: WordSet) -> WordSet { WordSet((places + other.places).filter { $0 != 0 }) }

  /// How many places there are; values can be kept beside the words by them.
  var placeCount: Int { places.count }

  func contains(_ hash: UInt64) -> Bool { mayContain(hash) && place(of: hash) != nil }

  /// `false` where a hash is surely none of them.
  @inline(__always)
  func mayContain(_ hash: UInt64) -> Bool { bits[Int(hash >> 6 & 63)] & (1 << (hash & 63)) != 0 }

  /// The place of a word, below `placeCount`.
  func place(of hash: UInt64) -> Int? {
    var at = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while places[at] != 0 {
      if places[at] == hash { return at }
      at = (at + 1) & (places.count - 1)
    }
    return nil
  }
}
