internal import Events

/// Whom one payload is about.
final class Acquaintances {
  private(set) var people: [Person] = []

  func meet(_ person: Person) { people.append(person) }
}

/// Which links were told lately, so that not every payload tells its own again. A link that is told twice changes nothing, so this may forget
/// what it likes: a start begins with nothing.
struct LinkMemory: Sendable {
  /// How many of the newest links are remembered at least. At most there are twice as many.
  static let linksMin = 20_000
  /// After so many days a link is told again: triage forgets a customer of whom it hears nothing for half a year, and their links with them.
  static let daysMax: Int64 = 30

  /// The days on which links were told: the newest, and those before them.
  private var newest: [CustomerLinked: Int64] = [:]
  private var older: [CustomerLinked: Int64] = [:]
  /// What was told since the last `accept`.
  private var open: [CustomerLinked] = []

  /// Whether `link` is to be told at `time`; from then on it counts as told.
  mutating func isNews(_ link: CustomerLinked, at time: Timestamp) -> Bool {
    let day = time.nanoseconds / 86_400_000_000_000
    if let told = newest[link] ?? older[link], abs(day - told) < Self.daysMax { return false }
    if newest.count == Self.linksMin { (newest, older) = ([:], newest) }
    newest[link] = day
    open.append(link)
    return true
  }

  /// What was told is written.
  mutating func accept() { open.removeAll(keepingCapacity: true) }

  /// What was told is not written: it is to be told again.
  mutating func rewind() {
    for link in open { (newest[link], older[link]) = (nil, nil) }
    accept()
  }
}
