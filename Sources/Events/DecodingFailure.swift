/// Why bytes could not be read as an event. Holds a code and a place, never what a customer wrote.
public struct DecodingFailure: Error, Sendable, Hashable {
  /// What is wrong: short and bounded, fit for a metric's label and for the `code` of a dead letter.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// There is no value at all.
    case emptyRecord = "empty_record"
    /// The value is longer than we read (1 MiB).
    case tooLarge = "too_large"
    /// The bytes are no UTF-8.
    case invalidUTF8 = "invalid_utf8"
    /// The bytes are no JSON.
    case malformedJSON = "malformed_json"
    /// The bytes end in the middle of JSON.
    case truncated = "truncated"
    /// Arrays and objects are nested deeper than we follow (64).
    case tooDeep = "too_deep"
    /// More elements or fields than we take.
    case tooMany = "too_many"
    /// A field stands twice in one object, so readers would disagree about it.
    case duplicateKey = "duplicate_key"
    /// A field holds another type of value than it should, for instance a number for an id.
    case wrongType = "wrong_type"
    /// A field that must be there is not, or is null.
    case missingField = "missing_field"
    /// A number that is no integer where one must be, or that does not fit 64 bits.
    case badNumber = "bad_number"
    /// A time that is not RFC 3339, or that does not exist.
    case badTime = "bad_time"
    /// An amount or a currency that is none.
    case badMoney = "bad_money"
    /// An identifier that is empty, longer than 256 bytes, or has control characters.
    case badIdentifier = "bad_identifier"
    /// `specversion` is not 1.0.
    case unsupportedSpecversion = "unsupported_specversion"
    /// `datacontenttype` is not JSON.
    case unsupportedContentType = "unsupported_content_type"
    /// An event type that we do not know.
    case unknownType = "unknown_type"
    /// An event type of ours that is an output, not an input.
    case notAnInput = "not_an_input"
    /// The key of the record is not the customer of the event, so order would be lost.
    case keyMismatch = "key_mismatch"
    /// It could be read, but the cluster takes no record as large as what it leads to.
    case outputTooLarge = "output_too_large"
    /// A foreign payload has none of the shapes that its source sends.
    case unsupportedShape = "unsupported_shape"
    /// A foreign payload's shape is known, but not what it says has happened.
    case unsupportedEvent = "unsupported_event"
    /// A field of a foreign payload holds something that cannot stand there.
    case badValue = "bad_value"
    /// Nothing in a foreign payload says which customer it is.
    case noIdentity = "no_identity"
    /// A foreign payload changes an order whose whole state was not told yet.
    case unknownOrder = "unknown_order"
    /// What a foreign payload would become is no event that the fleet reads.
    case notCanonical = "not_canonical"
  }

  /// It could be read, but the cluster takes no record as large as what it leads to.
  public static let outputTooLarge = DecodingFailure(.outputTooLarge)

  /// What is wrong.
  public let code: Code
  /// Where: the names of known fields from the outside in, such as `data.items[2].price`, or a JSON Pointer into a foreign payload;
  /// empty if that is not known.
  public let path: String
  /// The byte at which reading stopped, for failures of syntax.
  public let byteOffset: Int?

  /// What cannot be read, where, and why.
  public init(_ code: Code, path: String = "", at byteOffset: Int? = nil) {
    self.code = code
    self.path = path
    self.byteOffset = byteOffset
  }

  /// The same failure seen from one level further out.
  func inside(_ name: String) -> DecodingFailure {
    let joined = path.isEmpty ? name : path.hasPrefix("[") ? name + path : name + "." + path
    return DecodingFailure(code, path: joined, at: byteOffset)
  }

  /// What to do about it, in one sentence for an operator.
  public var hint: String {
    switch code {
    case .emptyRecord: "the record has no value; only tables have tombstones"
    case .tooLarge: "keep events below 1 MiB; leave attachments out and link them"
    case .invalidUTF8: "send UTF-8; look at the producer's character encoding"
    case .malformedJSON, .truncated: "send one complete JSON document per record or line"
    case .tooDeep, .tooMany: "flatten the document or leave out what Heed does not read"
    case .duplicateKey: "send each field once"
    case .wrongType: "see the JSON Schema; identifiers and amounts are strings"
    case .missingField: "see the JSON Schema for the fields that must be there"
    case .badNumber: "send an integer of at most 64 bits"
    case .badTime: "send RFC 3339, such as 2026-03-02T06:03:34.900Z"
    case .badMoney: "send the amount as a decimal string and the currency as three capitals"
    case .badIdentifier: "send 1 to 256 bytes without control characters"
    case .unsupportedSpecversion: "send CloudEvents 1.0"
    case .unsupportedContentType: "send JSON data"
    case .unknownType: "check the type for a typing error, or update Heed"
    case .notAnInput: "only events for heed.events.v1 belong here"
    case .keyMismatch: "produce with the customer's id as the key, or * for a broadcast"
    case .unsupportedShape: "look whether the topic has the right source, or write a mapping"
    case .unsupportedEvent: "look for a newer Heed, or take the event out of the subscription"
    case .badValue: "times are RFC 3339 or seconds, ids are texts or integers, amounts are decimals in a currency"
    case .noIdentity: "add the customer's e-mail, phone or id to the webhook's body"
    case .unknownOrder: "send the order itself first; then put the original back"
    case .notCanonical: "look at the field's value in the original; ids have 1 to 256 bytes, events less than 1 MiB"
    case .outputTooLarge: "raise the cluster's message.max.bytes, or send shorter texts"
    }
  }
}
