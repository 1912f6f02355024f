import Events
import Testing

@testable import Classifier
@testable import Trainer

/// What the evaluation says of a model: how sure it is against how right it is, and for whom it is worse.
@Suite struct EvaluationTests {
  private static let texts = [
    ("where is my parcel", "order_status"), ("any news on my order", "order_status"),
    ("the lamp is broken", "product_issue"), ("it stopped working", "product_issue"),
  ]

  private static func row(_ text: String, _ intent: String, source: String, language: String = "en") -> LabelledText {
    var row = LabelledText(text: text)
    row.intents = [intent]
    row.source = source
    row.language = language
    return row
  }

  private static func reader() async throws -> ModelReader {
    var plan = Plan()
    plan.sets = 400
    plan.languageSets = 200
    let rows = (0..<30).flatMap { round in
      texts.map { row($0.0 + ["", " please", " thanks", " today"][round % 4], $0.1, source: "test") } + [
        row("wo ist mein paket", "order_status", source: "test", language: "de")
      ]
    }
    return ModelReader(try await ModelTrainer(plan).train(rows, apart: []) { _ in })
  }

  @Test func theCalibrationErrorIsHowFarSurenessAndTruthLieApart() async throws {
    let reader = try await Self.reader()
    let right = Self.texts.map { Self.row($0.0, $0.1, source: "right") }
    let wrong = Self.texts.map { Self.row($0.0, "invoice", source: "wrong") }
    let sure = right.map { Double(reader.probabilities($0.whole)[0].probability) / 10 }.reduce(0, +) / 4
    #expect(sure > 50)
    let good = try #require(Evaluation(reader, on: right).intents)
    let bad = try #require(Evaluation(reader, on: wrong).intents)
    #expect(good.accuracy == 100 && abs(good.calibrationError - (100 - sure)) < 0.1, "\(good.calibrationError) \(sure)")
    #expect(bad.accuracy == 0 && abs(bad.calibrationError - sure) < 0.1, "\(bad.calibrationError) \(sure)")
    #expect(good.bands.map(\.band) == ["high", "medium", "low"])
  }

  /// A group that is read worse than the others stands first.
  @Test func aPlantedBiasIsFound() async throws {
    let rows =
      Self.texts.map { Self.row($0.0, $0.1, source: "email", language: "en") }
      + Self.texts.map { Self.row($0.0, "invoice", source: "chat", language: "de") }
    let slices = try #require(Evaluation(try await Self.reader(), on: rows).intents).slices
    #expect(Set(slices.prefix(2).map(\.name)) == ["source chat", "language de"])
    #expect(slices.prefix(2).allSatisfy { $0.accuracy == 0 } && slices.suffix(2).allSatisfy { $0.accuracy == 100 })
  }
}
