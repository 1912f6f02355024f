internal import Classifier
internal import Events

/// That somebody wants to see a message word for word: which one, and why.
struct RevealRequest: Sendable {
  /// Why somebody may want to.
  enum Reason: String, Sendable, CaseIterable {
    case customerAsked = "customer_asked"
    case wrongDecision = "wrong_decision"
    case quality, complaint, security, legal

    var words: String {
      switch self {
      case .customerAsked: "the customer asked"
      case .wrongDecision: "the decision seems wrong"
      case .quality: "quality review"
      case .complaint: "a complaint"
      case .security: "security or fraud"
      case .legal: "a legal duty"
      }
    }
  }

  /// How many bytes a form may have.
  static let bytesMax = 4_096
  /// How many characters may be said besides.
  static let noteMax = 200

  /// The decision whose message it is.
  let decision: String
  /// `nil` if none of the list was given.
  let reason: Reason?
  /// What was said besides; may be empty.
  let note: String
  /// What proves that the form is from our own page.
  let key: String

  /// Reads the fields of the form.
  init(form: [String: String]) {
    decision = form["id"] ?? ""
    reason = form["reason"].flatMap { Reason(rawValue: $0) }
    note = form["note"] ?? ""
    key = form["key"] ?? ""
  }

  /// What of the note may stand in the log, where it stays and many read it: a reference such as QA-2031 and nothing else. Free words could
  /// hold a name, an address or what the customer wrote, and no rule finds all of those, so of such a note only that there was one is told.
  var reference: String? {
    let isReference =
      (1...40).contains(note.utf8.count) && note.utf8.contains { (0x30...0x39).contains($0) }
      && note.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) || "-_/#.".utf8.contains($0)
      }
    return isReference && Redacted.personalData(in: note).isEmpty ? note : nil
  }
}

/// Why a message is not shown word for word.
public enum RevealRefusal: String, Error, Sendable, Hashable, CaseIterable {
  /// The policy lets nobody see one.
  case policy
  /// Nobody knows who asks.
  case identity
  /// The form is not from our own page, or from one that is too old.
  case form
  /// No reason of the list was given, or the note is too long.
  case reason
  /// The same person asks too often.
  case pace
  /// The decision or its message is not kept, or the customer is erased.
  case unknown
  /// The record is no longer in the log.
  case gone
  /// The console has not read all that happened since, so the customer may be erased.
  case behind
  /// The log cannot be read now.
  case unreachable

  var words: String {
    switch self {
    case .policy: "The policy lets nobody see messages as they were written."
    case .identity: "Nobody knows who asks, so nothing is shown."
    case .form: "This form is too old or from elsewhere: open the decision again."
    case .reason: "A reason is needed, and at most \(RevealRequest.noteMax) characters besides."
    case .pace: "Too many were shown to you in a short time: try again in a minute."
    case .unknown: "This message is not among those that the console knows."
    case .gone: "The log does not keep this message any more."
    case .behind: "The console is still reading what happened since: try again in a moment."
    case .unreachable: "The log cannot be read now: try again in a moment."
    }
  }
}
