import Foundation
import Testing
import TestSupport

@testable import Events

/// `JSONScanner` against Foundation, which reads the same grammar by other code.
///
/// The scanner differs in: duplicate fields (refused), depth over 64 (refused; Foundation takes 512), more than 256 fields or
/// 4,096 elements (refused), escaped halves of surrogate pairs (U+FFFD; Foundation refuses them), numbers that no `Double`
/// holds (kept digit by digit), commas before a closing bracket (refused, as RFC 8259 wants; Foundation takes them), `0e1`
/// (a number; `JSONDecoder` refuses it) and UTF-16 or UTF-32, which Foundation detects and the decoder refuses as no UTF-8
/// or no JSON. The random documents stay clear of those; what we do with them has tests of its own.
@Suite struct JSONScannerTests {
  @Test(arguments: 1...8)
  func randomDocumentsReadAsFoundationReadsThem(seed: Int) throws {
    var dice = Dice(seed: UInt64(seed))
    for number in 0..<250 {
      let document = RandomJSON.document(&dice)
      let ours = try JSONValue(scanning: document)
      let theirs = try JSONDecoder().decode(JSONValue.self, from: Data(document))
      guard ours == theirs else {
        return #expect(Bool(false), "seed \(seed), document \(number): \(document.text)")
      }
      guard case .success = skipping(document) else {
        return #expect(Bool(false), "skip: seed \(seed), document \(number): \(document.text)")
      }
    }
  }

  @Test(arguments: 1...8)
  func brokenDocumentsAreRefusedWhenFoundationRefusesThem(seed: Int) throws {
    var dice = Dice(seed: UInt64(seed) &* 7_919)
    var refused = 0
    for number in 0..<2_000 {
      let document = RandomJSON.broken(RandomJSON.document(&dice), &dice)
      guard RandomJSON.isComparable(document) else { continue }
      let theirs = (try? JSONSerialization.jsonObject(with: Data(document), options: .fragmentsAllowed)) != nil
      let outcome = Result { () throws(DecodingFailure) in try JSONValue(scanning: document) }
      // A broken document may hold a field twice by now.
      if case .failure(let failure) = outcome, failure.code == .duplicateKey { continue }
      let skipped = (try? skipping(document).get()) != nil
      guard theirs == ((try? outcome.get()) != nil), theirs == skipped else {
        return #expect(Bool(false), "seed \(seed), document \(number), theirs \(theirs): \(document.text)")
      }
      refused += theirs ? 0 : 1
    }
    #expect(refused > 500, "the breaking has teeth")
  }

  @Test func everyDocumentCutShortIsTruncated() throws {
    let documents = try Example.validInputs.map { try $0.line } + OutputExamples.all.map(\.line)
    for document in documents {
      let end = document.lastIndex(of: UInt8(ascii: "}"))!
      let start = document.firstIndex(of: UInt8(ascii: "{"))!
      for length in start + 1...end {
        let cut = Array(document[..<length])
        guard (try? UTF8Span(validating: cut.span)) != nil else { continue }
        guard case .failure(let failure) = skipping(cut), failure.code == .truncated, failure.byteOffset == length
        else {
          return #expect(Bool(false), "\(cut.text) is cut at \(length)")
        }
      }
    }
  }

  @Test(arguments: [
    #""\ud83d""#, #""\udE80""#, #""\ud83dx""#, #""\ud83d\n""#, #""\ud83d\ud83d""#, #""\udE80\ud83d""#,
  ])
  func halfASurrogatePairBecomesTheReplacementCharacter(text: String) throws {
    guard case .string(let string) = try JSONValue(scanning: Array(text.utf8)) else { return #expect(Bool(false)) }
    #expect(string.unicodeScalars.contains("\u{FFFD}"))
    #expect(throws: (any Error).self) {
      try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
    }
  }

  @Test(arguments: [
    (#""\ud83d\uDE80""#, "🚀"), (#""\u00e9\u0000\u001f""#, "é\0\u{1F}"),
    (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
    (#""\ud83d\\uDE80""#, "\u{FFFD}\\uDE80"), (#""\uFFFF\u2028""#, "\u{FFFF}\u{2028}"), (#""""#, ""),
    ("\"plain é 🚀 \u{7F}\"", "plain é 🚀 \u{7F}"), (#""é\né🚀\t🚀""#, "é\né🚀\t🚀"),
  ])
  func escapesResolve(text: String, expected: String) throws {
    #expect(try JSONValue(scanning: Array(text.utf8)) == .string(expected))
  }

  @Test func textsOfEveryLengthAndAlignmentEndWhereTheyEnd() throws {
    for stop in [#"""#, #"\n""#, "\u{1}\""] {
      for length in 0..<40 {
        for lead in 0..<9 {
          let spaces = String(repeating: " ", count: lead)
          let body = String(repeating: "é", count: length / 2) + String(repeating: "a", count: length % 2)
          let outcome = Result { () throws(DecodingFailure) in
            try JSONValue(scanning: Array((spaces + "\"" + body + stop).utf8))
          }
          switch stop {
          case #"""#: #expect(outcome == .success(.string(body)))
          case #"\n""#: #expect(outcome == .success(.string(body + "\n")))
          default:
            guard case .failure(let failure) = outcome else { return #expect(Bool(false)) }
            #expect(failure.code == .malformedJSON)
            #expect(failure.byteOffset == lead + 1 + body.utf8.count)
          }
        }
      }
    }
  }

  @Test func everyByteIsSeenWhereverItStandsInAText() {
    let quote = UInt8(ascii: "\"")
    for byte in 0x00...0x7F as ClosedRange<UInt8> where byte != quote && byte != UInt8(ascii: "\\") {
      for lead in 0..<17 {
        let text = [quote] + Array(repeating: 0x61, count: lead) + [byte] + Array(repeating: 0x62, count: 9) + [quote]
        guard case .failure(let failure) = skipping(text) else {
          #expect(byte >= 0x20, "control \(byte) after \(lead) letters must be escaped")
          continue
        }
        #expect(
          byte < 0x20 && failure.code == .malformedJSON && failure.byteOffset == 1 + lead, "\(byte) after \(lead)")
      }
    }
  }

  @Test(arguments: [
    "", " ", "\u{FEFF}{}", "{", "}", "[1,]", "{\"a\":1,}", "{,}", "[,1]", "{\"a\"}", "{\"a\":}", "{a:1}", "{1:1}",
    "[1 2]", "{\"a\":1 \"b\":2}", "01", "-", "-a", "+1", ".5", "1.", "1.e5", "1e", "1e+", "0x10", "1_000", "Infinity",
    "NaN", "nul", "nulll", "True", "truefalse", "\"\\x41\"", "\"\\u12G4\"", "\"\\u123\"", "\"\n\"", "\"\t\"", "'a'",
    "{} {}", "[] //", "/* */ []", "[1,,2]", "[-]", "\u{0}", "[1]\u{0}", "\"a", "{\"a\":1", "[\"a\",", "--1", "1..2",
  ])
  func whatIsNoJSONIsRefusedByEverybody(text: String) {
    let bytes = Array(text.utf8)
    #expect((try? skipping(bytes).get()) == nil)
    #expect((try? JSONValue(scanning: bytes)) == nil)
    // Foundation passes over a byte order mark and takes a comma before a closing bracket.
    if !["\u{FEFF}{}", "[1,]", "{\"a\":1,}"].contains(text) {
      #expect((try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) == nil)
    }
  }

  @Test(arguments: [
    "{}", "[]", " [ ] ", "\t{\r\n}\n", "null", "0", "-0", "-0.0", "1e5", "1E-5", "0e1", "1.25e+3",
    "123456789012345678901234567890",
    "\"\"", "[[],{},\"\",0,true,false,null]", "{\"\":{\"\":[]}}",
  ])
  func whatIsJSONIsReadByEverybody(text: String) {
    let bytes = Array(text.utf8)
    #expect((try? skipping(bytes).get()) != nil)
    #expect((try? JSONValue(scanning: bytes)) != nil)
    #expect((try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil)
  }

  @Test(arguments: [
    #"{"a":1,"a":1}"#, #"{"a":1,"b":2,"a":3}"#, #"{"x":{"a":1,"a":2}}"#, #"[{"":1,"":2}]"#, #"{"a":1,"\u0061":2}"#,
    #"{"\u0061":1,"a":2}"#, #"{"\u0061":1,"\u0061":2}"#, #"{"é":1,"\u00E9":2}"#,
  ])
  func fieldThatStandsTwiceIsRefused(text: String) {
    #expect(throws: DecodingFailure.self) { try JSONValue(scanning: Array(text.utf8)) }
    let outcome = Result { () throws(DecodingFailure) in try JSONValue(scanning: Array(text.utf8)) }
    guard case .failure(let failure) = outcome else { return }
    #expect(failure.code == .duplicateKey)
  }

  @Test(arguments: [
    #"{"a":{"a":{"a":1}}}"#, #"{"x":{"a":1},"a":2}"#, #"[{"a":1},{"a":2}]"#, #"{"a":1,"A":2,"a ":3,"aa":4}"#,
    "{\"\u{E9}\":1,\"e\u{301}\":2}",
  ])
  func sameNameElsewhereIsNoDuplicate(text: String) {
    #expect((try? JSONValue(scanning: Array(text.utf8))) != nil)
  }

  @Test func depthHasALimit() {
    func nested(_ depth: Int) -> [UInt8] {
      Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }
    #expect((try? skipping(nested(64)).get()) != nil)
    #expect((try? JSONValue(scanning: nested(64))) != nil)
    for depth in [65, 10_000, 500_000] {
      for text in [nested(depth), Array(String(repeating: "[", count: depth).utf8)] {
        guard case .failure(let failure) = skipping(text) else { return #expect(Bool(false)) }
        #expect(failure.code == .tooDeep)
      }
    }
    // Depth is how deep, not how many.
    let wide = "[" + Array(repeating: "[{}]", count: 1_000).joined(separator: ",") + "]"
    #expect((try? JSONValue(scanning: Array(wide.utf8))) != nil)
  }

  @Test(arguments: [
    ("0", 0 as Int64?), ("-0", 0), ("42", 42), ("9223372036854775807", .max), ("-9223372036854775808", .min),
    ("9223372036854775808", nil), ("1.0", nil), ("1e3", nil), ("1E0", nil), ("0.5", nil),
  ])
  func integersAreExactOrRefused(text: String, expected: Int64?) {
    let bytes = Array(text.utf8)
    bytes.withUnsafeBytes { bytes in
      var scanner = JSONScanner(bytes)
      do throws(DecodingFailure) {
        #expect(try scanner.integer() == expected)
      } catch {
        #expect(expected == nil)
        #expect(error.code == .badNumber)
      }
    }
  }
}

/// Documents by chance.
enum RandomJSON {
  /// A valid document without any of the things in which the scanner differs from Foundation.
  static func document(_ dice: inout Dice) -> [UInt8] {
    var text = ""
    value(&dice, depth: 0, into: &text)
    return Array(text.utf8)
  }

  private static func value(_ dice: inout Dice, depth: Int, into text: inout String) {
    text += space(&dice)
    switch dice.roll(depth > 5 ? 5 : 8) {
    case 0: text += dice.pick(["null", "true", "false"])
    case 1, 2: text += number(&dice)
    case 3, 4: text += string(&dice)
    case 5:
      let elements = (0..<dice.roll(6)).map { _ in
        var element = ""
        value(&dice, depth: depth + 1, into: &element)
        return element
      }
      text += "[" + elements.joined(separator: ",") + space(&dice) + "]"
    default:
      let fields = (0..<dice.roll(6)).map { index in
        var field = space(&dice) + "\"\(index)" + string(&dice).dropFirst() + space(&dice) + ":"
        value(&dice, depth: depth + 1, into: &field)
        return field
      }
      text += "{" + fields.joined(separator: ",") + space(&dice) + "}"
    }
    text += space(&dice)
  }

  private static func number(_ dice: inout Dice) -> String {
    var text = dice.pick(["", "-"]) + dice.pick(["0", String(1 + dice.roll(9_999)), String(dice.next())])
    if dice.roll(3) == 0 { text += "." + String(dice.roll(100_000)) }
    if dice.roll(4) == 0, !text.hasSuffix("0") {
      text += dice.pick(["e", "E"]) + dice.pick(["", "+", "-"]) + String(dice.roll(60))
    }
    return text
  }

  private static func string(_ dice: inout Dice) -> String {
    let pieces = [
      "a", "Wo ist mein Paket", "é", "ß", "日本", "🚀", "👩‍👩‍👧", " ", "\\n", "\\t", "\\\"", "\\\\", "\\/", "\\b", "\\f", "\\r",
      "\\u0041", "\\u00e9", "\\u20AC", "\\ud83d\\ude80", "\\u0000", "\u{7F}", "\u{2028}", "{", "]", ":", ",", "1234567",
    ]
    return "\"" + (0..<dice.roll(9)).map { _ in dice.pick(pieces) }.joined() + "\""
  }

  private static func space(_ dice: inout Dice) -> String {
    dice.roll(4) == 0 ? dice.pick([" ", "\n", "\t", "\r", "  \r\n\t"]) : ""
  }

  /// The document with one to three accidents.
  static func broken(_ document: [UInt8], _ dice: inout Dice) -> [UInt8] {
    var bytes = document
    for _ in 0...dice.roll(3) where !bytes.isEmpty {
      let place = dice.roll(bytes.count)
      switch dice.roll(5) {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(dice.pick(Array("{}[]\",:\\0123456789-+.eEtfnu \u{1}\t".utf8)), at: place)
      case 2: bytes[place] = dice.pick(Array("{}[]\",:\\0123456789-+.eEtfnu \u{1}\n".utf8))
      case 3: bytes[place] = UInt8(dice.roll(256))
      default: bytes.removeSubrange(place..<min(bytes.count, place + 1 + dice.roll(12)))
      }
    }
    return bytes
  }

  /// Whether Foundation and the scanner are bound to agree about these bytes.
  static func isComparable(_ bytes: [UInt8]) -> Bool {
    guard (try? UTF8Span(validating: bytes.span)) != nil else { return false }  // Refused before the scanner sees it.
    guard !bytes.contains(0) else { return false }  // May be taken for UTF-16.
    let text = bytes.text
    guard !hasLoneSurrogate(text), text.firstMatch(of: /,\s*[\]}]/) == nil else { return false }
    // A number that no Double holds.
    return !text.matches(of: /-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?/).contains { !(Double($0.0)?.isFinite ?? true) }
  }

  private static func hasLoneSurrogate(_ text: String) -> Bool {
    let pairs = text.replacing(/\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}/, with: "")
    return pairs.firstMatch(of: /\\u[dD][89a-fA-F]/) != nil
  }
}
