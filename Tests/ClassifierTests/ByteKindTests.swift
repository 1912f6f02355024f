import Testing

@testable import Classifier

struct ByteKindTests {
  @Test func aWordEndsBeforeWhateverItCannotGoOnWith() {
    for byte in UInt8.min...UInt8.max {
      let goesOn = ByteKind.isPlain(byte) || [.apostrophe, .opening, .beyond].contains(ByteKind(byte))
      #expect(ByteKind.endsWord(byte) == !goesOn, "byte \(byte)")
    }
  }
}
