import Testing

@testable import Events

@Suite struct IdentifiersTests {
  /// Computed with Python's hashlib from the parts joined by 0x1F.
  @Test func derivedIdentifierIsTheSameOnAnyDay() {
    #expect(
      DerivedID.make("decision", source: "/zendesk/fernweh-outdoor", id: "tkt-20418-opened")
        == "decision_db8c57c5548091c5a029f0762a0f6e49")
    #expect(
      DerivedID.make("resolution", source: "/a", id: "b", part: "2") == "resolution_784133e24d6fbfb61999b8c5262214ea")
  }

  @Test func partsOfADerivedIdentifierDoNotRunTogether() {
    let ids = [
      DerivedID.make("a", source: "b", id: "c"), DerivedID.make("a", source: "bc", id: ""),
      DerivedID.make("a", source: "", id: "bc"), DerivedID.make("a", source: "b", id: "", part: "c"),
      DerivedID.make("ab", source: "", id: "c"), DerivedID.make("a", source: "b", id: "c", part: "c"),
    ]
    #expect(Set(ids.map { $0.drop { $0 != "_" } }).count == ids.count)
  }

  @Test func digestIsSHA256() throws {
    let digest = Digest256(of: Array("abc".utf8))
    #expect(digest.hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(Digest256(bytes: digest.bytes) == digest)
    #expect(Digest256(bytes: Array(digest.bytes.dropLast())) == nil)
  }

  @Test func identifiersAreTheSameOnlyIfTheirBytesAre() {
    let composed = "caf\u{E9}"
    let decomposed = "cafe\u{301}"
    #expect(composed == decomposed, "this is how Swift compares texts")
    #expect(CustomerID(composed) != CustomerID(decomposed))
    #expect(TicketID(composed) != TicketID(decomposed))
    #expect(OrderID(composed) != OrderID(decomposed))
    #expect(Set([CustomerID(composed), CustomerID(decomposed), CustomerID(composed)]).count == 2)
    #expect(CustomerID(composed).hashValue == CustomerID(composed).hashValue)
  }

  @Test func identifiersAreSortedByBytes() {
    let texts = ["b", "a", "é", "e\u{301}", "Z", "aa", "", "\u{FF5E}", "🚀", "10", "9"]
    let byBytes = texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    #expect(texts.map { CustomerID($0) }.sorted().map(\.text).elementsEqual(byBytes) { $0.utf8.elementsEqual($1.utf8) })
    #expect(texts.map { TicketID($0) }.sorted().map(\.text).elementsEqual(byBytes) { $0.utf8.elementsEqual($1.utf8) })
    #expect(texts.map { OrderID($0) }.sorted().map(\.text).elementsEqual(byBytes) { $0.utf8.elementsEqual($1.utf8) })
  }
}
