internal import Console
internal import Scorecard
internal import Synchronization

/// The scorecard's page, ready before somebody asks: making one looks at every ticket, which takes too long to wait for.
///
/// It is made anew once a second if the book was told something and somebody has looked lately, and else twice a minute, so that a console
/// at which nobody looks does next to nothing. What is shown is therefore at most that old, and the page says up to when it tells.
final class ScorecardShelf: Sendable {
  private struct State {
    var page: (html: String, isEmpty: Bool, revision: Int, made: ContinuousClock.Instant)?
    var looked: ContinuousClock.Instant?
  }

  /// How long after a look the page is kept as fresh as it can be.
  private static let interest: Duration = .seconds(60)
  /// How old it may become while nobody looks.
  private static let ageMax: Duration = .seconds(30)

  private let board: ConsoleBoard
  private let state = Mutex(State())

  init(_ board: ConsoleBoard) { self.board = board }

  /// The page as it is kept; made now if there is none yet.
  func page() -> String {
    let kept = state.withLock { state in
      state.looked = .now
      return state.page?.html
    }
    return kept ?? make()
  }

  /// Makes it anew when it is time, until the task is cancelled.
  func keepFresh() async {
    while !Task.isCancelled {
      if isDue(at: .now) { _ = make() }
      try? await Task.sleep(for: .seconds(1))
    }
  }

  private func isDue(at now: ContinuousClock.Instant) -> Bool {
    let revision = board.bookRevision
    return state.withLock { state in
      guard let page = state.page else { return true }
      guard page.revision != revision else { return false }
      let isLookedAt = state.looked.map { $0.duration(to: now) < Self.interest } ?? false
      // The first tickets are news for whoever looks first.
      return isLookedAt || page.isEmpty || page.made.duration(to: now) > Self.ageMax
    }
  }

  /// Made outside the lock: whoever comes meanwhile gets the page before.
  private func make() -> String {
    let (book, revision) = board.book
    let html = ScorecardPage.page(ScorecardPage.report(book), tickets: book.count).html
    state.withLock { $0.page = (html, book.count == 0, revision, .now) }
    return html
  }
}
