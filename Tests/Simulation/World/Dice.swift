/// Random numbers that a seed repeats (SplitMix64), the same in every process and on every machine.
package struct Dice {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  /// Dice of their own for one purpose, so that a roll more in one place changes nothing in another.
  package init(seed: UInt64, purpose: UInt64) {
    state = seed &* 0x9e37_79b9_7f4a_7c15 ^ purpose &* 0xd134_2543_de82_ef95
    _ = next()
  }

  private mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// From 0 up to and without `sides`.
  package mutating func roll(_ sides: Int) -> Int { Int(next() % UInt64(sides)) }

  package mutating func roll(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + roll(range.upperBound - range.lowerBound + 1)
  }

  /// True so many times in a thousand.
  package mutating func chance(_ permille: Int) -> Bool { roll(1_000) < permille }

  package mutating func pick<Element>(_ elements: [Element]) -> Element { elements[roll(elements.count)] }

  /// A duration of the range, in steps of a microsecond.
  package mutating func duration(_ range: ClosedRange<Duration>) -> Duration {
    .microseconds(roll(range.lowerBound.microseconds...range.upperBound.microseconds))
  }
}

extension Duration {
  /// Whole microseconds; the simulation knows nothing finer.
  var microseconds: Int {
    let (seconds, attoseconds) = components
    return Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000)
  }
}
