import Console
import ConsoleFixtures
import Events
import Policy
import Testing

@testable import Web

@Suite struct FleetAndPolicyPageTests {
  private func fleetPage(_ workers: Workers?) -> String {
    var state = ConsoleState()
    state.take(ends: [0: 100, 1: 10], committed: [0: 40, 1: 10], at: Fleet.monday)
    if let workers { state.take(workers) }
    return FleetPage.page(state, at: Fleet.monday.adding(seconds: 90)).html
  }

  @Test func aClusterThatDoesNotTellWhoWorksIsNoError() {
    #expect(fleetPage(nil).contains("Nobody was asked yet."))
    let page = fleetPage(.notTold(code: "_UNSUPPORTED_FEATURE"))
    #expect(page.contains("The cluster does not tell who is in the group (<code>_UNSUPPORTED_FEATURE</code>)"))
    #expect(page.contains("Partitions of the events"), "the rest is there")
    #expect(fleetPage(.told([], at: Fleet.monday)).contains("Nobody is in the group."))
  }

  @Test func membersAreShownWithTheirPartitionsAndHowLongTheyStandStill() {
    var slow = Workers.Worker(name: "heed-<b>0", partitions: [0, 1])
    (slow.instance, slow.host) = ("heed-0", "10.0.0.7")
    let page = fleetPage(.told([slow, Workers.Worker(name: "spare", partitions: [])], at: Fleet.monday))
    #expect(page.contains("heed-&lt;b&gt;0") && !page.contains("<b>0"))
    #expect(page.contains("10.0.0.7") && page.contains("0–1"))
    #expect(page.contains("stands still") && page.contains("1 min"), "60 records wait and nothing moves")
    #expect(page.contains("stands by"))
  }

  @Test(arguments: [
    (Workers.Phase.joining, "joins"), (.restoring(partitions: 2, seconds: 75), "restores 2 of 3 for 1 min"),
    (.ready, "ready"), (.draining, "drains"), (.ended, "has ended"),
  ])
  func aWorkerOfThisProcessSaysWhatItIsDoing(phase: Workers.Phase, words: String) {
    var worker = Workers.Worker(name: "triage", partitions: [1, 2, 3])
    (worker.phase, worker.version, worker.committed) = (phase, "9.9", Fleet.monday)
    let page = fleetPage(.told([worker], at: Fleet.monday))
    #expect(page.contains(words) && page.contains("heed 9.9") && page.contains("Mon 10:00"))
  }

  @Test func partitionsAreToldAsRanges() {
    #expect(Words.ranges([]) == "none")
    #expect(Words.ranges([7, 0, 2, 1, 9, 10]) == "0–2, 7, 9–10")
    #expect(Words.ranges([.max]) == "\(Int32.max)")
  }

  // MARK: The last comparison

  private func policyPage(_ diff: LastDiff) -> String {
    PolicyPage.page(ConsoleServerTests.policy, nil, diff).html
  }

  @Test func howToMakeAComparisonIsSaidWhereThereIsNone() {
    #expect(policyPage(.notGiven).contains("heed console --diff diff.json"))
    #expect(policyPage(.unreadable(words: "It is <none>.")).contains("It is &lt;none&gt;."))
  }

  @Test func aComparisonIsShownWithItsFlipsLoadAndExamples() throws {
    let json = """
      {"before":"old 1+aa, m","after":"\(ConsoleServerTests.policy.version), m","decisions":200,"flips":30,"otherReasons":4,"days":2,
      "changes":{"intent":[{"from":"order_status","to":"order_status","count":30}],
      "queue":[{"from":"<script>","to":"billing","count":7}]},
      "examples":[{"decisionId":"d&1","ticketId":"<T>","eventId":"e","intent":"order_status",
      "before":{"action":"hand_off","queue":"billing","rule":"late"},"after":{"action":"resolve","queue":"","rule":"told"}}],
      "load":[{"queue":"billing","casesBefore":10,"casesAfter":24}]}
      """
    let diff = try #require(DiffView(data: Array(json.utf8)))
    let page = policyPage(.read(diff, written: Fleet.monday))
    #expect(page.contains("<strong>30</strong> of 200 decisions, 15 %"))
    #expect(page.contains("(this policy)"))
    #expect(page.contains("+14"), "agents get more")
    #expect(page.contains("&lt;script&gt;") && !page.contains("<script>") && page.contains("&lt;T&gt;"))
    #expect(page.contains("/decision?id=d%261"))
  }

  // MARK: The scorecard

  @Test func theScorecardIsMadeOncePerChangeAndNotPerLook() async throws {
    let board = ConsoleBoard()
    let shelf = ScorecardShelf(board)
    #expect(shelf.page().contains("No ticket was read yet."))
    var fleet = Fleet()
    fleet.ticket("T-1", of: "c-1", "Where is my order?")
    board.take(fleet.records)
    #expect(shelf.page().contains("No ticket was read yet."), "a look makes nothing anew")
    let keeping = Task { await shelf.keepFresh() }
    while shelf.page().contains("No ticket was read yet.") { try await Task.sleep(for: .milliseconds(20)) }
    keeping.cancel()
    await keeping.value
    #expect(shelf.page().contains("1 ticket from"))
  }
}
