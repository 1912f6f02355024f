import CModel
import Events
import Testing

@testable import Classifier

/// Random numbers that a seed repeats (SplitMix64).
struct Dice: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  mutating func roll(_ sides: Int) -> Int { Int.random(in: 0..<sides, using: &self) }
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[roll(elements.count)] }
}

/// The model that is compiled in.
let shippedBytes = Array(UnsafeRawBufferPointer(start: heed_shipped_model(), count: heed_shipped_model_size()))
let shipped = try! Model(bytes: shippedBytes)
let shippedReader = ModelReader(shipped)

/// The reading of a message that has only a body.
func read(_ body: String, locale: String? = nil) -> Reading {
  shippedReader.read(Message(body: body, locale: locale))
}
