import Classifier
import Events
import Foundation
import Policy
import Testing
import Triage

@testable import Chain

@Suite struct ChainTests {
  @Test func whatWasDecidedHolds() {
    let result = Told.check(Told.log, Told.recorded)
    #expect(result.faults == [] && result.faultCount == 0)
    #expect(result.events == Told.log.count && result.coveredEvents == Told.log.count - 1)
    #expect(result.decisions >= 6 && result.openBeginnings == 0)
    #expect(Told.recorded.contains { String(decoding: $0, as: UTF8.self).contains(#""disruption":""#) })
  }

  /// Bytes all over every event that was decided on: the event is named, or the record of which it was the cause.
  @Test(arguments: Told.log.indices) func aByteThatChangesInAnInputIsFoundAndLocated(index: Int) {
    let line = Told.log[index]
    let cause = line.text("id")
    for place in stride(from: index % 7, to: line.count, by: 19) {
      let log = Told.log.with(line.flipped(at: place, by: [1, 2, 8, 0x20, 0x80][place % 5]), at: index)
      if log[index].contains(0x0A) { continue }
      let faults = Told.check(log, Told.recorded).faults
      let isNamed = faults.contains { fault in
        switch fault.place {
        case .event(let place): place == index
        case .output(let place):
          Told.recorded[place].text("causationid") == cause || fault.pointer.hasPrefix("/data/digests/")
        case .policy, .model: false
        }
      }
      #expect(isNamed, "byte \(place): \(faults)")
    }
  }

  @Test(arguments: Told.recorded.indices) func aByteThatChangesInAnOutputIsFoundThere(index: Int) {
    let line = Told.recorded[index]
    for place in stride(from: index % 13, to: line.count, by: 97) {
      let outputs = Told.recorded.with(line.flipped(at: place, by: [1, 4, 0x10, 0x20, 0xFF][place % 5]), at: index)
      if outputs[index].contains(0x0A) { continue }
      let faults = Told.check(Told.log, outputs).faults
      #expect(faults.contains { $0.place == .output(index) }, "byte \(place): \(faults)")
    }
  }

  @Test func aByteThatChangesInThePolicyOrTheModelIsFound() {
    for place in [0, 100, Told.policy.count - 1] {
      let faults = Told.check(Told.log, Told.recorded, policy: Told.policy.flipped(at: place)).faults
      #expect(faults.map(\.place) == [.policy] && faults.first?.pointer == "/data/digests/policy")
      #expect(faults.first?.record.hasPrefix("dec_") == true)
    }
    let model = Told.model.flipped(at: Told.model.count / 2)
    #expect(Told.check(Told.log, Told.recorded, model: model).faults.map(\.place) == [.model])
  }

  /// Who changes a record and mends its own digest breaks the link of the next one.
  @Test func aForgedDecisionBreaksTheLinkAfterIt() throws {
    let index = try #require(Told.recorded.firstIndex { $0.text("causationid") == "e3" })
    let forged = String(decoding: Told.recorded[index], as: UTF8.self)
      .replacing(/"urgency":"[a-z]+"/, with: #""urgency":"critical""#)
      .replacing(/"digest":"[0-9a-f]+",/, with: "")
    let digest = try #require(EventDigest(structured: Array(forged.utf8))).hex
    let sealed = forged.replacing(#""datacontenttype""#, with: #""digest":"\#(digest)","datacontenttype""#)
    let faults = Told.check(Told.log, Told.recorded.with(Array(sealed.utf8), at: index)).faults
    #expect(faults.map(\.pointer) == ["/data/previous"])
    guard case .output(let place) = faults.first?.place else { return #expect(Bool(false)) }
    #expect(Told.recorded[place].text("causationid") == "e4")
  }

  @Test func aRecordOrAnEventThatIsTakenOutIsMissed() {
    for index in Told.recorded.indices where Told.recorded[index].text("type") == "heed.decision.made.v1" {
      var outputs = Told.recorded
      let cause = outputs.remove(at: index).text("causationid")
      let isLast = ["e8", "e9", "e10"].contains(cause)
      #expect(Told.check(Told.log, outputs).faults.isEmpty == isLast, "\(cause ?? "")")
    }
    for index in Told.log.indices {
      var log = Told.log
      log.remove(at: index)
      #expect(!Told.check(log, Told.recorded).faults.isEmpty, "event \(index)")
    }
  }

  @Test func whatWasRejectedIsNoBreak() {
    let garbage = Array("{\"garbage\":".utf8)
    let log = Told.log.with(garbage, at: 6) + [Told.ticket(11, of: "C3")]
    let outputs = Told.outputs(of: log)
    #expect(Told.check(log, outputs).faults == [])
    let letter = outputs.firstIndex { $0.text("type") == "heed.dead_letter.v1" }!
    var without = outputs
    without.remove(at: letter)
    #expect(Told.check(log, without).faults.map(\.place) == [.event(6)])
    let place = String(decoding: outputs[letter], as: UTF8.self).range(of: "data_base64\":\"")!.upperBound
    let offset = String(decoding: outputs[letter], as: UTF8.self).utf8.distance(from: "".startIndex, to: place)
    let changed = outputs.with(outputs[letter].flipped(at: offset + 2), at: letter)
    #expect(Told.check(log, changed).faults.contains { $0.place == .output(letter) })
  }

  @Test func ofManyEventsBeforeADecisionTheOldestStandTogether() {
    let states = ["placed", "packed", "shipped", "in_transit"]
    let orders = (0..<12).map { Told.order($0, of: "C9", status: states[$0 % states.count]) }
    let log = orders.filter { !$0.isEmpty } + [Told.ticket(20, of: "C9")]
    let outputs = Told.outputs(of: log)
    #expect(Told.check(log, outputs).faults == [])
    for index in log.indices {
      let place = log[index].count - 8
      let faults = Told.check(log.with(log[index].flipped(at: place), at: index), outputs).faults
      #expect(!faults.isEmpty, "event \(index)")
      // Of those that stand together the first is named.
      let named = faults.contains { fault in
        if case .event(let named) = fault.place {
          named == index || named <= index && index <= named + 5
        } else {
          false
        }
      }
      #expect(named, "event \(index): \(faults)")
    }
  }

  @Test func whoWasErasedBeginsAnew() {
    let log =
      Told.log + [
        Told.event(30, "customer.erased", of: "C1", #"{"customerId":"CUSTOMER"}"#), Told.ticket(31, of: "C1"),
      ]
    #expect(Told.check(log, Told.outputs(of: log)).faults == [])
  }

  /// What was decided under one id rests on what was passed on from the other; the log has both.
  @Test func whatIsPassedOnUnderAnotherIDBelongsTogetherToTheByte() throws {
    var log =
      Told.log + [
        Told.event(30, "customer.linked", of: "C1", #"{"customerId":"CUSTOMER","linkedTo":"C9"}"#),
        Told.ticket(31, of: "C1"), Told.event(32, "customer.changed", of: "C1", #"{"customerId":"CUSTOMER"}"#),
        Told.ticket(33, of: "C1", "Still nothing!"),
      ]
    let told = log.count
    var shelf = Shelf(partition: 0)
    var outputs: [[UInt8]] = []
    var place = 0
    while place < log.count {
      var passedOn: [Event] = []
      let made = Told.pipeline.process(
        try EventDecoder.decode(structured: log[place]), digest: EventDigest(structured: log[place]), at: Int64(place),
        shelf: &shelf, passedOn: &passedOn)
      outputs += made.map { $0.structured() }
      log += passedOn.map(EventEncoder.structured)
      place += 1
    }
    #expect(log.count == told + 4)
    #expect(outputs.contains { String(decoding: $0, as: UTF8.self).contains(#""customerId":"C9""#) })
    #expect(Told.check(log, outputs).faults == [])
    // Read partition by partition, the copies may come before what they are copies of.
    let copiesFirst = log[..<1] + log[told...] + log[1..<told]
    #expect(Told.check(Array(copiesFirst), outputs).faults == [])
    for index in log.indices.dropFirst(told) {
      #expect(!Told.check(log.with(log[index].flipped(at: log[index].count - 8), at: index), outputs).faults.isEmpty)
    }
    #expect(!Told.check(Array(log[..<told]), outputs).faults.isEmpty, "what was passed on is missing")
  }

  @Test func aRepeatFromASourceChangesNothing() {
    let log = Told.log + [Told.log[3], Told.log[1], Told.ticket(40, of: "C1")]
    #expect(Told.check(log, Told.outputs(of: log)).faults == [])
  }

  @Test func aRecordThatWasWrittenTwiceIsOneAndAnotherUnderItsNameIsNone() {
    #expect(Told.check(Told.log, Told.recorded + [Told.recorded[0]]).faults == [])
    #expect(!Told.check(Told.log, Told.recorded + [Told.recorded[0].flipped(at: 300)]).faults.isEmpty)
  }

  @Test func aLogThatIsCutIsSaidToBe() {
    let rest = Array(Told.log.dropFirst(4))
    let later = Set(rest.compactMap { $0.text("id") })
    let outputs = Told.recorded.filter { later.contains($0.text("causationid") ?? "") }
    #expect(Told.check([Told.storm] + rest, outputs, isWhole: false).faults == [])
    #expect(Told.check([Told.storm] + rest, outputs, isWhole: false).openBeginnings > 0)
    #expect(!Told.check([Told.storm] + rest, outputs).faults.isEmpty)
  }

  @Test func aFaultTellsNothingOfWhatACustomerWrote() {
    for index in Told.log.indices {
      let line = Told.log[index]
      let result = Told.check(Told.log.with(line.flipped(at: line.count - 9), at: index), Told.recorded)
      for fault in result.faults { #expect(!"\(fault)".contains("order?") && !"\(fault)".contains("lawyer")) }
    }
  }

  /// It would be no check if it decided as the deciders do.
  @Test func itSharesNoCodeWithWhatDecides() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/Chain")
      .standardizedFileURL
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    #expect(files.count >= 4)
    for file in files {
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      where line.contains("import ") && !line.hasPrefix("//") {
        #expect(
          line.hasSuffix("Crypto") || line.hasSuffix("FoundationEssentials"), "\(file.lastPathComponent): \(line)")
      }
    }
  }

  /// What a decision says of an experiment that is over rests on the event that ended it.
  @Test func aStopThatChangesOrIsGoneIsFound() throws {
    let policy = Told.policy + Array("\nexperiment: {name: trial, baseline: 0%}\n".utf8)
    let pipeline = TicketPipeline(
      reader: ModelReader(try Model(bytes: Told.model)),
      policy: try PolicyDocument(yaml: String(decoding: policy, as: UTF8.self)))
    let stop = Told.event(
      2, "experiment.stopped", of: "*",
      #"{"experiment":"trial","at":"2026-03-02T10:02:00Z","reason":"Customers come back."}"#)
    let log = [Told.order(1, of: "C1"), stop, Told.ticket(3, of: "C1")]
    let outputs = Told.outputs(of: log, by: pipeline)
    #expect(outputs.contains { String(decoding: $0, as: UTF8.self).contains(#""stoppedAt":"2026-03-02T10:02:00Z""#) })
    #expect(Told.check(log, outputs, policy: policy).faults == [])
    for changed in [log.with(stop.flipped(at: stop.count - 5), at: 1), [log[0], log[2]]] {
      let faults = Told.check(changed, outputs, policy: policy).faults
      #expect(faults.map(\.pointer) == ["/data/digests/stop"], "\(faults)")
    }
  }
}
