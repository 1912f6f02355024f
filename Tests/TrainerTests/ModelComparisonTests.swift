import Classifier
import Events
import Testing

@testable import Trainer

/// What lets a model pass, and what does not.
@Suite struct ModelComparisonTests {
  private static let texts: [(words: String, intent: String)] = [
    ("where is my parcel", "order_status"), ("has it shipped yet", "order_status"),
    ("any news on my order", "order_status"), ("the lamp is broken", "product_issue"),
    ("a part is missing", "product_issue"), ("it stopped working", "product_issue"),
    ("please give me my money back", "refund_request"), ("i want a refund", "refund_request"),
    ("refund me now", "refund_request"), ("good morning", "other"), ("the weather is fine", "other"), ("yes", "other"),
  ]

  private static func rows(_ rounds: Range<Int>) -> [LabelledText] {
    rounds.flatMap { round in
      texts.map { words, intent in
        var row = LabelledText(text: words + ["", " please", " thanks", " !", " today", " now"][round % 6])
        row.intents = [intent]
        row.signals = intent == "refund_request" ? ["wants_human"] : []
        row.language = "en"
        return row
      }
    }
  }

  private static func train(_ rows: [LabelledText]) async throws -> ModelReader {
    var plan = Plan()
    plan.sets = 400
    plan.languageSets = 200
    return ModelReader(try await ModelTrainer(plan).train(rows, apart: []) { _ in })
  }

  private static let held = rows(0..<6)

  @Test func aModelTrainedOnPoisonedLabelsIsRefused() async throws {
    let good = try await Self.train(Self.rows(0..<12))
    var poisoned = Self.rows(0..<12)
    for index in poisoned.indices where poisoned[index].intents == ["refund_request"] {
      poisoned[index].intents = ["other"]
    }
    let bad = try await Self.train(poisoned)
    let comparison = ModelComparison(good, bad, on: [("held out", Self.held)])
    let intents = try #require(comparison.tasks.first { $0.task == "intent" })
    #expect(comparison.isRefused && intents.isWorse, "\(comparison)")
    #expect(intents.lost >= 15 && intents.gained == 0 && intents.chance < 0.001)
    // The other way round it is an improvement.
    #expect(!ModelComparison(bad, good, on: [("held out", Self.held)]).isRefused)
  }

  @Test func aModelThatMissesATripwireMoreIsRefusedWithoutATest() async throws {
    let good = try await Self.train(Self.rows(0..<12))
    var deaf = Self.rows(0..<12)
    for index in deaf.indices { deaf[index].signals = [] }
    let comparison = ModelComparison(good, try await Self.train(deaf), on: [("guard", Array(Self.held.prefix(9)))])
    let tripwire = try #require(comparison.tripwires.first)
    #expect(tripwire.name == "wants_human" && tripwire.before == 3 && tripwire.after < 3, "\(comparison)")
    #expect(comparison.isRefused && !comparison.tasks.contains { $0.isWorse })
  }

  @Test func aModelIsNotWorseThanItself() async throws {
    let model = try await Self.train(Self.rows(0..<12))
    let comparison = ModelComparison(model, model, on: [("held out", Self.held), ("guard", Self.held)])
    #expect(!comparison.isRefused && comparison.tasks.allSatisfy { $0.lost == 0 && $0.gained == 0 && $0.chance == 1 })
    #expect(Set(comparison.tasks.map(\.set)) == ["held out", "guard"])
  }

  @Test func theChanceIsThatOfAFairCoin() {
    #expect(abs(ModelComparison.chance(of: 8, among: 8) - 1 / 256.0) < 1e-12)
    #expect(abs(ModelComparison.chance(of: 5, among: 10) - 638 / 1024.0) < 1e-12)
    #expect(abs(ModelComparison.chance(of: 9, among: 12) - 299 / 4096.0) < 1e-12)
    #expect(ModelComparison.chance(of: 0, among: 0) == 1)
    #expect(abs(ModelComparison.chance(of: 1_100, among: 2_000) - 4.3e-6) < 5e-7)
  }
}
