import Streams
import Testing

@Suite struct HeadersTests {
  @Test func headersKeepTheirOrder() {
    var headers = Headers()
    headers.append("b", "2")
    headers.append("a", "1")
    headers.append("b", "3")
    #expect(headers.count == 3)
    #expect(headers.map(\.name) == ["b", "a", "b"])
    #expect(headers.map { $0.value.map(Array.init) } == [[0x32], [0x31], [0x33]])
  }

  @Test func lookUpGivesTheFirstOfAName() {
    var headers = Headers()
    headers.append("ce_type", "first")
    headers.append("ce_type", "second")
    #expect(headers.text("ce_type") == "first")
  }

  @Test func namesAreComparedWhole() {
    var headers = Headers()
    headers.append("ce_idx", "longer")
    headers.append("ce_i", "shorter")
    #expect(headers.text("ce_id") == nil)
    headers.append("ce_id", "exact")
    #expect(headers.text("ce_id") == "exact")
    #expect(headers.text("CE_ID") == nil)
  }

  @Test func nullAndEmptyAreTwoThings() {
    var headers = Headers()
    headers.append("null", bytes: [UInt8]?.none)
    headers.append("empty", bytes: [])
    headers.append("", "no name")
    #expect(headers.value("null") == nil)
    #expect(headers.text("null") == nil)
    #expect(headers.value("empty").map(Array.init) == [])
    #expect(headers.text("empty") == "")
    #expect(headers.text("") == "no name")
    #expect(headers.map { $0.value == nil } == [true, false, false])
  }

  @Test func nullHidesALaterValueOfItsName() {
    var headers = Headers()
    headers.append("x", bytes: [UInt8]?.none)
    headers.append("x", "later")
    #expect(headers.value("x") == nil)
  }

  @Test func bytesThatAreNoTextAreStillBytes() {
    var headers = Headers()
    headers.append("raw", bytes: [0xFF, 0x00, 0xC3])
    #expect(headers.text("raw") == nil)
    #expect(headers.value("raw").map(Array.init) == [0xFF, 0x00, 0xC3])
  }

  @Test func longNamesAndValuesSurvive() {
    var headers = Headers()
    let name = String(repeating: "ñ", count: 30_000)
    let value = String(repeating: "🎒", count: 70_000)
    headers.append(name, value)
    headers.append("after", "still found")
    #expect(headers.text(name) == value)
    #expect(headers.text("after") == "still found")
  }

  @Test func sameHeadersInTheSameOrderAreEqual() {
    func headers(_ pairs: [(String, String)]) -> Headers {
      var headers = Headers()
      for (name, value) in pairs { headers.append(name, value) }
      return headers
    }
    #expect(headers([("a", "1"), ("b", "2")]) == headers([("a", "1"), ("b", "2")]))
    #expect(headers([("a", "1"), ("b", "2")]) != headers([("b", "2"), ("a", "1")]))
    #expect(headers([("ab", "c")]) != headers([("a", "bc")]))
    #expect(headers([]).value("a") == nil)
    #expect(Array(headers([])).isEmpty)
  }
}
