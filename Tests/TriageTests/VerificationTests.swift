import Events
import Foundation
import Policy
import Testing
import Shipped

@testable import Triage

@Suite struct VerificationTests {
  private static let lines: [Line] = {
    var desk = Desk()
    desk.declare()
    desk.order()
    desk.open("Where is my order LL-20411?")
    desk.write("Still nothing, third time I write!!!")
    desk.open("My lawyer will call", ticket: "T2", by: "C2")
    desk.later(hours: 40)
    desk.passTime()
    desk.open("I want a refund", ticket: "T3", by: "C2")
    return desk.lines
  }()

  private func outputs(of lines: [[UInt8]], _ pipeline: TicketPipeline = pipeline) -> [[UInt8]] {
    var filter = TriageFilter(pipeline: pipeline)
    return lines.flatMap { filter.process(line: $0) }
  }

  private func verify(
    _ lines: [[UInt8]], _ recorded: [[UInt8]], with pipelines: [TicketPipeline] = [pipeline]
  ) -> Verification.Result {
    var verification = Verification(pipelines: pipelines)
    for (place, line) in recorded.enumerated() { verification.take(recorded: line, at: place) }
    for (place, line) in lines.enumerated() { verification.take(.line(line, Int64(place)), at: place) }
    return verification.finish()
  }

  private var log: [[UInt8]] { Self.lines.map(\.bytes) }

  /// The default policy with `words` in place of others.
  private func policy(_ old: String, _ new: String) throws -> PolicyDocument {
    let yaml = Shipped.policy
    try #require(yaml.contains(old))
    return try PolicyDocument(yaml: yaml.replacing(old, with: new, maxReplacements: 1))
  }

  @Test func whatWasDecidedComesOutAgain() {
    let recorded = outputs(of: log)
    #expect(recorded.count >= 8)
    let result = verify(log, recorded)
    #expect(result.first == nil && result.differing == 0)
    #expect(result.events == log.count && result.records == recorded.count)
    #expect(verify(log, recorded.reversed() + [recorded[1]]).differing == 0, "any order, and repeats")
  }

  @Test func theRecordThatChangedIsNamedWithItsField() throws {
    let recorded = outputs(of: log)
    for (index, line) in recorded.enumerated() {
      let words = String(decoding: line, as: UTF8.self)
      guard let place = words.range(of: #""ticketId":""#) else { continue }
      var changed = line
      changed[words.utf8.distance(from: words.startIndex, to: place.upperBound)] ^= 1
      var all = recorded
      all[index] = changed
      let first = try #require(verify(log, all).first)
      #expect(first.place == index)
      guard case .bytes(let derived) = first.kind else { return #expect(Bool(false), "\(first)") }
      #expect(JSONDifference.pointer(changed, derived) == "/data/ticketId")
    }
  }

  @Test func aChangedInputIsSeenInTheFirstRecordThatRestsOnIt() throws {
    let recorded = outputs(of: log)
    let changed = Self.lines[1].bytes.map { $0 == UInt8(ascii: "D") ? UInt8(ascii: "E") : $0 }  // The tracking number.
    var lines = log
    lines[1] = changed
    let first = try #require(verify(lines, recorded).first)
    #expect(
      first.place == recorded.firstIndex { String(decoding: $0, as: UTF8.self).contains(#""causationid":"e1""#) }
        ?? first.place)
    guard case .bytes(let derived) = first.kind else { return #expect(Bool(false)) }
    #expect(JSONDifference.pointer(recorded[first.place], derived)?.isEmpty == false)
  }

  @Test func anotherPolicyIsTold() throws {
    let recorded = outputs(of: log)
    let other = TicketPipeline(reader: pipeline.reader, policy: try policy("repeatWithin: ", "repeatWithin:  "))
    let first = try #require(verify(log, recorded, with: [other]).first)
    guard case .bytes(let derived) = first.kind else { return #expect(Bool(false)) }
    #expect(first.place == 0)
    #expect(JSONDifference.pointer(recorded[0], derived)?.hasPrefix("/") == true)
  }

  /// A policy that was rolled out in the middle of the log: each decision with its own.
  @Test func eachDecisionIsDerivedWithThePolicyItNames() throws {
    let other = TicketPipeline(reader: pipeline.reader, policy: try policy("repeatWithin: ", "repeatWithin:  "))
    var shelves: [Int32: Shelf] = [:]
    var recorded: [[UInt8]] = []
    for (place, line) in log.enumerated() {
      let decider = place < 4 ? pipeline : other
      if case .decided(_, let outputs) = decider.process(.line(line, Int64(place)), shelves: &shelves) {
        recorded += outputs.map { $0.structured() }
      }
    }
    #expect(verify(log, recorded, with: [pipeline, other]).differing == 0)
    #expect(verify(log, recorded, with: [other, pipeline]).differing == 0)
    #expect(verify(log, recorded, with: [pipeline]).differing > 0)
  }

  @Test func whatNoEventLeadsToAndWhatIsNotThereAreTold() throws {
    let recorded = outputs(of: log)
    let underivable = try #require(verify(Array(log.dropLast()), recorded).first)
    #expect(underivable.kind == .underivable && underivable.place >= recorded.count - 2)
    let missing = try #require(verify(log, Array(recorded.dropLast())).first)
    #expect(missing.kind == .missing && missing.place == log.count - 1 && missing.event == "e\(log.count - 1)")
    // Where only decisions are kept, only decisions are compared.
    let decisions = recorded.filter { RecordedHead($0)?.type == EventType.decisionMade.rawValue }
    #expect(verify(log, decisions).differing == 0)
    #expect(verify(log, recorded + [Array("garbage".utf8)]).differing == 1)
  }

  @Test(
    arguments: [
      (#"{"a":1}"#, #"{"a":1}"#, nil), (#"{"a":1}"#, #"{"a":2}"#, "/a"),
      (#"{"a":{"b":[1,2]}}"#, #"{"a":{"b":[1,3]}}"#, "/a/b/1"),
      (#"{"a":1}"#, #"{"a":1,"b":2}"#, "/b"), (#"{"a/b~":1}"#, #"{"a/b~":2}"#, "/a~1b~0"),
      (#"{"a":1}"#, #"{ "a":1}"#, ""),
      (#"{"a":[1]}"#, #"{"a":[1,2]}"#, "/a/1"), ("no", "{}", ""),
    ] as [(String, String, String?)])
  func aDifferenceIsAPointer(a: String, b: String, pointer: String?) {
    #expect(JSONDifference.pointer(Array(a.utf8), Array(b.utf8)) == pointer)
  }
}
