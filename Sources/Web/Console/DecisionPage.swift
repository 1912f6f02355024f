internal import Console
internal import Events
internal import Policy

/// **Decision**: one ticket, and why it went where it went.
enum DecisionPage {
  /// What is known of one decision, be it recorded or just explained.
  struct Subject {
    let view: DecisionView
    let time: Timestamp?
    let message: MarkedText?
    let reply: ReplyView?
    let summary: CaseView?
    /// Every rule beside the facts; empty where another policy decided.
    let considered: [ConsideredRule]
    let whyNot: WhyNot?
  }

  static func page(
    _ decided: ConsoleState.Decided, in state: ConsoleState, _ policy: PolicyDocument, whyNot question: String?,
    reveal: Markup
  ) -> ConsolePage {
    let view = decided.view
    let facts = view.policyVersion == policy.version ? Facts(recorded: view.facts.map { ($0.name, $0.value) }) : nil
    let isNotice = policy.notices.contains { $0.name == view.rule }
    let subject = Subject(
      view: view, time: decided.time, message: state.message(of: decided), reply: state.reply(of: decided),
      summary: state.summary(of: decided),
      considered: facts.map { policy.considered($0, forNotice: isNotice) } ?? [],
      whyNot: question.flatMap { WhyNot.Target($0, in: policy) }.flatMap { target in
        facts.map { policy.whyNot(target, $0) }
      })
    let others = state.decisions(of: view.ticket).filter { $0.view.id != view.id }.prefix(8).map { other -> Markup in
      "\(Parts.decision(other.view.id, Words.moment(other.time))) \(Parts.action(other.view))"
    }
    let more: Markup =
      others.isEmpty ? "" : Parts.section("others", "Other decisions in this ticket", Parts.list(Array(others)))
    return ConsolePage(
      title: "Ticket \(view.ticket)", place: nil,
      lead: "Decided at \(Parts.moment(decided.time)), for customer \(view.customer).",
      body: """
        \(outcome(subject))
        \(message(
            subject,
            none: view.answersMessage ? "The message is not among those kept here." : "Nothing: an order changed, and that led here."))
        \(reveal)
        \(view.answersMessage ? reading(view) : "")
        \(known(view, at: decided.time))
        \(rules(subject, policy, isRecorded: true))
        \(asked(view, policy, subject.whyNot, path: "/decision", hidden: view.id))
        \(told(subject))
        \(evidence(decided, in: state))
        \(more)
        """)
  }

  static func missing(_ words: String) -> ConsolePage {
    ConsolePage(
      title: "Not found", place: nil, lead: "\(words)",
      body: "<p><a href=\"/\">Back to what is happening now</a></p>")
  }

  // MARK: What happened

  static func outcome(_ subject: Subject) -> Markup {
    let view = subject.view
    let due: Markup? = view.action == .handOff ? view.dueBy.map(Parts.moment) : nil
    return """
      <section class="outcome" aria-labelledby="outcome"><h2 id="outcome">\(Parts.action(view)) <span>\(view.step.asWords)</span></h2>
      \(Parts.pairs([
        ("Why", "\(subject.summary?.reason ?? subject.considered.first { $0.name == view.rule }?.words ?? view.auditExplanation)"),
        ("Decided by", "<code>\(view.rule)</code>"), ("Urgency", Parts.urgency(view.urgency)), ("Answer by", due),
        ("Boundary", "\(view.boundary.asWords) to \(view.step.asWords); automation needs \(view.confidenceNeeded) confidence here"),
        ("Tripwires", view.tripwires.isEmpty ? nil : "\(view.tripwires.map(\.asWords).joined(separator: ", "))"),
      ]))</section>
      """
  }

  static func message(_ subject: Subject, none: String) -> Markup {
    guard let message = subject.message else {
      return Parts.section("message", "What the customer wrote", "<p class=\"none\">\(none)</p>")
    }
    let pieces = message.pieces.map { piece -> Markup in
      switch piece.mark {
      case nil: "\(piece.text)"
      case .cue(let name): "<mark class=\"cue\" title=\"\(name.asWords)\">\(piece.text)</mark>"
      case .signal(let name): "<mark class=\"signal\">\(piece.text)<small> \(name.asWords)</small></mark>"
      case .entity(let name): "<mark class=\"entity\">\(piece.text)<small> \(name.asWords)</small></mark>"
      case .hidden: "<span class=\"blacked\">\(piece.text)</span>"
      }
    }
    let cut: Markup = message.isCut ? "<p class=\"note\">The rest is not kept.</p>" : ""
    let legend = Parts.list(
      [
        "<mark class=\"cue\">dotted</mark> shows what is wanted or felt",
        "<mark class=\"signal\">solid</mark> must be noticed",
        "<mark class=\"entity\">boxed</mark> names something",
        "<span class=\"blacked\">[kind]</span> personal data, taken out",
      ], class: "legend")
    return Parts.section(
      "message", "What the customer wrote",
      "<blockquote class=\"message\" dir=\"auto\">\(pieces)</blockquote>\(cut)\(legend)")
  }

  // MARK: What was understood and known

  static func reading(_ view: DecisionView) -> Markup {
    let intents = view.intents.enumerated().map { index, intent -> Markup in
      let sign = ["high": "●●●", "medium": "●●○"][intent.band] ?? "●○○"
      return """
        <li><span class="name">\(intent.name.asWords)</span>\(Plots.share(intent.probability, tone: index == 0 ? "f-accent" : "f-soft"))\
        <span class="n">\(Words.percent(thousandths: intent.probability))</span><span class="band"><span aria-hidden="true">\(sign)</span> \(intent.band) confidence</span></li>
        """
    }
    let feeling = Double(view.sentiment + 2) / 4
    let x = Int(6 + feeling * 188)
    let words = Words.feeling(view.sentiment)
    return Parts.section(
      "reading", "What Heed understood",
      """
      \(intents.isEmpty ? "" : "<ul class=\"bars wide\" aria-label=\"What may be wanted\">\(intents)</ul>" as Markup)
      \(Parts.pairs([
        ("Claims nothing, since", view.abstention.map { "the text is \($0.asWords)" }),
        ("Feels", "<svg class=\"feeling\" viewBox=\"0 0 200 12\" role=\"img\" aria-label=\"\(words), on a scale of five\"><line class=\"axis\" x1=\"6\" y1=\"6\" x2=\"194\" y2=\"6\"/><circle class=\"dot\" cx=\"\(x)\" cy=\"6\" r=\"5\"/></svg> \(words)\(view.trajectory == "first" ? "" : ", \(view.trajectory)")"),
        ("Pressing", view.pressure == "none" ? nil : "\(view.pressure)"),
        ("Noticed", view.signals.isEmpty ? nil : "\(view.signals.map(\.asWords).joined(separator: ", "))"),
        ("Language", "\(view.language), \(Words.percent(thousandths: view.languageProbability))"),
      ]))
      """)
  }

  static func known(_ view: DecisionView, at time: Timestamp?) -> Markup {
    let checks = view.checks.map { check -> Markup in
      let isFine = ["none", "no_order"].contains(check.finding) || check.name == "order_status"
      return
        "<span aria-hidden=\"true\">\(isFine ? "✓" : "!")</span> \(check.name.asWords): <strong>\(check.finding.asWords)</strong>"
    }
    let age: Markup? = view.contextAsOf.map { asOf in
      let old: Markup = time.map { ", \(Words.span($0.seconds(since: asOf))) before the decision" } ?? ""
      return "known at \(Parts.time(asOf))\(old)"
    }
    let facts = view.facts.map {
      ["\($0.name.asWords)", "<code>\($0.value.isEmpty ? "–" : $0.value)</code>"] as [Markup]
    }
    return Parts.section(
      "known", "What Heed knew",
      """
      \(Parts.pairs([
        ("Order", view.order.map { "<strong>\($0)</strong>" }), ("Age of the facts", age),
        ("Checked", checks.isEmpty ? nil : Parts.list(checks)),
        ("Cause", view.cause == "none" ? "nothing is wrong, as far as is known" : "\(view.cause.asWords)"),
        ("Context", "\(view.context)"),
      ]))
      <details><summary>All \(facts.count) facts the rules looked at</summary>\(Parts.table("Facts", ["Fact", "Value"], facts, none: "None."))</details>
      """)
  }

  // MARK: How it was decided

  static func rules(_ subject: Subject, _ policy: PolicyDocument, isRecorded: Bool) -> Markup {
    let view = subject.view
    let misses = view.nearMisses.map { miss -> Markup in
      "<code>\(miss.rule)</code>: \(miss.fact.asWords) would have to be <strong>\(miss.wanted.asWords)</strong>"
    }
    let near: Markup = misses.isEmpty ? "" : "<h3>Near misses</h3>\(Parts.list(misses))"
    guard !subject.considered.isEmpty else {
      return Parts.section(
        "rules", "How it was decided",
        "<p class=\"none\">Policy \(view.policyVersion) decided; this console has \(policy.version), so its rules are not laid beside the facts.</p>\(near)"
      )
    }
    let fired = subject.considered.firstIndex { $0.name == view.rule } ?? subject.considered.endIndex
    let rows = subject.considered.enumerated().map { index, rule -> [Markup] in
      let isTripwire = rule.name.hasPrefix("tripwire.")
      let verdict: Markup =
        if index == fired {
          Parts.badge("decided", "t-answered", sign: "✓")
        } else if index > fired && !(isTripwire && rule.holds) {
          "<span class=\"soft\">not reached</span>"
        } else if rule.holds { Parts.badge(isTripwire ? "touched" : "passed over", "t-warn", sign: "–") } else {
          "<span class=\"soft\"><span aria-hidden=\"true\">✗</span> does not hold</span>"
        }
      let obstacle: Markup =
        rule.obstacles.first.map { obstacle in
          let more = rule.obstacles.count > 1 ? " and \(rule.obstacles.count - 1) more" : ""
          return
            "\(obstacle.fact.rawValue.asWords) is <code>\(obstacle.found)</code>, not <code>\(obstacle.wanted)</code>\(more)"
        } ?? "\(rule.words)"
      return ["<code>\(rule.name)</code>", verdict, index > fired && !rule.holds ? "" : obstacle]
    }
    let note =
      isRecorded
      ? "The policy's tripwires and rules in their order, beside the facts that were recorded."
      : "The policy's tripwires and rules in their order."
    return Parts.section(
      "rules", "How it was decided", "\(note)",
      """
      \(near)
      <details\(rows.count < 12 ? " open" : "")><summary>Every rule that was considered (\(rows.count))</summary>
      \(Parts.table("Rules considered", ["Rule", "Verdict", "Because"], rows, none: "None."))</details>
      """)
  }

  /// The question why it did not go elsewhere, with its answer.
  static func asked(_ view: DecisionView, _ policy: PolicyDocument, _ whyNot: WhyNot?, path: String, hidden: String)
    -> Markup
  {
    let targets = ["resolve", "clarify", "hand_off"] + policy.queues.keys.sorted()
    let options = targets.map { target -> Markup in
      target == whyNot?.target.name
        ? "<option value=\"\(target)\" selected>\(target.asWords)</option>"
        : "<option value=\"\(target)\">\(target.asWords)</option>"
    }
    return Parts.section(
      "why", "Why not elsewhere?", "The smallest change of facts that would have led there.",
      """
      <form method="get" action="\(path)#why" class="row"><input type="hidden" name="id" value="\(hidden)">
      <label for="target">Why not</label> <select id="target" name="why">\(options)</select> <button>Ask</button></form>
      \(whyNot.map { answer($0) } ?? "")
      """)
  }

  static func answer(_ whyNot: WhyNot) -> Markup {
    switch whyNot.answer {
    case .already(let rule): return "<p class=\"answer\">It does: these facts lead there, by <code>\(rule)</code>.</p>"
    case .nothing:
      return
        "<p class=\"answer\">No change of up to \(WhyNot.mostChanges) facts leads there: it would be another case.</p>"
    case .changes(let changes, let rule):
      let items = changes.map { change -> Markup in
        "\(change.fact.rawValue.asWords) were <code>\(change.to.text)</code> instead of <code>\(change.from.text)</code>"
      }
      return "<div class=\"answer\"><p>It would, by <code>\(rule)</code>, if</p>\(Parts.list(items))</div>"
    }
  }

  // MARK: What was said and what proves it

  static func told(_ subject: Subject) -> Markup {
    if let reply = subject.reply {
      let choices: Markup? = reply.choices.isEmpty ? nil : Parts.list(reply.choices.map { "\($0)" })
      return Parts.section(
        "told", "What the customer was told",
        """
        <blockquote class="reply" dir="auto">\(reply.text)</blockquote>
        \(Parts.pairs([
          ("Choices", choices), ("Rests on", "\(reply.basis.joined(separator: "; "))"),
          ("The promise holds until", reply.expiresAt.map { Parts.time($0) }), ("Sent by", "\(reply.channel)"),
        ]))
        """)
    }
    let said: Markup =
      subject.view.customerExplanation.isEmpty
      ? "<p class=\"none\">The customer is told nothing by a machine.</p>"
      : "<blockquote class=\"reply\" dir=\"auto\">\(subject.view.customerExplanation)</blockquote>"
    let agent: Markup =
      subject.summary.map { Parts.section("agent", "What the agent sees", CaseCard.content($0)) } ?? ""
    return "\(Parts.section("told", "What the customer was told", said))\(agent)"
  }

  private static func evidence(_ decided: ConsoleState.Decided, in state: ConsoleState) -> Markup {
    let view = decided.view
    let chain: Markup =
      if view.previous == nil {
        "the first decision about this customer"
      } else if let before = state.link(before: decided) {
        "<span aria-hidden=\"true\">✓</span> the digest of \(Parts.decision(before.view.id, Words.moment(before.time))) is the one that it names"
      } else {
        "the decision before it is not kept here, so the link was not checked"
      }
    return Parts.section(
      "evidence", "What proves it",
      Parts.pairs([
        ("Policy", "<code>\(view.policyVersion)</code>"), ("Reader", "<code>\(view.modelVersion)</code>"),
        ("Heed", "<code>\(view.heedVersion)</code>"), ("Decision", "<code>\(view.id)</code>"), ("Chain", chain),
        ("Replaces", view.supersedes.map { Parts.decision($0, "an earlier decision") }), ("Arm", "\(view.arm)"),
      ]))
  }
}

extension Parts {
  fileprivate static func section(_ id: String, _ title: String, _ body: Markup) -> Markup {
    section(id, title, "", body)
  }
}
