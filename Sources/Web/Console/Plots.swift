internal import Events

/// Plots as SVG in the page. Each says in words what it shows, and no colour is its only sign: parts keep their order, and a legend or table
/// stands beside it.
enum Plots {
  /// The parts of a whole as one bar.
  static func split(_ parts: [(name: String, count: Int, tone: String)], label: String) -> Markup {
    let whole = parts.reduce(0) { $0 + $1.count }
    guard whole > 0 else { return "" }
    var x = 0.0
    let boxes = parts.filter { $0.count > 0 }.map { part -> Markup in
      let width = 600 * Double(part.count) / Double(whole)
      defer { x += width }
      return
        "<rect class=\"\(part.tone)\" x=\"\(tenths(x))\" y=\"0\" width=\"\(tenths(max(1, width - 1.5)))\" height=\"14\" rx=\"2\"/>"
    }
    let words = parts.map { "\($0.name) \(Words.percent($0.count, of: whole))" }.joined(separator: ", ")
    return """
      <svg class="split" viewBox="0 0 600 14" preserveAspectRatio="none" role="img" aria-label="\(label): \(words)">\(boxes)</svg>
      """
  }

  /// A share from 0 to 1 as a bar on a track.
  static func share(_ thousandths: Int, tone: String = "f-accent") -> Markup {
    let width = Double(min(max(thousandths, 0), 1_000)) / 1_000 * 200
    return """
      <svg class="share" viewBox="0 0 200 8" preserveAspectRatio="none" aria-hidden="true"><rect class="f-track" width="200" height="8" rx="4"/>\
      <rect class="\(tone)" width="\(tenths(width))" height="8" rx="4"/></svg>
      """
  }

  /// What was decided over the last minutes, a bar for each step, by action.
  static func stream(_ steps: [[DecisionMade.Action: Int]], label: String) -> Markup {
    let order: [(DecisionMade.Action, String)] = [
      (.resolve, "answered"), (.notify, "answered"), (.clarify, "asked"), (.handOff, "handed"), (.none, "nothing"),
    ]
    let most = max(1, steps.map { $0.values.reduce(0, +) }.max() ?? 1)
    let width = 600 / Double(max(steps.count, 1))
    let bars = steps.enumerated().map { index, step -> Markup in
      var y = 96.0
      let boxes = order.compactMap { action, tone -> Markup? in
        guard let count = step[action], count > 0 else { return nil }
        let height = 88 * Double(count) / Double(most)
        y -= height
        return
          "<rect class=\"\(tone)\" x=\"\(tenths(Double(index) * width + 0.6))\" y=\"\(tenths(y))\" width=\"\(tenths(width - 1.2))\" height=\"\(tenths(height))\"/>"
      }
      return Markup(boxes)
    }
    return """
      <svg class="stream" viewBox="0 0 600 100" role="img" aria-label="\(label)"><line class="axis" x1="0" y1="96.5" x2="600" y2="96.5"/>\(bars)</svg>
      """
  }

  /// How a number moved.
  static func line(_ values: [Double], label: String) -> Markup {
    guard values.count > 1 else { return "" }
    let most = max(values.max() ?? 1, 1)
    let points = values.enumerated().map { index, value in
      "\(tenths(Double(index) * 200 / Double(values.count - 1))),\(tenths(34 - 30 * value / most))"
    }
    return """
      <svg class="spark" viewBox="0 0 200 36" preserveAspectRatio="none" role="img" aria-label="\(label)"><polyline points="\(points.joined(separator: " "))"/></svg>
      """
  }

  /// Rows of a name, a bar and a number.
  static func bars(_ rows: [(name: String, count: Int, tone: String)], label: String) -> Markup {
    let whole = rows.reduce(0) { $0 + $1.count }
    let most = max(1, rows.map(\.count).max() ?? 1)
    let items = rows.map { row -> Markup in
      """
      <li><span class="name">\(row.name)</span>\(share(row.count * 1_000 / most, tone: row.tone))\
      <span class="n">\(Words.percent(row.count, of: whole))</span></li>

      """
    }
    return "<ul class=\"bars\" aria-label=\"\(label)\">\(items)</ul>"
  }

  private static func tenths(_ value: Double) -> String {
    let number = Int(value * 10 + 0.5)
    return number % 10 == 0 ? "\(number / 10)" : "\(number / 10).\(number % 10)"
  }
}
