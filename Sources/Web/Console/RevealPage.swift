internal import Console
internal import Events

/// A message word for word: the form that asks for it, the page that shows it, the page that says why not.
enum RevealPage {
  /// The form, below the message of a decision.
  static func form(for decision: String, key: String) -> Markup {
    let reasons = RevealRequest.Reason.allCases.map {
      "<option value=\"\($0.rawValue)\">\($0.words)</option>" as Markup
    }
    return """
      <details class="reveal"><summary>Show it as it was written, with personal data</summary>
      <form method="post" action="/reveal" class="ask" autocomplete="off">
      <input type="hidden" name="id" value="\(decision)"><input type="hidden" name="key" value="\(key)">
      <p><label for="reason">Why</label><select id="reason" name="reason" required><option value="">Choose one</option>\(reasons)</select></p>
      <p><label for="note">Reference <span class="soft">(such as QA-2031; may be empty)</span></label><input id="note" name="note" maxlength="\(RevealRequest.noteMax)"></p>
      <p class="wide note">Who you are, the ticket, the reason, a reference and the time are written to the audit log; other words that you type are not.</p>
      <p class="send"><button>Show it</button></p>
      </form></details>
      """
  }

  static func page(_ shown: RevealDesk.Shown) -> ConsolePage {
    let view = shown.decided.view
    let subject: Markup? = shown.message.subject.isEmpty ? nil : "<bdi>\(shown.message.subject)</bdi>"
    return ConsolePage(
      title: "Ticket \(view.ticket), word for word", place: nil,
      lead:
        "As it was written, read again from the log for this page. It is kept nowhere; close the page when you have seen it.",
      body: """
        <p class="audited" role="status"><span aria-hidden="true">▲</span> That <strong>\(shown.who)</strong> saw this at \(Parts.moment(shown.time)), because of \(shown.reason.words), stands in the audit log.</p>
        \(Parts.section("words", "What the customer wrote", "", """
          \(Parts.pairs([("Customer", "\(view.customer)"), ("Subject", subject)]))
          <blockquote class="message" dir="auto">\(shown.message.body)</blockquote>
          """))
        <p>\(Parts.decision(view.id, "Back to the decision"))</p>
        """, showsPersonalData: true)
  }

  static func page(_ refusal: RevealRefusal, decision: String) -> ConsolePage {
    let back: Markup =
      decision.isEmpty
      ? "<a href=\"/\">Back to what is happening now</a>" : Parts.decision(decision, "Back to the decision")
    return ConsolePage(
      title: "Not shown", place: nil, lead: "The message stays as it is: without personal data.",
      body: """
        <p class="problem" role="alert"><span aria-hidden="true">▲</span> \(refusal.words)</p>
        <p>\(back)</p>
        """)
  }
}
