/// What happened in a simulated world, line by line, for a person who looks into one seed. No text of a customer is ever
/// noted: offsets, partitions, names of workers and codes.
package final class Journal {
  private let print: ((String) -> Void)?
  /// A digest of all lines, by which two runs are known to be the same.
  package private(set) var digest: UInt64 = 0xcbf2_9ce4_8422_2325

  /// - Parameter print: called with each line; without it lines are not made at all.
  package init(print: ((String) -> Void)? = nil) { self.print = print }

  func note(_ now: Duration, _ who: String, _ words: @autoclosure () -> String) {
    guard let print else { return }
    let milliseconds = String(now.microseconds / 1_000)
    let line = String(repeating: " ", count: max(0, 7 - milliseconds.count)) + "\(milliseconds) ms  \(who): \(words())"
    digest = fnv(line.utf8, from: digest)
    print(line)
  }
}

/// The FNV-1a hash: the same in every process, as Swift's own is not.
package func fnv(_ bytes: some Sequence<UInt8>, from start: UInt64 = 0xcbf2_9ce4_8422_2325) -> UInt64 {
  var hash = start
  for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
  return hash
}
