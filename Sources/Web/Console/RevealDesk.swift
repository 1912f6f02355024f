internal import Console
internal import Events
internal import Logging
internal import Policy
internal import Synchronization

/// Shows a message word for word to whoever may see it, and writes down each time that it did or did not.
///
/// The order matters: everything that can refuse does so before the log is read, whether the customer was erased is asked again after that,
/// and the line of the audit stands before the words leave.
struct RevealDesk: Sendable {
  /// A message that was shown, with what was written down.
  struct Shown: Sendable {
    let message: RawMessage
    let decided: ConsoleState.Decided
    let reason: RevealRequest.Reason
    let who: String
    let time: Timestamp
  }

  let sources: ConsoleServer.Sources
  /// What every form of ours carries and no other page knows.
  let key = (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
  private let audit: Logger
  private let paces: Paces

  init(_ sources: ConsoleServer.Sources, logger: Logger, perMinute: Double) {
    self.sources = sources
    var audit = logger
    // Whoever wants fewer lines in the log does not mean these.
    audit.logLevel = .info
    self.audit = audit
    paces = Paces(perMinute: perMinute)
  }

  /// Whether pages offer it for this decision.
  func offers(_ decided: ConsoleState.Decided, in state: ConsoleState) -> Bool {
    sources.policy.reveal == .audited && sources.reread != nil && state.place(of: decided) != nil
  }

  /// Answers `request` of `who`; `nil` for somebody whom nobody knows.
  func answer(_ request: RevealRequest, of who: String?) async -> Result<Shown, RevealRefusal> {
    let now = sources.now()
    let decided = sources.board.snapshot.decision(request.decision)
    let result: Result<Shown, RevealRefusal>
    do throws(RevealRefusal) {
      result = .success(try await shown(request, who, decided, at: now))
    } catch { result = .failure(error) }
    write(result, request, who, decided, at: now)
    return result
  }

  private func shown(
    _ request: RevealRequest, _ who: String?, _ decided: ConsoleState.Decided?, at now: Timestamp
  ) async throws(RevealRefusal) -> Shown {
    guard sources.policy.reveal == .audited, let reread = sources.reread else { throw .policy }
    guard let who else { throw .identity }
    guard ConsoleAccess.isSame(request.key, key) else { throw .form }
    guard paces.take(for: who) else { throw .pace }
    guard let reason = request.reason, request.note.count <= RevealRequest.noteMax else { throw .reason }
    guard let decided, let place = sources.board.snapshot.place(of: decided) else { throw .unknown }
    let message = try await reread(place).get()
    // While the log was read the console read on, and may have read that the customer is erased.
    let state = sources.board.snapshot
    guard state.decision(decided.view.id) != nil, state.place(of: decided) == place else { throw .unknown }
    return Shown(message: message, decided: decided, reason: reason, who: who, time: now)
  }

  /// Who, what, why and when; never the words, and never words that somebody typed.
  private func write(
    _ result: Result<Shown, RevealRefusal>, _ request: RevealRequest, _ who: String?,
    _ decided: ConsoleState.Decided?, at now: Timestamp
  ) {
    let note = request.note.isEmpty ? "none" : request.reference ?? "not kept"
    var metadata: Logger.Metadata = [
      "audit": "reveal", "who": "\(Self.plain(who ?? "nobody"))", "at": "\(now.rfc3339)",
      "ticket": "\(Self.plain(decided?.view.ticket ?? "unknown"))",
      "decision": "\(Self.plain(decided?.view.id ?? "unknown"))", "reason": "\(request.reason?.rawValue ?? "none")",
      "note": "\(note)",
    ]
    switch result {
    case .success: audit.notice("a message was shown word for word", metadata: metadata)
    case .failure(let refusal):
      metadata["refused"] = "\(refusal.rawValue)"
      audit.warning("a message was not shown word for word", metadata: metadata)
    }
  }

  /// A name from elsewhere as one word that forges no line and no field: what is no plain letter, digit or sign is percent-encoded.
  static func plain(_ text: String) -> String {
    text.prefix(120).split(separator: "@", omittingEmptySubsequences: false).map { Words.query(String($0)) }
      .joined(separator: "@")
  }
}

/// A pace for each of a bounded number of people.
private final class Paces: Sendable {
  private let perMinute: Double
  private let paces = Mutex(Bounded<String, Pace>(limit: 1_000))

  init(perMinute: Double) { self.perMinute = perMinute }

  func take(for who: String) -> Bool {
    let pace = paces.withLock { paces in
      if let pace = paces[who] { return pace }
      let pace = Pace(perSecond: perMinute / 60, burst: perMinute)
      paces.put(pace, for: who)
      return pace
    }
    return pace.take()
  }
}
