import ConsoleFixtures
import Events
import Streams
import Testing

@testable import Console

@Suite struct MessagePlaceTests {
  private func fleet() -> Fleet {
    var fleet = Fleet()
    fleet.ticket("T-1", of: "c-1", subject: "Hello", "My mail is ann@example.com")
    fleet.ticket("T-2", of: "c-2", minutes: 3, "Where is my order?")
    return fleet
  }

  @Test func theWordsAreReadAgainFromWhereTheyStandAndAreNotKept() throws {
    let fleet = fleet()
    let state = ConsoleState(reading: fleet.records)
    let decided = try #require(state.decisions(of: "T-1").first)
    let place = try #require(state.place(of: decided))
    #expect(RawMessage(fleet.events[0], at: place)?.body == "My mail is ann@example.com")
    #expect(RawMessage(fleet.events[0], at: place)?.subject == "Hello")
    #expect(RawMessage(fleet.events[1], at: place) == nil, "another record is another customer's")
    #expect(!String(describing: state).contains("ann@example.com"))
  }

  @Test func aRecordThatTookThePlaceIsNotTheMessage() throws {
    let fleet = fleet()
    let state = ConsoleState(reading: fleet.records)
    let decided = try #require(state.decisions(of: "T-1").first)
    let place = try #require(state.place(of: decided))
    let other = fleet.events[1]
    let moved = Record(
      source: place.source, offset: place.offset, timestampMilliseconds: 0, key: other.key, headers: other.headers,
      value: other.value)
    #expect(RawMessage(moved, at: place) == nil)
  }

  @Test func whoeverIsErasedHasNoPlace() throws {
    var fleet = fleet()
    let decided = try #require(ConsoleState(reading: fleet.records).decisions(of: "T-1").first)
    fleet.happens(.customerErased, "c-1", minutes: 9, #"{"customerId":"c-1"}"#)
    for records in [fleet.records, fleet.records.reversed()] {
      let state = ConsoleState(reading: records)
      #expect(state.place(of: decided) == nil)
      #expect(state.decision(decided.view.id) == nil)
    }
  }

  @Test func whatWasReadIsKnownByPartition() throws {
    let fleet = fleet()
    var state = ConsoleState(reading: fleet.events)
    let source = fleet.events[0].source
    #expect(state.hasRead(source, upTo: 2) && !state.hasRead(source, upTo: 3))
    // Behind the last record may stand one that nobody reads.
    state.take(EndOfPartition(source, next: 3, highWatermark: 3))
    #expect(state.hasRead(source, upTo: 3))
    #expect(!state.hasRead(TopicPartition(source.topic, 7), upTo: 1))
  }
}
