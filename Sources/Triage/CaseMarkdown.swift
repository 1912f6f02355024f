public import Events

/// A case summary as Markdown, for ticketing systems that take nothing but a note. Every statement is followed by where it
/// comes from, so that an agent can tell what was read from what is known.
public struct CaseMarkdown: Sendable, Hashable {
  /// The note.
  public let text: String

  /// The case that `decision` handed over.
  public init(_ summary: CaseSummarised, decision: DecisionMade) {
    self.init(summary, contextAsOf: decision.contextAsOf)
  }

  /// A case of which nothing but the summary is at hand.
  ///
  /// - Parameter contextAsOf: when what is known of the customer was so, if that is known.
  public init(_ summary: CaseSummarised, contextAsOf: Timestamp? = nil) {
    text = Writing(summary: summary, contextAsOf: contextAsOf).text
  }
}

private struct Writing {
  let summary: CaseSummarised
  let contextAsOf: Timestamp?

  var text: String {
    var blocks = ["## " + statement(summary.headline, sources(of: .headline)), understanding]
    if !summary.orders.isEmpty { blocks.append(section("Orders", orders)) }
    if !summary.checks.isEmpty { blocks.append(section("Checked", list(summary.checks.map(check)))) }
    let history = summary.history.isEmpty ? ["Nothing yet"] : summary.history
    blocks.append(section("What was tried", list(history.map { statement($0, [.init(.history)]) })))
    if !summary.unknown.isEmpty {
      blocks.append(section("Still unknown", list(summary.unknown.map { statement($0, sources(of: .unknown)) })))
    }
    blocks.append(section("Recommended", list([recommendation(summary.recommended)])))
    if !summary.alternatives.isEmpty {
      blocks.append(section("Alternatives", list(summary.alternatives.map(recommendation))))
    }
    if let reply = summary.suggestedReply { blocks.append(section("Suggested reply", suggestion(reply.text))) }
    blocks.append(section("Why a person has it", handOver))
    return blocks.joined(separator: "\n\n") + "\n"
  }

  // MARK: Sections

  private var understanding: String {
    list([
      "**Wants:** " + statement(summary.wants, sources(of: .wants)),
      "**Feels:** " + statement(summary.feels, sources(of: .feels)),
    ])
  }

  private var orders: String {
    let rows = summary.orders.map { order in
      [
        order.order.text + (order.isSubject ? " (this case)" : ""), order.status.rawValue.asWords, order.words.text,
        order.carrier?.text ?? "–", order.trackingNumber?.text ?? "–", order.promisedBy?.rfc3339 ?? "–",
        order.estimatedDelivery?.rfc3339 ?? "–", order.total?.text ?? "–",
        CaseSummarised.Source(.order, order: order.order, asOf: order.asOf).words,
      ]
    }
    let head = [
      "Order", "Status", "What is known", "Carrier", "Tracking", "Promised by", "Expected", "Total", "Source",
    ]
    return ([row(head), "|" + String(repeating: " --- |", count: head.count)] + rows.map(row)).joined(separator: "\n")
  }

  private func check(_ check: DecisionMade.Check) -> String {
    let order = check.order.map { " (order \($0.text))" } ?? ""
    // A check without an order looked for one among what is known of the customer.
    let asOf =
      summary.orders.first { $0.order == check.order }?.asOf ?? (check.order == nil ? nil : contextAsOf)
    return statement(
      "\(check.name.asWords): \(check.finding.text.asWords)\(order)",
      [asOf.map { .init(.order, order: check.order, asOf: $0) } ?? .init(.customerRecord)])
  }

  private func recommendation(_ step: CaseSummarised.Recommendation) -> String {
    let boundary =
      switch step.boundary {
      case "automatic": "no approval needed"
      case "needs_approval": "needs approval"
      case "never": "not allowed"
      default: step.boundary.asWords
      }
    return statement("\(step.words): \(boundary)", [.init(.policy)])
  }

  private func suggestion(_ reply: String) -> String {
    let lines = reply.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let quoted = lines.indices.map { index in
      guard !lines[index].isEmpty else { return ">" }
      // Two spaces keep a line's end; without them Markdown runs a greeting into the sentence below it.
      let goesOn = index + 1 < lines.count && !lines[index + 1].isEmpty
      return "> " + MarkdownText.escaped(lines[index]) + (goesOn ? "  " : "")
    }
    return "A suggestion only: nothing was sent. " + source(sources(of: .recommendedAction)) + "\n\n"
      + quoted.joined(separator: "\n")
  }

  private var handOver: String {
    let tripwires = summary.tripwires.map(\.asWords).joined(separator: ", ")
    var lines = [statement(summary.reason, sources(of: .reason))]
    if !tripwires.isEmpty { lines.append(statement("Tripwires: \(tripwires)", sources(of: .reason))) }
    lines.append(
      "**Answer by:** "
        + statement("\(summary.dueBy.rfc3339), \(summary.urgency.rawValue), queue \(summary.queue)", [.init(.policy)]))
    return list(lines)
  }

  // MARK: Sources

  private func sources(of statement: CaseSummarised.Statement) -> [CaseSummarised.Source] {
    summary.sources[statement] ?? []
  }

  // MARK: Markdown

  private func statement(_ words: String, _ sources: [CaseSummarised.Source]) -> String {
    MarkdownText.escaped(words) + " " + source(sources)
  }

  private func statement(_ words: Redacted, _ sources: [CaseSummarised.Source]) -> String {
    statement(words.text, sources)
  }

  private func source(_ sources: [CaseSummarised.Source]) -> String {
    "*(\(sources.map(\.words).joined(separator: "; ")))*"
  }

  private func section(_ title: String, _ body: String) -> String { "### \(title)\n\n\(body)" }

  private func list(_ lines: [String]) -> String { lines.map { "- " + $0 }.joined(separator: "\n") }

  private func row(_ cells: [String]) -> String {
    "| " + cells.map(MarkdownText.escaped).joined(separator: " | ") + " |"
  }
}

/// Data that stands in Markdown as what it is.
package enum MarkdownText {
  /// One line that Markdown shows as `words`, whatever is in it: no emphasis, links, HTML, tables, headings or lists.
  package static func escaped(_ words: some StringProtocol) -> String {
    var text = ""
    // By scalars: a combining mark after a bracket makes one character of both, and the bracket must not slip through.
    for scalar in words.unicodeScalars {
      switch scalar {
      case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "~", "&", "#", "!", "$":
        text.unicodeScalars.append("\\")
        text.unicodeScalars.append(scalar)
      // A scheme before two slashes becomes a link by itself; escaped it does not.
      case ":" where words.contains("://"): text += "\\:"
      // Marks of direction would turn round what follows, its source included.
      case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}": break
      case _ where scalar.properties.generalCategory.isBreakOrControl: text += " "
      default: text.unicodeScalars.append(scalar)
      }
    }
    return Self.withoutMarker(text)
  }

  /// A line may begin with what makes it a list or a rule: `- `, `+ `, `=`, `3. `, `3) `.
  private static func withoutMarker(_ line: String) -> String {
    let line = String(line.drop { $0 == " " })
    let number = line.prefix { $0.isASCII && $0.isNumber }
    let rest = line.dropFirst(number.count)
    guard let mark = rest.first else { return line }
    let isMarker =
      number.isEmpty
      ? "-+=".contains(mark) : ".)".contains(mark) && rest.dropFirst().first.map { $0 == " " } ?? true
    guard isMarker else { return line }
    return number + "\\" + rest
  }
}

extension Unicode.GeneralCategory {
  /// Ends of lines, which end a cell or an item, and what has no place in a note.
  fileprivate var isBreakOrControl: Bool {
    switch self {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}

extension CaseSummarised.Source {
  /// In short form.
  fileprivate var words: String {
    switch kind {
    case .order: asOf.map { "order as of \($0.rfc3339)" } ?? "order"
    case .text, .history, .policy, .customerRecord: kind.rawValue.asWords
    }
  }
}
