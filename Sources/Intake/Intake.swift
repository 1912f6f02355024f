public import Events

// Foreign payloads into canonical events. Read this file first.
//
//   bytes ─▶ Framing ─▶ JSON tree ─▶ one vendor's file ─▶ events ─▶ checked as the fleet will read them
//
// It is a fold: shops tell orders in pieces (a parcel was scanned, a hold was set) and the canonical event is the whole state,
// so what was told before is kept in an `OrderBook`. Everything else looks at one payload alone.

/// Who sends the payloads.
public enum IntakeSource: Sendable {
  case zendesk, freshdesk, zammad, intercom, shopify
  /// Anything else, by a mapping that somebody wrote.
  case mapping(SourceMapping)

  /// The sources that need no mapping.
  public static let named: [(name: String, source: IntakeSource)] = [
    ("zendesk", .zendesk), ("freshdesk", .freshdesk), ("zammad", .zammad), ("intercom", .intercom),
    ("shopify", .shopify),
  ]

  /// What stands before its tickets' ids, and its CloudEvents source.
  public var name: String {
    switch self {
    case .zendesk: "zendesk"
    case .freshdesk: "freshdesk"
    case .zammad: "zammad"
    case .intercom: "intercom"
    case .shopify: "shopify"
    case .mapping(let mapping): mapping.name
    }
  }
}

/// What intake must be told about the shop.
public struct IntakeSettings: Sendable {
  /// How customers are recognised.
  public var identity: CustomerIdentity
  /// Ids of the accounts under which machines of ours write, Heed's own above all: what they do is no takeover by a person.
  public var automationActors: Set<String>
  /// The source's name if it is not the vendor's, where a shop has two of one kind.
  public var name: String?

  /// Settings of a shop.
  public init(identity: CustomerIdentity, automationActors: Set<String> = [], name: String? = nil) {
    self.identity = identity
    self.automationActors = automationActors
    self.name = name
  }
}

/// One source's payloads into events.
public struct Intake: Sendable {
  private let source: IntakeSource
  private let maker: EventMaker
  private var orders = OrderBook()

  /// Intake that has seen nothing yet.
  public init(_ source: IntakeSource, settings: IntakeSettings) {
    self.source = source
    maker = EventMaker(system: settings.name ?? source.name, settings: settings)
  }

  /// The events that one payload tells; none where it tells nothing that concerns triage, such as a private note.
  ///
  /// Total: whatever the bytes are, it gives events or a failure.
  ///
  /// - Throws: `IntakeFailure`; the payload belongs into the dead letters.
  public mutating func take(_ payload: [UInt8]) throws(IntakeFailure) -> [Event] {
    let document = Foreign(try Framing.document(in: payload))
    let events =
      switch source {
      case .zendesk: try Zendesk(maker).events(in: document)
      case .freshdesk: try Freshdesk(maker).events(in: document)
      case .zammad: try Zammad(maker).events(in: document)
      case .intercom: try Intercom(maker).events(in: document)
      case .shopify: try Shopify(maker).events(in: document, &orders)
      case .mapping(let mapping): try mapping.events(in: document, maker)
      }
    for event in events { try check(event) }
    return events
  }

  /// What was taken since the last call holds: it is the new ground to go back to.
  public mutating func accept() { orders.accept() }

  /// What was taken since the last `accept` is taken back, exactly.
  public mutating func rewind() { orders.rewind() }

  /// What is written here must be readable there: ids, sizes and amounts are held against the decoder's limits.
  private func check(_ event: Event) throws(IntakeFailure) {
    do throws(DecodingFailure) {
      _ = try EventDecoder.decode(structured: EventEncoder.structured(event))
    } catch { throw IntakeFailure(.notCanonical(error.code), path: error.path) }
  }
}
