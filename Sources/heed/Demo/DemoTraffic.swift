import Events

/// An event of the demo, ready for the log.
struct DemoEvent {
  /// The id it has in the log.
  let id: String
  /// When it happened.
  let time: Timestamp
  /// The customer's id, or `*` for everybody.
  let key: String
  /// The event as a structured CloudEvent, in one line.
  let line: [UInt8]

  init(
    id: String, time: Timestamp, key: String, type: EventType, source: String, subject: String? = nil,
    data: [UInt8]? = nil
  ) {
    self.id = id
    self.time = time
    self.key = key
    var writer = JSONWriter()
    writer.object { event in
      event.field("specversion", "1.0")
      event.field("id", id)
      event.field("source", source)
      event.field("type", type.rawValue)
      event.field("subject", optional: subject)
      event.field("time", optional: time)
      event.field("partitionkey", key)
      if let data {
        event.field("datacontenttype", "application/json")
        event.field("data") { $0.raw(data) }
      }
    }
    self.line = writer.bytes
  }
}

/// What should be decided about one of the demo's events, in the eyes of the person who wrote it.
struct DemoExpectation {
  /// The id of the event.
  let event: String
  let ticket: String
  /// The file of stories it stands in.
  let chapter: String
  let expectation: Expectation
}

/// Six days at Larch & Loom, a shop for home, clothing, outdoor and kitchen that does not exist. Always the same.
enum DemoTraffic {
  /// Monday morning. Orders placed before are there with the state they have now.
  static let opens = day(1, "05:00")
  /// Saturday evening.
  static let closes = day(6, "20:00")

  /// All events by time; what happens at the same moment stays in the order it was told in.
  static func events() -> [DemoEvent] {
    let all = Broadcasts.events() + chapters().flatMap { chapter in chapter.stories.flatMap { $0.told().events } }
    return all.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
  }

  /// What a sensible person would decide, for the tickets and messages where that can be said.
  static func expectations() -> [DemoExpectation] {
    chapters().flatMap { chapter in
      chapter.stories.flatMap { story in
        story.told().expected.map {
          DemoExpectation(event: $0.event, ticket: $0.ticket, chapter: chapter.name, expectation: $0.expectation)
        }
      }
    }
  }

  /// The stories by theme.
  static func chapters() -> [(name: String, stories: [Story])] {
    [
      ("on the way", Stories.onTheWay()),
      ("which one", Stories.whichOne()),
      ("delays", Stories.delays()),
      ("trouble on the road", Stories.troubleOnTheRoad()),
      ("again and again", Stories.againAndAgain()),
      ("security and law", Stories.securityAndLaw()),
      ("care", Stories.care()),
      ("deadlines", Stories.deadlines()),
      ("wishes about us", Stories.wishesAboutUs()),
      ("refunds", Stories.refunds()),
      ("changes", Stories.changes()),
      ("goods", Stories.goods()),
      ("the shop", Stories.theShop()),
      ("other languages", Stories.otherLanguages()),
      ("quiet", Stories.quiet()),
    ]
  }
}

/// The stories; one file per theme.
enum Stories {}

extension Story {
  fileprivate typealias Noted = (event: String, ticket: String, expectation: Expectation)

  /// The story's events with their ids, and what should be decided about them.
  fileprivate func told() -> (events: [DemoEvent], expected: [Noted]) {
    var told: [Draft] = []
    for (index, draft) in drafts.enumerated() {
      guard draft.time < DemoTraffic.opens else {
        told.append(draft)
        continue
      }
      precondition(draft.type == .orderUpdated, "\(name): only orders have a past")
      // Of the past only the last state is told, in the first ten minutes.
      let hasLaterPast = drafts[(index + 1)...].contains {
        $0.subject == draft.subject && $0.type == .orderUpdated && $0.time < DemoTraffic.opens
      }
      guard !hasLaterPast else { continue }
      var past = draft
      past.time = DemoTraffic.opens.adding(seconds: Int64(stableHash(of: draft.subject) % 600))
      told.append(past)
    }
    let sorted = told.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
    var events: [DemoEvent] = []
    var expected: [Noted] = []
    for (_, draft) in sorted {
      let id = "\(name)-\(events.count + 1)"
      events.append(
        DemoEvent(
          id: id, time: draft.time, key: customer, type: draft.type, source: draft.source, subject: draft.subject,
          data: draft.data))
      if let index = draft.expectation {
        expected.append((id, expectations[index].ticket, expectations[index].expectation))
      }
    }
    return (events, expected)
  }
}
