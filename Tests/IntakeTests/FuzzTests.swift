import Events
import Testing
import TestSupport

@testable import Intake

@Suite struct FuzzTests {
  /// Whatever becomes of a payload on its way, it gives events that the fleet reads, or a failure; nothing else.
  @Test(arguments: Fixture.all) func aDamagedPayloadGivesEventsOrAFailure(fixture: Fixture) throws {
    var dice = Dice(seed: UInt64(fixture.bytes.count))
    var intake = Intake(fixture.source, settings: plainShop)
    // What changes an order needs one to change.
    if fixture.name.hasPrefix("shopify") { _ = try intake.take(Fixture("shopify_order").bytes) }
    var (read, refused) = (0, 0)
    for round in 0..<400 {
      let payload = round % 2 == 0 ? mutant(of: fixture.tree, &dice) : damaged(fixture.bytes, &dice)
      guard let events = try? intake.take(payload) else {
        refused += 1
        continue
      }
      for event in events {
        #expect(try EventDecoder.decode(structured: EventEncoder.structured(event)) == event)
      }
      read += 1
    }
    let isReadable = fixture.name != "zendesk_event_unknown_kind"
    #expect((read > 0 || !isReadable) && refused > 0, "mutations that change nothing, or everything, show nothing")
  }

  /// What is not there, is null or is something else.
  @Test(arguments: Fixture.all) func anyFieldMayBeAnything(fixture: Fixture) {
    var intake = Intake(fixture.source, settings: plainShop)
    for value: JSONTree? in [
      nil, .null, .boolean(true), .number("9007199254740993"), .number("-1e999"), .string(""), .string("<p>"),
      .array([.null]), .object([]),
    ] {
      for place in 0..<count(fixture.tree) {
        var place = place
        guard let tree = replacing(&place, in: fixture.tree, by: value) else { continue }
        _ = try? intake.take(bytes(tree))
      }
    }
  }

  private func bytes(_ tree: JSONTree) -> [UInt8] {
    var writer = JSONWriter()
    tree.write(to: &writer)
    return writer.bytes
  }

  private func damaged(_ original: [UInt8], _ dice: inout Dice) -> [UInt8] {
    var bytes = original
    for _ in 0...dice.roll(3) {
      let place = dice.roll(bytes.count)
      switch dice.roll(4) {
      case 0: bytes[place] = UInt8(dice.roll(256))
      case 1: bytes.removeSubrange(place...)
      case 2: bytes.insert(UInt8(dice.roll(256)), at: place)
      default: bytes.removeSubrange(place..<min(bytes.count, place + dice.roll(20)))
      }
      if bytes.isEmpty { break }
    }
    return bytes
  }

  private func mutant(of tree: JSONTree, _ dice: inout Dice) -> [UInt8] {
    let values: [JSONTree] = [
      .null, .string(""), .string("unknown word"), .number("0"), .number("820982911946154508"), .boolean(false),
      .array([]),
      .string(String(repeating: "<div>", count: 500)), .string("\u{202E}\u{0}é"),
      .object([JSONTree.Field("id", .number("1"))]),
    ]
    var result = tree
    for _ in 0..<dice.roll(4) {
      var place = dice.roll(count(result))
      result = replacing(&place, in: result, by: dice.roll(5) == 0 ? nil : dice.pick(values)) ?? result
    }
    return bytes(result)
  }

  private func count(_ tree: JSONTree) -> Int {
    switch tree {
    case .object(let fields): 1 + fields.reduce(0) { $0 + count($1.value) }
    case .array(let elements): 1 + elements.reduce(0) { $0 + count($1) }
    default: 1
    }
  }

  /// The tree with another value at the place so many values on, or without it.
  private func replacing(_ place: inout Int, in tree: JSONTree, by value: JSONTree?) -> JSONTree? {
    defer { place -= 1 }
    if place == 0 { return value }
    switch tree {
    case .object(let fields):
      var kept: [JSONTree.Field] = []
      for field in fields {
        place -= 1
        guard let inner = place >= 0 ? step(&place, field.value, value) : field.value else { continue }
        kept.append(JSONTree.Field(field.name, inner))
      }
      place += 1
      return .object(kept)
    case .array(let elements):
      var kept: [JSONTree] = []
      for element in elements {
        place -= 1
        guard let inner = place >= 0 ? step(&place, element, value) : element else { continue }
        kept.append(inner)
      }
      place += 1
      return .array(kept)
    default: return tree
    }
  }

  private func step(_ place: inout Int, _ tree: JSONTree, _ value: JSONTree?) -> JSONTree? {
    let size = count(tree)
    guard place < size else {
      place -= size - 1
      return tree
    }
    let result = replacing(&place, in: tree, by: value)
    place = -1
    return result
  }
}
