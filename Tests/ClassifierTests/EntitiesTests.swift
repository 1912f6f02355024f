import Events
import Testing
import TestSupport

@testable import Classifier

/// Numbers of orders are found as people write them; personal data is located and never copied.
@Suite struct EntitiesTests {
  private func found(in text: String) -> [Reading.Entity] { Entities.find(in: text, Words(text)) }

  private func found(_ text: String) -> [String] {
    found(in: text).map { "\($0.kind.rawValue) \($0.value ?? $0.span.words(in: text))" }
  }

  @Test(arguments: [
    ("Where is order 15191?", "15191"), ("Order #15191.", "15191"), ("order#15191", "15191"), ("#815 please", "815"),
    ("order: 15191, thanks", "15191"), ("Order:15191", "15191"), ("SO-2026-15191 is late", "SO-2026-15191"),
    ("(LL-20411)", "LL-20411"), ("pedido nº 15191", "15191"), ("Bestellung Nr.15191", "15191"),
    ("commande n°15191", "15191"), ("ord_88412", "ord_88412"), ("A12345", "A12345"), ("order 820982911946154508!", nil),
    ("302-1234567-7654321", "302-1234567-7654321"), ("ma commande LL-20411, merci", "LL-20411"),
  ])
  func orderNumbersAreFoundInManyForms(text: String, number: String?) {
    #expect(found(text) == ["order \(number ?? "820982911946154508")"])
  }

  @Test func severalOrdersAreAllFound() {
    #expect(found("orders 10423, 10424 and #10425") == ["order 10423", "order 10424", "order 10425"])
    #expect(found("LL-20411 & LL-20412") == ["order LL-20411", "order LL-20412"])
    #expect(found("10423 10424") == ["order 10423", "order 10424"])
  }

  @Test(arguments: [
    ("tracking JD014600003828392", "JD014600003828392"), ("RR123456785DE", "RR123456785DE"),
    ("1Z999AA10123456784", "1Z999AA10123456784"), ("9205590164917312751089", "9205590164917312751089"),
    ("00340434161094042557", "00340434161094042557"), ("tba123456789012", "TBA123456789012"),
  ])
  func carriersNumbersAreFound(text: String, number: String) {
    #expect(found(text) == ["tracking \(number)"])
  }

  /// A wrong check digit: not the carrier's, so perhaps the shop's.
  @Test(arguments: ["RR123456784DE", "1Z999AA10123456785"])
  func aWrongCheckDigitIsNoTrackingNumber(number: String) {
    #expect(!found(number).contains("tracking \(number)"))
  }

  @Test(arguments: [
    "on 2026-03-02 at 12:30", "am 02.03.2026", "am 02.03.26", "the 3/4/2026", "since 2024", "it cost 120.50",
    "it cost 1,299.00", "$1299", "1299 EUR", "1299 €", "1.299,00 €", "£1500", "EUR 1299", "1500 euros", "10-15 days",
    "24/7", "size 42", "12 x 9 cm", "3 weeks", "in 2026, maybe", "",
  ])
  func datesPricesAndSizesAreNoOrders(text: String) {
    #expect(found(in: text).allSatisfy { $0.kind == .date || $0.kind == .amount }, "\(found(text))")
  }

  @Test(arguments: [
    ("it cost 1,299.00 €", "1,299.00 €"), ("$1299 was taken", "$1299"), ("EUR 49.90 twice", "EUR 49.90"),
    ("you owe me £1,890", "£1,890"), ("for 20 euros.", "20 euros"), ("1.299,00 € zurück", "1.299,00 €"),
  ])
  func amountsAreFound(text: String, amount: String) {
    #expect(found(text) == ["amount \(amount)"])
  }

  @Test func eachOfTwoAmountsHasItsOwnCurrency() {
    #expect(found("not €50 €60") == ["amount €50", "amount €60"])
    #expect(found("le vendeur 12 est parti").isEmpty)
  }

  @Test(arguments: [
    ("since 14 March", "14 March"), ("on March 14th, 2026 it came", "March 14th, 2026"),
    ("am 14. März bestellt", "14. März"),
    ("el 14 de marzo de 2026", "14 de marzo de 2026"), ("le 1er avril", "1er avril"), ("I wrote on the 9th.", "9th"),
    ("it came yesterday", "yesterday"), ("by next Friday please", "next Friday"), ("la semana pasada", "semana pasada"),
    ("la semaine dernière", "semaine dernière"), ("02.03.2026", "02.03.2026"), ("2026-03-02", "2026-03-02"),
    ("last week", "last week"),
  ])
  func daysAreFound(text: String, day: String) {
    #expect(found(text) == ["date \(day)"])
  }

  @Test(arguments: [
    "the 9th shelf is broken", "may I return it", "size 42", "the second one", "31 march past the window 99th",
  ])
  func whatOnlyLooksLikeADayIsNone(text: String) {
    #expect(!found(text).contains { $0.hasPrefix("date") && $0 != "date 31 march" })
  }

  @Test(arguments: [
    "4111 1111 1111 1111", "4111111111111111", "4111-1111-1111-1111", "5500 0000 0000 0004", "3782 822463 10005",
  ])
  func aCardIsLocatedAndNeverCopied(number: String) throws {
    let text = "my card \(number) was charged, order 10423 though"
    #expect(found(text) == ["payment_card \(number)", "order 10423"])
    #expect(found(in: text)[0].value == nil)
  }

  @Test func aCardWithASlipOfTheFingerIsNotCopiedEither() {
    #expect(found("my card 4111 1111 1111 1112 was charged") == [])
  }

  @Test(arguments: [
    "DE89370400440532013000", "DE89 3704 0044 0532 0130 00", "de89 3704 0044 0532 0130 00",
    "GB29 NWBK 6016 1331 9268 19", "FR14 2004 1010 0505 0001 3M02 606", "ES91 2100 0418 4502 0005 1332",
  ])
  func anIBANIsLocatedAndNeverCopied(number: String) {
    for text in ["refund to \(number) please", "IBAN \(number)", "IBAN: \(number), BIC COBADEFFXXX"] {
      let entities = found(in: text)
      #expect(entities.map(\.kind) == [.iban], "\(found(text))")
      #expect(entities.allSatisfy { $0.value == nil })
    }
    #expect(found(in: "\(number) BIC COBADEFFXXX").map(\.kind) == [.iban])
  }

  @Test(arguments: [
    "+44 7700 900123", "+447700900123", "07700 900123", "07700900123", "0170-1234567", "(555) 123-4567", "555-123-4567",
    "555.123.4567", "06 12 34 56 78", "612 345 678", "+49 (0)170 1234567", "0049 170 1234567",
  ])
  func aPhoneNumberIsLocatedAndNeverCopied(number: String) {
    let entities = found(in: "call me on \(number) about order 10423")
    #expect(entities.map(\.kind) == [.phone, .order], "\(found(number))")
    #expect(entities.first?.value == nil)
  }

  @Test(arguments: ["maren.oduya+9@mail.example", "x@y.de", "Maren@Mail.Example."])
  func anAddressIsLocatedAndNeverCopied(address: String) {
    let entities = found(in: "write to \(address) or call")
    #expect(entities.map(\.kind) == [.email])
    #expect(entities[0].value == nil)
  }

  @Test func spansAreBytesOfTheOriginal() throws {
    let text = "Grüße 😀 – Bestellung #15191"
    let entity = try #require(found(in: text).first)
    #expect(entity.span.words(in: text) == "#15191")
  }

  @Test func anythingIsReadWithoutTrouble() {
    var dice = Dice(seed: 0x4EED)
    let pieces = [
      "#", "+", "4111", " ", "-", ".", ":", "/", "@", "DE89", "0", "é", "😀", "\u{0}", "x", "(", ")", "_", "€",
    ]
    for _ in 0..<20_000 {
      let text = (0..<dice.roll(14)).map { _ in dice.pick(pieces) }.joined()
      let length = text.utf8.count
      for entity in found(in: text) {
        guard 0 <= entity.span.start, entity.span.start < entity.span.end, entity.span.end <= length else {
          return #expect(Bool(false), "\(text)")
        }
      }
    }
  }
}
