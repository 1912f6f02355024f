internal import Events

/// Personal data that shows by its words as much as by its digits: street addresses, national identifiers, dates of birth,
/// passwords and keys. Each is only located, never copied.
///
/// Nearly all words are neither a number nor one of the few that speak of such data, and only those are looked at closely.
enum PersonalData {
  /// - Parameter days: the days that are named in words, of which some are somebody's birth.
  static func find(in text: String, _ words: Words, days: [Reading.Entity]) -> [Reading.Entity] {
    let marks = marks(in: words)
    guard !marks.isEmpty else { return [] }
    var text = text
    let scan = WordScan(words, bytes: text.withUTF8 { Array($0.prefix(Words.bytesMax)) })
    var entities: [Reading.Entity] = []
    for index in marks {
      // What was found reaches over words that would be looked at next.
      if let last = entities.last, scan[index].start < last.span.end { continue }
      guard let found = look(at: index, scan, days) else { continue }
      // A street before its number begins before the number, and may begin within what was found before.
      if let last = entities.last, found.span.start < last.span.end { continue }
      entities.append(found)
    }
    return entities
  }

  private static func look(at index: Int, _ scan: WordScan, _ days: [Reading.Entity]) -> Reading.Entity? {
    let hash = scan[index].hash
    if let span = Credential.find(at: index, hash, scan) { return Reading.Entity(kind: .credential, span: span) }
    if let span = BirthDate.find(at: index, hash, scan, days) { return Reading.Entity(kind: .birthDate, span: span) }
    guard scan[index].hasDigit else { return nil }
    if let span = NationalID.find(at: index, scan) { return Reading.Entity(kind: .nationalID, span: span) }
    if let span = StreetAddress.find(at: index, scan) { return Reading.Entity(kind: .address, span: span) }
    return nil
  }

  /// The words that are looked at: those with a digit, and those that speak of a birth or a secret.
  private static func marks(in words: Words) -> [Int] {
    var marks: [Int] = []
    bits.withUnsafeBufferPointer { bits in
      words.words.withUnsafeBufferPointer { words in
        for index in words.indices
        where words[index].hasDigit || bits[Int(words[index].hash >> 6 & 63)] & (1 << (words[index].hash & 63)) != 0 {
          marks.append(index)
        }
      }
    }
    return marks
  }

  /// One bit for each word that speaks of a birth or a secret, because nearly all words speak of neither.
  private static let bits: [UInt64] = {
    var bits = [UInt64](repeating: 0, count: 64)
    for hash in BirthDate.words.union(Credential.words) { bits[Int(hash >> 6 & 63)] |= 1 << (hash & 63) }
    return bits
  }()
}
