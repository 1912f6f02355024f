/// A dictionary that keeps the newest `limit` entries: what came first goes first.
public struct Bounded<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  /// How many entries are kept at most.
  public let limit: Int
  private var entries: [Key: Value] = [:]
  /// The keys as they came, of which those before `first` are gone. A key that was removed may still stand here.
  private var keys: [Key] = []
  private var first = 0

  /// An empty one.
  ///
  /// - Precondition: `limit` is positive.
  public init(limit: Int) {
    precondition(limit > 0, "what keeps nothing is of no use")
    self.limit = limit
  }

  /// How many there are.
  public var count: Int { entries.count }

  /// The value under `key`.
  public subscript(key: Key) -> Value? { entries[key] }

  /// The values, in no order.
  public var values: some Sequence<Value> { entries.values }

  /// The entries, the newest first.
  public var newest: some Sequence<(key: Key, value: Value)> {
    keys[first...].reversed().lazy.compactMap { key in entries[key].map { (key, $0) } }
  }

  /// Keeps `value` under `key`. A key that is there keeps its place in the order; gives whether it is a new one.
  @discardableResult
  public mutating func put(_ value: Value, for key: Key) -> Bool {
    guard entries.updateValue(value, forKey: key) == nil else { return false }
    keys.append(key)
    while entries.count > limit {
      entries[keys[first]] = nil
      first += 1
    }
    tidy()
    return true
  }

  /// Changes the value under `key`, if there is one.
  public mutating func change(_ key: Key, _ body: (inout Value) -> Void) {
    guard let place = entries.index(forKey: key) else { return }
    body(&entries.values[place])
  }

  /// Drops every entry that `isGone` says.
  public mutating func removeAll(where isGone: (Value) -> Bool) {
    entries = entries.filter { !isGone($0.value) }
    tidy()
  }

  /// Lets go of keys that stand for nothing any more, seldom enough to cost nothing.
  private mutating func tidy() {
    guard keys.count > 2 * limit + 16 else { return }
    var seen: Set<Key> = []
    // A key that was removed and came back stands twice, and its later place counts.
    keys = keys[first...].reversed().filter { entries[$0] != nil && seen.insert($0).inserted }.reversed()
    first = 0
  }
}
