import ArgumentParser
import Classifier
import Foundation
import Trainer

/// Whether one model may take the place of another.
struct ModelCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Says whether a new model may take the place of the present one.",
    discussion: """
      Both read the same texts, which neither has learned from. The new one is refused, with the status 67 and a table that says why, if it reads \
      intent, feeling, pressure or tripwires of either set significantly worse (McNemar's exact test, 5 %), or misses a tripwire more than the \
      present one does. There is no way round it. Label files are described at heed model train.
      """)

  @Option(name: .long, help: ArgumentHelp("The present model; embedded is the shipped one.", valueName: "file"))
  var before = "embedded"

  @Option(name: .long, help: ArgumentHelp("The new model.", valueName: "file"))
  var after: String

  @Option(name: .long, parsing: .upToNextOption, help: "Label files or folders that were held back.")
  var data: [String] = []

  @OptionGroup var guarding: GuardOption

  @Flag(name: .long, help: "As JSON.")
  var json = false

  func run() throws {
    let sets = try [("held out", LabelFiles.rows(at: data)), guarding.rows()].filter { !$0.1.isEmpty }
    guard !sets.isEmpty else { throw Failure(status: .badConfiguration, words: "there are no labelled texts") }
    let comparison = ModelComparison(
      try ModelOption.reader(at: before), try ModelOption.reader(at: after), on: sets.map { (name: $0.0, rows: $0.1) })
    let page = ModelComparisonPage(comparison)
    Terminal.say(json ? try page.json : page.text)
    try page.refuse(after)
  }
}

/// The texts on which no model may get worse, whatever it learned.
struct GuardOption: ParsableArguments {
  /// The texts of this project that no model learns from.
  private static let written = "Deploy/model/apart"

  @Option(
    name: .customLong("guard"), parsing: .upToNextOption,
    help: "Label files on which a model may not get worse; without it \(GuardOption.written), where it is there.")
  var files: [String] = []

  func rows() throws -> (String, [LabelledText]) {
    guard files.isEmpty else { return ("guard", try LabelFiles.rows(at: files)) }
    return (
      "guard", FileManager.default.fileExists(atPath: Self.written) ? try LabelFiles.rows(at: [Self.written]) : []
    )
  }
}
