import ArgumentParser
import Kafka

struct ReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference",
    abstract: "One page in Markdown: topics, events, settings, metrics, exit statuses.",
    discussion: """
      Topics are those of the settings and the policy. Fields of events come from the schemas, which are no part of the \
      program: name their folder.
      """)

  @Option(name: .long, help: ArgumentHelp("The folder of the schemas.", valueName: "folder")) var schemas = "Schemas"
  @OptionGroup var source: SettingsOptions

  func run() throws {
    let settings = try source.settings()
    let events = try SchemaReader(folder: schemas)
    Terminal.say(
      ReferencePage(
        topics: try TopicReference.all(settings), events: try EventReference.all(events),
        attributes: try events.attributes()
      ).text)
  }
}
