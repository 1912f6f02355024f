import Events
import Foundation
import Testing

@testable import Classifier
@testable import Trainer

/// A model learned from a few texts, and what must hold for any.
@Suite struct ModelTrainerTests {
  private static func rows() -> [LabelledText] {
    let texts: [(String, String)] = [
      ("where is my parcel", "order_status"), ("has it shipped yet", "order_status"),
      ("any news on my order", "order_status"),
      ("the lamp is broken", "product_issue"), ("a part is missing", "product_issue"),
      ("it stopped working", "product_issue"),
      ("please give me my money back", "refund_request"), ("i want a refund", "refund_request"),
      ("refund me now", "refund_request"),
      ("good morning", "other"), ("the weather is fine", "other"), ("yes", "other"),
    ]
    return (0..<12).flatMap { round in
      texts.map { text, intent in
        var row = LabelledText(text: text + ["", " please", " thanks", " !", " today", " now"][round % 6])
        row.intents = [intent]
        row.sentiment = .level(intent == "other" ? 1 : intent == "order_status" ? 0 : -1)
        row.pressure = round % 6 == 5 ? "pressing" : "none"
        row.signals = intent == "refund_request" ? ["frustration"] : []
        row.language = "en"
        row.source = "test"
        return row
      } + [german(round)]
    }
  }

  private static func german(_ round: Int) -> LabelledText {
    var row = LabelledText(
      text: ["wo ist mein paket", "die lampe ist kaputt", "ich möchte mein geld zurück"][round % 3])
    row.language = "de"
    return row
  }

  private func train(seed: UInt64 = 1) async throws -> Model {
    var plan = Plan()
    plan.seed = seed
    plan.sets = 400
    plan.languageSets = 200
    return try await ModelTrainer(plan).train(Self.rows(), apart: []) { _ in }
  }

  @Test func theSameTextsGiveTheSameBytes() async throws {
    let first = try await train().fileBytes()
    #expect(try await train().fileBytes() == first)
    #expect(try await train(seed: 2).fileBytes() != first)
    #expect(try Model(bytes: first).fileBytes() == first)
  }

  @Test func whatWasLearnedIsRead() async throws {
    let reader = ModelReader(try await train())
    #expect(reader.probabilities("where is my parcel").first?.name == "order_status")
    #expect(reader.probabilities("the kettle is broken").first?.name == "product_issue")
    #expect(reader.read(Message(body: "wo ist mein geld")).language.tag == "de")
    let evaluation = Evaluation(reader, on: Self.rows())
    #expect(try #require(evaluation.intents).accuracy > 95)
    #expect(evaluation.signals.contains { $0.name == "frustration" && $0.recall > 90 })
  }

  @Test func whatNoSentenceSaysAloneTheWholeTextSays() async throws {
    let texts = [("the kettle hums.", false), ("nobody answered.", false)]
    let both = texts.map(\.0).joined(separator: " ")
    let rows = (0..<40).flatMap { _ in
      (texts + [(both, true)]).map { text, isFedUp in
        var row = LabelledText(text: text)
        row.signals = isFedUp ? ["frustration"] : []
        row.intents = [isFedUp ? "complaint" : "other"]
        return row
      }
    }
    var plan = Plan()
    plan.sets = 400
    plan.languageSets = 200
    let reader = ModelReader(try await ModelTrainer(plan).train(Self.rows() + rows, apart: []) { _ in })
    let number = try #require(reader.signalNames.firstIndex(of: "frustration"))
    #expect(reader.judge(both).signals[number] > 0)
    #expect(reader.probabilities(both)[0].name == "complaint")
    for (text, _) in texts {
      #expect(reader.judge(text).signals[number] < 0)
      #expect(reader.probabilities(text)[0].name == "other")
    }
    // So what speaks for it is looked for in both.
    let message = Message(body: both)
    let spans = try #require(reader.read(message).signals.first { $0.name == "frustration" }).spans
    let border = try #require(message.text.utf8.firstIndex(of: UInt8(ascii: "."))).utf16Offset(in: message.text)
    #expect(spans.contains { $0.end <= border } && spans.contains { $0.start > border })
  }

  @Test func aDamagedFileIsRefused() async throws {
    let bytes = try await train().fileBytes()
    #expect(throws: Model.Problem.notAModel) { try Model(bytes: Array("HEARMDL2".utf8) + bytes.dropFirst(8)) }
    #expect(throws: Model.Problem.otherFormat) { try Model(bytes: Array("HEEDMDL1".utf8) + bytes.dropFirst(8)) }
    #expect(throws: Model.Problem.notAModel) { try Model(bytes: []) }
    #expect(throws: Model.Problem.wrongLength) { try Model(bytes: Array(bytes.prefix(9))) }
    for at in [40, bytes.count / 2, bytes.count - 33, bytes.count - 1] {
      var damaged = bytes
      damaged[at] ^= 1
      #expect(throws: Model.Problem.self) { try Model(bytes: damaged) }
    }
    for count in [20, 1_000, bytes.count - 1] {
      #expect(throws: Model.Problem.self) { try Model(bytes: Array(bytes.prefix(count))) }
    }
    #expect(throws: Model.Problem.self) { try Model(bytes: bytes + [0]) }
    // However much is packed into little, no more is unpacked than is said, and no more is said than there may be.
    for said in [0, 1_000, Model.bytesMax, Model.bytesMax + 1, Int(UInt32.max)] {
      let count = withUnsafeBytes(of: UInt32(said).littleEndian) { Array($0) }
      let body = bytes.prefix(8) + count + bytes.dropFirst(12).dropLast(32)
      #expect(throws: said > Model.bytesMax ? Model.Problem.tooLarge(bytes: said) : .wrongLength) {
        try Model(bytes: body + Digest256(of: body).bytes)
      }
    }
    #expect(throws: Model.Problem.tooLarge(bytes: Model.bytesMax + 1)) {
      try Model(bytes: bytes + [UInt8](repeating: 0, count: Model.bytesMax + 1 - bytes.count))
    }
  }

  @Test func labelsThePlanDoesNotKnowAreNamed() async throws {
    var rows = Self.rows()
    rows[3].intents = ["teleport"]
    await #expect(throws: ModelTrainer.Problem.unknownIntent("teleport")) {
      try await ModelTrainer(Plan()).train(rows, apart: []) { _ in }
    }
    await #expect(throws: ModelTrainer.Problem.tooFew(texts: 10, needed: 100)) {
      try await ModelTrainer(Plan()).train(Array(Self.rows().prefix(10)), apart: []) { _ in }
    }
  }

  @Test func aCurveRisesAndStaysBetweenZeroAndOne() {
    let claims = (0..<400).map { index in
      Calibrator.Claim(probability: Double(index) / 400, isRight: (index * 7919) % 400 < index)
    }
    let curve = Calibrator.curve(claims)
    #expect(curve.map(\.share) == curve.map(\.share).sorted() && curve.map(\.from) == curve.map(\.from).sorted())
    #expect(curve.allSatisfy { (0...1000).contains($0.share) })
    #expect(curve.count > 4)
  }

  @Test func levelsBeginInTheMiddleOfWhatIsAsGood() {
    // Nothing lies between -300 and -100, nor between 100 and 200.
    let felt = [(-500, -1), (-300, -1), (-100, 0), (0, 0), (100, 0), (200, 1), (600, 1)].map {
      (score: $0.0, truth: $0.1)
    }
    let (low, high) = Calibrator.directions(felt)
    #expect((-220 ... -180).contains(low) && (140...160).contains(high))
  }

  @Test func oneTextMoreOrLessDoesNotEndABand() {
    let claims = (0..<40).map { Calibrator.Claim(probability: 0.9 - Double($0) / 100, isRight: $0 % 4 != 0) }
    let short = claims + [Calibrator.Claim(probability: 0.4, isRight: false), .init(probability: 0.3, isRight: true)]
    #expect(Calibrator.threshold(claims, precision: 0.75) == 510)
    #expect(Calibrator.threshold(short, precision: 0.75) == 510)
    #expect(Calibrator.threshold(short, precision: 0.75, spare: 1) == 300)
  }

  @Test func aBandReachesAsFarDownAsItsMeanAllows() {
    func reach(_ probabilities: [Double]) -> Int? {
      // Wrong ones on top, as below every threshold that was found by counting.
      let claims = probabilities.map { Calibrator.Claim(probability: $0, isRight: $0 < 0.8) }
      return Calibrator.threshold(claims, precision: 0.75, least: 1, worth: \.probability)
    }
    #expect(reach([0.9, 0.8, 0.7, 0.7, 0.6]) == 700)
    #expect(reach([0.9, 0.8, 0.7, 0.6]) == 600)
    #expect(reach([0.7, 0.6]) == nil)
    #expect(reach([]) == nil)
  }
}
