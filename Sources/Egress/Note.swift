internal import Events
internal import Triage

/// An internal note for an agent, as Markdown and as the HTML of the same.
struct Note {
  let markdown: String
  var html: String { NoteHTML.html(of: markdown) }

  /// The case on one screen.
  init(_ summary: CaseSummarised) {
    let replaces = summary.supersedes == nil ? "" : "**This replaces the summary above: an order has changed.**\n\n"
    markdown = replaces + CaseMarkdown(summary).text + Self.trace(summary.decision)
  }

  /// A reply that was not sent, and why.
  init(_ resolution: ResolutionProposed, withheld: UpdateRequested.Withheld) {
    let reason =
      switch withheld {
      case .humanHasCase: "Not sent, since a person has this ticket. It may serve as a start:"
      case .promiseExpired:
        "**Nobody has answered the customer.** A reply was ready, but what it promises was over before it could be sent:"
      }
    let quoted = resolution.parts.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map {
      $0.isEmpty ? ">" : "> " + MarkdownText.escaped($0)
    }
    markdown =
      "### A reply that was not sent\n\n\(reason)\n\n\(quoted.joined(separator: "\n"))\n"
      + Self.trace(resolution.decision)
  }

  /// Systems that do not know idempotency keys may show a note twice; so it can be seen that it is one.
  private static func trace(_ decision: String) -> String {
    "\n*(Heed, \(MarkdownText.escaped(decision)))*\n"
  }
}

/// Markdown as our notes use it (headings, lists, tables, quotations, strong and emphasised words, escapes) as HTML. Everything else is text.
enum NoteHTML {
  static func html(of markdown: String) -> String {
    markdown.split(separator: "\n\n").map { block in
      let lines = block.split(separator: "\n")
      guard let first = lines.first else { return "" }
      if first.hasPrefix("### ") { return "<h4>\(inline(first.dropFirst(4)))</h4>" + rest(lines) }
      if first.hasPrefix("## ") { return "<h3>\(inline(first.dropFirst(3)))</h3>" + rest(lines) }
      if first.hasPrefix("- ") {
        return "<ul>" + lines.map { "<li>\(inline($0.dropFirst(2)))</li>" }.joined() + "</ul>"
      }
      if first.hasPrefix("| ") { return table(lines) }
      if first.hasPrefix(">") { return "<blockquote>" + quotation(lines) + "</blockquote>" }
      return paragraph(lines)
    }.joined()
  }

  /// Words for a customer: nothing in them is markup.
  static func html(ofText text: String) -> String {
    text.split(separator: "\n\n").map { paragraph in
      "<p>" + paragraph.split(separator: "\n").map { escaped($0) }.joined(separator: "<br>") + "</p>"
    }.joined()
  }

  private static func rest(_ lines: [Substring]) -> String {
    lines.count > 1 ? html(of: lines.dropFirst().joined(separator: "\n")) : ""
  }

  private static func paragraph(_ lines: [Substring]) -> String {
    "<p>" + lines.map { inline($0) }.joined(separator: "<br>") + "</p>"
  }

  private static func quotation(_ lines: [Substring]) -> String {
    let words = lines.map { $0.dropFirst($0.hasPrefix("> ") ? 2 : 1) }
    return words.split { $0.isEmpty }.map { paragraph(Array($0)) }.joined()
  }

  /// The second line says nothing but that the first is the head.
  private static func table(_ lines: [Substring]) -> String {
    let rows = lines.enumerated().filter { $0.offset != 1 }.map { index, line in
      let tag = index == 0 ? "th" : "td"
      return "<tr>" + cells(line).map { "<\(tag)>\(inline($0[...]))</\(tag)>" }.joined() + "</tr>"
    }
    return "<table>" + rows.joined() + "</table>"
  }

  private static func cells(_ line: Substring) -> [String] {
    var cells = [""]
    var isEscaped = false
    for scalar in line.unicodeScalars {
      if scalar == "|", !isEscaped { cells.append("") } else { cells[cells.count - 1].unicodeScalars.append(scalar) }
      isEscaped = scalar == "\\" && !isEscaped
    }
    return cells.dropFirst().dropLast().map { $0.split(separator: " ").joined(separator: " ") }
  }

  private static func inline(_ line: Substring) -> String {
    var html = ""
    var open: [String] = []
    var scalars = Array(line.unicodeScalars)[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\\":
        if let next = scalars.popFirst() { html += escaped(next) }
      case "*":
        let tag = scalars.first == "*" ? "strong" : "em"
        if tag == "strong" { scalars.removeFirst() }
        if open.last == tag {
          open.removeLast()
          html += "</\(tag)>"
        } else {
          open.append(tag)
          html += "<\(tag)>"
        }
      default: html += escaped(scalar)
      }
    }
    return html + open.reversed().map { "</\($0)>" }.joined()
  }

  private static func escaped(_ text: Substring) -> String { text.unicodeScalars.map { escaped($0) }.joined() }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    case "\"": "&quot;"
    case "'": "&#39;"
    default: String(scalar)
    }
  }
}
