import ArgumentParser
import Classifier
import Foundation
import Learning
import Trainer

/// Training on what agents corrected.
struct CorrectedOptions: ParsableArguments {
  @Flag(name: .long, help: "Also learn from what agents corrected; without --data beside the texts written for Heed.")
  var fromFeedback = false

  @OptionGroup var feedback: FeedbackOptions

  @Option(name: .long, help: ArgumentHelp("The policy, which says whose queue an intent is.", valueName: "file"))
  var policy: String?

  @Option(
    name: .long,
    help: ArgumentHelp("Where the rows are written that came of corrections: customers' texts.", valueName: "file"))
  var rows: String?

  @Option(name: .long, help: ArgumentHelp("The present model; embedded is the shipped one.", valueName: "file"))
  var present = "embedded"

  @OptionGroup var guarding: GuardOption

  @Option(name: .long, help: "Texts of one customer at most.") var perCustomer = RowLimits().perCustomer
  @Option(name: .long, help: "Texts that one agent alone labelled at most.") var perAgent = RowLimits().perAgent

  /// Whether rows are written and nothing is trained.
  var isOnlyRows: Bool { fromFeedback && rows != nil }

  func validate() throws {
    guard fromFeedback || (rows == nil && feedback.events == nil) else {
      throw ValidationError("--events, --outputs and --rows are for --from-feedback")
    }
  }

  /// The rows that corrections give, written where they are wanted; `nil` without `--from-feedback`.
  func harvest(_ plan: Plan) throws -> FeedbackRows? {
    guard fromFeedback else { return nil }
    var limits = RowLimits()
    limits.perCustomer = perCustomer
    limits.perAgent = perAgent
    let harvest = try FeedbackRows(
      from: try feedback.log(), policy: try DecidingOptions.policy(at: policy), plan: plan, limits: limits)
    if let file = rows { try write(harvest.file, toFile: file) }
    Terminal.complain(harvest.summary)
    return harvest
  }

  /// Refuses `model` if it is worse than the present one.
  func compare(_ model: Model, name: String, on heldOut: [LabelledText]) throws {
    let sets = [("held out", heldOut), try guarding.rows()].filter { !$0.1.isEmpty }
    guard !sets.isEmpty else {
      throw Failure(
        status: .badConfiguration, words: "nothing is held out to compare the models on: name label files with --guard")
    }
    let page = ModelComparisonPage(
      ModelComparison(
        try ModelOption.reader(at: present), ModelReader(model), on: sets.map { (name: $0.0, rows: $0.1) }))
    Terminal.say(page.text)
    try page.refuse(name)
  }

  /// The texts written for Heed, where its repository is at hand.
  static func writtenTexts() throws -> [String] {
    let corpus = "Deploy/model/corpus"
    guard FileManager.default.fileExists(atPath: corpus) else {
      throw Failure(status: .badConfiguration, words: "\(corpus) is not here: name label files with --data")
    }
    return [corpus]
  }
}
