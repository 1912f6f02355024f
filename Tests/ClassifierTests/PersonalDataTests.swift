import Events
import Testing
import TestSupport

@testable import Classifier

/// Personal data is located whole, with its kind, and never copied; what only looks like it is left alone.
@Suite struct PersonalDataTests {
  private func found(_ text: String) -> [String] {
    Entities.find(in: text, Words(text)).map { entity in
      let words = entity.span.words(in: text)
      if entity.kind.isPersonal { #expect(entity.value == nil, "\(words) is copied") }
      return "\(entity.kind.rawValue) \(words)"
    }
  }

  // MARK: Addresses

  @Test(arguments: [
    ("Send it to 12 Baker Street please", "12 Baker Street"), ("I live at 221b baker street now", "221b baker street"),
    ("12 Baker Street, London NW1 6XE", "12 Baker Street, London NW1 6XE"),
    ("to 1600 Pennsylvania Ave, Springfield, IL 62704 please", "1600 Pennsylvania Ave, Springfield, IL 62704"),
    ("Flat 3, 14 St. James Road.", "14 St. James Road"), ("7 Station Close is right", "7 Station Close"),
    ("10423 Sunset Boulevard", "10423 Sunset Boulevard"),
    ("Ich wohne in der Hauptstraße 12a", "Hauptstraße 12a"), ("an hauptstr. 7 bitte", "hauptstr. 7"),
    ("Berliner Straße 5, 10115 Berlin", "Berliner Straße 5, 10115 Berlin"), ("im Lindenweg 4", "Lindenweg 4"),
    ("Vivo en la calle Mayor 12", "calle Mayor 12"), ("Avenida de la Constitución, 5", "Avenida de la Constitución, 5"),
    ("C/ Alcalá 45, 28014 Madrid", "C/ Alcalá 45, 28014 Madrid"), ("calle mayor 12", "calle mayor 12"),
    ("J'habite 12 rue de la Paix, 75002 Paris", "12 rue de la Paix, 75002 Paris"),
    ("au 5 bis, avenue du Général Foch svp", "5 bis, avenue du Général Foch"),
    ("24, boulevard voltaire", "24, boulevard voltaire"), ("3 place de la République", "3 place de la République"),
  ])
  func aStreetAddressIsLocated(text: String, address: String) {
    #expect(found(text) == ["address \(address)"])
  }

  @Test(arguments: [
    "order 15191 is still on the road", "order 10423 Baker Street", "2 hard drives", "a 1 TB hard drive",
    "3 days on the way",
    "15 minutes from my street", "I waited 2 weeks in this place", "la calle hace 3 días está cortada",
    "das Paket ist weg 3 Tage", "1 place de parking", "deswegen 2 Pakete", "in the street #12",
  ])
  func whatOnlySpeaksOfAWayIsNoAddress(text: String) {
    #expect(!found(text).contains { $0.hasPrefix("address") }, "\(found(text))")
  }

  @Test func anOrderBehindAnAddressIsStillFound() {
    #expect(found("12 Baker Street, order 15191") == ["address 12 Baker Street", "order 15191"])
    #expect(found("Hauptstr. 12, 15191 fehlt") == ["address Hauptstr. 12", "order 15191"])
  }

  // MARK: Numbers of a state

  @Test(arguments: [
    "219-09-9999", "AB 12 34 56 C", "JG103759A", "12345678Z", "12.345.678-Z", "12345678-Z", "X1234567L", "X-1234567-L",
    "86095742719", "86 095 742 719", "255081416802538", "2 55 08 14 168 025 38", "184052A12345682",
  ])
  func aNationalIdentifierIsLocated(number: String) {
    #expect(found("mine is \(number), and order 10423") == ["national_id \(number)", "order 10423"])
  }

  /// A slip in the check digit, an area, prefix or form that is not given out.
  @Test(arguments: [
    "666-09-9999", "219-00-9999", "219-09-0000", "BG103759A", "JO103759A", "JG103759E", "12345678A", "X1234567A",
    "86095742718", "12345678901", "11111111111", "255081416802539", "302-1234567-7654321", "219-09-9999-1",
  ])
  func aNumberWithoutTheRightFormIsNone(number: String) {
    #expect(!found(number).contains { $0.hasPrefix("national_id") }, "\(found(number))")
  }

  @Test func nineDigitsAreASocialSecurityNumberWhereItIsSaid() {
    #expect(found("my social security number is 219099999") == ["national_id 219099999"])
    #expect(found("my order number is 219099999") == ["order 219099999"])
  }

  // MARK: Births

  @Test(arguments: [
    ("I was born on 12/03/1984", "12/03/1984"), ("DOB: 1984-03-12", "1984-03-12"), ("dob 03121984", "03121984"),
    ("born 14 March 1984 in Leeds", "14 March 1984"), ("date of birth: March 14th, 1984", "March 14th, 1984"),
    ("geboren am 12.03.1984", "12.03.1984"), ("am 12.03.84 geboren", "12.03.84"),
    ("geb. 14. März 1984", "14. März 1984"),
    ("nacido el 14 de marzo de 1984", "14 de marzo de 1984"), ("née le 1er avril 1984", "1er avril 1984"),
    ("né en 1984", "1984"),
  ])
  func aDateOfBirthIsLocated(text: String, date: String) {
    #expect(found(text) == ["birth_date \(date)"])
  }

  @Test(arguments: [
    "je ne suis pas livré le 12/03/2026", "nee, am 12.03.2026", "for her birthday on 12/03/2026",
    "I was not born yesterday",
    "ordered on 12/03/2026",
  ])
  func anotherDateIsNoBirth(text: String) {
    #expect(!found(text).contains { $0.hasPrefix("birth_date") }, "\(found(text))")
  }

  // MARK: Secrets

  @Test(arguments: [
    ("my password is hunter2!", "hunter2!"), ("password: correcthorse", "correcthorse"), ("Passwort: geh3im", "geh3im"),
    ("mein Passwort lautet geh3im", "geh3im"), ("la contraseña es Secreto.99", "Secreto.99"),
    ("mot de passe : s3cret", "s3cret"), ("my password is \"open sesame\"", nil), ("PIN 4821", "4821"),
    ("my pin is 4821", "4821"), ("the code is 482913", "482913"), ("verification code 58213", "58213"),
    ("the login code you sent me was 58213", "58213"), ("el código de verificación es 58213", "58213"),
    ("code de sécurité 58213", "58213"), ("Bestätigungscode: 58213", "58213"), ("CVV 123", "123"),
    ("key sk_" + "live_51Hq8ZnQuokka00Zwiebel", "sk_" + "live_51Hq8ZnQuokka00Zwiebel"),
    (
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N",
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dozjgNryP4J3jVmNHl0w5N"
    ),
    ("token 9f86d081884c7d659a2feaa0c55ad015", "9f86d081884c7d659a2feaa0c55ad015"),
    ("a Zx8Kq2Lm9Pw4Rt7Yb1Nv please", "Zx8Kq2Lm9Pw4Rt7Yb1Nv"),
  ])
  func aSecretIsLocated(text: String, secret: String?) {
    #expect(found(text).filter { $0.hasPrefix("credential") } == (secret.map { ["credential \($0)"] } ?? []))
    if secret != nil { #expect(found(text).count == 1, "\(found(text))") }
  }

  @Test(arguments: [
    "my password is wrong", "I forgot my password and cannot log in", "password: please reset it for me",
    "the discount code SAVE20 fails", "postal code 902101", "el código postal 280131", "tracking code JD0146000038283",
    "the code 15191", "je passe de 1930 à 1940", "mein Passwort ist falsch!",
    "order 3fa85f64-5717-4562-b3fc-2c963f66afa6",
  ])
  func wordsAboutSecretsAreNone(text: String) {
    #expect(!found(text).contains { $0.hasPrefix("credential") }, "\(found(text))")
  }

  // MARK: Together

  @Test func theSurerKindCounts() {
    #expect(found("password: maren.oduya9@mail.example") == ["email maren.oduya9@mail.example"])
    #expect(found("PIN 4821 for card 4111 1111 1111 1111") == ["credential 4821", "payment_card 4111 1111 1111 1111"])
    #expect(found("DNI 12345678Z, born 12/03/1984, calle Mayor 12").count == 3)
  }

  @Test func anythingIsReadWithoutTrouble() {
    var dice = Dice(seed: 0xDA7A)
    let pieces = [
      "password", "né", "PIN", "born", "Calle", "rue", "Straße", "Baker Street", "12", "1984", "-", ".", ":", "/", " ",
      "C/",
      "X", "12345678", "Z", "eyJ", "é", "😀", "\n", "\u{0}", "“", "5", "sk_live_", "14 March", ">", "\"",
    ]
    for _ in 0..<20_000 {
      let text = (0..<dice.roll(16)).map { _ in dice.pick(pieces) }.joined(separator: dice.pick(["", " "]))
      let entities = Entities.find(in: text, Words(text))
      var end = 0
      for entity in entities {
        guard entity.span.start >= end, entity.span.start < entity.span.end, entity.span.end <= text.utf8.count else {
          return #expect(Bool(false), "\(text): \(entities)")
        }
        end = entity.span.end
      }
    }
  }
}
