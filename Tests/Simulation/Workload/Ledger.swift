package import Streams

/// The smallest processor that has all that may go wrong: contexts per customer, one that concerns all, replies that end when a
/// person takes over, records that cannot be read. Every answer carries a digest of all that was known, so that an event that is
/// missing, doubled or out of order shows in the bytes of everything after it.
package struct Ledger: Processor {
  package struct Account: Equatable, Sendable {
    var events = 0
    var digest: UInt64 = 0
    var isTakenOver = false
  }

  package struct State: Sendable {
    let partition: Int32
    var accounts: [String: Account] = [:]
    var broadcasts = 0
    var before: [String: Account?] = [:]
    var broadcastsBefore: Int?
  }

  package init() {}

  package var input: StreamTopic { StreamTopic("events") }
  package var table: TableTopic? { TableTopic("contexts") }

  package func makeState(partition: Int32) -> State { State(partition: partition) }

  package func restore(_ record: Record, into state: inout State) {
    let words = String(decoding: record.value ?? [], as: UTF8.self).split(separator: " ")
    let name = String(decoding: record.key ?? [], as: UTF8.self)
    if name == "*" {
      state.broadcasts = Int(words[0])!
    } else {
      state.accounts[name] = Account(
        events: Int(words[0])!, digest: UInt64(words[1], radix: 16)!, isTakenOver: words[2] == "1")
    }
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
    if name == "*" {
      if state.broadcastsBefore == nil { state.broadcastsBefore = state.broadcasts }
      state.broadcasts += 1
      return
    }
    var account = state.accounts[name] ?? Account()
    if state.before[name] == nil { state.before[name] = .some(state.accounts[name]) }
    account.events += 1
    account.digest = fnv(value, from: account.digest &+ UInt64(state.broadcasts))
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
      return context(
        name, "\(account.events) \(String(account.digest, radix: 16)) \(account.isTakenOver ? 1 : 0)", state.partition)
    }
    if state.broadcastsBefore != nil { records.append(context("*", "\(state.broadcasts)", state.partition)) }
    return records
  }

  private func context(_ name: String, _ text: String, _ partition: Int32) -> OutgoingRecord {
    OutgoingRecord(topic: "contexts", partition: partition, key: Array(name.utf8), value: Array(text.utf8))
  }

  package func accept(_ state: inout State) {
    state.before = [:]
    state.broadcastsBefore = nil
  }

  package func rewind(_ state: inout State) {
    for (name, account) in state.before { state.accounts[name] = account }
    state.broadcasts = state.broadcastsBefore ?? state.broadcasts
    accept(&state)
  }
}

/// Events for the ledger.
package struct LedgerWorkload: Workload {
  package let processor = Ledger()
  package let outputTopics = ["replies", "cases", "dead-letters"]

  package init() {}

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
    var hash = UInt64(state.broadcasts)
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
