import Events
import Foundation
import Intake
import Testing
import TestSupport

@testable import Egress

/// What each vendor's API takes, and what no document may do to it.
@Suite struct DeskTests {
  private func requests(
    _ yaml: String, _ handover: Handover, human: Bool = false, now: Timestamp? = nil
  ) throws -> [JSONTree] {
    var voices = Voices(partition: 0)
    if human { voices.learn(handover.ticket, at: morning) }
    if let now { voices.pass(now) }
    let updates = try Egress([try target(yaml)]).updates(for: handover, because: cause(), voices: &voices)
    return try updates.map { try JSONTree(reading: $0.data) }
  }

  private func lines(_ requests: [JSONTree]) -> [String] {
    requests.map { "\($0["purpose"]!.text!) \($0["method"]!.text!) \($0["path"]!.text!)" }
  }

  @Test func zendeskGetsANoteInMarkdownWithFieldsAndTags() throws {
    let requests = try requests(
      "vendor: zendesk\nactor: 99\ngroups: {delivery: 360001234567890123}", .caseSummarised(summary()))
    #expect(lines(requests) == ["note PUT /api/v2/tickets/5158.json", "tags PUT /api/v2/tickets/5158/tags.json"])
    let ticket = try #require(requests[0]["body", "ticket"])
    #expect(ticket["comment", "public"] == .boolean(false))
    #expect(ticket["comment", "body"]?.text?.hasPrefix("## A parcel is late *(text; order as of") == true)
    #expect(ticket["comment", "author_id"] == .number("99"))
    #expect(ticket["priority"]?.text == "high")
    #expect(ticket["group_id"] == .number("360001234567890123"), "digit by digit")
    #expect(requests[1]["body", "tags"] == .array([.string("heed")]))
  }

  @Test func aReplyIsPublicAndNothingInItIsMarkup() throws {
    let text = "Order <b>1047</b> & *more*\nis on its way."
    let expected = "<p>Order &lt;b&gt;1047&lt;/b&gt; &amp; *more*<br>is on its way.</p>"
    let zendesk = try requests("vendor: zendesk\nreplyStatus: pending", .resolutionProposed(resolution(text: text)))
    #expect(lines(zendesk) == ["reply PUT /api/v2/tickets/5158.json"])
    #expect(zendesk[0]["body", "ticket", "comment", "public"] == .boolean(true))
    #expect(zendesk[0]["body", "ticket", "status"]?.text == "pending")
    #expect(zendesk[0]["body", "ticket", "comment", "html_body"]?.text?.contains(expected) == true)

    let freshdesk = try requests(
      "vendor: freshdesk\nreplyStatus: 3", .resolutionProposed(resolution("freshdesk:7", text: text)))
    #expect(lines(freshdesk) == ["reply POST /api/v2/tickets/7/reply", "fields PUT /api/v2/tickets/7"])
    #expect(freshdesk[0]["body", "body"]?.text?.contains(expected) == true)
    #expect(freshdesk[1]["body", "status"] == .number("3"))

    let zammad = try requests("vendor: zammad", .resolutionProposed(resolution("zammad:81", text: text)))
    #expect(lines(zammad) == ["reply PUT /api/v1/tickets/81"])
    #expect(zammad[0]["body", "article", "internal"] == .boolean(false))
    #expect(zammad[0]["body", "article", "content_type"]?.text == "text/html")

    let intercom = try requests(
      "vendor: intercom\nactor: 814860", .resolutionProposed(resolution("intercom:215", text: text)))
    #expect(lines(intercom) == ["reply POST /conversations/215/reply"])
    #expect(intercom[0]["body", "message_type"]?.text == "comment" && intercom[0]["body", "admin_id"]?.text == "814860")
  }

  @Test func freshdeskZammadAndIntercomGetNotesInHTML() throws {
    let freshdesk = try requests(
      "vendor: freshdesk\ndueDate: true\ngroups: {delivery: 43}", .caseSummarised(summary("freshdesk:7")))
    #expect(
      lines(freshdesk) == [
        "note POST /api/v2/tickets/7/notes", "fields PUT /api/v2/tickets/7", "fields PUT /api/v2/tickets/7",
      ])
    #expect(freshdesk[0]["body", "private"] == .boolean(true))
    #expect(freshdesk[0]["body", "body"]?.text?.hasPrefix("<h3>A parcel is late <em>(text; order") == true)
    #expect(freshdesk[1]["body"] == .fields(("priority", .number("3")), ("group_id", .number("43"))))
    #expect(freshdesk[2]["body", "due_by"]?.text == "2026-03-02T09:00:00Z")

    let zammad = try requests("vendor: zammad\ngroups: {delivery: Parcels}", .caseSummarised(summary("zammad:81")))
    #expect(lines(zammad) == ["note PUT /api/v1/tickets/81", "tags POST /api/v1/tags/add"])
    #expect(zammad[0]["body", "priority"]?.text == "3 high" && zammad[0]["body", "group"]?.text == "Parcels")
    #expect(zammad[0]["body", "article", "internal"] == .boolean(true))
    #expect(zammad[1]["body", "o_id"] == .number("81"))

    let intercom = try requests(
      "vendor: intercom\nactor: 814860\ngroups: {delivery: \"5017691\"}", .caseSummarised(summary("intercom:215")))
    #expect(lines(intercom) == ["note POST /conversations/215/reply", "fields POST /conversations/215/parts"])
    #expect(intercom[0]["body", "message_type"]?.text == "note")
    #expect(intercom[1]["body", "assignee_id"]?.text == "5017691")
  }

  @Test func aNoteShowsTablesListsAndQuotationsAndNoMarkupOfOthers() throws {
    let hostile = summary(headline: #"</h3><script>alert(1)</script> | *x* [a](javascript:b) \"#)
    let html = Note(hostile).html
    #expect(!html.contains("<script") && html.contains("&lt;script&gt;"))
    #expect(html.contains("<table><tr><th>Order</th>") && html.contains("<td>1047 (this case)</td>"))
    #expect(html.contains("<blockquote><p>A suggestion only") == false)
    #expect(html.contains("<blockquote>") && html.contains("<ul><li><strong>Wants:</strong>"))
    for tag in ["h3", "h4", "ul", "li", "table", "tr", "td", "blockquote", "p", "em", "strong"] {
      #expect(html.components(of: "<\(tag)>") == html.components(of: "</\(tag)>"), "\(tag) is closed")
    }
  }

  @Test func whatAPersonHasKeepsItsFields() throws {
    for summary in [summary(epoch: 1), summary()] {
      let requests = try requests("vendor: zendesk", .caseSummarised(summary), human: summary.caseEpoch == 0)
      #expect(lines(requests) == ["note PUT /api/v2/tickets/5158.json"])
      #expect(requests[0]["body", "ticket", "priority"] == nil)
    }
  }

  @Test func aReplyThatComesTooLateIsANoteThatSaysWhy() throws {
    let taken = try requests("vendor: zendesk", .resolutionProposed(resolution(text: "*Soon*")), human: true)
    #expect(lines(taken) == ["withheld PUT /api/v2/tickets/5158.json", "tags PUT /api/v2/tickets/5158/tags.json"])
    #expect(taken[0]["withheld"]?.text == "human_has_case")
    #expect(taken[0]["body", "ticket", "comment", "public"] == .boolean(false))
    #expect(taken[0]["body", "ticket", "comment", "body"]?.text?.contains(#"> \*Soon\*"#) == true)
    #expect(taken[1]["body", "tags"] == .array([.string("heed"), .string("heed_human_has_case")]))

    let promise = resolution(expiresAt: morning.adding(seconds: 60))
    let inTime = try requests("vendor: zendesk", .resolutionProposed(promise), now: morning.adding(seconds: 59))
    #expect(lines(inTime) == ["reply PUT /api/v2/tickets/5158.json"])
    #expect(inTime[0]["expiresAt"]?.text == "2026-03-02T08:01:00Z")
    let late = try requests("vendor: zendesk", .resolutionProposed(promise), now: morning.adding(seconds: 60))
    #expect(late[0]["withheld"]?.text == "promise_expired" && late[0]["expiresAt"] == nil)
    // An epoch that says people had it is none that automation speaks in.
    let outdated = try requests("vendor: zendesk", .resolutionProposed(resolution(epoch: 1)))
    #expect(outdated[0]["withheld"]?.text == "human_has_case")
  }

  @Test func repeatsHaveOneKeyAndDifferentRequestsDifferentOnes() throws {
    let yaml = "vendor: freshdesk\ndueDate: true\nreplyStatus: 3"
    let summary = Handover.caseSummarised(summary("freshdesk:7"))
    let first = try requests(yaml, summary)
    #expect(try requests(yaml, summary) == first)
    let withheld = try requests(yaml, .resolutionProposed(resolution("freshdesk:7")), human: true)
    let all = first + withheld + (try requests(yaml, .resolutionProposed(resolution("freshdesk:7"))))
    let keys = all.map { $0["headers", "Idempotency-Key"]!.text! }
    #expect(Set(keys).count == all.count && all.count == 6)
    for request in all { #expect(request["updateId"] == request["headers", "Idempotency-Key"]) }
  }

  @Test func ticketsOfOtherSystemsAreNotItsBusiness() throws {
    for ticket in ["freshdesk:5158", "zendesk-eu:5158", "5158", "notice_00ff"] {
      #expect(try requests("vendor: zendesk", .caseSummarised(summary(ticket))).isEmpty)
    }
    let named = try requests("vendor: zendesk\nname: zendesk-eu", .caseSummarised(summary("zendesk-eu:5158")))
    #expect(named.first?["target"]?.text == "zendesk-eu")
  }

  @Test(arguments: [
    "zendesk:", "zendesk:../../users/1", "zendesk:5158?x=1", "zendesk:5158/tags", "zendesk:%2e%2e", "zendesk:5 1",
    "zendesk:1:2", "zendesk:５１５８", "zendesk:" + String(repeating: "1", count: 65),
  ])
  func noForeignIDLeadsARequestAstray(ticket: String) throws {
    #expect(throws: DecodingFailure.self) { try requests("vendor: zendesk", .caseSummarised(summary(ticket))) }
  }

  @Test(arguments: [
    ("vendor: fax", 1, "is none of"), ("name: x", 1, "vendor is missing"), ("vendor: intercom", 1, "actor is missing"),
    ("vendor: zendesk\nqueues: {}", 2, "no such field"), ("vendor: zendesk\ngroups: {delivery: Parcels}", 2, "number"),
    ("vendor: zendesk\npriorities: {urgent: high}", 2, "no such field"),
    ("vendor: freshdesk\ntags: [a]", 2, "replace"), ("vendor: zammad\ndueDate: true", 2, "only Freshdesk"),
    ("vendor: intercom\nactor: 1\nobject: tickets\ngroups: {a: 1}", 4, "only conversations"),
    ("vendor: zendesk\nname: \"a:b\"", 2, "lower-case"), ("vendor: freshdesk\nreplyStatus: open", 2, "number"),
    ("vendor: zendesk\nvendor: zammad", 1, "twice"),
  ])
  func aTargetsMistakeIsToldWithItsLine(yaml: String, line: Int, words: String) {
    do throws(MappingProblem) {
      _ = try EgressTarget(yaml: yaml)
      Issue.record("it is taken")
    } catch {
      #expect(error.line == line && error.words.contains(words), "\(error)")
    }
  }

  @Test func theExampleOfDeployIsATarget() throws {
    let file = Repository.file("Deploy/targets/example.yaml")
    #expect(try EgressTarget(yaml: String(contentsOf: file, encoding: .utf8)).name == "zendesk")
  }
}

extension String {
  fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
