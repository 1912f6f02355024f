package import Streams

/// The smallest processor that has all that may go wrong: contexts per customer, one that concerns all, replies that end when a
/// person takes over, records that cannot be read. Every answer carries a digest of all that was known, so that an event that is
/// missing, doubled or out of order shows in the bytes of everything after it.
package struct Ledger: Processor {
  package struct Account: Equatable, Sendable {
    var events = 0
    var digest: UInt64 = 0
    var isTakenOver = false
    /// The last event it holds.
    var position: Offset = -1
  }

  struct Shared: Equatable, Sendable {
    var broadcasts = 0
    var position: Offset = -1
  }

  package struct State: Sendable {
    let partition: Int32
    var accounts: [String: Account] = [:]
    var shared = Shared()
    var before: [String: Account?] = [:]
    var sharedBefore: Shared?
  }

  /// Whether contexts say up to which event they hold, and events before it are passed over: what at-least-once needs of a
  /// processor. Exactly-once needs none of it, and would be proved by less.
  package var remembersPositions: Bool
  /// Whether of two contexts for one customer the one that holds more counts, wherever it stands in the table.
  package var restoresTheFurthest = true

  package init(remembersPositions: Bool = false) { self.remembersPositions = remembersPositions }

  package var input: StreamTopic { StreamTopic("events") }
  package var table: TableTopic? { TableTopic("contexts") }

  package func makeState(partition: Int32) -> State { State(partition: partition) }

  package func restore(_ record: Record, into state: inout State) {
    let words = String(decoding: record.value ?? [], as: UTF8.self).split(separator: " ")
    let name = String(decoding: record.key ?? [], as: UTF8.self)
    let position = record.headers.text(positionHeader).flatMap { Offset($0) } ?? -1
    if name == "*" {
      if restoresTheFurthest, state.shared.position > position { return }
      state.shared = Shared(broadcasts: Int(words[0])!, position: position)
    } else {
      if restoresTheFurthest, let known = state.accounts[name], known.position > position { return }
      state.accounts[name] = Account(
        events: Int(words[0])!, digest: UInt64(words[1], radix: 16)!, isTakenOver: words[2] == "1", position: position)
    }
  }

  private func isApplied(_ record: Record, to name: String, _ state: State) -> Bool {
    let position = name == "*" ? state.shared.position : state.accounts[name]?.position ?? -1
    return remembersPositions && record.offset <= position
  }

  package func process(_ record: Record, state: inout State, outputs: inout [OutgoingRecord]) {
    let value = record.value ?? []
    let words = String(decoding: value, as: UTF8.self).split(separator: " ")
    let name = String(decoding: record.key ?? [], as: UTF8.self)
    guard words.count > 1, words[1] != "poison" else {
      var headers = Headers()
      headers.append("from", "\(record.source.partition) \(record.offset)")
      outputs.append(
        OutgoingRecord(
          topic: "dead-letters", key: record.key, headers: headers, value: value, tally: .deadLetter(code: "poison")))
      return
    }
    if isApplied(record, to: name, state) { return }
    if name == "*" {
      if state.sharedBefore == nil { state.sharedBefore = state.shared }
      state.shared.broadcasts += 1
      state.shared.position = record.offset
      return
    }
    var account = state.accounts[name] ?? Account()
    if state.before[name] == nil { state.before[name] = .some(state.accounts[name]) }
    account.events += 1
    account.position = record.offset
    account.digest = fnv(value, from: account.digest &+ UInt64(state.shared.broadcasts))
    if words[1] == "takeover" { account.isTakenOver = true }
    state.accounts[name] = account
    if words[1] == "ask" {
      let topic = account.isTakenOver ? "cases" : "replies"
      let text = "\(words[0]) \(account.events) \(String(account.digest, radix: 16))"
      outputs.append(OutgoingRecord(topic: topic, key: record.key, value: Array(text.utf8)))
    }
  }

  package func substitute(for record: Record, keepingValue: Bool) -> OutgoingRecord? {
    OutgoingRecord(topic: "dead-letters", key: record.key, value: keepingValue ? record.value : nil)
  }

  package func changes(in state: borrowing State) -> [OutgoingRecord] {
    var records = state.before.keys.sorted().map { name in
      let account = state.accounts[name]!
      let text = "\(account.events) \(String(account.digest, radix: 16)) \(account.isTakenOver ? 1 : 0)"
      return context(name, text, account.position, state.partition)
    }
    // Last, so that of what a crash leaves behind what concerns all is never newer than what concerns one.
    if state.sharedBefore != nil {
      records.append(context("*", "\(state.shared.broadcasts)", state.shared.position, state.partition))
    }
    return records
  }

  private func context(_ name: String, _ text: String, _ position: Offset, _ partition: Int32) -> OutgoingRecord {
    var headers = Headers()
    if remembersPositions { headers.append(positionHeader, String(position)) }
    return OutgoingRecord(
      topic: "contexts", partition: partition, key: Array(name.utf8), headers: headers, value: Array(text.utf8))
  }

  package func accept(_ state: inout State) {
    state.before = [:]
    state.sharedBefore = nil
  }

  package func rewind(_ state: inout State) {
    for (name, account) in state.before { state.accounts[name] = account }
    state.shared = state.sharedBefore ?? state.shared
    accept(&state)
  }
}

/// Events for the ledger.
package struct LedgerWorkload: Workload {
  package let processor: Ledger
  package let outputTopics = ["replies", "cases", "dead-letters"]

  package init(remembersPositions: Bool = false) { processor = Ledger(remembersPositions: remembersPositions) }

  package func events(_ count: Int, partitions: Int, _ dice: inout Dice) -> [OutgoingRecord] {
    let customers = (0..<dice.roll(4...12)).map { "C\($0)" }
    return (0..<count).flatMap { number -> [OutgoingRecord] in
      let kind =
        switch dice.roll(20) {
        case 0: "takeover"
        case 1: "poison"
        case 2...5: "note"
        case 6: "broadcast"
        default: "ask"
        }
      let customer = kind == "broadcast" ? "*" : dice.pick(customers)
      let targets =
        kind == "broadcast"
        ? (0..<Int32(partitions)).map { $0 } : [partition(forKey: customer.utf8, of: Int32(partitions))]
      return targets.map { target in
        // A broadcast is one event in each log, so that each has an id of its own.
        let id = kind == "broadcast" ? "e\(number).\(target)" : "e\(number)"
        return OutgoingRecord(
          topic: "events", partition: target, key: Array(customer.utf8), value: Array("\(id) \(kind)".utf8))
      }
    }
  }

  package func fingerprint(of state: Ledger.State) -> UInt64? {
    var hash = UInt64(state.shared.broadcasts)
    for (name, account) in state.accounts.sorted(by: { $0.key < $1.key }) {
      hash = fnv(name.utf8, from: hash &+ account.digest &+ UInt64(account.events) &+ (account.isTakenOver ? 1 : 0))
    }
    return hash
  }

  private func words(_ record: OutgoingRecord) -> [Substring] {
    String(decoding: record.value ?? [], as: UTF8.self).split(separator: " ")
  }

  package func id(of event: OutgoingRecord) -> String { String(words(event)[0]) }
  package func cause(of output: OutgoingRecord) -> String? { words(output).first.map(String.init) }

  package func takenOver(by event: OutgoingRecord) -> String? {
    words(event)[1] == "takeover" ? String(decoding: event.key ?? [], as: UTF8.self) : nil
  }

  package func voice(of output: OutgoingRecord) -> String? {
    output.topic == "replies" ? String(decoding: output.key ?? [], as: UTF8.self) : nil
  }
}

/// The header of a context that says up to which event it holds; `Triage` has the same.
let positionHeader = "heed_position"
