import Classifier
import Events
import Testing

@testable import Triage

@Suite struct WordingTests {
  private static let words = [
    "", "a", "A", "1", " a", "in_transit", "In_Transit", "_", "a_\u{301}b", "é_a", "ße", "élan", "Élan", "\r\n",
    "a\u{301}b",
    "A\u{301}b", "\u{301}a", "z\u{200D}_", "i̇x", "has_written_something",
  ]

  @Test(arguments: words)
  func bytesAreChangedAsSwiftChangesCharacters(words: String) {
    func isSame(_ a: String, _ b: String) -> Bool { a.utf8.elementsEqual(b.utf8) }
    #expect(isSame(words.asWords, words.replacing("_", with: " ")))
    #expect(isSame(words.capitalisedFirst, words.prefix(1).uppercased() + words.dropFirst()))
    #expect(isSame(words.uncapitalisedFirst, words.prefix(1).lowercased() + words.dropFirst()))
  }

  @Test(arguments: [
    "DHL", "", "Österreichische Post", "Call +49 170 1234567", "mail ann@example.com", "Walnut shelf, 120 cm",
    String(repeating: "long ", count: 60),
  ])
  func rememberingWordsChangesNothingButTheTime(text: String) {
    var words = HarmlessWords()
    let expected = Redacted(text).text.prefix(bytes: 120)
    for _ in 0..<3 { #expect(words.redacted(text, bytes: 120).text == expected) }
  }

  @Test func moreWordsThanAreRememberedAreStillLookedThrough() {
    var words = HarmlessWords()
    for number in 0..<1_030 { _ = words.redacted("Shelf \(number)", bytes: 120) }
    #expect(words.redacted("Shelf 1", bytes: 120) == "Shelf 1")
    #expect(words.redacted("Call +49 170 1234567", bytes: 120).text == "Call [phone]")
  }

  @Test(arguments: [
    ("Ann", "Ann"), ("Ann Smith", "Ann"), ("A", nil), ("A Smith", nil), ("Ann3", nil), ("", nil), (" Ann", "Ann"),
    ("Anne-Marie B", "Anne-Marie"), ("Zoë Q", "Zoë"), ("Jose\u{301} X", "Jose\u{301}"), ("Ann\u{301}", "Ann\u{301}"),
    ("Ann \u{301}x", "Ann"), ("Ann\tB", "Ann"), (String(repeating: "a", count: 31), nil),
  ])
  func theFirstNameIsOneWordOfLetters(name: String, first: String?) {
    var requester = Requester()
    requester.name = name
    let opened = TicketOpened(
      ticket: TicketID("T"), customer: CustomerID("C"), channel: .email, subject: "", body: "", requester: requester)
    let envelope = Envelope(id: "e", source: "/s", type: "t", time: Timestamp(nanoseconds: 0))
    #expect(IncomingMessage(opened, in: envelope).firstName == first)
  }
}
