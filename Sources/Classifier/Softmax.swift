/// Exponential function and softmax in plain arithmetic, so that every machine gets the same bits, whatever its C library.
enum Softmax {
  /// e to the power of `x`: 2 to the whole part of `x / ln 2` by its bits, the rest by a polynomial of degree 5
  /// (relative error below 3e-6).
  ///
  /// Without a branch or a call, so that several are computed at a time.
  @inline(__always)
  static func exp(_ x: Float) -> Float {
    let scaled = max(-126, min(126, x * 1.442_695))
    // A number this large has no bits left for a fraction, so what comes back is the nearest whole number.
    let large: Float = 12_582_912
    let nearest = (scaled + large) - large
    let whole = nearest > scaled ? nearest - 1 : nearest
    let rest = scaled - whole
    var value: Float = 0.001_877_576_7
    value = value * rest + 0.008_989_34
    value = value * rest + 0.055_826_318
    value = value * rest + 0.240_153_61
    value = value * rest + 0.693_153_07
    value = value * rest + 0.999_999_94
    // The lowest bits of the large number are the exponent.
    return value * Float(bitPattern: (whole + (large + 127)).bitPattern << 23)
  }

  /// Turns scores into probabilities where they are.
  static func apply(_ values: UnsafeMutableBufferPointer<Float>, temperature: Float = 1) {
    guard var most = values.first else { return }
    for value in values where value > most { most = value }
    for index in values.indices { values[index] = exp((values[index] - most) / temperature) }
    var sum: Float = 0
    for value in values { sum += value }
    for index in values.indices { values[index] /= sum }
  }

  /// Turns scores into probabilities where they are.
  static func apply(_ values: inout [Float], temperature: Float = 1) {
    values.withUnsafeMutableBufferPointer { apply($0, temperature: temperature) }
  }
}

extension RandomAccessCollection<Float> where Index == Int {
  /// The place of the highest number, of several the first.
  var highest: Int {
    var highest = startIndex
    guard var most = first else { return highest }
    var index = startIndex + 1
    while index < endIndex {
      let value = self[index]
      if value > most { (highest, most) = (index, value) }
      index += 1
    }
    return highest
  }
}
