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

  func run() {
    if markdown {
      Terminal.say("| setting | environment | values | default | meaning |\n|---|---|---|---|---|")
      for setting in Setting.table {
        let standard = setting.standard.isEmpty ? "" : "`\(setting.standard)`"
        Terminal.say(
          "| `\(setting.name)` | `\(setting.environmentName)` | \(setting.kindWords.replacing("|", with: "\\|")) | \(standard) | \(setting.words)\(setting.isSecret ? " **Secret.**" : "") |"
        )
      }
      return
    }
    for setting in Setting.table {
      Terminal.say("\(setting.name)\(setting.isSecret ? "  (secret, never printed)" : "")")
      Terminal.say("    \(setting.words)")
      Terminal.say(
        "    \(setting.kindWords); default \(setting.standard.isEmpty ? "none" : setting.standard); \(setting.environmentName)\n"
      )
    }
  }
}
