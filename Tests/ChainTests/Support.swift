import Classifier
import Events
import Foundation
import Policy
import Testing
import Triage
import Shipped

@testable import Chain

/// A policy, a model, a log and what is decided from them.
enum Told {
  static let policy = Array(Shipped.policy.utf8)
  static let model = Shipped.model
  static let pipeline = TicketPipeline(
    reader: ModelReader(try! Model(bytes: model)),
    policy: try! PolicyDocument(yaml: String(decoding: policy, as: UTF8.self)))

  /// What the filter writes for a log.
  static func outputs(of log: [[UInt8]], by pipeline: TicketPipeline = pipeline) -> [[UInt8]] {
    var filter = TriageFilter(pipeline: pipeline)
    return log.flatMap { filter.process(line: $0) }
  }

  static func check(
    _ log: [[UInt8]], _ outputs: [[UInt8]], policy: [UInt8] = policy, model: [UInt8] = model, isWhole: Bool = true
  ) -> ChainResult {
    var chain = ChainCheck(policies: [policy], models: [model], logIsWhole: isWhole)
    for (place, line) in outputs.enumerated() { chain.take(output: line, at: place) }
    for (place, line) in log.enumerated() { chain.take(event: line, at: place) }
    return chain.finish()
  }

  // MARK: A log

  /// An event. The time goes on a minute with each number.
  static func event(_ number: Int, _ type: String, of customer: String, _ data: String) -> [UInt8] {
    let time = "2026-03-02T\(10 + number / 60):\(number % 60 < 10 ? "0" : "")\(number % 60):00Z"
    return Array(
      """
      {"specversion":"1.0","id":"e\(number)","source":"/desk","type":"heed.\(type).v1","time":"\(time)",\
      "partitionkey":"\(customer)","traceparent":"00-aa-bb-01","note":"h\\u00e9",\
      "data":\(data.replacing("CUSTOMER", with: customer))}
      """.utf8)
  }

  static func order(_ number: Int, of customer: String, status: String = "delayed") -> [UInt8] {
    event(
      number, "order.updated", of: customer,
      """
      {"orderId":"LL-\(customer)","customerId":"CUSTOMER","status":"\(status)","carrier":"Swift Parcel",\
      "region":"UK-North","promisedBy":"2026-03-01T18:00:00Z"}
      """)
  }

  static func ticket(_ number: Int, of customer: String, _ body: String = "Where is my order?") -> [UInt8] {
    event(
      number, "ticket.opened", of: customer,
      #"{"ticketId":"T\#(number)","customerId":"CUSTOMER","channel":"email","subject":"","body":"\#(body)"}"#)
  }

  static let storm = event(
    0, "disruption.declared", of: "*",
    """
    {"disruptionId":"storm","carrier":"Swift Parcel","region":"UK-North","from":"2026-03-01T00:00:00Z",\
    "cause":"severe weather","nextUpdateBy":"2026-03-03T18:00:00Z"}
    """)

  /// Three customers, each of whose events is followed by a decision.
  static let log: [[UInt8]] = [
    storm, order(1, of: "C1"), order(2, of: "C2", status: "in_transit"), ticket(3, of: "C1"),
    event(
      4, "ticket.message", of: "C1",
      #"{"ticketId":"T3","customerId":"CUSTOMER","author":{"kind":"customer"},"body":"Still nothing!"}"#),
    ticket(5, of: "C2", "My lawyer will call you"),
    event(6, "customer.changed", of: "C3", #"{"customerId":"CUSTOMER","consent":{"automation":false}}"#),
    event(
      7, "feedback.given", of: "C1", #"{"about":{"ticketId":"T3"},"kind":"thumbs","value":"down","by":"customer"}"#),
    ticket(8, of: "C3"), ticket(9, of: "C1", "thanks, all good"), ticket(10, of: "C2", "I want a refund"),
  ]
  static let recorded = outputs(of: log)
}

extension [UInt8] {
  /// The same with one byte changed.
  func flipped(at place: Int, by mask: UInt8 = 1) -> [UInt8] {
    var copy = self
    copy[place] ^= mask
    return copy
  }

  func text(_ name: String) -> String? { ReadEvent(self)?[name] }
}

extension [[UInt8]] {
  func with(_ line: [UInt8], at index: Int) -> [[UInt8]] {
    var copy = self
    copy[index] = line
    return copy
  }
}
