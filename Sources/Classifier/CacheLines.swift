/// Bytes that never change and begin where a line of the cache does, so that what is as long as a line lies in one and not across
/// two. Those of an array do not: it begins wherever there is room, and has a header.
final class CacheLines: Sendable {
  /// Bytes in a line: on x86-64, and on most processors for ARM64.
  static let length = 64
  // Written in `init` only.
  nonisolated(unsafe) private let bytes: UnsafeMutableRawBufferPointer

  /// A copy of the bytes of `elements`.
  init<Element: BitwiseCopyable>(_ elements: [Element]) {
    bytes = elements.withUnsafeBytes { source in
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: source.count, alignment: Self.length)
      copy.copyMemory(from: source)
      return copy
    }
  }

  deinit { bytes.deallocate() }

  /// Calls `body` with the bytes, which live within it only.
  @inline(__always)
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    withExtendedLifetime(self) { body(UnsafeRawBufferPointer(bytes)) }
  }
}
