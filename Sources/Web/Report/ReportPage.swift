internal import Foundation
public import Scorecard

/// A report as one page of HTML that needs nothing else: no script, no font, no picture from elsewhere. Readable by screen readers, on paper, on
/// a phone, in light and dark.
public struct ReportPage {
  /// The page.
  public let html: String

  /// The page of `report`.
  public init(_ report: Report) {
    let span = "\(report.range.from.prefix(10)) to \(report.range.until.prefix(10))"
    let page: Markup = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Heed: review of \(span)</title>
      <style>\(HouseStyle.sheet)</style>
      </head>
      <body>
      <a class="skip" href="#measures">Skip to the measures</a>
      <header><h1>Review of \(span)</h1>
      <p>\(report.tickets) tickets, told up to \(String(report.range.asOf.prefix(16))). The same range of the log gives the same page.</p></header>
      <main>
      \(ReportSections.all(report))
      </main>
      </body>
      </html>

      """
    html = page.description
  }
}

/// What a report says, section by section.
enum ReportSections {
  static func all(_ report: Report) -> Markup {
    """
    \(measures(report))
    \(days(report))
    \(parts(report))
    \(themes(report))
    \(escalations(report))
    \(misroutes(report))
    \(trends(report))
    \(alerts(report))
    \(experiment(report))
    \(sample(report))
    \(definitions(report))
    """
  }

  private static func section(_ id: String, _ title: String, _ intro: String, _ body: Markup) -> Markup {
    """
    <section aria-labelledby="\(id)"><h2 id="\(id)">\(title)</h2>
    <p>\(intro)</p>
    \(body)
    </section>
    """
  }

  /// A table that scrolls by itself where the window is narrow; nothing says so where it has no rows.
  private static func table(_ caption: String, _ head: [String], _ rows: [[Markup]]) -> Markup {
    guard !rows.isEmpty else { return "<p class=\"none\">Nothing in this range.</p>" }
    let heads = head.enumerated().map { index, name -> Markup in
      // Where rows are named by themselves their column needs no name, and a heading without words is none.
      name.isEmpty
        ? "<td></td>" : index == 0 ? "<th scope=\"col\">\(name)</th>" : "<th scope=\"col\" class=\"n\">\(name)</th>"
    }
    let lines = rows.map { row -> Markup in
      let cells = row.enumerated().map { index, cell -> Markup in
        index == 0 ? "<th scope=\"row\">\(cell)</th>" : "<td class=\"n\">\(cell)</td>"
      }
      return "<tr>\(cells)</tr>\n"
    }
    return """
      <div class="scroll" role="group" tabindex="0" aria-label="\(caption)"><table><caption>\(caption)</caption>
      <thead><tr>\(heads)</tr></thead>
      <tbody>
      \(lines)</tbody></table></div>
      """
  }

  private static func measures(_ report: Report) -> Markup {
    let rows = Dictionary(uniqueKeysWithValues: report.measures.map { ($0.name, $0) })
    let cards = report.measures.filter { $0.count > 0 }.map { row -> Markup in
      let pair = rows[row.pair].map { "\($0.title.lowercased()) \(ReportWords.value($0.value, unit: $0.unit))" } ?? ""
      let change = ReportWords.change(row)
      let tone = change.hasSuffix("better") ? "good" : change.hasSuffix("worse") ? "bad" : ""
      let p90 = row.p90.map { ", 90 % within \(ReportWords.duration($0))" } ?? ""
      let since: Markup = change.isEmpty ? "" : "<p class=\"change \(tone)\">\(change)</p>"
      return """
        <li><h3>\(row.title)</h3>
        <p class="value">\(ReportWords.value(row.value, unit: row.unit))</p>\(interval(row))
        <p class="note">of \(row.count)\(p90)</p>
        \(since)
        <p class="note">beside it: \(pair)</p></li>

        """
    }
    return section(
      "measures", "How customers fared",
      "Each number stands beside the one without which it misleads, with its change since the range before where there was one.",
      "<ul class=\"cards\">\(cards)</ul>")
  }

  /// A bar from 0 to 1 with the value and its interval.
  private static func interval(_ row: Report.Row) -> Markup {
    guard row.unit == "share", let value = row.value, let low = row.low, let high = row.high else { return "" }
    func x(_ share: Double) -> String { String(format: "%.1f", 1 + share * 198) }
    let words =
      "\(ReportWords.percent(value)), with 95 % confidence between \(ReportWords.percent(low)) and \(ReportWords.percent(high))"
    return """
      <svg viewBox="0 0 200 12" role="img" aria-label="\(words)"><title>\(words)</title>
      <line class="axis" x1="1" y1="6" x2="199" y2="6"/><line class="reach" x1="\(x(low))" y1="6" x2="\(x(high))" y2="6"/>
      <circle class="dot" cx="\(x(value))" cy="6" r="4"/></svg>
      """
  }

  private static func days(_ report: Report) -> Markup {
    let most = report.days.map { $0.answered + $0.asked + $0.handedOver + $0.nothing }.max() ?? 0
    guard most > 0 else { return "" }
    let step = 640 / Double(report.days.count)
    func box(_ x: Double, _ y: Double, _ height: Double, _ name: String) -> Markup {
      """
      <rect class="\(name)" x="\(String(format: "%.1f", x + step * 0.1))" y="\(String(format: "%.1f", y))" \
      width="\(String(format: "%.1f", step * 0.8))" height="\(String(format: "%.1f", height))"/>
      """
    }
    let bars = report.days.enumerated().map { index, day -> Markup in
      var y = 170.0
      let parts = [
        (day.answered, "answered"), (day.asked, "asked"), (day.handedOver, "handed"), (day.nothing, "nothing"),
      ]
      let boxes = parts.map { count, name -> Markup in
        let height = 160 * Double(count) / Double(most)
        y -= height
        return box(Double(index) * step, y, height, name)
      }
      return
        "<g><title>\(day.day): \(day.answered) answered, \(day.asked) asked, \(day.handedOver) handed over, \(day.nothing) owed nothing</title>\(boxes)</g>\n"
    }
    let rows = report.days.map { day -> [Markup] in
      ["\(day.day)", "\(day.answered)", "\(day.asked)", "\(day.handedOver)", "\(day.nothing)"]
    }
    return section(
      "days", "Day by day", "What was done first in the tickets that began on each day.",
      """
      <svg class="days" viewBox="0 0 640 180" role="img" aria-label="Tickets by day and first action; the same numbers are in the table below">
      <line class="axis" x1="0" y1="170" x2="640" y2="170"/>
      \(bars)</svg>
      <ul class="legend"><li><span class="key answered"></span>answered</li><li><span class="key asked"></span>asked</li>\
      <li><span class="key handed"></span>handed over</li><li><span class="key nothing"></span>owed nothing</li></ul>
      <details><summary>The numbers</summary>\(table("Tickets by day", ["Day", "Answered", "Asked", "Handed over", "Nothing owed"], rows))</details>
      """)
  }

  private static func parts(_ report: Report) -> Markup {
    let axes = ["intent", "channel", "language", "queue", "arm", "device"]
    let tables = axes.map { axis -> Markup in
      let rows = report.parts.filter { $0.axis == axis }.map { part -> [Markup] in
        func value(_ name: String) -> Markup { "\(part.values[name].map(ReportWords.percent) ?? "–")" }
        let time = part.values["time_to_resolution"].map(ReportWords.duration) ?? "–"
        return [
          "\(ReportWords.words(part.name))", "\(part.tickets)", value("task_completion"), "\(time)",
          value("repeat_contact"),
          value("automated"),
        ]
      }
      return table("By \(axis)", ["", "Tickets", "Completed", "Time", "Came back", "Automated"], rows)
    }
    return section(
      "parts", "Who fared how", "Time to resolution is shown with repeat contact beside it.", Markup(tables))
  }

  private static func themes(_ report: Report) -> Markup {
    let rows = report.themes.prefix(20).map { theme -> [Markup] in
      [
        "\(ReportWords.themes[theme.kind] ?? theme.kind): \(ReportWords.words(theme.intent))", "\(theme.count)",
        "\(theme.tickets.joined(separator: ", "))",
      ]
    }
    return section(
      "themes", "What went wrong", "A ticket can stand under several.",
      table("Themes of failure", ["", "Tickets", "Such as"], rows))
  }

  private static func escalations(_ report: Report) -> Markup {
    let rows = report.escalations.prefix(20).map { item -> [Markup] in
      ["\(ReportWords.words(item.rule))", "\(item.count)", "\(item.needed)", "\(item.notNeeded)"]
    }
    return section(
      "handed", "What was handed over", "With the verdicts of the agents who got it.",
      table("Handovers by rule", ["", "Tickets", "Needed", "Not needed"], rows))
  }

  private static func misroutes(_ report: Report) -> Markup {
    let rows = report.misroutes.prefix(20).map { item -> [Markup] in
      ["\(item.from) to \(item.to): \(ReportWords.words(item.intent))", "\(item.count)"]
    }
    return section(
      "moved", "What people moved", "Tickets whose queue a person changed.",
      table("Corrections of queues", ["", "Tickets"], rows))
  }

  private static func trends(_ report: Report) -> Markup {
    let rows = report.trends.prefix(30).map { trend -> [Markup] in
      let about = ([ReportWords.words(trend.intent)] + [trend.carrier, trend.product].compactMap { $0 }).joined(
        separator: ", ")
      return [
        "\(trend.day): \(about)", "\(trend.count)", "\(String(format: "%.1f", trend.usual))",
        "\(String(format: "%.2g", trend.chance))",
      ]
    }
    return section(
      "trends", "What emerged", "Days that the four weeks before do not explain; one alarm in twenty may be false.",
      table("Emerging trends", ["", "Tickets", "Usual", "By chance"], rows))
  }

  private static func alerts(_ report: Report) -> Markup {
    guard !report.alerts.isEmpty else { return "" }
    let rows = report.alerts.map { row -> [Markup] in
      [
        "\(ReportWords.words(row.kind))\(row.sign.map { ": \(ReportWords.words($0))" } ?? "")", "\(row.raised)",
        "\(row.judged)", "\(row.precision.map(ReportWords.percent) ?? "–")",
        "\(ReportWords.interval(row.low, row.high))",
      ]
    }
    let meanings = ReportWords.alertDefinitions(report).map { kind, definition -> Markup in
      "<dt>\(ReportWords.words(kind))</dt><dd>\(definition)</dd>\n"
    }
    return section(
      "alerts", "How often alerts were right",
      "Of all that were raised up to the end of the range. What cannot be judged yet is not counted as right or wrong.",
      "\(table("Alerts by kind and sign", ["", "Raised", "Judged", "Right", "With 95 %"], rows))<dl>\(meanings)</dl>")
  }

  private static func experiment(_ report: Report) -> Markup {
    guard !report.experiment.isEmpty else { return "" }
    func number(_ value: Double?) -> String { value.map { String(format: "%.3f", $0) } ?? "–" }
    let rows = report.experiment.map { row -> [Markup] in
      [
        "\(ReportWords.words(row.name))", "\(number(row.treatment)) of \(row.treatmentCount)",
        "\(number(row.baseline)) of \(row.baselineCount)", "\(row.verdict ?? "")",
      ]
    }
    let stopped: Markup =
      report.experimentStopped.map {
        "<p class=\"bad\">Stopped by itself at \($0): customers came back more often.</p>"
      } ?? ""
    return section(
      "experiment", "Automation against the baseline",
      "\(report.experimentName.map { "Experiment \($0). " } ?? "")May be looked at as often as one likes: the test allows for it.",
      "\(table("Outcomes of both arms", ["", "Treatment", "Baseline", "Verdict"], rows))\(stopped)")
  }

  private static func sample(_ report: Report) -> Markup {
    let items = report.sample.map { item -> Markup in
      let steps = item.steps.map { step -> Markup in "<li>\(step)</li>" }
      return """
        <details><summary>\(item.ticket): \(ReportWords.words(item.intent)), \(item.channel), \(ReportWords.words(item.end))</summary>
        <ol>\(steps)</ol></details>

        """
    }
    return section(
      "sample", "Journeys to read",
      "From every corner, the rarest first. Say of each whether it was helpful, neutral or intrusive: as feedback of the kind annotation.",
      Markup(items))
  }

  private static func definitions(_ report: Report) -> Markup {
    let items = report.measures.map { row -> Markup in "<dt>\(row.title)</dt><dd>\(row.definition)</dd>\n" }
    return section("definitions", "What the numbers mean", "The same everywhere Heed shows them.", "<dl>\(items)</dl>")
  }
}
