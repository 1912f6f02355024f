internal import Console
internal import Events

/// **Queue**: what waits for people, those that must be answered first in front.
enum QueuePage {
  /// Cases on one page: as many as stay well below 100 KB.
  static let size = 15

  static func page(_ state: ConsoleState, queue: String?, number: Int) -> ConsolePage {
    let queues = state.queues
    let all =
      queue.map { queues[$0] ?? [] }
      ?? queues.values.joined().sorted { ($0.view.dueBy, $0.view.ticket) < ($1.view.dueBy, $1.view.ticket) }
    let pages = max(1, (all.count + size - 1) / size)
    let number = min(max(number, 1), pages)
    let cases = all.dropFirst((number - 1) * size).prefix(size)
    let clock: Markup = state.clock.map { "Deadlines are by the log's clock, which stands at \(Parts.time($0))." } ?? ""
    let cards = cases.map { CaseCard.card($0, state.clock) }
    let none: Markup = cards.isEmpty ? "<p class=\"none\">No case waits here.</p>" : ""
    return ConsolePage(
      title: queue.map { "Queue: \($0.asWords)" } ?? "Queues", place: .queue,
      lead: "\(Words.plural(all.count, "case", "cases")), those that must be answered first in front. \(clock)",
      body: """
        \(tabs(queues, queue))
        <section aria-labelledby="cases" data-part="cases"><h2 id="cases" class="hidden">Cases</h2>
        \(cards)\(none)\(pager(queue, number, pages))</section>
        """, isLive: true)
  }

  private static func tabs(_ queues: [String: [ConsoleState.OpenCase]], _ chosen: String?) -> Markup {
    func tab(_ href: String, _ name: String, _ count: Int, _ isChosen: Bool) -> Markup {
      let current: Markup = isChosen ? " aria-current=\"true\"" : ""
      return "<li><a href=\"\(href)\"\(current)>\(name) <span class=\"count\">\(count)</span></a></li>"
    }
    let all = tab("/queue", "all", queues.values.reduce(0) { $0 + $1.count }, chosen == nil)
    let items = queues.sorted { $0.key < $1.key }.map { name, cases in
      tab("/queue?name=\(Words.query(name))", name.asWords, cases.count, chosen == name)
    }
    return "<nav class=\"tabs\" aria-label=\"Queues\" data-part=\"tabs\"><ul>\(all)\(items)</ul></nav>"
  }

  private static func pager(_ queue: String?, _ number: Int, _ pages: Int) -> Markup {
    guard pages > 1 else { return "" }
    func link(_ target: Int, _ words: String) -> Markup {
      guard (1...pages).contains(target) else { return "" }
      let name = queue.map { "name=\(Words.query($0))&" } ?? ""
      return "<a href=\"/queue?\(name)page=\(target)\">\(words)</a>"
    }
    return
      "<nav class=\"pager\" aria-label=\"Pages of cases\">\(link(number - 1, "← sooner")) <span>page \(number) of \(pages)</span> \(link(number + 1, "later →"))</nav>"
  }
}
