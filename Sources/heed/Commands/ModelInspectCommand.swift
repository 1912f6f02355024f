import ArgumentParser
import Classifier

/// Looks into a model: what it is, or why it reads a text as it does.
struct ModelInspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect", abstract: "What a model is made of, or the features that speak loudest for a text.")

  @OptionGroup var model: ModelOption
  @Option(name: .long, help: "The text to explain; without it the model itself is described.") var text: String?
  @Option(name: .long, help: "How many features to show for each answer.") var top = 12

  func run() throws {
    let loaded = try ModelOption.model(at: model.model)
    guard let text else { return Terminal.say(try loaded.headerJSON()) }
    let reader = ModelReader(loaded)
    var page = Page()
    for insight in reader.insights(Message(body: text), top: top) {
      page.section("\(insight.question): \(insight.answer) \(insight.probability / 10) %")
      for sentence in insight.sentences {
        page.row("counts \(sentence.share / 10) %", sentence.words)
      }
      for speaker in insight.speakers {
        page.row((speaker.weight > 0 ? "+" : "") + "\(speaker.weight)", speaker.words)
      }
    }
    Terminal.write(Array(page.text.utf8), to: 1)
  }
}
