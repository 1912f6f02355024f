import ArgumentParser
import Classifier
import Foundation
import Learning
import Trainer

/// Learns a model from label files.
struct ModelTrainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Learns a model from labelled texts.",
    discussion: """
      A label file is NDJSON or CSV with the fields text, subject, intents (the main one first) or intent, accept, \
      sentiment (-2 to 2, or negative, neutral, positive), pressure (none, pressing, deadline, danger), signals, \
      language and source; what is absent teaches nothing. In CSV lists are parted by blanks. A folder stands for all \
      .ndjson and .csv files in it, in the order of their names.

      The same files and options give the same bytes. Without --apart one text of ten is held back, and the model's \
      confidence is measured on those.

      With --from-feedback what agents corrected is learned beside the files: from the log (--events and --outputs, or the topics of the cluster) \
      the texts, without personal data, with what most of the agents who spoke of them say they mean. Contradictions, customers who asked to be forgotten, \
      and what one customer or one agent alone says too often are left out. --rows writes these rows to read first, and without --out that is all. One \
      ticket of five is held out, and the new model is compared with the present one (--present) on those and on --guard, as heed model compare does: \
      a worse one is refused and not written.
      """)

  @Option(name: .long, parsing: .upToNextOption, help: "Label files or folders to learn from.")
  var data: [String] = []

  @Option(name: .long, parsing: .upToNextOption, help: "Label files to measure confidence on; never learned from.")
  var apart: [String] = []

  @Option(name: .long, help: "Word vectors in the text format of word2vec; optional, see Deploy/model/README.md.")
  var vectors: String?

  @Option(name: .long, help: "Where the model is written.")
  var out: String?

  @OptionGroup var corrected: CorrectedOptions

  @Option(name: .long, help: "The model's name, for the evidence of decisions.")
  var name = "own"

  @Option(name: .long, parsing: .upToNextOption, help: "Further intents beside the shipped taxonomy.")
  var intent: [String] = []

  @Option(name: .long, help: "Rounds over the data for intents; the other questions in proportion.")
  var epochs = Plan().epochs

  @Option(name: .long, help: "Seed of the order of the texts.")
  var seed: UInt64 = 1

  @Option(
    name: .long, parsing: .upToNextOption,
    help: ArgumentHelp("How much texts of a source count for intents: bitext=0.3.", valueName: "source=weight"))
  var weight: [String] = []

  func validate() throws {
    guard corrected.fromFeedback || !data.isEmpty else { throw ValidationError("--data is missing") }
    guard out != nil || corrected.isOnlyRows else { throw ValidationError("--out is missing") }
  }

  func run() async throws {
    let plan = try plan()
    let feedback = try corrected.harvest(plan)
    guard let out else { return }
    var rows = try LabelFiles.rows(at: try data.isEmpty ? CorrectedOptions.writtenTexts() : data)
    var held = try LabelFiles.rows(at: apart)
    if apart.isEmpty {
      held = rows.enumerated().filter { $0.offset % 10 == 9 }.map(\.element)
      rows = rows.enumerated().filter { $0.offset % 10 != 9 }.map(\.element)
    }
    rows += feedback?.learned ?? []
    Terminal.complain("\(rows.count) texts to learn from, \(held.count) to measure on")
    let model = try await train(plan, rows, apart: held)
    if let feedback { try corrected.compare(model, name: out, on: feedback.heldOut) }
    let bytes = try model.fileBytes()
    do { try Data(bytes).write(to: URL(filePath: out)) } catch {
      throw Failure(status: .badConfiguration, words: "\(out) cannot be written")
    }
    Terminal.say("\(model.version): \(bytes.count) bytes in \(out)")
  }

  private func plan() throws -> Plan {
    var plan = Plan()
    plan.name = name
    plan.epochs = epochs
    plan.seed = seed
    plan.intents = Array(plan.intents.dropLast()) + intent + ["other"]
    for pair in weight {
      let parts = pair.split(separator: "=")
      guard parts.count == 2, let value = Float(parts[1]), value >= 0 else {
        throw ValidationError("--weight is SOURCE=NUMBER, not \(pair)")
      }
      plan.sourceWeights[String(parts[0])] = value
    }
    return plan
  }

  private func train(_ plan: Plan, _ rows: [LabelledText], apart: [LabelledText]) async throws -> Model {
    let vectorText = try vectors.map { path in
      guard let text = String(validating: try contents(ofFile: path), as: UTF8.self) else {
        throw Failure(status: .badConfiguration, words: "\(path) is not UTF-8")
      }
      return text
    }
    let bar = TrainingBar()
    defer { bar.end() }
    do {
      return try await ModelTrainer(plan, vectors: vectorText).train(rows, apart: apart) { bar.show($0) }
    } catch let problem as ModelTrainer.Problem {
      throw Failure(status: .badConfiguration, words: "\(problem)")
    } catch let problem as LabelProblem {
      throw Failure(status: .badConfiguration, words: "\(vectors ?? ""): \(problem)")
    }
  }
}

/// Shows how far the training is; one line a round where nobody is looking.
final class TrainingBar: Sendable {
  func show(_ progress: ModelTrainer.Progress) {
    let done = 24 * progress.round / progress.rounds
    let bar = String(repeating: "█", count: done) + String(repeating: "·", count: 24 - done)
    let loss = String(format: "%.4f", progress.loss)
    let words = progress.task + String(repeating: " ", count: max(0, 18 - progress.task.count))
    if isatty(STDERR_FILENO) == 1 {
      Terminal.write(
        Array("\r\(words) \(bar) \(progress.round)/\(progress.rounds)  loss \(loss) ".utf8), to: STDERR_FILENO)
    } else if progress.round == progress.rounds {
      Terminal.complain("\(words) \(progress.rounds) rounds, loss \(loss)")
    }
  }

  func end() { if isatty(STDERR_FILENO) == 1 { Terminal.complain("") } }
}
