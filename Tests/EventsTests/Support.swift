import Foundation
import Testing

@testable import Events

/// Random numbers that a seed repeats (SplitMix64).
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func roll(_ sides: Int) -> Int { Int.random(in: 0..<sides, using: &self) }
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[roll(elements.count)] }
}

/// One file under `Schemas/examples`.
struct Example: CustomTestStringConvertible {
  let type: EventType
  let url: URL

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Schemas").standardizedFileURL

  /// All examples of `type` that are `kind`: `valid` or `invalid`.
  static func all(_ kind: String, of type: EventType) -> [Example] {
    let folder = Self.folder.appending(path: "examples/\(type.rawValue)/\(kind)")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return names.filter { $0.hasSuffix(".json") }.sorted()
      .map { Example(type: type, url: folder.appending(path: $0)) }
  }

  static func all(_ kind: String, where isWanted: (EventType) -> Bool) -> [Example] {
    EventType.allCases.filter(isWanted).flatMap { all(kind, of: $0) }
  }

  static var validInputs: [Example] { all("valid") { $0.isInput } }

  /// The line, without the line feed that ends it.
  var line: [UInt8] {
    get throws {
      let bytes = [UInt8](try Data(contentsOf: url))
      return bytes.last == 0x0A ? bytes.dropLast() : bytes
    }
  }

  /// What comes before the first dot: the code of an invalid example.
  var code: String { String(url.lastPathComponent.prefix { $0 != "." }) }
  var testDescription: String { type.rawValue + "/" + url.lastPathComponent }
}

/// How decoding ended, in a form that can be compared.
func outcome(_ line: [UInt8]) -> Result<Event, DecodingFailure> {
  do throws(DecodingFailure) { return .success(try EventDecoder.decode(structured: line)) } catch {
    return .failure(error)
  }
}

func failureCode(_ line: [UInt8]) -> String? {
  guard case .failure(let failure) = outcome(line) else { return nil }
  return failure.code.rawValue
}

func failureCode(_ line: String) -> String? { failureCode(Array(line.utf8)) }

extension [UInt8] {
  var text: String { String(decoding: self, as: UTF8.self) }
}
