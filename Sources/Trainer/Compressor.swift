internal import Classifier
internal import Foundation

/// Puts what was learned into a table of bytes: the features that matter most get a row, each column its scale.
struct Compressor {
  /// The weights of one task, by feature, and where they go.
  struct Part {
    let weights: [Float]
    let width: Int
    /// Which of the task's columns goes to which of the row.
    let columns: [(from: Int, to: Int)]
    /// How much of what decides which features get a row is this task's.
    let importance: Float
  }

  /// Returns the table and, for each column of the row, what one step of a byte is worth.
  static func compress(
    hashes: [UInt64], counts: [Int32], parts: [Part], rowWidth: Int, sets: Int
  ) -> (table: WeightTable, scales: [Float]) {
    var rows = [Float](repeating: 0, count: hashes.count * rowWidth)
    var importance = [Float](repeating: 0, count: hashes.count)
    for part in parts {
      // What a feature's weights matter is their size by how often training has seen it. Tasks differ in the size of their
      // weights, so each is measured against its own sum.
      let matter = hashes.indices.map { feature -> Float in
        var squares: Float = 0
        for (from, to) in part.columns {
          let weight = part.weights[feature * part.width + from]
          rows[feature * rowWidth + to] = weight
          squares += weight * weight
        }
        return squares * (1 + Float(counts[feature]))
      }
      let sum = max(Float(matter.reduce(0) { $0 + Double($1) }), .leastNormalMagnitude)
      for feature in hashes.indices { importance[feature] += part.importance * matter[feature] / sum }
    }
    let seen = counts.map { 1 + Float($0) }
    let scales = (0..<rowWidth).map { column in
      scale(of: hashes.indices.map { rows[$0 * rowWidth + column] }, seen)
    }
    var tags = [UInt64](repeating: 0, count: sets)
    var bytes = [UInt8](repeating: 128, count: sets * WeightTable.ways * rowWidth)
    let order = hashes.indices.sorted { (importance[$1], hashes[$0]) < (importance[$0], hashes[$1]) }
    for feature in order where importance[feature] > 0 {
      guard let row = WeightTable.takeRow(for: hashes[feature], &tags) else { continue }
      for column in 0..<rowWidth {
        let steps = (rows[feature * rowWidth + column] / scales[column]).rounded()
        bytes[row * rowWidth + column] = UInt8(128 + max(-127, min(127, Int(steps))))
      }
    }
    return (WeightTable(width: rowWidth, tags: tags, rows: bytes)!, scales)
  }

  /// The step of a byte with which a column loses least: the squares of what rounding and cutting take from each weight, each as
  /// often as its feature is seen. A few weights are many times the others; cutting them keeps the steps of all others fine,
  /// but the largest belong to features that are in every text.
  private static func scale(of column: [Float], _ seen: [Float]) -> Float {
    let largest = column.lazy.map(abs).max() ?? 0
    guard largest > 1e-6 else { return 1 }
    func loss(_ scale: Float) -> Double {
      var sum = 0.0
      for (weight, times) in zip(column, seen) {
        let lost = weight - max(-127, min(127, (weight / scale).rounded())) * scale
        sum += Double(times * lost * lost)
      }
      return sum
    }
    let candidates = (0..<16).map { largest / 127 * powf(0.8, Float($0)) }
    return candidates.map { (scale: $0, loss: loss($0)) }.min { $0.loss < $1.loss }!.scale
  }
}
