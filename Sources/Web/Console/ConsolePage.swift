internal import Console
internal import Events

/// The pages of the console, in the order in which they stand in its navigation.
enum ConsolePlace: String, CaseIterable {
  case now, queue, explain, scorecard, policy, fleet

  var path: String { self == .now ? "/" : "/" + rawValue }

  var title: String {
    switch self {
    case .now: "Now"
    case .queue: "Queues"
    case .explain: "Explain"
    case .scorecard: "Scorecard"
    case .policy: "Policy"
    case .fleet: "Fleet"
    }
  }
}

/// What a page of the console consists of; `html` puts the frame around it.
struct ConsolePage {
  let title: String
  /// The place in the navigation; `nil` for what is reached from elsewhere.
  let place: ConsolePlace?
  /// One sentence under the title.
  let lead: Markup
  let body: Markup
  /// Whether the page follows what happens, where there is script.
  var isLive = false
  /// Whether personal data stands on it, because somebody asked for it.
  var showsPersonalData = false

  var html: String {
    let links = ConsolePlace.allCases.map { item -> Markup in
      item == place
        ? "<li><a href=\"\(item.path)\" aria-current=\"page\">\(item.title)</a></li>"
        : "<li><a href=\"\(item.path)\">\(item.title)</a></li>"
    }
    let live: Markup = isLive ? " data-live" : ""
    let privacy: Markup =
      showsPersonalData
      ? "This page shows personal data, and that it did is written down."
      : "Personal data is taken out of what customers wrote; names in running text may remain."
    let page: Markup = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <title>\(title) · Heed</title>
      <link rel="icon" href="/icon.svg" type="image/svg+xml">
      <link rel="stylesheet" href="/style.css">
      <script src="/console.js" defer></script>
      </head>
      <body class="console">
      <a class="skip" href="#main">Skip to the content</a>
      <header class="top"><a class="brand" href="/"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4 4v16M20 4v16M4 13c5-5 11 3 16-2"/></svg>Heed</a>
      <nav aria-label="Pages"><ul>\(links)</ul></nav></header>
      <main id="main" tabindex="-1"\(live)>
      <div class="head"><h1>\(title)</h1><p class="lead">\(lead)</p></div>
      \(body)
      </main>
      <footer><p>Read only: this console reads the topics as no group and changes nothing. \(privacy)</p></footer>
      </body>
      </html>

      """
    return page.description
  }
}

/// What many pages are made of.
enum Parts {
  static func section(_ id: String, _ title: String, _ note: Markup = "", _ body: Markup) -> Markup {
    let words: Markup = note.description.isEmpty ? "" : "<p>\(note)</p>\n"
    return
      "<section aria-labelledby=\"\(id)\" data-part=\"\(id)\"><h2 id=\"\(id)\">\(title)</h2>\n\(words)\(body)\n</section>\n"
  }

  static func table(_ caption: String, _ head: [String], numbers: Set<Int> = [], _ rows: [[Markup]], none: String)
    -> Markup
  {
    guard !rows.isEmpty else { return "<p class=\"none\">\(none)</p>" }
    func tone(_ column: Int) -> Markup { numbers.contains(column) ? " class=\"n\"" : "" }
    let heads = head.enumerated().map { "<th scope=\"col\"\(tone($0))>\($1)</th>" as Markup }
    let lines = rows.map { row -> Markup in
      let cells = row.enumerated().map { column, cell -> Markup in
        column == 0 ? "<th scope=\"row\"\(tone(0))>\(cell)</th>" : "<td\(tone(column))>\(cell)</td>"
      }
      return "<tr>\(cells)</tr>\n"
    }
    return """
      <div class="scroll" role="group" tabindex="0" aria-label="\(caption)"><table><caption class="quiet">\(caption)</caption>
      <thead><tr>\(heads)</tr></thead>
      <tbody>
      \(lines)</tbody></table></div>
      """
  }

  /// Pairs of a name and what it is; pairs with nothing are left out.
  static func pairs(_ pairs: [(String, Markup?)]) -> Markup {
    let items = pairs.compactMap { name, words in words.map { "<div><dt>\(name)</dt><dd>\($0)</dd></div>\n" as Markup }
    }
    return "<dl class=\"pairs\">\(items)</dl>"
  }

  static func list(_ items: [Markup], class name: String = "plain") -> Markup {
    "<ul class=\"\(name)\">\(items.map { "<li>\($0)</li>\n" as Markup })</ul>"
  }

  /// A word in a frame, with a sign of its own beside its colour.
  static func badge(_ words: String, _ tone: String, sign: String) -> Markup {
    "<span class=\"badge \(tone)\"><span aria-hidden=\"true\">\(sign)</span> \(words)</span>"
  }

  static func action(_ view: DecisionView) -> Markup {
    switch view.action {
    case .resolve: badge("answered", "t-answered", sign: "✓")
    case .clarify: badge("asked", "t-asked", sign: "?")
    case .notify: badge("told first", "t-answered", sign: "!")
    case .handOff: badge("to " + (view.queue ?? "a person").asWords, "t-handed", sign: "→")
    case .none: badge("nothing owed", "t-nothing", sign: "·")
    }
  }

  static func urgency(_ urgency: DecisionMade.Urgency) -> Markup {
    switch urgency {
    case .critical: badge("critical", "t-bad", sign: "▲▲")
    case .high: badge("high", "t-warn", sign: "▲")
    case .normal: badge("normal", "t-plain", sign: "–")
    case .low: badge("low", "t-plain", sign: "▽")
    }
  }

  static func time(_ time: Timestamp) -> Markup { self.time(time, as: Words.clock(time)) }

  /// With its date, for what may be long ago.
  static func moment(_ time: Timestamp) -> Markup { self.time(time, as: Words.moment(time)) }

  private static func time(_ time: Timestamp, as words: String) -> Markup {
    "<time datetime=\"\(time.rfc3339)\">\(words)</time>"
  }

  /// A link to the page of a decision.
  static func decision(_ id: String, _ words: String) -> Markup {
    "<a href=\"/decision?id=\(Words.query(id))\">\(words)</a>"
  }
}

/// Words and numbers as people read them.
enum Words {
  private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// `Sat 14:05`.
  static func clock(_ time: Timestamp) -> String {
    let parts = time.calendar
    return "\(days[parts.weekday]) \(two(parts.hour)):\(two(parts.minute))"
  }

  /// `Sat 21 Nov, 14:05 UTC`.
  static func moment(_ time: Timestamp) -> String {
    let parts = time.calendar
    return "\(days[parts.weekday]) \(parts.day) \(months[parts.month - 1]), \(two(parts.hour)):\(two(parts.minute)) UTC"
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// `4 min`, `3 h 20 min`, `2 d 4 h`.
  static func span(_ seconds: Int64) -> String {
    let minutes = abs(seconds) / 60
    switch minutes {
    case 0: return "\(abs(seconds)) s"
    case ..<60: return "\(minutes) min"
    case ..<2_880: return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
    default: return "\(minutes / 1_440) d \(minutes % 1_440 / 60) h"
    }
  }

  static func percent(_ part: Int, of whole: Int) -> String {
    whole == 0 ? "–" : "\((part * 100 + whole / 2) / whole) %"
  }

  static func percent(thousandths: Int) -> String { "\((thousandths + 5) / 10) %" }

  /// One decimal below ten, none above.
  static func number(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e15 else { return "–" }
    if value >= 10 || value == 0 { return grouped(Int(value + 0.5)) }
    let tenths = Int(value * 10 + 0.5)
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// `12 345`.
  static func grouped(_ number: Int) -> String { grouped(digits: String(number.magnitude), isNegative: number < 0) }

  static func grouped(_ number: UInt128) -> String { grouped(digits: String(number), isNegative: false) }

  private static func grouped(digits: String, isNegative: Bool) -> String {
    let digits = Array(digits)
    let parts = digits.indices.map { ($0 > 0 && (digits.count - $0) % 3 == 0 ? "\u{202F}" : "") + String(digits[$0]) }
    return (isNegative ? "−" : "") + parts.joined()
  }

  static func feeling(_ level: Int) -> String {
    ["very upset", "upset", "neutral", "content", "very happy"][min(max(level + 2, 0), 4)]
  }

  static func plural(_ count: Int, _ one: String, _ many: String) -> String {
    "\(grouped(count)) \(count == 1 ? one : many)"
  }

  /// `text` as a part of a query: everything but letters and digits percent-encoded.
  static func query(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    return text.utf8.map { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: String(UnicodeScalar(byte))
      default: "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }.joined()
  }
}

extension String {
  /// A name of code as words: `hand_off` is `hand off`.
  var asWords: String { String(map { $0 == "_" || $0 == "-" ? " " : $0 }) }
}
