import Testing

@testable import Events

@Suite struct EventEncoderTests {
  @Test(arguments: Example.validInputs) func whatIsWrittenIsReadAsTheSameEvent(example: Example) throws {
    let event = try EventDecoder.decode(structured: example.line)
    let written = EventEncoder.structured(event)
    let again = try EventDecoder.decode(structured: written)
    #expect(again.body == event.body)
    #expect(again.envelope.id == event.envelope.id && again.envelope.time == event.envelope.time)
    #expect(again.envelope.traceparent == event.envelope.traceparent)
    #expect(EventEncoder.structured(again) == written)
  }

  @Test(arguments: Example.validInputs) func aTreeHoldsTheWholeDocument(example: Example) throws {
    var writer = JSONWriter()
    try JSONTree(reading: example.line).write(to: &writer)
    #expect(try EventDecoder.decode(structured: writer.bytes) == EventDecoder.decode(structured: example.line))
  }

  @Test func anEscapeInEveryPlaceIsResolvedInOnePass() throws {
    let text = String(repeating: "\\n\\ud83d\\ude00x", count: 40_000)
    let tree = try JSONTree(reading: Array("\"\(text)\"".utf8))
    #expect(tree == .string(String(repeating: "\n😀x", count: 40_000)))
  }
}
