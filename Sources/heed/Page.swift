/// Text for a terminal: sections, rows of name and words, quoted paragraphs, wrapped to 100 columns.
struct Page {
  private(set) var text = ""
  private static let width = 100
  private static let nameWidth = 13

  mutating func section(_ title: String) {
    text += (text.isEmpty ? "" : "\n") + Style.heading.apply(title) + "\n"
  }

  mutating func row(_ name: String, _ words: String, strong: Bool = false) {
    let label =
      name.count < Self.nameWidth ? name + String(repeating: " ", count: Self.nameWidth - name.count) : name + " "
    let lines = Self.wrapped(words, to: Self.width - 2 - Self.nameWidth)
    text += "  " + Style.faint.apply(label) + (strong ? Style.strong.apply(lines[0]) : lines[0]) + "\n"
    for line in lines.dropFirst() {
      text += String(repeating: " ", count: 2 + Self.nameWidth) + (strong ? Style.strong.apply(line) : line) + "\n"
    }
  }

  mutating func paragraph(_ words: String, quoted: Bool) {
    for line in words.split(separator: "\n", omittingEmptySubsequences: false) {
      for part in Self.wrapped(String(line), to: Self.width - 4) {
        text += quoted ? Style.faint.apply("  │ ") + part + "\n" : "  " + part + "\n"
      }
    }
  }

  private static func wrapped(_ words: String, to width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in words.split(separator: " ", omittingEmptySubsequences: false) {
      if !line.isEmpty, Style.visibleCount(line) + 1 + Style.visibleCount(word) > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty && lines.isEmpty || line.isEmpty ? String(word) : " " + word
    }
    lines.append(line)
    return lines
  }
}

/// How words look on a terminal, where there are colours.
enum Style {
  case heading, strong, faint, mark, good, warn, bad, calm

  var open: [UInt8] { Array((Terminal.hasColour ? "\u{1B}[\(code)m" : "").utf8) }
  var close: [UInt8] { Array((Terminal.hasColour ? "\u{1B}[0m" : "").utf8) }

  func apply(_ words: some StringProtocol) -> String {
    Terminal.hasColour ? "\u{1B}[\(code)m\(words)\u{1B}[0m" : String(words)
  }

  /// How many columns `words` take, styles left out.
  static func visibleCount(_ words: some StringProtocol) -> Int {
    var count = 0
    var isInStyle = false
    for character in words {
      if character == "\u{1B}" {
        isInStyle = true
      } else if isInStyle {
        isInStyle = character != "m"
      } else {
        count += 1
      }
    }
    return count
  }

  private var code: String {
    switch self {
    case .heading: "1;4"
    case .strong: "1"
    case .faint: "2"
    case .mark: "1;36"
    case .good: "32"
    case .warn: "33"
    case .bad: "31"
    case .calm: "36"
    }
  }
}
