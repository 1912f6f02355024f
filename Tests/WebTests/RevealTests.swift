import Console
import ConsoleFixtures
import Events
import HTTPTypes
import Logging
import Policy
import Shipped
import Streams
import Synchronization
import Testing

@testable import Web

@Suite struct RevealTests {
  /// The default policy, and one in which messages may be seen.
  static let closed = ConsoleServerTests.policy
  static let audited = try! PolicyDocument(yaml: Shipped.policy + "\nprivacy: {reveal: audited}\n")

  private var fleet: Fleet {
    var fleet = Fleet()
    fleet.ticket("T-<b>1", of: "c-1", subject: "<i>Hello", ConsoleServerTests.hostile)
    fleet.ticket("T-2", of: "c-2", minutes: 3, "Where is my order?")
    return fleet
  }

  /// A console of `fleet` under a policy, with what it logs. `during` happens while the log is read again.
  private func console(
    _ policy: PolicyDocument, _ log: AuditLog, during: @escaping @Sendable (ConsoleBoard) -> Void = { _ in },
    refusing: RevealRefusal? = nil
  ) -> (sources: ConsoleServer.Sources, board: ConsoleBoard) {
    let board = ConsoleBoard()
    let events = fleet.events
    board.take(fleet.records)
    let sources = ConsoleServer.Sources(
      board: board, policy: policy, proof: { nil }, explain: { _ in .failure(ExplainProblem(words: "")) },
      reread: { place in
        log.readAgain()
        during(board)
        if let refusing { return .failure(refusing) }
        return RawMessage(events[Int(place.offset)], at: place).map { .success($0) } ?? .failure(.gone)
      }, now: { Fleet.monday })
    return (sources, board)
  }

  private func desk(_ sources: ConsoleServer.Sources, _ log: AuditLog, perMinute: Double = 100) -> RevealDesk {
    // Somebody wants no line below an error; the audit is written all the same.
    var logger = Logger(label: "test") { _ in AuditHandler(log: log) }
    logger.logLevel = .critical
    return RevealDesk(sources, logger: logger, perMinute: perMinute)
  }

  private func request(
    _ board: ConsoleBoard, _ key: String, reason: String = "quality", note: String = "", ticket: String = "T-<b>1"
  ) -> RevealRequest {
    let id = board.snapshot.decisions(of: ticket).first?.view.id ?? "none"
    return RevealRequest(form: ["id": id, "reason": reason, "note": note, "key": key])
  }

  // MARK: Over HTTP

  @Test func whereThePolicyLetsNobodyItIsNotOfferedAndNotDone() async throws {
    let log = AuditLog()
    let (sources, board) = console(Self.closed, log)
    let id = try #require(board.snapshot.decisions(of: "T-<b>1").first).view.id
    try await serving(server(sources, log)) { port in
      #expect(try await !get("/decision?id=\(id)", port).contains("/reveal"))
      let answer = try await post("/reveal", "id=\(id)&reason=quality&key=x", port)
      #expect(answer.hasPrefix("HTTP/1.1 403"))
      #expect(!answer.contains("ann@example.com"))
    }
    #expect(log.lines.map { $0["refused"] } == ["policy"])
    #expect(log.reads == 0)
  }

  @Test func aMessageIsShownForAReasonAndThatIsWrittenDown() async throws {
    let log = AuditLog()
    let (sources, board) = console(Self.audited, log)
    let id = try #require(board.snapshot.decisions(of: "T-<b>1").first).view.id
    try await serving(server(sources, log)) { port in
      let page = try await get("/decision?id=\(id)", port)
      let key = try #require(page.firstMatch(of: /name="key" value="(\w+)"/)).1
      #expect(!page.contains("ann@example.com"), "it is redacted until somebody asks")
      let answer = try await post("/reveal", "id=\(id)&reason=quality&note=QA-2031&key=\(key)", port)
      #expect(answer.hasPrefix("HTTP/1.1 200"))
      #expect(answer.contains("ann@example.com") && answer.contains("stands in the audit log"))
      #expect(answer.lowercased().contains("cache-control: no-store"))
      // A customer's markup stays words, and marks of direction are gone.
      #expect(answer.contains("&lt;script&gt;") && answer.contains("&lt;i&gt;Hello"))
      for trace in ["<script>document", "<img src=x", "<i>Hello", "<b>1", "\u{202E}"] {
        #expect(!answer.contains(trace))
      }
      // Another look at the decision is as redacted as before.
      #expect(try await !get("/decision?id=\(id)", port).contains("ann@example.com"))
    }
    let line = try #require(log.lines.first)
    #expect(log.lines.count == 1)
    #expect(line["who"] == "local" && line["reason"] == "quality" && line["note"] == "QA-2031")
    #expect(line["ticket"] == "T-%3Cb%3E1" && line["decision"] == id && line["at"] == Fleet.monday.rfc3339)
    #expect(line["refused"] == nil)
    #expect(!log.all.contains("ann@") && !log.all.contains("lawyer"))
  }

  @Test func whoAsksIsWhoTheProxyNames() async throws {
    let log = AuditLog()
    let (sources, board) = console(Self.audited, log)
    let id = try #require(board.snapshot.decisions(of: "T-2").first).view.id
    try await serving(server(sources, log, access: .proxy(header: "X-User"))) { port in
      let page = try await get("/decision?id=\(id)", port, "X-User: lead@shop.example\r\n")
      let key = try #require(page.firstMatch(of: /name="key" value="(\w+)"/)).1
      let form = "id=\(id)&reason=legal&key=\(key)"
      #expect(try await post("/reveal", form, port).hasPrefix("HTTP/1.1 401"))
      #expect(try await post("/reveal", form, port, "X-User: lead@shop.example\r\n").hasPrefix("HTTP/1.1 200"))
      let foreign = "X-User: lead@shop.example\r\nSec-Fetch-Site: cross-site\r\n"
      #expect(try await post("/reveal", form, port, foreign).hasPrefix("HTTP/1.1 403"))
      let huge = form + "&note=" + String(repeating: "x", count: 10_000)
      #expect(try await post("/reveal", huge, port, "X-User: lead@shop.example\r\n").hasPrefix("HTTP/1.1 413"))
    }
    #expect(log.lines.map { $0["who"] } == ["lead@shop.example"])
  }

  // MARK: At the desk

  @Test func everyRefusalIsWrittenDownAndReadsNothing() async throws {
    let log = AuditLog()
    let (sources, board) = console(Self.audited, log)
    let desk = desk(sources, log)
    let long = String(repeating: "x", count: 201)
    let cases: [(RevealRequest, who: String?, RevealRefusal)] = [
      (request(board, desk.key), nil, .identity), (request(board, "guessed"), "ann", .form),
      (request(board, ""), "ann", .form), (request(board, desk.key, reason: "curious"), "ann", .reason),
      (request(board, desk.key, note: long), "ann", .reason),
      (request(board, desk.key, ticket: "T-none"), "ann", .unknown),
    ]
    for (request, who, refusal) in cases {
      guard case .failure(refusal) = await desk.answer(request, of: who) else {
        Issue.record("\(refusal) was not the answer")
        continue
      }
    }
    #expect(log.lines.map { $0["refused"] } == cases.map(\.2.rawValue))
    #expect(log.lines.map { $0["who"] } == cases.map { $0.who ?? "nobody" })
    #expect(log.reads == 0)
  }

  @Test(arguments: [RevealRefusal.gone, .behind, .unreachable])
  func whatCannotBeReadAgainIsSaid(refusal: RevealRefusal) async {
    let log = AuditLog()
    let (sources, board) = console(Self.audited, log, refusing: refusal)
    let desk = desk(sources, log)
    guard case .failure(refusal) = await desk.answer(request(board, desk.key), of: "ann") else {
      Issue.record("it was shown")
      return
    }
    #expect(log.lines.map { $0["refused"] } == [refusal.rawValue])
  }

  @Test func whoeverIsErasedWhileTheLogIsReadIsNotShown() async throws {
    let log = AuditLog()
    var erasing = fleet
    erasing.happens(.customerErased, "c-1", minutes: 9, #"{"customerId":"c-1"}"#)
    let erasure = try #require(erasing.events.last)
    let (sources, board) = console(Self.audited, log, during: { $0.take([erasure]) })
    let desk = desk(sources, log)
    let asked = request(board, desk.key)
    for _ in 0..<2 {
      guard case .failure(.unknown) = await desk.answer(asked, of: "ann") else {
        Issue.record("an erased customer's words were shown")
        continue
      }
    }
    #expect(log.reads == 1, "once it is known nothing is read")
  }

  @Test func eachPersonIsShownOnlySoManyInAMinute() async {
    let log = AuditLog()
    let (sources, board) = console(Self.audited, log)
    let desk = desk(sources, log, perMinute: 2)
    var refused: [String: Int] = [:]
    for who in ["ann", "ann", "ann", "bob"] {
      if case .failure(.pace) = await desk.answer(request(board, desk.key), of: who) { refused[who, default: 0] += 1 }
    }
    #expect(refused == ["ann": 1])
    #expect(log.lines.count == 4)
  }

  @Test(arguments: [
    ("QA-2031", "QA-2031"), ("#4711", "#4711"), ("case/12.3", "case/12.3"), ("", nil), ("Miller", nil),
    ("Anna Miller 12", nil), ("ann1@example.com", nil), ("line\n2", nil), (String(repeating: "1", count: 41), nil),
    ("+447700900461", nil), ("07700-900461", nil),
  ])
  func onlyAReferenceStandsInTheLog(note: String, kept: String?) {
    #expect(RevealRequest(form: ["note": note]).reference == kept)
  }

  @Test func aNameForgesNoLineAndNoField() {
    #expect(RevealDesk.plain("lead@shop.example") == "lead@shop.example")
    #expect(RevealDesk.plain("x reason=legal\n{}") == "x%20reason%3Dlegal%0A%7B%7D")
  }

  @Test func aProxyThatNamesNobodyIsNobody() {
    #expect(ConsoleAccess.proxy(header: "X-User").identity(in: [:]) == nil)
    #expect(ConsoleAccess.proxy(header: "X-User").identity(in: [.init("X-User")!: " "]) == nil)
    #expect(ConsoleAccess.thisMachine.identity(in: [:]) == "local")
    #expect(ConsoleAccess.token("a token that is long").identity(in: [:]) == "token")
  }

  private func server(
    _ sources: ConsoleServer.Sources, _ log: AuditLog, access: ConsoleAccess = .thisMachine
  ) -> (@escaping @Sendable (Int) -> Void) -> ConsoleServer {
    { onListening in
      ConsoleServer(
        host: "127.0.0.1", port: 0, access: access, sources: sources,
        logger: Logger(label: "test") { _ in AuditHandler(log: log) },
        requestsPerSecond: 1_000, onListening: onListening)
    }
  }
}

/// What was written down, and how often the log was read again.
private final class AuditLog: Sendable {
  private let state = Mutex<(lines: [[String: String]], all: String, reads: Int)>(([], "", 0))

  var lines: [[String: String]] { state.withLock { $0.lines } }
  var all: String { state.withLock { $0.all } }
  var reads: Int { state.withLock { $0.reads } }
  func readAgain() { state.withLock { $0.reads += 1 } }

  func write(_ message: Logger.Message, _ metadata: Logger.Metadata) {
    let fields = metadata.mapValues { "\($0)" }
    state.withLock { state in
      if fields["audit"] == "reveal" { state.lines.append(fields) }
      state.all += "\(message) \(fields)\n"
    }
  }
}

private struct AuditHandler: LogHandler {
  let log: AuditLog
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.info

  init(log: AuditLog) { self.log = log }

  func log(event: LogEvent) { log.write(event.message, event.metadata ?? [:]) }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }
}
