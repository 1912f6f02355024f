import Testing

@testable import Classifier

struct CacheLinesTests {
  @Test(arguments: [1, 7, 64, 4_001]) func beginWhereALineDoes(count: Int) {
    let numbers = (0..<count).map { Int16(truncatingIfNeeded: $0 &* 31) }
    CacheLines(numbers).withBytes { bytes in
      #expect(UInt(bitPattern: bytes.baseAddress!) % UInt(CacheLines.length) == 0)
      #expect(Array(bytes.bindMemory(to: Int16.self)) == numbers)
    }
  }

  @Test func theRowsOfTheShippedModelDo() {
    shippedReader.weigher.table.weights.withParts { _, rows in
      #expect(UInt(bitPattern: rows) % UInt(CacheLines.length) == 0)
    }
  }
}
