import Triage

/// The comparison as one page that needs nothing else: no script, no font, no address. Light or dark as the reader's system is,
/// tables with captions and headings for screen readers, wide ones scrolling by themselves on a phone.
struct DiffHTML {
  private(set) var text: String

  init(_ page: DiffPage) {
    let report = page.report
    var body = """
      <header><h1>What would have been decided otherwise</h1>
      <dl><dt>Before</dt><dd>\(Self.escaped(page.before))</dd><dt>After</dt><dd>\(Self.escaped(page.after))</dd></dl></header>
      <main>
      <section aria-labelledby="sum"><h2 id="sum">In short</h2>
      <p class="big">\(Self.escaped(page.summary)).</p></section>

      """
    for (kind, title) in DiffPage.titles where !page.changes(kind).isEmpty {
      body += Self.changes(title, page.changes(kind), isMove: kind != .intent)
    }
    if !report.load.isEmpty { body += Self.load(page) }
    if !report.examples.isEmpty { body += Self.examples(report.examples) }
    text = """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark"><title>Heed: what would have been decided otherwise</title>
      <style>\(Self.style)</style></head><body>
      \(body)</main></body></html>

      """
  }

  // MARK: Parts

  private static func changes(_ title: String, _ changes: [DecisionDiff.Change], isMove: Bool) -> String {
    let most = changes.map(\.count).max() ?? 1
    let rows = changes.map { change in
      let bar = #"<span class="bar" style="width:\#(max(1, 100 * change.count / most))%"></span>"#
      let cells =
        isMove
        ? "<td>\(escaped(change.from))</td><td>\(escaped(change.to))</td>"
        : #"<th scope="row">\#(escaped(change.from))</th>"#
      return #"<tr>\#(cells)<td class="n">\#(change.count)</td><td class="b" aria-hidden="true">\#(bar)</td></tr>"#
    }
    let heads = isMove ? ["Before", "After"] : ["Intent"]
    return table(title, heads + ["Decisions"], empty: 1, rows)
  }

  private static func load(_ page: DiffPage) -> String {
    let most = page.report.load.map { max($0.before, $0.after) }.max() ?? 1
    let rows = page.report.load.map { load in
      let bars = [("before", load.before), ("after", load.after)].map { name, count in
        #"<span class="bar \#(name)" style="width:\#(100 * count / max(1, most))%"></span>"#
      }.joined()
      let change = load.after - load.before
      return
        #"<tr><th scope="row">\#(escaped(load.queue))</th><td class="n">\#(page.daily(load.before))</td><td class="n">\#(page.daily(load.after))</td><td class="n">\#(change > 0 ? "+" : "")\#(change)</td><td class="b" aria-hidden="true">\#(bars)</td></tr>"#
    }
    return table(
      "Cases a day for agents, over \(page.report.days) days",
      ["Queue", "Before, a day", "After, a day", "Change in all"],
      empty: 1, rows)
  }

  private static func examples(_ examples: [DecisionDiff.Example]) -> String {
    let rows = examples.map { example in
      "<tr><th scope=\"row\"><code>\(escaped(example.decision))</code></th><td>\(escaped(example.ticket))</td>"
        + "<td>\(escaped(example.event))</td><td>\(escaped(example.intent))</td>"
        + "<td>\(escaped(DiffPage.words(example.before)))</td><td>\(escaped(DiffPage.words(example.after)))</td></tr>"
    }
    return table(
      "Examples, at most three of each way to flip", ["Decision", "Ticket", "Event", "Intent", "Before", "After"],
      empty: 0, rows)
  }

  private static func table(_ title: String, _ heads: [String], empty: Int, _ rows: [String]) -> String {
    let numbers = ["Decisions", "Before, a day", "After, a day", "Change in all"]
    let heads =
      heads.map { #"<th scope="col"\#(numbers.contains($0) ? #" class="n""# : "")>\#($0)</th>"# }
      + Array(repeating: #"<td class="b"></td>"#, count: empty)
    return """
      <section><div class="wide" tabindex="0" role="region" aria-label="\(escaped(title))"><table><caption>\(escaped(title))</caption>
      <thead><tr>\(heads.joined())</tr></thead><tbody>
      \(rows.joined(separator: "\n"))
      </tbody></table></div></section>

      """
  }

  /// Names come from policies, ids from sources: none of them may become markup.
  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
  }

  private static let style = """
    :root{--ground:#fff;--ink:#1b1f24;--faint:#57606a;--line:#d0d7de;--a:#6e7781;--b:#0a5fb4}
    @media(prefers-color-scheme:dark){:root{--ground:#14181d;--ink:#e6edf3;--faint:#9da7b1;--line:#3a434d;--a:#8b949e;--b:#58a6ff}}
    *{box-sizing:border-box}
    body{margin:0 auto;max-width:60rem;padding:1rem;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
    h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0}h2{font-size:1.15rem;margin:1.5rem 0 .25rem}
    dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .75rem;margin:0;color:var(--faint)}dd{margin:0;overflow-wrap:anywhere}
    .big{font-size:1.15rem;margin:.25rem 0}
    .wide{overflow-x:auto;margin:1.5rem 0}.wide:focus-visible{outline:3px solid var(--b);outline-offset:2px}
    table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:600;font-size:1.1rem;padding:.25rem 0}
    th,td{text-align:left;font-weight:400;padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top}
    thead th{color:var(--faint);font-size:.9rem}code{display:block;min-width:9rem;font-size:.8rem;overflow-wrap:anywhere}
    .n{text-align:right;font-variant-numeric:tabular-nums}.b{min-width:6rem;width:30%}
    .bar{display:block;height:.6rem;background:var(--b);margin:.25rem 0;border-radius:2px}.bar.before{background:var(--a)}
    @media(max-width:30rem){.b{display:none}th,td{padding-right:.5rem}}
    """
}
