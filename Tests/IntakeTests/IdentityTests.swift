import Events
import Testing

@testable import Intake

@Suite struct IdentityTests {
  private func plain(
    _ email: String? = nil, phone: String? = nil, country: String? = nil, id: String? = nil, shop: String? = nil
  ) -> String? {
    CustomerIdentity(.plain, phoneCountry: shop).customer(
      for: Person(email: email, phone: phone, country: country, id: id, system: "desk"))?.text
  }

  @Test(arguments: [
    (" Mara.Lind@Shop.Example ", "email:mara.lind@shop.example"),
    ("Mara <MARA@shop.example>", "email:mara@shop.example"),
    ("mailto:mara@shop.example", "email:mara@shop.example"),
  ])
  func oneAddressIsOneCustomerHoweverItIsWritten(text: String, id: String) {
    #expect(plain(text, phone: "+442079460958", id: "1") == id)
  }

  @Test(arguments: ["", "mara", "@shop.example", "a@b@c", "two words@shop.example"]) func whatIsNoAddressIsPassedOver(
    text: String
  ) {
    #expect(plain(text, id: "1") == "desk:1")
  }

  @Test(
    arguments: [
      ("+44 20 7946 0958", nil, "+442079460958"), ("0044 20 7946 0958", nil, "+442079460958"),
      ("+44 (0)20 7946 0958", nil, "+442079460958"), ("020 7946 0958", "GB", "+442079460958"),
      ("(212) 555-0123", "US", "+12125550123"), ("1-212-555-0123", "US", "+12125550123"),
      ("011 44 20 7946 0958", "US", "+442079460958"), ("06 1234 5678", "IT", "+390612345678"),
      ("020 7946 0958", nil, nil), ("020 7946 0958", "XX", nil), ("call me", "GB", nil), ("12", "GB", nil),
    ] as [(String, String?, String?)])
  func aPhoneNumberIsE164OrNothing(text: String, country: String?, number: String?) {
    #expect(PhoneNumber.e164(text, country: country) == number)
  }

  @Test func thePayloadsCountryCountsBeforeTheShops() {
    #expect(plain(phone: "020 7946 0958", country: "GB", shop: "DE") == "phone:+442079460958")
    #expect(plain(phone: "030 1234567", shop: "DE") == "phone:+49301234567")
  }

  @Test func anIDBelongsToItsSystem() {
    #expect(plain(id: " 8447 ") == "desk:8447")
    #expect(plain() == nil)
  }

  @Test func aKeyedIDNeedsTheKeyAndTellsNothing() {
    func keyed(_ email: String, _ byte: UInt8) -> String? {
      CustomerIdentity(.keyed([UInt8](repeating: byte, count: 16))).customer(
        for: Person(email: email, system: "desk"))?.text
    }
    #expect(keyed("mara@shop.example", 1) == keyed("MARA@shop.example", 1))
    #expect(keyed("mara@shop.example", 1) != keyed("mara@shop.example", 2))
    // HMAC-SHA256 of the identity under sixteen bytes 0x01, computed with openssl.
    #expect(keyed("mara@shop.example", 1) == "c_38eeb1f78f1865ee006f63fab96c84ed")
  }
}
