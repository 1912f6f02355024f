public import Console
public import Events
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
public import Logging
internal import NIOCore
public import Policy
public import ServiceLifecycle
internal import Synchronization
public import Triage

/// The console over HTTP: pages that are made here, one sheet, one small script, and a stream that says when something is new. It only reads.
public struct ConsoleServer: Service {
  /// What the pages are made from.
  public struct Sources: Sendable {
    /// What is known of the fleet.
    public var board: ConsoleBoard
    /// The policy in force, and a look at its proof, which may still be going on.
    public var policy: PolicyDocument
    /// The proof of the policy; `nil` while it is being proved.
    public var proof: @Sendable () -> PolicyProof?
    /// Decides a ticket that is kept nowhere.
    public var explain: @Sendable (ExplainQuestion) -> Result<Explanation, ExplainProblem>
    /// What was compared before the last roll-out.
    public var diff: @Sendable () -> LastDiff
    /// Reads a message again, word for word; `nil` where that cannot be done. Asked for only what the policy lets be seen.
    public var reread: (@Sendable (MessagePlace) async -> Result<RawMessage, RevealRefusal>)?
    /// The time of day.
    public var now: @Sendable () -> Timestamp

    /// Where pages come from.
    public init(
      board: ConsoleBoard, policy: PolicyDocument, proof: @escaping @Sendable () -> PolicyProof?,
      explain: @escaping @Sendable (ExplainQuestion) -> Result<Explanation, ExplainProblem>,
      diff: @escaping @Sendable () -> LastDiff = { .notGiven },
      reread: (@Sendable (MessagePlace) async -> Result<RawMessage, RevealRefusal>)? = nil,
      now: @escaping @Sendable () -> Timestamp
    ) {
      self.board = board
      self.policy = policy
      self.proof = proof
      self.explain = explain
      self.diff = diff
      self.reread = reread
      self.now = now
    }
  }

  /// How many bytes a request may carry.
  static let requestBytesMax = 128 * 1_024
  /// How many pages may be open that follow what happens.
  static let followersMax = 64

  private let host: String
  private let port: Int
  private let access: ConsoleAccess
  private let sources: Sources
  private let logger: Logger
  private let onListening: @Sendable (Int) -> Void
  private let scorecard: ScorecardShelf
  private let desk: RevealDesk
  private let pace: Pace
  private let explaining = Pace(perSecond: 5, burst: 20)
  private let followers = Followers()

  /// A console on `host` and `port`; with port 0 on one of the kernel's choice.
  ///
  /// - Parameters:
  ///   - requestsPerSecond: how many requests are answered a second on the long run, and four times as many at once.
  ///   - revealsPerMinute: how often one person is shown a message word for word.
  ///   - onListening: called with the port when connections are taken.
  public init(
    host: String, port: Int, access: ConsoleAccess, sources: Sources, logger: Logger, requestsPerSecond: Double = 50,
    revealsPerMinute: Double = 10, onListening: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    self.host = host
    self.port = port
    self.access = access
    self.sources = sources
    self.logger = logger
    self.onListening = onListening
    pace = Pace(perSecond: requestsPerSecond, burst: 4 * requestsPerSecond)
    desk = RevealDesk(sources, logger: logger, perMinute: revealsPerMinute)
    scorecard = ScorecardShelf(sources.board)
  }

  /// Serves until it is told to shut down.
  ///
  /// - Throws: if the port cannot be had.
  public func run() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await scorecard.keepFresh() }
      defer { group.cancelAll() }
      try await serve(router(), on: host, port: port, logger: logger, onListening: onListening)
    }
  }

  private func router() -> Router<BasicRequestContext> {
    let router = Router()
    router.add(middleware: ConsoleGuard(access: access, pace: pace))
    router.get("/") { _, _ in page(NowPage.page(sources.board.snapshot, at: sources.now())) }
    router.get("queue") { request, _ in
      let query = request.uri.queryParameters
      return page(
        QueuePage.page(
          sources.board.snapshot, queue: query["name"].map { String($0) },
          number: query["page"].flatMap { Int($0) } ?? 1))
    }
    router.get("decision") { request, _ in decision(request) }
    router.get("explain") { _, _ in page(ExplainPage.page(nil, nil, sources.policy)) }
    router.post("explain") { request, _ in try await explain(request) }
    router.post("reveal") { request, _ in try await reveal(request) }
    router.get("scorecard") { _, _ in html(scorecard.page()) }
    router.get("policy") { _, _ in page(PolicyPage.page(sources.policy, sources.proof(), sources.diff())) }
    router.get("fleet") { _, _ in page(FleetPage.page(sources.board.snapshot, at: sources.now())) }
    router.get("live") { _, _ in live() }
    router.get("style.css") { _, _ in asset("text/css; charset=utf-8", ConsoleSheet.sheet.description) }
    router.get("console.js") { _, _ in asset("text/javascript; charset=utf-8", ConsoleScript.text) }
    router.get("icon.svg") { _, _ in asset("image/svg+xml", Self.icon) }
    return router
  }

  private static let icon = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="5" fill="#1f5fa8"/><path d="M6 6v12M18 6v12M6 13c4-4 8 2 12-2" fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round"/></svg>
    """

  // MARK: Answers

  private func page(_ page: ConsolePage, status: HTTPResponse.Status = .ok) -> Response {
    html(page.html, status: status)
  }

  private func html(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: [.contentType: "text/html; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  /// Nothing of anybody is in these.
  private func asset(_ type: String, _ text: String) -> Response {
    Response(
      status: .ok, headers: [.contentType: type, .cacheControl: "max-age=300"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
  }

  private func decision(_ request: Request) -> Response {
    let query = request.uri.queryParameters
    let state = sources.board.snapshot
    let found =
      query["id"].map { state.decision(String($0)) } ?? query["ticket"].map { state.decisions(of: String($0)).first }
      ?? nil
    guard let found else {
      return page(
        DecisionPage.missing("This decision is not among those kept here: only the newest are."), status: .notFound)
    }
    let reveal = desk.offers(found, in: state) ? RevealPage.form(for: found.view.id, key: desk.key) : ""
    return page(
      DecisionPage.page(found, in: state, sources.policy, whyNot: query["why"].map { String($0) }, reveal: reveal))
  }

  private func explain(_ request: Request) async throws -> Response {
    guard explaining.take() else {
      return page(
        ExplainPage.page(
          nil, .failure(ExplainProblem(words: "Too many at once; try again in a second.")), sources.policy),
        status: .tooManyRequests)
    }
    let body = try await request.body.collect(upTo: Self.requestBytesMax)
    guard let form = FormFields.read(String(buffer: body)) else { throw HTTPError(.badRequest) }
    do throws(ExplainProblem) {
      let question = try ExplainQuestion(form: form)
      let answer = sources.explain(question)
      return page(ExplainPage.page(question, answer, sources.policy), status: answer.isGood ? .ok : .badRequest)
    } catch {
      return page(ExplainPage.page(nil, .failure(error), sources.policy), status: .badRequest)
    }
  }

  /// Shows a message word for word, or says why not; either is written down.
  private func reveal(_ request: Request) async throws -> Response {
    let body = try await request.body.collect(upTo: RevealRequest.bytesMax)
    let asked = RevealRequest(form: FormFields.read(String(buffer: body)) ?? [:])
    switch await desk.answer(asked, of: access.identity(in: request.headers)) {
    case .success(let shown): return page(RevealPage.page(shown))
    case .failure(let refusal):
      return page(RevealPage.page(refusal, decision: asked.decision), status: refusal.status)
    }
  }

  /// Server-sent events: one line when something is new, once a second at most, and a sign of life now and then.
  private func live() -> Response {
    guard followers.enter(max: Self.followersMax) else {
      return ConsoleGuard<BasicRequestContext>.plain(
        .serviceUnavailable, "Too many pages follow; this one can be loaded anew by hand.")
    }
    let body = ResponseBody { [sources, followers] writer in
      defer { followers.leave() }
      var seen = sources.board.revision
      try await writer.write(ByteBuffer(string: "retry: 3000\n\n"))
      // A browser comes back by itself, so a stream need not last for ever.
      for second in 1...600 {
        let isCancelled = await Self.pause()
        if isCancelled { break }
        let revision = sources.board.revision
        if revision != seen {
          seen = revision
          try await writer.write(ByteBuffer(string: "event: changed\ndata: \(revision)\n\n"))
        } else if second.isMultiple(of: 15) {
          try await writer.write(ByteBuffer(string: ": still here\n\n"))
        }
      }
      try await writer.finish(nil)
    }
    return Response(status: .ok, headers: [.contentType: "text/event-stream"], body: body)
  }

  /// Waits a second; gives whether it is time to end.
  private static func pause() async -> Bool {
    await cancelWhenGracefulShutdown {
      do { try await Task.sleep(for: .seconds(1)) } catch { return true }
      return false
    }
  }
}

extension Result {
  fileprivate var isGood: Bool {
    if case .success = self { true } else { false }
  }
}

/// How many pages follow.
private final class Followers: Sendable {
  private let count = Mutex(0)

  func enter(max: Int) -> Bool {
    count.withLock { count in
      guard count < max else { return false }
      count += 1
      return true
    }
  }

  func leave() { count.withLock { $0 -= 1 } }
}

extension RevealRefusal {
  fileprivate var status: HTTPResponse.Status {
    switch self {
    case .policy, .identity, .form: .forbidden
    case .reason: .badRequest
    case .pace: .tooManyRequests
    case .unknown: .notFound
    case .gone: .gone
    case .behind, .unreachable: .serviceUnavailable
    }
  }
}

/// The fields of a form as browsers send it.
enum FormFields {
  /// Reads `application/x-www-form-urlencoded`; `nil` for what is none.
  static func read(_ body: String) -> [String: String]? {
    var fields: [String: String] = [:]
    for pair in body.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = decoded(parts[0]), let value = decoded(parts.count > 1 ? parts[1] : "") else { return nil }
      fields[name] = value.replacing("\r\n", with: "\n")
    }
    return fields
  }

  private static func decoded(_ text: Substring) -> String? { text.replacing("+", with: " ").removingPercentEncoding }
}
