import Events
import Foundation
import Testing

@testable import Triage

/// The case as a note: everything an agent needs, each statement with its source, and data that stays data.
@Suite struct CaseMarkdownTests {
  /// The explanation of the last message a customer wrote.
  private func explained(_ lines: [Line]) throws -> Explanation {
    var shelf = Shelf(partition: 0)
    var last: Explanation?
    for (index, line) in lines.enumerated() {
      last = pipeline.explain(line.event, at: Int64(index), shelf: &shelf) ?? last
    }
    return try #require(last)
  }

  private func note(_ lines: [Line]) throws -> String {
    let explanation = try explained(lines)
    return CaseMarkdown(try #require(explanation.summary), decision: explanation.decision).text
  }

  private func angry() throws -> String {
    var desk = Desk()
    desk.order("LL-20411", .with { $0.items = ["Kettle | copper"] })
    desk.open("Where is my order LL-20411? I am furious, my lawyer will call!", tier: "vip")
    return try note(desk.lines)
  }

  @Test func everythingAnAgentNeedsIsInTheNote() throws {
    let note = try angry()
    for part in [
      "## Vip customer wants to know where an order is; order LL-20411 is in transit", "**Wants:** ", "**Feels:** ",
      "### Orders", "| LL-20411 (this case) | in transit |", "### Checked", "- order status: in transit",
      "### What was tried", "- Nothing yet *(history)*", "### Recommended", "needs approval", "### Alternatives",
      "### Suggested reply",
      "A suggestion only: nothing was sent.", "### Why a person has it", "The message speaks of lawyers",
      "Tripwires: legal threat", "**Answer by:** 2026-03-02T12:01:00Z, high, queue legal",
    ] {
      #expect(note.contains(part), "\(part) is missing in:\n\(note)")
    }
  }

  /// Headings of sections, the head of the table and the quoted reply say nothing of their own.
  @Test func everyStatementIsFollowedByItsSource() throws {
    var desk = Desk()
    desk.order("LL-20411")
    desk.order("LL-20412", .with { $0.status = "exception" })
    desk.open("Where is my order?")
    desk.write("It is LL-20412 and I am very angry!!!")
    for note in [try angry(), try note(desk.lines)] {
      let statements = note.split(separator: "\n").filter {
        !$0.hasPrefix("### ") && !$0.hasPrefix(">") && !$0.hasPrefix("| Order |") && !$0.hasPrefix("| ---")
      }
      #expect(statements.count > 8)
      for statement in statements {
        let isRow = statement.hasPrefix("|") && statement.contains("order as of 2026-03-02T")
        #expect(isRow || statement.hasSuffix(")*"), "\(statement)")
      }
    }
  }

  @Test func sourcesAreTheRightOnes() throws {
    var desk = Desk()
    desk.order("LL-20411")
    desk.open("I want a refund for order LL-20411.")
    desk.write("And another thing: the blue one.")
    let note = try note(desk.lines)
    let line = { (start: String) in note.split(separator: "\n").first { $0.hasPrefix(start) }.map(String.init) ?? "" }
    #expect(line("- **Wants:**").contains("understood earlier in this case"))
    #expect(line("- **Wants:**").hasSuffix("*(history)*"))
    #expect(line("- **Feels:**").hasSuffix("*(text; history)*"))
    #expect(line("- order status").hasSuffix("*(order as of 2026-03-02T10:00:00Z)*"))
    #expect(line("- 2026-03-02: customer wrote").hasSuffix("*(history)*"))
    #expect(line("- **Answer by:**").hasSuffix("*(policy)*"))
    #expect(
      try angry().split(separator: "\n")[0].hasSuffix("*(customer record; text; order as of 2026-03-02T10:00:00Z)*"))
  }

  @Test func amountsAndTimesAreReadable() throws {
    #expect(
      MarkdownText.escaped("59.90 EUR by 2026-03-02T10:00:00Z (sure)") == "59.90 EUR by 2026-03-02T10:00:00Z (sure)")
  }

  @Test func whatIsNotKnownIsSaid() throws {
    var desk = Desk()
    desk.open("Where is my order LL-999999? My lawyer will call.")
    #expect(try note(desk.lines).contains("- The number in the message belongs to no order of this customer *(text"))
  }

  // MARK: Data stays data

  private static let hostile = [
    "**bold** _it_ `code` ~~x~~", "[link](https://evil.example)", "<img src=x onerror=alert(1)>", "a | b || c",
    "line\n# Heading\n- item\n> quote", "\r\n\u{2028}---\u{2029}", "&lt;b&gt;", "back\\slash\\", "1. one", "- dash",
    "+ plus", "= equals", "![x](y)", "https://evil.example", "\u{202E}turned", "]\u{301}(https://evil.example)", "$x$",
  ]

  @Test(arguments: hostile)
  func noDataBecomesMarkdown(data: String) throws {
    let escaped = MarkdownText.escaped(data)
    #expect(
      !escaped.contains { $0.isNewline } && !escaped.replacing(#"\:"#, with: "").contains("://")
        && !escaped.contains("\u{202E}"))
    // What is left when every escaped scalar is taken out holds nothing that Markdown looks at.
    var rest = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in escaped.unicodeScalars {
      if isEscaped {
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        rest.append(scalar)
      }
    }
    #expect(!isEscaped && !rest.contains { "`*_[]<>|~&#!$".unicodeScalars.contains($0) }, "\(escaped)")
    for marker in ["- ", "+ ", "= ", "1. "] { #expect(!escaped.hasPrefix(marker)) }
  }

  @Test func theShapeOfTheNoteIsTheSameWhateverIsInTheData() throws {
    func shape(_ words: String) throws -> [Substring] {
      var desk = Desk()
      desk.order("LL-20411", .with { $0.items = ["Kettle"] })
      desk.open("Where is my order LL-20411? My lawyer will call!")
      let explanation = try explained(desk.lines)
      var summary = try #require(explanation.summary)
      summary.headline = Redacted(ours: words)
      summary.wants = Redacted(ours: words)
      summary.history = [Redacted(ours: words)]
      summary.unknown = [Redacted(ours: words)]
      summary.orders[0].words = Redacted(ours: words)
      summary.orders[0].carrier = Redacted(ours: words)
      summary.orders[0].trackingNumber = Redacted(ours: words)
      summary.recommended.words = words
      summary.reason = Redacted(ours: words)
      let note = CaseMarkdown(summary, decision: explanation.decision).text
      let unescaped = note.replacing(#"\\"#, with: "").replacing(#"\|"#, with: "")
      return unescaped.split(separator: "\n").filter { $0.hasPrefix("|") }.map { $0.filter { $0 == "|" }[...] }
        + note.split(separator: "\n").map { $0.prefix(2) }
    }
    let plain = try shape("words")
    for words in Self.hostile { #expect(try shape(words) == plain, "\(words)") }
  }

  @Test func aSuggestedReplyStaysAQuotationInEveryLine() throws {
    var desk = Desk()
    desk.open("Where is my order? My lawyer will call!")
    let explanation = try explained(desk.lines)
    var summary = try #require(explanation.summary)
    summary.suggestedReply = "Hello\n\n# Free *money*\r\n- <b>now</b>"
    let lines = CaseMarkdown(summary, decision: explanation.decision).text.split(separator: "\n").filter {
      $0.hasPrefix(">")
    }
    #expect(lines == ["> Hello", ">", ##"> \# Free \*money\*  "##, #"> \- \<b\>now\</b\>"#])
  }
}
