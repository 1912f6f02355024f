import Chain
import Events
import Triage

/// What `heed verify` says: what was looked at, and what is not as it was. Names, places and fields, and no words of customers.
struct VerifyPage {
  private let chain: ChainResult
  private let derivation: DescribedDerivation?
  /// Why nothing was derived, if it should have been.
  private let refusal: String?
  private let log: any RecordedLog

  init(chain: ChainResult, derivation: DescribedDerivation?, refusal: String?, log: any RecordedLog) {
    self.chain = chain
    self.derivation = derivation
    self.refusal = refusal
    self.log = log
  }

  /// The first thing that is wrong, as the program's end.
  var failure: Failure? {
    if let fault = chain.faults.first { return Failure(status: .checkFailed, words: words(fault)) }
    if let derivation, derivation.result.first != nil { return Failure(status: .checkFailed, words: words(derivation)) }
    return refusal.map { Failure(status: .checkFailed, words: "nothing could be derived: \($0)") }
  }

  var text: String {
    var lines = [
      "chain: \(chain.events) events, \(chain.coveredEvents) of them in the digests of \(chain.decisions) decisions, "
        + "\(chain.outputs) records: \(chain.faultCount == 0 ? "every digest holds" : "\(chain.faultCount) do not hold")"
    ]
    lines += chain.faults.prefix(20).map { "  " + words($0) }
    if chain.openBeginnings > 0 {
      lines.append("  \(chain.openBeginnings) decisions rest on what came before the log begins")
    }
    if let derivation {
      let result = derivation.result
      lines.append(
        "derivation: \(result.events) events, \(result.records) records: "
          + (result.differing == 0 ? "the same bytes" : "\(result.differing) differ"))
      if result.first != nil { lines.append("  " + words(derivation)) }
    }
    if let refusal { lines.append("derivation: not possible, \(refusal)") }
    return lines.joined(separator: "\n")
  }

  private func words(_ fault: ChainFault) -> String {
    let place = name(fault.place)
    let shown = fault.record.isEmpty ? "" : ": \(fault.record)\(fault.pointer.isEmpty ? "" : " " + fault.pointer)"
    return "\(place)\(shown): \(fault.words)"
  }

  private func words(_ derivation: DescribedDerivation) -> String {
    let first = derivation.result.first!
    let event = first.event.map { " (event \($0))" } ?? ""
    return
      "\(derivation.place): \(first.record)\(derivation.pointer.isEmpty ? "" : " " + derivation.pointer): \(derivation.words)\(event)"
  }

  private func name(_ place: ChainFault.Place) -> String {
    switch place {
    case .event(let place): log.name(ofEvent: place)
    case .output(let place): log.name(ofOutput: place)
    case .policy: "the policy"
    case .model: "the model"
    }
  }

  // MARK: JSON

  var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.field("holds", failure == nil)
      writer.field("chain") { write(chain, to: &$0) }
      if let derivation { writer.field("derivation") { write(derivation, to: &$0) } }
      writer.field("refusal", optional: refusal)
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private func write(_ chain: ChainResult, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("events", integer: chain.events)
      writer.field("coveredEvents", integer: chain.coveredEvents)
      writer.field("records", integer: chain.outputs)
      writer.field("decisions", integer: chain.decisions)
      writer.field("openBeginnings", integer: chain.openBeginnings)
      writer.field("faults", integer: chain.faultCount)
      writer.field("first", array: chain.faults) { writer, fault in
        writer.object { writer in
          writer.field("place", name(fault.place))
          writer.field("record", fault.record)
          writer.field("pointer", fault.pointer)
          writer.field("words", fault.words)
        }
      }
    }
  }

  private func write(_ derivation: DescribedDerivation, to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("events", integer: derivation.result.events)
      writer.field("records", integer: derivation.result.records)
      writer.field("differing", integer: derivation.result.differing)
      guard let first = derivation.result.first else { return }
      writer.field("first") { writer in
        writer.object { writer in
          writer.field("place", derivation.place)
          writer.field("record", first.record)
          writer.field("pointer", derivation.pointer)
          writer.field("event", optional: first.event)
          writer.field("words", derivation.words)
        }
      }
    }
  }
}
