import Console
import ConsoleFixtures
import Events
import Policy
import Testing

@testable import Web

/// What a reader without eyes, mouse or script needs of every page, as far as its words show it. A browser and axe-core look at the rest:
/// `make test-web`.
@Suite struct AccessiblePagesTests {
  static let pages: [String: String] = {
    var fleet = Fleet()
    for index in 0..<12 {
      fleet.ticket(
        "T-\(index)", of: "c-\(index)", minutes: Int64(index), "Where is my order? This is awful! My lawyer will call.")
    }
    var state = ConsoleState(reading: fleet.records)
    state.take(ends: [0: 100], committed: [0: 40], at: Fleet.monday)
    state.take(.told([Workers.Worker(name: "heed-0", partitions: [0])], at: Fleet.monday))
    let policy = ConsoleServerTests.policy
    let decided = state.newestDecisions.first { _ in true }!
    let pages = [
      ("now", NowPage.page(state, at: Fleet.monday)), ("queue", QueuePage.page(state, queue: nil, number: 1)),
      (
        "decision",
        DecisionPage.page(
          decided, in: state, policy, whyNot: "billing", reveal: RevealPage.form(for: decided.view.id, key: "k"))
      ),
      ("explain", ExplainPage.page(nil, .failure(ExplainProblem(words: "No.")), policy)),
      ("scorecard", ScorecardPage.page(ScorecardPage.report(state.book), tickets: 12)),
      ("policy", PolicyPage.page(policy, nil, .notGiven)), ("fleet", FleetPage.page(state, at: Fleet.monday)),
      ("refusal", RevealPage.page(.pace, decision: "d")),
    ]
    return Dictionary(uniqueKeysWithValues: pages.map { ($0.0, $0.1.html) })
  }()

  @Test(arguments: pages.keys.sorted()) func aPageHasALanguageAnOrderAndAWayPastItsNavigation(name: String) throws {
    let html = try #require(Self.pages[name])
    #expect(html.contains("<html lang=\"en\">") && html.contains("<meta name=\"viewport\""))
    #expect(html.contains("<a class=\"skip\" href=\"#main\">") && html.contains("<main id=\"main\""))
    #expect(html.matches(of: /<h1>/).count == 1)
    // No level of headings is left out on the way down.
    var level = 1
    for heading in html.matches(of: /<h([1-6])/) {
      let next = Int(heading.1)!
      #expect(next <= level + 1, "\(name): h\(next) stands under h\(level)")
      level = next
    }
    let ids = html.matches(of: /\bid="([^"]+)"/).map { String($0.1) }
    #expect(Set(ids).count == ids.count, "\(name): an id stands twice")
  }

  @Test(arguments: pages.keys.sorted()) func everyFieldHasItsLabel(name: String) throws {
    let html = try #require(Self.pages[name])
    for field in html.matches(of: /<(input|select|textarea)\b([^>]*)>/) where !field.2.contains("type=\"hidden\"") {
      let id = field.2.firstMatch(of: /\bid="([^"]+)"/).map { String($0.1) } ?? "none"
      #expect(html.contains("<label for=\"\(id)\">"), "\(name): \(field.0) has no label")
    }
  }

  @Test(arguments: pages.keys.sorted()) func everyTableAndPlotSaysInWordsWhatItShows(name: String) throws {
    let html = try #require(Self.pages[name])
    for table in html.matches(of: /<table>.*?<\/table>/.dotMatchesNewlines()) {
      #expect(table.0.contains("<caption"), "\(name): a table has no caption")
      #expect(table.0.contains("scope=\"col\""), "\(name): a table has no headings")
    }
    for plot in html.matches(of: /<svg\b([^>]*)>/) {
      #expect(
        plot.1.contains("aria-hidden=\"true\"")
          || (plot.1.contains("role=\"img\"") && plot.1.contains("aria-label=\"")),
        "\(name): a plot says nothing: \(plot.0)")
    }
  }

  /// Colour is never the only sign: what stands in a frame has a sign and words.
  @Test(arguments: pages.keys.sorted()) func everyBadgeHasASignAndWords(name: String) throws {
    let html = try #require(Self.pages[name])
    for badge in html.matches(of: /<span class="badge [^"]*">(.*?)<\/span> ([^<]*)</) {
      #expect(badge.1.hasPrefix("<span aria-hidden=\"true\">") && badge.1.count > 25, "\(name): \(badge.0)")
      #expect(badge.2.contains { $0.isLetter }, "\(name): \(badge.0)")
    }
  }

  @Test func theDecisionsPageNamesRuleFactsConfidenceAndVersions() throws {
    let html = try #require(Self.pages["decision"])
    for words in [
      "Every rule that was considered", "All ", "facts the rules looked at", "confidence", "Decided by", "Chain",
    ] {
      #expect(html.contains(words), "\(words)")
    }
    #expect(html.contains(ConsoleServerTests.policy.version))
  }
}
