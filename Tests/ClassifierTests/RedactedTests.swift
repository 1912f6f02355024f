import Events
import Testing
import TestSupport

@testable import Classifier

/// What came from outside stands in outputs without personal data, and nothing that is hidden from a reading hides it here.
@Suite struct RedactedTests {
  @Test(arguments: [
    ("Lamp for maren@mail.example", "Lamp for [email]"), ("call +44 7700 900461 first", "call [phone] first"),
    ("4111 1111 1111 1111", "[payment_card]"), ("to DE89 3704 0044 0532 0130 00", "to [iban]"),
    ("for 12 Baker Street, London NW1 6XE", "for [address]"), ("ID 12345678Z", "ID [national_id]"),
    ("born 12/03/1984, maren@mail.example", "born [birth_date], [email]"),
    ("password: hunter2", "password: [credential]"),
  ])
  func personalDataBecomesTheNameOfItsKind(text: String, redacted: String) {
    #expect(Redacted(text).text == redacted)
    #expect(Redacted(redacted).text == redacted, "redacting twice is redacting once")
  }

  @Test(arguments: [
    "", "Swift Parcel", "severe weather", "Tent \"Aube\", 2 persons, 3.5 kg", "payment_review", "Größe 42",
    "order 15191",
    "Canon EOS 250D 18-55", "since 2 March 2026", "19.90 €", "Kurier 24", "<b>Lamp</b> & shade", "two\nlines",
    "é\u{301}😀",
  ])
  func allElseStaysToTheByte(text: String) {
    #expect(Array(Redacted(text).text.utf8) == Array(text.utf8))
  }

  /// A message's quoted history, signature, footer and markup are not read; a title may not hide anything in them.
  @Test(arguments: [
    "> maren@mail.example", "--\nmaren@mail.example", "-----Original Message----- maren@mail.example",
    "<a href=\"mailto:maren@mail.example\">x</a>", "<maren@mail.example>", "Sent from my maren@mail.example",
    "maren@mail.example wrote:", "x\n________________________________\nmaren@mail.example", "\u{0}maren@mail.example",
  ])
  func nothingHidesPersonalData(text: String) {
    #expect(!Redacted(text).text.contains("maren"), "\(Redacted(text).text)")
  }

  @Test func whatWasNotLookedAtIsNotKept() {
    let long = String(repeating: "é ", count: 20_000) + "maren@mail.example"
    #expect(Redacted(long).text.utf8.count <= 32_770 && !Redacted(long).text.contains("maren"))
  }

  @Test func aParcelsNumberStaysUnlessItIsMore() {
    #expect(Redacted(parcel: "07700900461").text == "07700900461")
    #expect(Redacted(parcel: "JD-0146000038283").text == "JD-0146000038283")
    #expect(Redacted(parcel: "call 07700 900461").text == "call [phone]")
  }

  @Test func ourWordsTakeOnlyWhatIsRedacted() {
    let told = "vip maren@mail.example"
    let tier = Redacted(told)
    let words: Redacted = "\(tier) customer, \(2) orders, \(ours: "LL-20411")"
    #expect(words.text == "vip [email] customer, 2 orders, LL-20411")
  }

  @Test func anythingIsRedactedWithoutTrouble() {
    var dice = Dice(seed: 0x4ED)
    let pieces = [
      "maren@mail.example", "é", "😀", "<", "&", "\n", "\u{301}", "4111 1111 1111 1111", " ", ">", "\r\n",
      "12 Baker Street", "\u{0}", "born 12/03/1984",
    ]
    for _ in 0..<5_000 {
      let text = (0..<dice.roll(9)).map { _ in dice.pick(pieces) }.joined(separator: " ")
      let redacted = Redacted(text).text
      guard !redacted.contains("maren"), !redacted.contains("4111"), !redacted.contains("Baker") else {
        return #expect(Bool(false), "\(text)")
      }
    }
  }
}
