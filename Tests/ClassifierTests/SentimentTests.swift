import Events
import Testing

@testable import Classifier

/// How a text feels, by what must stay true when the text is changed.
@Suite struct SentimentTests {
  static let negative = [
    "The lamp arrived broken and I am very disappointed.", "This is the worst shop, I am furious about my order.",
    "I am not happy with the chair.", "Still waiting for my parcel, this is annoying.",
    "Estoy muy decepcionada, el pedido llegó roto.", "Estoy harto de esperar mi paquete.",
    "Ich bin wirklich enttäuscht, die Lampe ist kaputt.", "Das ist eine Frechheit, ich warte seit Wochen.",
    "Je suis très déçue, la lampe est cassée.", "C'est inadmissible, j'attends depuis trois semaines.",
  ]
  static let positive = [
    "I love it, thank you so much!", "The chair is amazing and the driver was so friendly.",
    "Me encanta la lámpara, muchas gracias.", "Ich bin begeistert, vielen Dank für die tolle Lampe.",
    "J'adore la lampe, merci beaucoup.",
  ]

  @Test(arguments: negative)
  func capitalsAndExclamationMarksNeverMakeANegativeTextCalmer(text: String) {
    let plain = read(text)
    #expect(plain.sentiment.level < 0)
    let shouted = read(text.uppercased())
    #expect(shouted.sentiment.score < plain.sentiment.score)
    #expect(shouted.cues.contains { $0.kind == .emphasis && $0.name == "capitals" })
    let marked = read(text.replacing(".", with: "!!!"))
    #expect(marked.sentiment.score < plain.sentiment.score)
    #expect(marked.cues.contains { $0.kind == .emphasis && $0.name == "exclamation" })
    let both = read(text.uppercased().replacing(".", with: "!!!!!"))
    #expect(both.sentiment.score <= min(shouted.sentiment.score, marked.sentiment.score))
  }

  @Test(arguments: positive)
  func emphasisDoesNotMakeAPositiveTextAngry(text: String) {
    let plain = read(text)
    #expect(plain.sentiment.level > 0)
    #expect(read(text.uppercased()).sentiment == plain.sentiment)
    #expect(read(text + "!!!").sentiment == plain.sentiment)
  }

  @Test(arguments: ["Where is my order 10423", "When will the parcel with the chair come"])
  func aShoutedQuestionIsNotCalmAndSaysWhy(text: String) {
    let shouted = read(text.uppercased() + "!!!")
    #expect(read(text).sentiment.level == 0)
    #expect(shouted.sentiment.level < 0)
    #expect(Set(shouted.cues.filter { $0.kind == .emphasis }.map(\.name)) == ["capitals", "exclamation"])
    // One pair of marks alone is a habit of writing.
    #expect(read(text + "!!").sentiment.level == 0)
  }

  @Test(arguments: ["DHL", "USB", "SKU-AB77", "LED", "XXL", "TV", "GLS", "IKEA", "PDF"])
  func namesInCapitalsAreNotShouting(name: String) {
    let reading = read("The \(name) was broken and I am disappointed.")
    #expect(!reading.cues.contains { $0.kind == .emphasis })
    #expect(reading.sentiment == read("The \(name.lowercased()) was broken and I am disappointed.").sentiment)
  }

  @Test(arguments: [
    ("I am happy with the chair.", "I am not happy with the chair."), ("It works well.", "It never works well."),
    ("Estoy contenta con la silla.", "No estoy contenta con la silla."),
    ("Ich bin zufrieden damit.", "Ich bin nicht zufrieden damit."),
    ("Je suis satisfait du fauteuil.", "Je ne suis pas satisfait du fauteuil."),
  ])
  func aNegationTurnsPraiseRound(praise: String, turned: String) {
    #expect(read(turned).sentiment.score < read(praise).sentiment.score - 100)
  }

  @Test func aNegationSoftensWhatIsBadAndEndsWithItsSentence() {
    #expect(read("It is not bad.").sentiment.score > read("It is bad.").sentiment.score)
    #expect(read("I am not angry.").sentiment.score > read("I am angry.").sentiment.score)
    #expect(read("It does not. I am happy.").sentiment.score > 0)
  }

  @Test(arguments: [
    "so your driver chucked it over the fence AGAIN. brilliant. keep the tenner, i'm off to the competition",
    "Fantastic, third week without a parcel, I am so fed up with you. Great job.",
  ])
  func whoIsFedUpIsNotGlad(text: String) { #expect(read(text).sentiment.level <= 0) }

  /// Learned weights keep no law to the letter: of ten sentences at most two may be taken in by good manners.
  @Test func politenessSeldomTurnsAFeelingRound() {
    let turned = (Self.negative + Self.positive).filter { text in
      let plain = read(text).sentiment.level.signum()
      return read("Dear team, " + text).sentiment.level.signum() == -plain
        || read(text + " Please and thank you.").sentiment.level.signum() == -plain
    }
    #expect(turned.count <= 2, "\(turned)")
  }

  @Test(
    arguments: zip(
      ["I am disappointed.", "Estoy decepcionada."], ["I am very disappointed.", "Estoy muy decepcionada."]))
  func aBoosterDoesNotCalm(plain: String, boosted: String) {
    #expect(read(boosted).sentiment.score < read(plain).sentiment.score + 50)
  }

  @Test func emojisAloneSayHowSomebodyFeels() {
    #expect(read("😡😡").sentiment.level < 0)
    #expect(read("😡😡").abstention == .empty)
    #expect(read("❤🎉").sentiment.level > 0)
    #expect(read("👍").cues.map(\.name) == ["joy"])
    #expect(read("").sentiment == .init(level: 0, score: 0))
  }

  @Test func moreOfTheSameIsNeverBetterAndStaysOnTheScale() {
    var last = 1001
    for count in 1...30 {
      let score = read(String(repeating: "This is terrible and unacceptable. ", count: count)).sentiment.score
      #expect(score <= last && score > -1000)
      last = score
    }
  }

  @Test func aLevelFollowsFromTheScoreAlone() {
    var levels: [Int: Int] = [:]
    for text in Self.negative + Self.positive { levels[read(text).sentiment.score] = read(text).sentiment.level }
    let sorted = levels.sorted { $0.key < $1.key }.map(\.value)
    #expect(sorted == sorted.sorted())
    #expect(sorted.allSatisfy { (-2...2).contains($0) })
  }

  @Test func cuesPointAtTheirWords() {
    let text = "Déjà vu 😡 this is UNACCEPTABLE!!"
    // What it is about may be told by any word; what it feels like is told by these.
    let cues = read(text).cues.filter { $0.kind != .intent }
      .map { $0.span.words(in: Message(body: text).text) }
    #expect(Set(cues) == ["😡", "UNACCEPTABLE", "!!"])
  }
}
