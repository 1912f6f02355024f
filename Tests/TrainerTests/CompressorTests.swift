import Testing

@testable import Classifier
@testable import Trainer

/// What becomes of weights when they are put into bytes, and of what gets no row.
@Suite struct CompressorTests {
  /// The first feature weighs `largest` and is seen `times`; a thousand others weigh a tenth and are seen often.
  private static func compressed(largest: Float, times: Int32) -> (largest: Float, others: Float) {
    let hashes = (0...1000).map { Features.phrase("feature \($0)") }
    var weights = [Float](repeating: 0.1, count: hashes.count)
    weights[0] = largest
    let (table, scales) = Compressor.compress(
      hashes: hashes, counts: [times] + Array(repeating: 5000, count: 1000),
      parts: [.init(weights: weights, width: 1, columns: [(from: 0, to: 0)], importance: 1)], rowWidth: 32, sets: 1000)
    func kept(_ number: Int) -> Float { Float(table.weights(of: hashes[number])![0]) * scales[0] }
    return (kept(0), kept(1))
  }

  @Test func whatIsInEveryTextIsNotCut() {
    let kept = Self.compressed(largest: 5, times: 100_000)
    #expect(abs(kept.largest - 5) < 0.1)
  }

  @Test func whatIsHardlySeenDoesNotMakeTheOthersCoarse() {
    let kept = Self.compressed(largest: 50, times: 1)
    #expect(kept.largest < 50)
    #expect(abs(kept.others - 0.1) < 0.03)
  }

  @Test func whatHasNoRowIsNotLearnedFrom() throws {
    let vectors = try WordVectors("2 1\nparcel 1\nlamp 2\n")
    let all = Encoder(["parcel lamp", "parcel lamp"], vectors: vectors, countMin: 2)
    let parcel = Words("parcel").words[0].hash
    let some = all.keeping([parcel])
    #expect(all.encode("parcel lamp").sentences[0].vector == [3])
    #expect(some.encode("parcel lamp").sentences[0].vector == [1])
    #expect(some.encode("parcel lamp").sentences[0].features == [0])
    #expect(some.hashes == [parcel])
  }
}
