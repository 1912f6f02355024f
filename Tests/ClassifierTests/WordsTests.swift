import Events
import Testing

@testable import Classifier

/// A text is cut into words that point into it and are compared in a normal form; what the customer did not write now is
/// left out.
@Suite struct WordsTests {
  private func words(_ text: String) -> [String] {
    let words = Words(text)
    return words.words.map { words.text($0) }
  }

  /// A word with eight bytes behind it is read in another way than the last word of a text.
  @Test(arguments: ["a", "it", "the", "WILL", "Sooo", "refunds", "delivery", "can't", "A1", "10"])
  func aWordIsTheSameWhereverItStands(word: String) throws {
    let last = try #require(Words(word).words.first)
    let first = try #require(Words(word + " and some more words").words.first)
    #expect(first.hash == last.hash)
    #expect(first.beginning == last.beginning)
    #expect(first.isCapitals == last.isCapitals)
    #expect(first.isDrawnOut == last.isDrawnOut)
    #expect(first.hasDigit == last.hasDigit)
    #expect(first.end == last.end)
  }

  @Test(arguments: [
    "Where is my order 15191? It's been TWO weeks!!",
    "Grüße aus Köln, die Straße heißt Übergang – bitte ändern.",
    "😡😡 ¿Dónde está mi pedido? Señor Núñez 👍🏽 aún espera… ¡¡ya!!",
    "L’été à Nîmes : où est ma commande n°4411 ? ŒUVRE d'Aïcha 👩‍👩‍👧 naïve",
    "注文 SO-77 はどこですか。где мой заказ? أين طلبي",
    "a\tb\u{A0}c\r\nd — e_f (g) [h] \"i\" 'j' k’ 7up 🇩🇪",
    "fu\u{308}r die Bestellung, cafe\u{301}s",
    "'quoted' ''", "!", "", "\n\n", "🙂",
  ])
  func everyWordPointsAtItsOwnLetters(text: String) throws {
    let words = Words(text)
    let bytes = Array(text.utf8)
    var last = 0
    for word in words.words {
      #expect(word.start >= last && word.start < word.end && word.end <= bytes.count)
      last = word.end
      let slice = try #require(String(validating: bytes[word.start..<word.end], as: UTF8.self))
      #expect(!slice.contains { $0.isWhitespace })
      #expect(self.words(slice) == [words.text(word)], "\(slice)")
    }
  }

  @Test(arguments: [
    ("Can't", "cant"), ("CAN’T", "cant"), ("cant", "cant"), ("Straße", "strasse"), ("STRASSE", "strasse"),
    ("Größe", "grosse"), ("ÜBER", "uber"), ("ŒUVRE", "oeuvre"), ("Ægir", "aegir"), ("Ñandú", "nandu"),
    ("Łódź", "lodz"), ("İstanbul", "istanbul"), ("Ýmir", "ymir"), ("ғ", "ғ"), ("ЗАКАЗ", "заказ"), ("ΠΟΎ", "πού"),
    ("fu\u{308}r", "fur"), ("ÉTÉ", "ete"), ("j'ai", "jai"),
  ])
  func wordsAreComparedInOneForm(written: String, normal: String) {
    #expect(words(written) == [normal])
  }

  @Test(arguments: ["Wo ist meine Bestellung für Maß und Öl?", "¿Cuándo llegará?", "Où est-elle, l’été dernier ?"])
  func capitalsDoNotChangeTheWords(text: String) {
    #expect(words(text.uppercased()) == words(text))
  }

  @Test func capitalsAreSeenWhereAllLettersAre() {
    let words = Words("WHERE is My DHL SKU77 I ÄÖ")
    #expect(words.words.filter(\.isCapitals).map { words.text($0) } == ["where", "dhl", "ao"])
    #expect(words.words.filter(\.hasDigit).map { words.text($0) } == ["sku77"])
  }

  @Test func runsOfMarksAreCounted() {
    let words = Words("Help!!! Now! Why?? ok!!")
    #expect(words.exclamations == [4..<7, 11..<12, 21..<23])
    #expect(words.questionMarks == 2)
  }

  @Test func aTextOfAMegabyteIsReadUpToTheLimit() {
    let words = Words(String(repeating: "word ", count: 200_000))
    #expect(words.words.count == Words.bytesMax / 5 + 1)
  }

  // MARK: What the customer wrote now

  @Test(arguments: ["\n", "\r\n"])
  func quotedLinesAreLeftOut(newline: String) {
    let text = ["Thanks, it came.", "> I am furious", "  > and waiting", "Bye"].joined(separator: newline)
    #expect(words(text) == ["thanks", "it", "came", "bye"])
  }

  @Test(
    arguments: [
      "On Mon, 2 Mar 2026 at 10:14, Larch & Loom <help@shop.example> wrote:",
      "Am Mo., 2. März 2026 um 10:14 Uhr schrieb Larch & Loom <help@shop.example>:", "Am Montag schrieb:",
      "El lun, 2 mar 2026, Larch & Loom escribió:",
      "Le lun. 2 mars 2026 à 10:14, Larch & Loom a écrit :", "-----Original Message-----",
      "-----Ursprüngliche Nachricht-----", "-----Mensaje original-----", "-----Message d'origine-----",
      "________________________________", "Begin forwarded message:", "--", "-- ",
    ], ["\n", "\r\n"])
  func everythingBelowAMarkOfTheMailProgramIsLeftOut(mark: String, newline: String) {
    let text = ["Hello there", mark, "lawyer", "", "terrible"].joined(separator: newline)
    #expect(words(text) == ["hello", "there"])
  }

  @Test(arguments: [
    "Sent from my iPhone", "Von meinem iPhone gesendet", "Enviado desde mi Xiaomi", "Envoyé de mon iPad",
  ])
  func footersOfPhonesAreLeftOut(footer: String) {
    #expect(words("Hola\n\(footer)\nAdios") == ["hola", "adios"])
  }

  @Test func aDashInASentenceEndsNothing() {
    #expect(words("It came -- broken\n- and late\n---- wow").count == 6)
  }

  @Test func theAngerOfAQuotedMailIsNotThisMails() {
    let quoted = "On Monday Maren wrote:\n> This is UNACCEPTABLE!!! I will sue you, my order 15191 never arrived"
    let reading = shippedReader.read(Message(body: "All good now, thank you.\n\n" + quoted))
    #expect(reading.sentiment.level >= 0)
    #expect(!reading.has(signal: "legal_threat"))
    #expect(reading.has(signal: "closing"))
  }
}
