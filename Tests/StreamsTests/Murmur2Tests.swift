import Streams
import Testing

@Suite struct Murmur2Tests {
  /// `UtilsTest.testMurmur2` of Apache Kafka's Java clients.
  @Test(
    arguments: [
      (Array("21".utf8), -973_932_308),
      (Array("foobar".utf8), -790_332_482),
      (Array("a-little-bit-long-string".utf8), -985_981_536),
      (Array("a-little-bit-longer-string".utf8), -1_486_304_829),
      (Array("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8".utf8), -58_897_971),
      ([0x61, 0x62, 0x63], 479_470_107),
    ] as [([UInt8], Int32)])
  func hashIsTheOneOfKafkasJavaClients(key: [UInt8], expected: Int32) {
    #expect(Int32(bitPattern: murmur2(key)) == expected)
  }

  @Test func emptyKeyHasAHashToo() {
    // h = seed ^ 0; h ^= h >> 13; h *= m; h ^= h >> 15, by hand.
    var hash: UInt32 = 0x9747_b28c
    hash ^= hash >> 13
    hash = hash &* 0x5bd1_e995
    hash ^= hash >> 15
    #expect(murmur2([]) == hash)
  }

  @Test func slicesHashLikeArrays() {
    let bytes = Array("..foobar..".utf8)
    #expect(murmur2(bytes[2..<8]) == murmur2(Array("foobar".utf8)))
  }

  /// `toPositive(murmur2(key)) % partitions`, as `BuiltInPartitioner.partitionForKey` computes it.
  @Test(arguments: [
    ("21", 12 as Int32), ("foobar", 12), ("21", 1), ("foobar", 1_000), ("a-little-bit-long-string", 7),
  ])
  func partitionIsThePositiveHashModuloTheirNumber(key: String, partitions: Int32) {
    let positive = Int32(bitPattern: murmur2(key.utf8)) & 0x7fff_ffff
    #expect(partition(forKey: key.utf8, of: partitions) == positive % partitions)
  }

  @Test func everyPartitionIsUsed() {
    let used = Set((0..<1_000).map { partition(forKey: "customer-\($0)".utf8, of: 12) })
    #expect(used == Set(0..<12))
  }
}
