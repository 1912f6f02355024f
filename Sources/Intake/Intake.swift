public import Events

// Foreign payloads into canonical events. Read this file first.
//
//   bytes ─▶ Framing ─▶ JSON tree ─▶ one vendor's file ─▶ events ─▶ checked as the fleet will read them
//
// It is a fold: shops tell orders in pieces (a parcel was scanned, a hold was set) and the canonical event is the whole state,
// so what was told before is kept in an `OrderBook`. Everything else looks at one payload alone, but that a link of two ids is not told with
// each of them.

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

  /// Whether it tells of orders in pieces, so that what was told must be kept.
  public var tellsInPieces: Bool { if case .shopify = self { true } else { false } }

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
  /// Which ids are linked when they come together.
  public var links: CustomerIdentity.Links

  /// Settings of a shop.
  public init(
    identity: CustomerIdentity, automationActors: Set<String> = [], name: String? = nil,
    links: CustomerIdentity.Links = .none
  ) {
    self.identity = identity
    self.links = links
    self.automationActors = automationActors
    self.name = name
  }
}

/// One source's payloads into events.
public struct Intake: Sendable {
  private let source: IntakeSource
  private let settings: IntakeSettings
  private var orders = OrderBook()
  private var links = LinkMemory()
  /// The partition whose payloads these are; `nil` where there are none.
  let partition: Int32?

  /// Intake that has seen nothing yet.
  public init(_ source: IntakeSource, settings: IntakeSettings, partition: Int32? = nil) {
    self.partition = partition
    self.source = source
    self.settings = settings
  }

  /// The events that one payload tells; none where it tells nothing that concerns triage, such as a private note.
  ///
  /// Total: whatever the bytes are, it gives events or a failure.
  ///
  /// - Throws: `IntakeFailure`; the payload belongs into the dead letters.
  public mutating func take(_ payload: [UInt8]) throws(IntakeFailure) -> [Event] {
    let document = Foreign(try Framing.document(in: payload))
    let acquaintances = Acquaintances()
    let maker = EventMaker(
      system: settings.name ?? source.name, settings: settings, acquaintances: acquaintances)
    var events =
      switch source {
      case .zendesk: try Zendesk(maker).events(in: document)
      case .freshdesk: try Freshdesk(maker).events(in: document)
      case .zammad: try Zammad(maker).events(in: document)
      case .intercom: try Intercom(maker).events(in: document)
      case .shopify: try Shopify(maker).events(in: document, &orders)
      case .mapping(let mapping): try mapping.events(in: document, maker)
      }
    for event in events { try check(event) }
    if let time = events.first?.envelope.time {
      let links = news(of: acquaintances.people, at: time).map { maker.linked($0, at: time) }
      // An account's id may be longer than a customer's can be; then nothing stands under it alone.
      events.insert(contentsOf: links.filter { (try? check($0)) != nil }, at: 0)
    }
    return events
  }

  /// The links that were not told lately. They come before the events that told them: what was known under another id is then on its way first.
  private mutating func news(of people: [Person], at time: Timestamp) -> [CustomerLinked] {
    var told: [CustomerLinked] = []
    for person in people {
      for link in settings.identity.links(of: person, settings.links) where links.isNews(link, at: time) {
        told.append(link)
      }
    }
    return told
  }

  /// What is known of orders and was changed since the last `accept`, by the shop's own ids; without bytes what is to be forgotten.
  var changes: [(id: String, bytes: [UInt8]?)] { orders.changes }

  /// Takes what an earlier worker knew of an order.
  mutating func restore(_ order: String, _ bytes: [UInt8]?) { orders.restore(order, bytes) }

  /// What was taken since the last call holds: it is the new ground to go back to.
  public mutating func accept() {
    orders.accept()
    links.accept()
  }

  /// What was taken since the last `accept` is taken back, exactly.
  public mutating func rewind() {
    orders.rewind()
    links.rewind()
  }

  /// What is written here must be readable there: ids, sizes and amounts are held against the decoder's limits.
  private func check(_ event: Event) throws(IntakeFailure) {
    do throws(DecodingFailure) {
      _ = try EventDecoder.decode(structured: EventEncoder.structured(event))
    } catch { throw IntakeFailure(.notCanonical(error.code), path: error.path) }
  }
}
