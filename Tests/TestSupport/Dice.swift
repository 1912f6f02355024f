/// Random numbers that a seed repeats: Steele, Lea and Flood's SplitMix64.
package struct Dice: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// From 0 up to and without `sides`.
  package mutating func roll(_ sides: Int) -> Int { Int.random(in: 0..<sides, using: &self) }
  package mutating func pick<Element>(_ elements: [Element]) -> Element { elements[roll(elements.count)] }
}
