import ArgumentParser

struct SettingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settings",
    abstract: "The reference of every setting.",
    discussion: """
      A setting comes from --config FILE (YAML), then from the environment (HEED_…), then from --set name=value; the later \
      wins. librdkafka's own keys pass through as librdkafka.<key>, but for those that promises depend on.
      """)

  @Flag(help: "As a table in Markdown.") var markdown = false
  @Flag(help: "What each setting is now, and where that comes from; the values of secrets are not printed.")
  var showEffective = false
  @OptionGroup var source: SettingsOptions

  func run() throws {
    if showEffective { return try source.settings().effective.forEach(Terminal.say) }
    if markdown { return Terminal.say(Setting.markdown) }
    for setting in Setting.table {
      Terminal.say("\(setting.name)\(setting.isSecret ? "  (secret, never printed)" : "")")
      Terminal.say("    \(setting.words)")
      Terminal.say(
        "    \(setting.kindWords); default \(setting.standard.isEmpty ? "none" : setting.standard); \(setting.environmentName)\n"
      )
    }
  }
}

extension Setting {
  /// All of them as a table.
  static var markdown: String {
    let rows = table.map { setting in
      let standard = setting.standard.isEmpty ? "" : "`\(setting.standard)`"
      let values = setting.kindWords.replacing("|", with: "\\|")
      let words = setting.words + (setting.isSecret ? " **Secret.**" : "")
      return "| `\(setting.name)` | `\(setting.environmentName)` | \(values) | \(standard) | \(words) |"
    }
    return (["| setting | environment | values | default | meaning |", "|---|---|---|---|---|"] + rows)
      .joined(separator: "\n")
  }
}

extension Settings {
  /// A line for each setting. Of what is secret, or goes to librdkafka for SASL or TLS, only that it is set.
  fileprivate var effective: [String] {
    Setting.table.map { setting in
      let name = setting.name
      let origin = place(of: name)?.words ?? "default"
      if setting.isSecret { return "\(name)  (secret, \(optional(name) == nil ? "not set" : "set"); \(origin))" }
      return optional(name).map { "\(name) = \($0)  (\(origin))" } ?? "\(name)  (not set; \(origin))"
    }
      + passThrough.sorted { $0.key < $1.key }.map { key, value in
        Self.isOfSecurity(key) ? "librdkafka.\(key)  (set, not printed)" : "librdkafka.\(key) = \(value)"
      }
  }
}
