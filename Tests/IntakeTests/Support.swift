import Events
import Foundation
import Testing
import TestSupport

@testable import Intake

/// A payload of a foreign system, made up in the shape that the system sends.
struct Fixture: CustomTestStringConvertible {
  let name: String
  let bytes: [UInt8]

  init(_ name: String) {
    self.name = name
    let file = Repository.file("Tests/IntakeTests/Fixtures/\(name).json")
    bytes = [UInt8](try! Data(contentsOf: file))
  }

  var testDescription: String { name }
  var tree: JSONTree { try! JSONTree(reading: bytes) }

  /// The source whose name stands before the fixture's.
  var source: IntakeSource { Self.source(String(name.prefix { $0 != "_" })) }

  static func source(_ name: String) -> IntakeSource {
    name == "mapping" ? .mapping(exampleMapping) : IntakeSource.named.first { $0.name == name }!.source
  }

  static let all: [Fixture] = {
    let folder = Repository.file("Tests/IntakeTests/Fixtures")
    let files = try! FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    return files.map { $0.deletingPathExtension().lastPathComponent }.sorted().map { Fixture($0) }
  }()
}

let exampleMapping = try! SourceMapping(yaml: Repository.text("Deploy/mappings/example.yaml"))

/// A shop whose customers' ids can be read.
let plainShop = IntakeSettings(identity: CustomerIdentity(.plain), automationActors: ["999"])

/// What payloads of one source tell, one after the other.
func told(_ names: String..., settings: IntakeSettings = plainShop) throws -> [Event] {
  var intake = Intake(Fixture(names[0]).source, settings: settings)
  return try names.flatMap { try intake.take(Fixture($0).bytes) }
}

func opened(_ event: Event?) -> TicketOpened? {
  if case .ticketOpened(let opened) = event?.body { opened } else { nil }
}
func message(_ event: Event?) -> TicketMessage? {
  if case .ticketMessage(let message) = event?.body { message } else { nil }
}
func updated(_ event: Event?) -> TicketUpdated? {
  if case .ticketUpdated(let updated) = event?.body { updated } else { nil }
}
func order(_ event: Event?) -> OrderUpdated? {
  if case .orderUpdated(let order) = event?.body { order } else { nil }
}

/// The failure that `payload` gives.
func failure(of payload: String, from source: IntakeSource, _ settings: IntakeSettings = plainShop) -> IntakeFailure? {
  var intake = Intake(source, settings: settings)
  do throws(IntakeFailure) {
    _ = try intake.take(Array(payload.utf8))
    return nil
  } catch { return error }
}
