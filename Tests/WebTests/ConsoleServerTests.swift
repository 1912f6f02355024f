import Console
import ConsoleFixtures
import Events
import Logging
import Policy
import Streams
import Testing
import Triage
import Shipped

@testable import Web

@Suite struct ConsoleServerTests {
  static let hostile =
    "<script>document.title='owned'</script> \u{202E}evil <img src=x onerror=alert(1)> My lawyer will call! Mail ann@example.com"

  static let policy = try! PolicyDocument(yaml: Shipped.policy)

  /// A board on which a hostile ticket stands among harmless ones.
  private func board() -> ConsoleBoard {
    var fleet = Fleet()
    fleet.ticket("T-<b>1", of: "c-1", subject: Self.hostile, Self.hostile)
    for index in 0..<40 {
      fleet.ticket("T-\(index)", of: "c-\(index)", minutes: Int64(index), "Where is my order? This is awful!")
    }
    let board = ConsoleBoard()
    board.take(fleet.records)
    board.take(ends: [0: 100], committed: [0: 40], at: Fleet.monday)
    return board
  }

  private func server(
    _ board: ConsoleBoard, access: ConsoleAccess = .thisMachine, pace: Double = 1_000,
    _ onListening: @escaping @Sendable (Int) -> Void
  ) -> ConsoleServer {
    let sources = ConsoleServer.Sources(
      board: board, policy: Self.policy, proof: { nil },
      explain: { question in
        var fleet = Shelf(partition: 0)
        var writer = JSONWriter()
        writer.object { writer in
          writer.field("ticketId", "t")
          writer.field("customerId", "c")
          writer.field("channel", question.channel)
          writer.field("body", question.body)
        }
        let line = """
          {"specversion":"1.0","id":"1","source":"/t","type":"heed.ticket.opened.v1","time":"2026-03-02T10:00:00Z",\
          "data":\(String(decoding: writer.bytes, as: UTF8.self))}
          """
        guard let event = try? EventDecoder.decode(structured: Array(line.utf8)),
          let explanation = Fleet.pipeline.explain(event, at: 0, shelf: &fleet)
        else { return .failure(ExplainProblem(words: "It cannot be read.")) }
        return .success(explanation)
      }, now: { Fleet.monday })
    return ConsoleServer(
      host: "127.0.0.1", port: 0, access: access, sources: sources, logger: Logger(label: "test"),
      requestsPerSecond: pace,
      onListening: onListening)
  }

  @Test func everyPageRendersSafelyAndBelowItsSize() async throws {
    let board = board()
    let decided = try #require(board.snapshot.newestDecisions.first { $0.view.ticket == "T-<b>1" })
    let paths = [
      "/", "/queue", "/queue?name=\(decided.view.queue ?? "")&page=2", "/decision?id=\(decided.view.id)",
      "/decision?ticket=T-%3Cb%3E1",
      "/decision?id=\(decided.view.id)&why=billing", "/explain", "/scorecard", "/policy", "/fleet",
    ]
    try await serving(server(board)) { port in
      for path in paths {
        let answer = try await get(path, port)
        #expect(answer.hasPrefix("HTTP/1.1 200"), "\(path)")
        #expect(answer.utf8.count < 100_000, "\(path) has \(answer.utf8.count) bytes")
        #expect(!answer.contains("<script>document"), "\(path)")
        #expect(!answer.contains("<img src=x"), "\(path)")
        #expect(!answer.contains("<b>1"), "\(path)")
        #expect(!answer.contains("\u{202E}"), "\(path)")
        #expect(!answer.contains("ann@example.com"), "\(path)")
        #expect(!answer.contains(" style="), "\(path): the content security policy would refuse it")
        #expect(!answer.contains("<style"), "\(path)")
      }
    }
  }

  @Test func everyAnswerTellsTheBrowserWhatItMayDo() async throws {
    try await serving(server(board())) { port in
      for path in ["/", "/style.css", "/nowhere", "/decision?id=none"] {
        let answer = try await get(path, port).lowercased()
        #expect(answer.contains("content-security-policy: default-src 'none'"), "\(path)")
        #expect(!answer.contains("unsafe-inline"), "\(path)")
        #expect(answer.contains("x-content-type-options: nosniff"), "\(path)")
        #expect(answer.contains(path == "/style.css" ? "cache-control: max-age" : "cache-control: no-store"), "\(path)")
      }
      #expect(try await get("/nowhere", port).hasPrefix("HTTP/1.1 404"))
    }
  }

  @Test func aTicketIsExplainedWithoutBeingKept() async throws {
    let board = board()
    let before = board.revision
    try await serving(server(board)) { port in
      let body = "body=My+lawyer+will+call%21+%3Cscript%3E&channel=email&why=billing"
      let answer = try await post("/explain", body, port)
      #expect(answer.hasPrefix("HTTP/1.1 200"))
      #expect(answer.contains("legal threat"))
      #expect(answer.contains("Why not billing?"))
      #expect(!answer.contains("call! <script>"))
      #expect(board.revision == before)
    }
  }

  @Test func whatIsTooMuchIsRefused() async throws {
    try await serving(server(board())) { port in
      for (length, status) in [(200_000, "413"), (20_000, "400"), (0, "400")] {
        let answer = try await post("/explain", "body=" + String(repeating: "x", count: length), port)
        #expect(answer.hasPrefix("HTTP/1.1 \(status)"), "\(length) bytes")
      }
      let foreign = try await post("/explain", "body=x", port, "Sec-Fetch-Site: cross-site\r\n")
      #expect(foreign.hasPrefix("HTTP/1.1 403"))
    }
    try await serving(server(board(), pace: 0.001)) { port in
      let answer = try await get("/", port)
      #expect(answer.hasPrefix("HTTP/1.1 429"))
    }
  }

  @Test func onlyThoseWhoMayLookDo() async throws {
    func expect(_ access: ConsoleAccess, _ cases: [(headers: String, host: String, status: String)]) async throws {
      try await serving(server(board(), access: access)) { port in
        for (headers, host, status) in cases {
          let answer = try await get("/", port, headers, host: host)
          #expect(answer.hasPrefix("HTTP/1.1 \(status)"), "\(headers) \(host)")
        }
      }
    }
    // A name of somebody else's can be made to point to this machine, and a page of theirs would then read ours.
    try await expect(
      .thisMachine, [("", "evil.example", "421"), ("", "localhost:8080", "200"), ("", "127.0.0.1", "200")])
    try await expect(
      .token("a token that is long"),
      [
        ("", "heed.example", "401"), ("Authorization: Bearer a token that is lonG\r\n", "heed.example", "401"),
        ("Authorization: Bearer a token that is long\r\n", "heed.example", "200"),
        // As a browser sends "lead:a token that is long".
        ("Authorization: Basic bGVhZDphIHRva2VuIHRoYXQgaXMgbG9uZw==\r\n", "heed.example", "200"),
      ])
    try await expect(
      .proxy(header: "X-User"), [("", "heed.example", "401"), ("X-User: lead\r\n", "heed.example", "200")])
  }

  // MARK: Asking

  private func server(_ board: ConsoleBoard, access: ConsoleAccess = .thisMachine, pace: Double = 1_000) -> (
    @escaping @Sendable (Int) -> Void
  ) -> ConsoleServer {
    { server(board, access: access, pace: pace, $0) }
  }
}
