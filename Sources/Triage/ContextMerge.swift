internal import Events

// What is known under two ids, as one. Where the two differ, whatever keeps a machine more silent counts; where neither does, the newer.
//
// Within the limits of a context it does not matter which of several comes first, nor whether one comes twice.

extension CustomerContext {
  /// Takes what was known under another id. What cannot be read may have been anything, so from then on no machine answers.
  mutating func take(_ moved: CustomerMoved) {
    if let other = CustomerContext(bytes: moved.context) { merge(other) } else { consent.automation = false }
    // What went round a ring of links comes back as its own.
    if moved.movedFrom != moved.customer { add(alias: moved.movedFrom) }
  }

  mutating func merge(_ other: CustomerContext) {
    consent.automation = Self.cautious(consent.automation, other.consent.automation)
    consent.personalization = Self.cautious(consent.personalization, other.consent.personalization)
    // Nothing says which of two was told last.
    tier = [tier, other.tier].compactMap { $0 }.max { $0.text.precedes($1.text) }
    lastSeen = max(lastSeen, other.lastSeen)
    churnRaisedAt = [churnRaisedAt, other.churnRaisedAt].compactMap { $0 }.max()
    applied = (other.applied.filter { !applied.contains($0) } + applied).suffix(Limits.applied)
    for order in other.orders { merge(order) }
    orders.sort { ($0.asOf, $0.order) < ($1.asOf, $1.order) }
    while orders.count > Limits.orders { orders.remove(at: orders.firstIndex { !$0.isOpen } ?? 0) }
    for one in other.cases { merge(one) }
    cases.sort { ($0.lastMessageAt, $0.ticket) < ($1.lastMessageAt, $1.ticket) }
    while cases.count > Limits.cases {
      cases.remove(at: cases.firstIndex(where: \.isSolved) ?? cases.firstIndex { !$0.humanHasCase } ?? 0)
    }
    for alias in other.aliases { add(alias: alias) }
  }

  private mutating func add(alias: CustomerID) {
    guard !aliases.contains(alias) else { return }
    aliases.append(alias)
    aliases.removeFirst(max(0, aliases.count - Limits.aliases))
  }

  private mutating func merge(_ other: KnownOrder) {
    guard let index = orders.firstIndex(where: { $0.order == other.order }) else { return orders.append(other) }
    orders[index] = orders[index].merged(with: other)
  }

  private mutating func merge(_ other: Case) {
    guard let index = cases.firstIndex(where: { $0.ticket == other.ticket }) else { return cases.append(other) }
    cases[index] = cases[index].merged(with: other)
  }

  /// A no counts before a yes, and either before silence.
  private static func cautious(_ one: Bool?, _ other: Bool?) -> Bool? {
    guard let one, let other else { return one ?? other }
    return one && other
  }
}

extension KnownOrder {
  /// The newer state, with all that was said about the order.
  fileprivate func merged(with other: KnownOrder) -> KnownOrder {
    guard self != other else { return self }
    let limits = CustomerContext.Limits.self
    let isOlder = (asOf.nanoseconds, status.rawValue) < (other.asOf.nanoseconds, other.status.rawValue)
    var merged = isOlder ? other : self
    merged.explained = Array(explained.joined(other.explained).sorted { $0.precedes($1) }.prefix(limits.explained))
    let answers = answers.joined(other.answers).sorted { $0.at != $1.at ? $0.at < $1.at : $0.step.precedes($1.step) }
    merged.answers = answers.suffix(limits.answers)
    return merged
  }
}

extension Case {
  /// One ticket that was told under two ids.
  fileprivate func merged(with other: Case) -> Case {
    guard self != other else { return self }
    let isOlder = (lastMessageAt, decision ?? "") < (other.lastMessageAt, other.decision ?? "")
    let (newer, older) = isOlder ? (other, self) : (self, other)
    let (first, second) = openedAt <= other.openedAt ? (self, other) : (other, self)
    var merged = newer
    merged.openedAt = first.openedAt
    if newer.channel == .unknown { merged.channel = older.channel }
    if newer.language == "und" { merged.language = older.language }
    merged.isSolved = isSolved && other.isSolved
    if newer.intent == nil, older.intent != nil { (merged.intent, merged.band) = (older.intent, older.band) }
    merged.order = newer.order ?? older.order
    merged.humanQueue = newer.humanQueue ?? older.humanQueue
    merged.humanHasCase = humanHasCase || other.humanHasCase
    merged.handedTo = newer.handedTo ?? older.handedTo
    merged.epoch = max(epoch, other.epoch)
    merged.dueBy = [dueBy, other.dueBy].compactMap { $0 }.min()
    merged.urgency = [urgency, other.urgency].compactMap { $0 }.max { $0.rank < $1.rank }
    merged.decision = newer.decision ?? older.decision
    merged.questionsAsked = max(questionsAsked, other.questionsAsked)
    merged.raised = raised.union(other.raised)
    merged.answersGiven = max(answersGiven, other.answersGiven)
    merged.firstSentiment = first.firstSentiment ?? second.firstSentiment
    merged.lastSentiment = newer.lastSentiment ?? older.lastSentiment
    merged.promise = [promise, other.promise].compactMap { $0 }.min { ($0.by, $0.decision) < ($1.by, $1.decision) }
    merged.said = said.joined(other.said).sorted { $0.precedes($1) }.suffix(CustomerContext.Limits.said)
    return merged
  }
}

extension DecisionMade.Urgency {
  fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension Case.Said {
  fileprivate func precedes(_ other: Case.Said) -> Bool {
    if at != other.at { return at < other.at }
    return kind != other.kind ? kind.rawValue < other.kind.rawValue : step.text.precedes(other.step.text)
  }
}

// A set has another order in each process, and Swift takes two spellings of a letter for the same: neither may show in what is written.

extension Array where Element: Equatable {
  fileprivate func joined(_ other: [Element]) -> [Element] { other.filter { !contains($0) } + self }
}

extension String {
  fileprivate func precedes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
