import Events
import Shipped
import Testing

@testable import Classifier

/// The model that is compiled in.
let shipped = try! Model(bytes: Shipped.model)
let shippedReader = ModelReader(shipped)

/// The reading of a message that has only a body.
func read(_ body: String, locale: String? = nil) -> Reading {
  shippedReader.read(Message(body: body, locale: locale))
}

extension Reading.Span {
  /// What stands there in the text that was read.
  func words(in text: String) -> String { String(decoding: Array(text.utf8)[start..<end], as: UTF8.self) }
}
