/// Exponential function and softmax in plain arithmetic, so that every machine gets the same bits, whatever its C library.
enum Softmax {
  /// e to the power of `x`: 2 to the whole part of `x / ln 2` by its bits, the rest by a polynomial of degree 5
  /// (relative error below 3e-6).
  @inline(__always)
  static func exp(_ x: Float) -> Float {
    let scaled = max(-126, min(126, x * 1.442_695))
    let whole = scaled.rounded(.down)
    let rest = scaled - whole
    var value: Float = 0.001_877_576_7
    value = value * rest + 0.008_989_34
    value = value * rest + 0.055_826_318
    value = value * rest + 0.240_153_61
    value = value * rest + 0.693_153_07
    value = value * rest + 0.999_999_94
    return value * Float(bitPattern: UInt32(Int32(whole) &+ 127) << 23)
  }

  /// Turns scores into probabilities where they are.
  @inline(__always)
  static func apply(_ values: inout [Float], temperature: Float = 1) {
    guard let most = values.max() else { return }
    var sum: Float = 0
    for index in values.indices {
      let power = exp((values[index] - most) / temperature)
      values[index] = power
      sum += power
    }
    for index in values.indices { values[index] /= sum }
  }
}
