internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Synchronization

/// What stands before every page: who may look, how often, and what a browser may do with the answer.
struct ConsoleGuard<Context: RequestContext>: RouterMiddleware {
  let access: ConsoleAccess
  let pace: Pace

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    var response = await answer(request, context, next)
    for (name, value) in Self.headers { response.headers[name] = value }
    if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    return response
  }

  private func answer(
    _ request: Request, _ context: Context, _ next: (Request, Context) async throws -> Response
  ) async -> Response {
    if let refusal = refusal(of: request) { return refusal }
    guard pace.take() else {
      return Self.plain(.tooManyRequests, "Too many requests; try again in a second.", [.retryAfter: "1"])
    }
    do { return try await next(request, context) } catch let error as any HTTPResponseError {
      return Self.plain(
        error.status,
        error.status == .notFound ? "There is no such page." : "This cannot be answered: \(error.status.code).")
    } catch is NIOTooManyBytesError {
      return Self.plain(.contentTooLarge, "This is too much for one request.")
    } catch {
      return Self.plain(.internalServerError, "This failed; the console goes on.")
    }
  }

  private func refusal(of request: Request) -> Response? {
    switch access {
    case .thisMachine:
      guard let authority = request.head.authority, ConsoleAccess.isThisMachine(ConsoleAccess.host(in: authority))
      else {
        return Self.plain(.misdirectedRequest, "This console answers to names of its own machine only.")
      }
    case .token(let token):
      guard let given = Self.token(in: request.headers[.authorization] ?? ""), ConsoleAccess.isSame(given, token) else {
        return Self.plain(
          .unauthorized, "The console wants its token, as the password with any name.",
          [.wwwAuthenticate: "Basic realm=\"Heed\", charset=\"UTF-8\""])
      }
    case .proxy(let header):
      guard let name = HTTPField.Name(header), request.headers[name]?.isEmpty == false else {
        return Self.plain(.unauthorized, "The console is reached through its proxy.")
      }
    }
    // A form on another site must not put words into ours.
    if request.method == .post, let site = request.headers[HTTPField.Name("Sec-Fetch-Site")!],
      !["same-origin", "none"].contains(site)
    {
      return Self.plain(.forbidden, "This form is answered on its own page only.")
    }
    return nil
  }

  private static func token(in authorization: String) -> String? {
    let parts = authorization.split(separator: " ", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return nil }
    switch parts[0].lowercased() {
    case "bearer": return parts[1]
    case "basic":
      let pair = Data(base64Encoded: parts[1]).flatMap { String(data: $0, encoding: .utf8) }
      return pair.flatMap { pair in pair.firstIndex(of: ":").map { String(pair[pair.index(after: $0)...]) } }
    default: return nil
    }
  }

  /// Nothing but our own sheet and script, no frame around it, nothing kept, nobody told where a link was followed.
  static var headers: [(HTTPField.Name, String)] {
    [
      (
        .contentSecurityPolicy,
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
      ),
      (.xContentTypeOptions, "nosniff"), (HTTPField.Name("Referrer-Policy")!, "no-referrer"),
      (HTTPField.Name("Cross-Origin-Opener-Policy")!, "same-origin"),
      (HTTPField.Name("Cross-Origin-Resource-Policy")!, "same-origin"),
      (HTTPField.Name("Permissions-Policy")!, "camera=(), microphone=(), geolocation=(), interest-cohort=()"),
      (HTTPField.Name("X-Robots-Tag")!, "noindex"),
    ]
  }

  static func plain(_ status: HTTPResponse.Status, _ words: String, _ headers: HTTPFields = [:]) -> Response {
    var fields = headers
    fields[.contentType] = "text/plain; charset=utf-8"
    return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(string: words + "\n")))
  }
}

/// How often something may be asked: so many at once, and so many a second on the long run.
final class Pace: Sendable {
  private let perSecond: Double
  private let burst: Double
  private let state: Mutex<(left: Double, at: ContinuousClock.Instant)>

  init(perSecond: Double, burst: Double) {
    self.perSecond = perSecond
    self.burst = burst
    state = Mutex((burst, .now))
  }

  /// Whether one more may be answered `now`.
  func take(at now: ContinuousClock.Instant = .now) -> Bool {
    state.withLock { state in
      state.left = min(burst, state.left + state.at.duration(to: now) / .seconds(1) * perSecond)
      state.at = now
      guard state.left >= 1 else { return false }
      state.left -= 1
      return true
    }
  }
}
