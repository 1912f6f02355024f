internal import Events

/// Takes off what connectors put around a payload: Confluent's framing (a zero byte and the schema's id in four bytes), Kafka
/// Connect's envelope (`schema` and `payload`), and an HTTP request kept whole (`headers` and `body`). Each may stand in another.
enum Framing {
  /// The layers that are taken off: more are nobody's work.
  private static let layersMax = 4

  static func document(in bytes: [UInt8]) throws(IntakeFailure) -> JSONTree {
    var tree = try read(unframed(bytes))
    for _ in 0..<layersMax {
      guard let inner = content(of: tree) else { break }
      // Connect's JSON converter carries a text as a text, also where the text is JSON.
      if case .string(let text) = inner { tree = try read(text.utf8) } else { tree = inner }
    }
    return tree
  }

  /// Confluent's wire format. A JSON document never begins with a zero byte, so nothing else is mistaken for it. Avro and Protobuf in
  /// the same framing are no JSON and are refused as such: their converters stand in Connect.
  private static func unframed(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    bytes.count > 5 && bytes[0] == 0 ? bytes[5...] : bytes[...]
  }

  private static func content(of tree: JSONTree) -> JSONTree? {
    guard case .object(let fields) = tree, fields.count == 2 else { return nil }
    if tree["schema"] != nil, let payload = tree["payload"] { return payload }
    if tree["headers"] != nil, let body = tree["body"] { return body }
    return nil
  }

  private static func read(_ bytes: some Sequence<UInt8>) throws(IntakeFailure) -> JSONTree {
    do throws(DecodingFailure) { return try JSONTree(reading: bytes) } catch {
      throw IntakeFailure(.unreadable(error.code))
    }
  }
}
