internal import CZlib

/// Bytes in the zlib format (RFC 1950), by zlib itself.
enum ZlibStream {
  /// The bytes, packed as tightly as numbers without a pattern can be.
  ///
  /// The same bytes give the same stream with the same version of zlib.
  static func packed(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    // Runs, as in empty rows, and else how often each byte comes: looking for longer matches finds accidents, and costs more than it saves.
    let status = deflateInit2_(
      &stream, 9, Z_DEFLATED, 15, 9, Z_RLE, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(status == Z_OK, "zlib has no memory, or is another one than was compiled with")
    defer { deflateEnd(&stream) }
    return bytes.withUnsafeBufferPointer { bytes in
      [UInt8](unsafeUninitializedCapacity: Int(deflateBound(&stream, UInt(bytes.count)))) { packed, count in
        stream.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
        stream.avail_in = UInt32(bytes.count)
        stream.next_out = packed.baseAddress
        stream.avail_out = UInt32(packed.count)
        let status = deflate(&stream, Z_FINISH)
        precondition(status == Z_STREAM_END, "deflateBound(3) says how much room is enough")
        count = Int(stream.total_out)
      }
    }
  }

  /// The bytes that were packed; `nil` unless `packed` is a stream of exactly so many, and nothing else.
  static func unpacked(_ packed: ArraySlice<UInt8>, count: Int) -> [UInt8]? {
    var isWhole = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { bytes, written in
      packed.withUnsafeBufferPointer { packed in
        var (byteCount, packedCount) = (UInt(count), UInt(packed.count))
        isWhole =
          uncompress2(bytes.baseAddress, &byteCount, packed.baseAddress, &packedCount) == Z_OK
          && byteCount == count && packedCount == packed.count
        written = isWhole ? count : 0
      }
    }
    return isWhole ? bytes : nil
  }
}
