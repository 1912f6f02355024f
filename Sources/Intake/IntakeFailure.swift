public import Events

/// Why a payload gives no events. Holds a code and a place, never what a customer wrote.
public struct IntakeFailure: Error, Sendable, Hashable {
  /// What is wrong: short and bounded, fit for a metric's label.
  public enum Code: Sendable, Hashable {
    /// The bytes are no JSON that we read.
    case unreadable(DecodingFailure.Code)
    /// The JSON has none of the shapes that this source sends.
    case unsupportedShape
    /// The shape is known, but not what it says has happened.
    case unsupportedEvent
    /// A field that must be there is not, or is null.
    case missingField
    /// A field holds something that cannot stand there.
    case badValue
    /// Nothing in it says which customer it is.
    case noIdentity
    /// It changes an order whose whole state was not told yet.
    case unknownOrder
    /// What it would become is no event that the fleet reads.
    case notCanonical(DecodingFailure.Code)

    /// The code as it is written.
    public var text: String {
      switch self {
      case .unreadable(let code): code.rawValue
      case .unsupportedShape: "unsupported_shape"
      case .unsupportedEvent: "unsupported_event"
      case .missingField: "missing_field"
      case .badValue: "bad_value"
      case .noIdentity: "no_identity"
      case .unknownOrder: "unknown_order"
      case .notCanonical(let code): "not_canonical_" + code.rawValue
      }
    }
  }

  /// What is wrong.
  public let code: Code
  /// Where: a JSON Pointer into the payload made of names that stand in our source or in a mapping, or the field of the event that
  /// cannot be read; empty if that is not known.
  public let path: String

  init(_ code: Code, path: String = "") {
    self.code = code
    self.path = path
  }

  /// The same in the words of dead letters.
  public var asDecodingFailure: DecodingFailure {
    let code: DecodingFailure.Code =
      switch code {
      case .unreadable(let code): code
      case .unsupportedShape: .unsupportedShape
      case .unsupportedEvent: .unsupportedEvent
      case .missingField: .missingField
      case .badValue: .badValue
      case .noIdentity: .noIdentity
      case .unknownOrder: .unknownOrder
      case .notCanonical: .notCanonical
      }
    return DecodingFailure(code, path: path)
  }

  /// What to do about it, in one sentence for an operator.
  public var hint: String {
    switch code {
    case .unreadable: "send one JSON document per record or line, bare, in a Connect envelope or in Confluent's framing"
    case .unsupportedShape: "look whether --source names the right vendor, or write a mapping"
    case .unsupportedEvent: "look for a newer Heed, or take the event out of the subscription"
    case .missingField: "add the field to the webhook's body"
    case .badValue: "times are RFC 3339 or seconds, ids are texts or integers, amounts are decimals in a currency"
    case .noIdentity:
      "add the customer's e-mail, phone (with --phone-country if it is national) or id to the webhook's body"
    case .unknownOrder: "send the order itself first; then put the original back"
    case .notCanonical: "look at the field's value in the original; ids have 1 to 256 bytes, events less than 1 MiB"
    }
  }
}
