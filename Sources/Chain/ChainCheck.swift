internal import FoundationEssentials

/// Checks that a log, a policy, a model and what was decided from them belong together, to the byte, without deciding anything.
///
/// It shares no code with what decides: it reads JSON and computes SHA-256. What it relies on is in the contract: every output
/// carries the digest of itself, every decision those of its customer's events since the last decision, of the disruption that
/// explains it, of what stopped its experiment, of policy and model, and of that last decision. Give it all outputs, then the events in the order of the log,
/// each customer's from one partition.
public struct ChainCheck {
  private let policies: Set<String>
  private let models: Set<String>
  private let logIsWhole: Bool
  private var result = ChainResult()

  private var links: [String: Link] = [:]
  /// The marks of records by their ids, to tell a repeat from a forgery.
  private var records: [String: Mark] = [:]
  private var rejected: Set<String> = []
  /// The ids of events that outputs name as their cause and that did not come yet, with the first of those outputs.
  private var awaited: [String: (id: String, place: Int)] = [:]

  private var customers: [String: History] = [:]
  /// Decisions whose events came under another id of their customer so far: if links passed those on, they come under the right one, too.
  private var astray: Set<String> = []
  private var broadcasts: Set<Mark> = []

  /// A decision, as much of it as the chain needs.
  private struct Link {
    let place: Int
    let customer: String?
    let previous: String?
    let inputs: [String]
    let disruption: String?
    let stop: String?
    let policy: String?
    let model: String?
    let dataDigest: String
    var isVisited = false
  }

  /// What came of one customer so far.
  private struct History {
    /// Events since the last decision.
    var pending: [(mark: Mark, place: Int)] = []
    /// The data's digest of the last decision.
    var last: String?
    /// The last events, by which repeats are known.
    var recent: [Mark] = []
    var lastDay = Int.min
  }

  /// As many events as repeats are known by.
  private static let recentMax = 48
  /// As many digests as a decision holds.
  private static let inputsMax = 8
  /// After so many days without an event a customer is forgotten.
  private static let daysOfMemory = 180
  private static let faultsMax = 100

  /// A check against these policies and models; without any nothing is said about them.
  ///
  /// - Parameter logIsWhole: whether the log begins at its beginning; else decisions may rest on events that it no longer keeps.
  public init(policies: [[UInt8]], models: [[UInt8]], logIsWhole: Bool = true) {
    self.policies = Set(policies.map { sha256($0) })
    // A model's file ends with the digest of what stands before it.
    self.models = Set(models.map { sha256($0.dropLast(32)) })
    self.logIsWhole = logIsWhole
  }

  // MARK: Outputs

  /// Takes a record of the outputs, as a structured event.
  public mutating func take(output line: [UInt8], at place: Int) {
    result.outputs += 1
    guard let event = ReadEvent(line), let id = event["id"], let type = event["type"] else {
      return fault(.output(place), "", "", "is no event that can be read")
    }
    if type == "heed.dead_letter.v1" { return takeDeadLetter(event, id, place) }
    let mark = event.mark
    guard let digest = event["digest"] else {
      return fault(.output(place), id, "/digest", "it has no digest of itself")
    }
    guard Mark(hex: digest) == mark else {
      return fault(.output(place), id, "", "a byte of it is not what was written")
    }
    if let known = records.updateValue(mark, forKey: id) {
      // At-least-once may write a record twice, and then the same one.
      return known == mark ? () : fault(.output(place), id, "", "another record has the same id")
    }
    if let cause = event["causationid"], awaited[cause] == nil { awaited[cause] = (id, place) }
    if type == "heed.decision.made.v1" { takeDecision(event, id, place) }
  }

  private mutating func takeDecision(_ event: ReadEvent, _ id: String, _ place: Int) {
    result.decisions += 1
    guard event.text("decisionId") == id else {
      return fault(.output(place), id, "/data/decisionId", "is not the record's id")
    }
    let digests = event.fields(of: "digests")
    links[id] = Link(
      place: place, customer: event.text("customerId"), previous: event.text("previous"),
      inputs: event.texts(at: digests["inputs"]) ?? [], disruption: event.text(at: digests["disruption"]),
      stop: event.text(at: digests["stop"]), policy: event.text(at: digests["policy"]),
      model: event.text(at: digests["model"]), dataDigest: event.dataDigest)
  }

  private mutating func takeDeadLetter(_ event: ReadEvent, _ id: String, _ place: Int) {
    guard let bytes = event["data_base64"].flatMap({ Data(base64Encoded: $0) }), Self.letterID(of: Array(bytes)) == id
    else {
      return fault(.output(place), id, "/data_base64", "these are not the bytes that were rejected")
    }
    rejected.insert(id)
  }

  private static func letterID(of value: [UInt8]) -> String {
    derived("dead", source: "/heed/triage", id: sha256(value))
  }

  // MARK: Events

  /// Takes the next event of the log, as a structured event; `value` are the record's own bytes where those are others.
  public mutating func take(event line: [UInt8], value: [UInt8]? = nil, at place: Int) {
    result.events += 1
    if !rejected.isEmpty, rejected.contains(Self.letterID(of: value ?? line)) { return }
    guard let event = ReadEvent(line), let id = event["id"], let source = event["source"], let type = event["type"]
    else {
      return fault(.event(place), "", "", "cannot be read, and no dead letter tells of it")
    }
    awaited[id] = nil
    let mark = event.mark
    guard let customer = event.text("customerId") ?? event["partitionkey"], customer != "*" else {
      broadcasts.insert(mark)
      return
    }
    var history = customers[customer] ?? History()
    let name = Mark(of: (source + "\u{1F}" + id).utf8)
    guard !history.recent.contains(name) else { return }
    history.recent = history.recent.suffix(Self.recentMax - 1) + [name]
    history.pending.append((mark, place))
    if let day = event["time"].flatMap(Self.day) {
      if history.lastDay != .min, day - history.lastDay >= Self.daysOfMemory { history.last = nil }
      history.lastDay = max(day, history.lastDay)
    }
    let decision = derived("dec", source: source, id: id)
    if let link = links[decision], link.customer != customer {
      if !link.isVisited { astray.insert(decision) }
    } else if links[decision] != nil {
      links[decision]!.isVisited = true
      astray.remove(decision)
      check(links[decision]!, decision, history)
      result.coveredEvents += history.pending.count
      history.pending = []
      history.last = links[decision]!.dataDigest
    }
    customers[customer] = type == "heed.customer.erased.v1" ? nil : history
  }

  private mutating func check(_ link: Link, _ id: String, _ history: History) {
    let place = ChainFault.Place.output(link.place)
    if let last = history.last, link.previous != last {
      fault(place, id, "/data/previous", "is not the digest of this customer's decision before it")
    } else if history.last == nil, link.previous != nil {
      if logIsWhole { fault(place, id, "/data/previous", "this customer's decision before it is missing") }
      result.openBeginnings += 1
    }
    if let policy = link.policy, !policies.isEmpty, !policies.contains(policy) {
      fault(.policy, id, "/data/digests/policy", "no policy that was given is the one that decided")
    }
    if let model = link.model, !models.isEmpty, !models.contains(model) {
      fault(.model, id, "/data/digests/model", "no model that was given is the one that read")
    }
    if let disruption = link.disruption, !isBroadcast(disruption) {
      fault(place, id, "/data/digests/disruption", "no broadcast before it is the one that explains it")
    }
    if let stop = link.stop, !isBroadcast(stop) {
      fault(place, id, "/data/digests/stop", "no broadcast before it is the one that stopped its experiment")
    }
    if !link.inputs.isEmpty { check(inputs: link, id, history) }
  }

  /// Whether a fact for every customer with this digest came before.
  private func isBroadcast(_ digest: String) -> Bool { Mark(hex: digest).map { broadcasts.contains($0) } ?? false }

  private mutating func check(inputs link: Link, _ id: String, _ history: History) {
    let recorded = link.inputs.map { Mark(hex: $0) }
    var (found, hidden) = Self.rolled(history.pending[...])
    if recorded == found { return }
    if link.previous == nil || !logIsWhole {
      // Where the chain begins, what came before was erased, forgotten, or is kept no more.
      for start in history.pending.indices {
        let rest = Self.rolled(history.pending[start...])
        if recorded == rest.marks { return }
        if !logIsWhole, start == 0, recorded.suffix(min(rest.marks.count, 7)) == rest.marks.suffix(7) {
          result.openBeginnings += 1
          return
        }
        if found.count != recorded.count, rest.marks.count == recorded.count { (found, hidden) = rest }
      }
    }
    guard recorded.count == found.count else {
      let words = recorded.count > found.count ? "an event before it is missing" : "an event before it was not there"
      let index = zip(recorded, found).prefix { $0 == $1 }.count
      return fault(.output(link.place), id, "/data/digests/inputs/\(index)", words)
    }
    for index in recorded.indices where recorded[index] != found[index] {
      // Rolled into the first are all that have no place of their own; the first of them stands for them.
      let event = history.pending[history.pending.count - found.count + index - (index == 0 ? hidden : 0)]
      let words =
        index == 0 && hidden > 0
        ? "it or one of this customer's \(hidden) next events is not the one that was decided on"
        : "is not the event that was decided on"
      fault(.event(event.place), id, "/data/digests/inputs/\(index)", words)
    }
  }

  /// The marks as a decision holds them, and how many stand behind the first.
  private static func rolled(_ events: ArraySlice<(mark: Mark, place: Int)>) -> (marks: [Mark?], hidden: Int) {
    guard events.count > inputsMax else { return (events.map(\.mark), 0) }
    let hidden = events.count - inputsMax
    let first = events.prefix(hidden + 1).map(\.mark)
    return (
      [first.dropFirst().reduce(first[0]) { Mark(rolling: $0, $1) }] + events.suffix(inputsMax - 1).map(\.mark), hidden
    )
  }

  // MARK: The end

  /// What the check saw, once everything was taken.
  public consuming func finish() -> ChainResult {
    for id in astray {
      links[id]!.isVisited = true
      fault(.output(links[id]!.place), id, "/data/customerId", "is not the event's customer")
    }
    for (id, link) in links where !link.isVisited {
      fault(.output(link.place), id, "/causationid", "no event of the log leads to it")
    }
    for (_, cause) in awaited where links[cause.id] == nil {
      fault(.output(cause.place), cause.id, "/causationid", "no event of the log leads to it")
    }
    result.faults.sort { ($0.order, $0.pointer) < ($1.order, $1.pointer) }
    result.faults = Array(result.faults.prefix(Self.faultsMax))
    return result
  }

  private mutating func fault(_ place: ChainFault.Place, _ record: String, _ pointer: String, _ words: String) {
    result.faultCount += 1
    // A policy that was changed is told once.
    if [.policy, .model].contains(place), result.faults.contains(where: { $0.place == place }) { return }
    guard result.faults.count < 100 * Self.faultsMax else { return }
    result.faults.append(ChainFault(place: place, record: record, pointer: pointer, words: words))
  }

  /// Days since 1970 of a time such as `2026-03-02T06:00:00Z` (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
  private static func day(_ time: String) -> Int? {
    let parts = time.prefix(10).split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3 else { return nil }
    let year = parts[1] <= 2 ? parts[0] - 1 : parts[0]
    let era = year / 400
    let dayOfYear = (153 * (parts[1] + (parts[1] > 2 ? -3 : 9)) + 2) / 5 + parts[2] - 1
    let dayOfEra = (year - era * 400) * 365 + (year - era * 400) / 4 - (year - era * 400) / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}

extension ChainFault {
  /// Policy and model first, then events, then outputs: causes before what they lead to.
  fileprivate var order: Int {
    switch place {
    case .policy: -2
    case .model: -1
    case .event(let place): place
    case .output(let place): Int.max / 2 + place
    }
  }
}
