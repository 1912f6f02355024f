import Foundation
import Testing
import TestSupport

@testable import Events

@Suite struct JSONWriterTests {
  private func written(_ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter()
    body(&writer)
    return writer.bytes.text
  }

  @Test(arguments: [
    ("", #""""#), ("plain", #""plain""#), ("\"\\/", #""\"\\/""#), ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#),
    ("\0\u{1}\u{1F}", #""\u0000\u0001\u001f""#), ("\u{7F}é🚀\u{2028}", "\"\u{7F}é🚀\u{2028}\""),
    ("a\nb\nc", #""a\nb\nc""#),
  ])
  func textIsEscapedAsLittleAsJSONAllows(text: String, expected: String) {
    #expect(written { $0.string(text) } == expected)
  }

  @Test func everyTextComesBack() throws {
    var dice = Dice(seed: 5)
    for _ in 0..<2_000 {
      let scalars = (0..<dice.roll(20)).map { _ in
        Unicode.Scalar(
          UInt32(dice.pick([dice.roll(0x20), dice.roll(0x80), dice.roll(0xD800), 0xE000 + dice.roll(0x102000)])))!
      }
      let text = String(String.UnicodeScalarView(scalars))
      let bytes = Array(written { $0.string(text) }.utf8)
      guard case .string(let ours) = try JSONValue(scanning: bytes), ours.utf8.elementsEqual(text.utf8) else {
        return #expect(Bool(false), "\(bytes)")
      }
      #expect(!bytes.contains(0x0A))
      if !text.unicodeScalars.contains("\0") {
        #expect(try JSONDecoder().decode(String.self, from: Data(bytes)).utf8.elementsEqual(text.utf8))
      }
    }
  }

  @Test(arguments: [
    (0, "0"), (1, "0.001"), (10, "0.01"), (100, "0.1"), (873, "0.873"), (500, "0.5"), (1_000, "1"), (1_050, "1.05"),
    (-500, "-0.5"), (-1_000, "-1"), (-1, "-0.001"), (12_345, "12.345"), (.min, "-9223372036854775.808"),
  ])
  func thousandthsAreTheShortestDecimal(thousandths: Int, expected: String) {
    #expect(JSONWriter.decimal(thousandths: thousandths) == expected)
    #expect(written { $0.thousandths(thousandths) } == expected)
  }

  @Test func fieldsStandInTheOrderTheyAreWritten() {
    let text = written { writer in
      writer.object { writer in
        writer.field("z", "1")
        writer.field("a", optional: String?.none)
        writer.field("t", optional: Timestamp?.none)
        writer.field("n", integer: -1)
        writer.field("b", true)
        writer.field("list", ["x", "y"])
        writer.field("empty", [])
        writer.field("o") { $0.object { _ in } }
        writer.field("p", thousandths: 5)
        writer.key("data \"name\"\n")
        writer.array([1, 2]) { $0.integer($1) }
        writer.key("nothing")
        writer.null()
        writer.key("raw")
        writer.raw(Array("{}".utf8))
      }
    }
    #expect(
      text == #"{"z":"1","n":-1,"b":true,"list":["x","y"],"empty":[],"o":{},"p":0.005,"data \"name\"\n":[1,2],"#
        + #""nothing":null,"raw":{}}"#)
  }

  @Test func nestedListsKeepTheirCommas() {
    let text = written { writer in
      writer.array { writer in
        writer.array { _ in }
        writer.array { $0.array { $0.boolean(false) } }
        writer.object { _ in }
        writer.string("")
      }
    }
    #expect(text == #"[[],[[false]],{},""]"#)
  }
}
