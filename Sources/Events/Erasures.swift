/// Who asked to be forgotten, with every id that links had made theirs by then: for whoever reads the events and keeps something of customers.
///
/// Triage writes a request under the other ids, too, where it writes into the log; a file that no fleet has read has it under one id alone.
/// Links and requests may be told in any order and more than once, it comes to the same. As in triage an id that was linked to two customers is
/// nobody's, and joins nothing.
public struct Erasures: Sendable {
  /// The last request of each customer.
  private var asked: [CustomerID: Timestamp] = [:]
  /// To what an id was linked, and since when.
  private var links: [CustomerID: [CustomerID: Timestamp]] = [:]

  /// Nobody asked.
  public init() {}

  /// Takes an event of `heed.events.v1`; most say nothing of this.
  public mutating func take(_ event: Event) {
    let time = event.envelope.time
    switch event.body {
    case .customerErased(let erased): asked[erased.customer] = max(asked[erased.customer] ?? time, time)
    case .customerLinked(let link) where link.customer != link.linkedTo:
      links[link.customer, default: [:]][link.linkedTo] = min(
        links[link.customer]?[link.linkedTo] ?? time, time)
    default: break
    }
  }

  /// When each customer was last to be forgotten, as was asked and linked up to `now`; without it, all that was told.
  public func all(asOf now: Timestamp? = nil) -> [CustomerID: Timestamp] {
    guard !links.isEmpty else { return asked.filter { $0.value <= now ?? $0.value } }
    let sources = Dictionary(grouping: links.flatMap { id, targets in targets.keys.map { (id, $0) } }) { $0.1 }
      .mapValues { $0.map(\.0) }
    var all: [CustomerID: Timestamp] = [:]
    for (customer, time) in asked where time <= now ?? time {
      for id in ids(of: customer, at: time, sources) { all[id] = max(all[id] ?? time, time) }
    }
    return all
  }

  /// All that `customer` is called at `time`.
  private func ids(of customer: CustomerID, at time: Timestamp, _ sources: [CustomerID: [CustomerID]]) -> Set<
    CustomerID
  > {
    var known: Set<CustomerID> = [customer]
    var open = [customer]
    while let id = open.popLast() {
      let others = [target(of: id, at: time)] + (sources[id] ?? []).map { target(of: $0, at: time) == id ? $0 : nil }
      for other in others.compactMap({ $0 }) where known.insert(other).inserted { open.append(other) }
    }
    return known
  }

  private func target(of id: CustomerID, at time: Timestamp) -> CustomerID? {
    let targets = links[id]?.filter { $0.value <= time } ?? [:]
    return targets.count == 1 ? targets.keys.first : nil
  }

  // MARK: For whoever must not grow with the log

  /// Keeps the newest requests and links.
  public mutating func keepNewest(_ count: Int) {
    asked = Dictionary(
      uniqueKeysWithValues: asked.sorted { ($1.value, $1.key) < ($0.value, $0.key) }.prefix(count).map {
        ($0.key, $0.value)
      })
    guard links.count > count else { return }
    let ages = links.mapValues { $0.values.max()! }
    links = Dictionary(
      uniqueKeysWithValues: links.sorted { (ages[$1.key]!, $1.key) < (ages[$0.key]!, $0.key) }.prefix(count)
        .map { ($0.key, $0.value) })
  }

  /// Forgets older requests, and links of ids that are none of `customers`.
  public mutating func forget(before time: Timestamp, but customers: Set<CustomerID>) {
    asked = asked.filter { $0.value >= time }
    links = links.filter { id, targets in
      customers.contains(id) || targets.contains { $0.value >= time || customers.contains($0.key) }
    }
  }
}
