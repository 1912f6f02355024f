/// The hash by which Kafka's Java clients choose a partition from a key, and librdkafka with `partitioner=murmur2_random`.
///
/// Written down here because the promise "one customer, one log" hangs on it: a producer that partitions in another way
/// puts a customer's events into two logs. Source: `org.apache.kafka.common.utils.Utils.murmur2`.
public func murmur2(_ key: some Collection<UInt8>) -> UInt32 {
  let bytes = Array(key)
  let multiplier: UInt32 = 0x5bd1_e995
  var hash = 0x9747_b28c ^ UInt32(truncatingIfNeeded: bytes.count)
  var index = 0
  while index + 4 <= bytes.count {
    var word =
      UInt32(bytes[index]) | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2]) << 16
      | UInt32(bytes[index + 3]) << 24
    word = word &* multiplier
    word ^= word >> 24
    word = word &* multiplier
    hash = hash &* multiplier
    hash ^= word
    index += 4
  }
  if bytes.count - index >= 3 { hash ^= UInt32(bytes[index + 2]) << 16 }
  if bytes.count - index >= 2 { hash ^= UInt32(bytes[index + 1]) << 8 }
  if bytes.count - index >= 1 {
    hash ^= UInt32(bytes[index])
    hash = hash &* multiplier
  }
  hash ^= hash >> 13
  hash = hash &* multiplier
  hash ^= hash >> 15
  return hash
}

/// The partition that Kafka's default partitioner gives to `key`.
///
/// - Precondition: `partitions` is positive.
public func partition(forKey key: some Collection<UInt8>, of partitions: Int32) -> Int32 {
  precondition(partitions > 0, "a topic has partitions")
  return Int32(murmur2(key) & 0x7fff_ffff) % partitions
}
