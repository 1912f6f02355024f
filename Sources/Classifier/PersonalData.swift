internal import Events

/// Personal data that shows by its words as much as by its digits: street addresses, national identifiers, dates of birth,
/// passwords and keys. Each is only located, never copied.
///
/// Nearly all words are neither a number nor one of the few that speak of such data, and only those are looked at closely.
enum PersonalData {
  /// - Parameter days: the days that are named in words, of which some are somebody's birth.
  static func find(in scan: WordScan, days: [Reading.Entity]) -> [Reading.Entity] {
    var entities: [Reading.Entity] = []
    let names = names
    for index in scan.words.indices where scan.isMarked(index, names) {
      // What was found reaches over words that would be looked at next.
      if let last = entities.last, scan[index].start < last.span.end { continue }
      guard let found = look(at: index, scan, days) else { continue }
      // A street before its number begins before the number, and may begin within what was found before.
      if let last = entities.last, found.span.start < last.span.end { continue }
      entities.append(found)
    }
    return entities
  }

  /// The words that speak of a birth or a secret.
  private static let names = BirthDate.words.union(Credential.words)

  private static func look(at index: Int, _ scan: WordScan, _ days: [Reading.Entity]) -> Reading.Entity? {
    let hash = scan[index].hash
    if let span = Credential.find(at: index, hash, scan) { return Reading.Entity(kind: .credential, span: span) }
    if let span = BirthDate.find(at: index, hash, scan, days) { return Reading.Entity(kind: .birthDate, span: span) }
    guard scan[index].hasDigit else { return nil }
    if let span = NationalID.find(at: index, scan) { return Reading.Entity(kind: .nationalID, span: span) }
    if let span = StreetAddress.find(at: index, scan) { return Reading.Entity(kind: .address, span: span) }
    return nil
  }
}
