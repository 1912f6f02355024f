internal import Streams

/// When a worker stops rather than go on rejecting: a fault of the system, such as a producer's bad deployment, looks like many
/// customers' records failing at once.
public struct BreakerLimits: Sendable, Hashable {
  /// How many of the last records are looked at.
  public var window: Int
  /// How many of them may be dead letters.
  public var deadLettersMax: Int
  /// From how many different keys the dead letters must come: one customer whose every record is bad stops nobody.
  public var keysMin: Int

  /// The defaults: a fifth of the last thousand records, from ten customers or more.
  public init(window: Int = 1_000, deadLettersMax: Int = 200, keysMin: Int = 10) {
    precondition(window > 0, "a breaker looks at records")
    self.window = window
    self.deadLettersMax = deadLettersMax
    self.keysMin = keysMin
  }
}

/// What made the breaker trip.
public struct BreakerTrip: Sendable, Hashable {
  /// Dead letters among the last ``window`` records, the last one included.
  public let deadLetters: Int
  /// How many records were looked at.
  public let window: Int
  /// From how many different keys the dead letters came.
  public let keys: Int

  /// So many dead letters of so many keys among so many records.
  public init(deadLetters: Int, window: Int, keys: Int) {
    self.deadLetters = deadLetters
    self.window = window
    self.keys = keys
  }
}

/// Watches the share of dead letters in a sliding window of records.
///
/// Records that were not there yet count as good ones: so from a start, or a restart, at most `deadLettersMax` dead letters
/// are written before it trips, however few records there are.
struct Breaker {
  private let limits: BreakerLimits
  /// The last records, oldest overwritten: 0 for a good one, else a number for its key.
  private var ring: [UInt64]
  private var index = 0
  private var deadLetters = 0
  private var keys: [UInt64: Int] = [:]
  private var keyless: UInt64 = 0

  init(_ limits: BreakerLimits) {
    self.limits = limits
    ring = Array(repeating: 0, count: limits.window)
  }

  /// Takes the next record; says if that is one dead letter too many.
  mutating func take(key: [UInt8]?, isDeadLetter: Bool) -> BreakerTrip? {
    forget(ring[index])
    ring[index] = 0
    defer { index = index + 1 == ring.count ? 0 : index + 1 }
    guard isDeadLetter else { return nil }
    let number = number(of: key)
    ring[index] = number
    deadLetters += 1
    keys[number, default: 0] += 1
    guard deadLetters > limits.deadLettersMax, keys.count >= limits.keysMin else { return nil }
    return BreakerTrip(deadLetters: deadLetters, window: limits.window, keys: keys.count)
  }

  /// Forgets all records: those of a batch that was taken back come again.
  mutating func reset() {
    self = Breaker(limits)
  }

  private mutating func forget(_ number: UInt64) {
    guard number != 0 else { return }
    deadLetters -= 1
    if let count = keys[number] { keys[number] = count == 1 ? nil : count - 1 }
  }

  /// Never 0. Records without a key are nobody's, so each is its own.
  private mutating func number(of key: [UInt8]?) -> UInt64 {
    if let key { return UInt64(murmur2(key)) + 1 }
    keyless += 1
    return keyless << 33
  }
}
