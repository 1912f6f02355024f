internal import Console
internal import Events
internal import Policy
internal import Triage

/// **Explain**: a ticket and an order, and the decision on them. Nothing of it is kept, sent or logged.
enum ExplainPage {
  static func page(
    _ question: ExplainQuestion?, _ answer: Result<Explanation, ExplainProblem>?, _ policy: PolicyDocument
  ) -> ConsolePage {
    let shown = question ?? .example
    return ConsolePage(
      title: "Explain", place: .explain,
      lead: "What would be decided about this ticket? Nothing of it is stored, sent or logged.",
      body: """
        \(form(shown, answer?.problem, policy))
        \(answer.map { result($0, shown, policy) } ?? "")
        """)
  }

  private static func form(_ question: ExplainQuestion, _ problem: ExplainProblem?, _ policy: PolicyDocument) -> Markup
  {
    let channels = Channel.allCases.filter { $0 != .unknown }.map { option($0.rawValue, question.channel) }
    let targets = ["resolve", "clarify", "hand_off"] + policy.queues.keys.sorted()
    let asked = targets.map { option($0, question.whyNot ?? "") }
    let alert: Markup =
      problem.map {
        "<p class=\"problem\" role=\"alert\" id=\"problem\"><span aria-hidden=\"true\">▲</span> \($0.words)</p>"
      } ?? ""
    return """
      \(alert)
      <form method="post" action="/explain#outcome" class="ask">
      <p class="wide"><label for="body">What the customer wrote</label>
      <textarea id="body" name="body" rows="5" required maxlength="\(ExplainQuestion.bodyMax)" dir="auto">\(question.body)</textarea></p>
      <p><label for="subject">Subject <span class="soft">(may be empty)</span></label><input id="subject" name="subject" value="\(question.subject)" maxlength="500" dir="auto"></p>
      <p><label for="channel">Channel</label><select id="channel" name="channel">\(channels)</select></p>
      <details class="wide"\(question.order.isEmpty ? "" : " open")><summary>An order of theirs</summary>
      <p><label for="order">The data of a <code>heed.order.updated.v1</code>, as JSON <span class="soft">(may be empty)</span></label>
      <textarea id="order" name="order" rows="6" spellcheck="false" class="code" maxlength="\(ExplainQuestion.orderMax)">\(question.order)</textarea></p></details>
      <p><label for="why">And why not <span class="soft">(if you wonder)</span></label><select id="why" name="why"><option value="">–</option>\(asked)</select></p>
      <p class="send"><button>Show the decision</button></p>
      </form>
      """
  }

  private static func option(_ value: String, _ chosen: String) -> Markup {
    value == chosen
      ? "<option value=\"\(value)\" selected>\(value.asWords)</option>"
      : "<option value=\"\(value)\">\(value.asWords)</option>"
  }

  private static func result(
    _ answer: Result<Explanation, ExplainProblem>, _ question: ExplainQuestion, _ policy: PolicyDocument
  ) -> Markup {
    guard case .success(let explanation) = answer, let view = DecisionView(data: explanation.decision.encoded()) else {
      return ""
    }
    let subject = DecisionPage.Subject(
      view: view, time: nil, message: view.marked(explanation.text),
      reply: explanation.resolution.flatMap { ReplyView(data: $0.encoded()) },
      summary: explanation.summary.flatMap { CaseView(data: $0.encoded()) }, considered: explanation.considered,
      whyNot: question.whyNot.flatMap { explanation.whyNot($0) })
    let why: Markup =
      subject.whyNot.map {
        Parts.section(
          "why", "Why not \($0.target.name.asWords)?", "The smallest change of facts that would have led there.",
          DecisionPage.answer($0))
      } ?? ""
    return """
      \(DecisionPage.outcome(subject))
      \(DecisionPage.message(subject, none: "Nothing was written."))
      \(DecisionPage.reading(view))
      \(DecisionPage.known(view, at: nil))
      \(DecisionPage.rules(subject, policy, isRecorded: false))
      \(why)
      \(DecisionPage.told(subject))
      """
  }
}

extension Result where Failure == ExplainProblem {
  fileprivate var problem: ExplainProblem? {
    if case .failure(let problem) = self { problem } else { nil }
  }
}
