import Foundation
import Testing
import TestSupport

@testable import Events

/// One file under `Schemas/examples`.
struct Example: CustomTestStringConvertible {
  let type: EventType
  let url: URL

  static let folder = Repository.file("Schemas")

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
