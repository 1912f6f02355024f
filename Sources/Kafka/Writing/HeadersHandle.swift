internal import CRdKafka
internal import Streams

/// Owns a `rd_kafka_headers_t` until a produced record takes it.
struct HeadersHandle: ~Copyable {
  private let raw: OpaquePointer

  /// A copy of `headers` in C's memory.
  init(_ headers: Headers) {
    let raw = rd_kafka_headers_new(headers.count)!
    headers.forEachBytes { name, value in
      rd_kafka_header_add(
        raw, name.baseAddress?.assumingMemoryBound(to: CChar.self), name.count, value.start, value?.count ?? 0)
    }
    self.raw = raw
  }

  deinit {
    rd_kafka_headers_destroy(raw)
  }

  /// Gives the headers to `body`, which says whether C took them: "The message object will assume ownership of the headers
  /// (unless producev() fails)" (rdkafka.h, `RD_KAFKA_V_HEADERS`).
  consuming func handOver(_ body: (OpaquePointer) -> rd_kafka_resp_err_t) -> rd_kafka_resp_err_t {
    let code = body(raw)
    if code == RD_KAFKA_RESP_ERR_NO_ERROR {
      discard self
    } else {
      _ = consume self
    }
    return code
  }
}

extension ProducerTopic {
  /// Produces with headers. The record takes the headers if it is queued; otherwise they are destroyed here.
  func enqueue(
    _ partition: Int32?, _ key: UnsafeRawBufferPointer?, _ value: UnsafeRawBufferPointer?,
    _ headers: consuming HeadersHandle, _ client: OpaquePointer
  ) -> rd_kafka_resp_err_t {
    headers.handOver { headers in
      let empty = rd_kafka_vu_t()
      var arguments = (empty, empty, empty, empty, empty, empty)
      arguments.0.vtype = RD_KAFKA_VTYPE_RKT
      arguments.0.u.rkt = raw
      arguments.1.vtype = RD_KAFKA_VTYPE_PARTITION
      arguments.1.u.i32 = partition ?? RD_KAFKA_PARTITION_UA
      arguments.2.vtype = RD_KAFKA_VTYPE_MSGFLAGS
      arguments.2.u.i = RD_KAFKA_MSG_F_COPY
      arguments.3.vtype = RD_KAFKA_VTYPE_VALUE
      arguments.3.u.mem.ptr = value.start
      arguments.3.u.mem.size = value?.count ?? 0
      arguments.4.vtype = RD_KAFKA_VTYPE_KEY
      arguments.4.u.mem.ptr = key.start
      arguments.4.u.mem.size = key?.count ?? 0
      arguments.5.vtype = RD_KAFKA_VTYPE_HEADERS
      arguments.5.u.headers = headers
      let error = withUnsafeBytes(of: &arguments) { bytes in
        rd_kafka_produceva(client, bytes.assumingMemoryBound(to: rd_kafka_vu_t.self).baseAddress, 6)
      }
      return ClientError(taking: error)?.code ?? RD_KAFKA_RESP_ERR_NO_ERROR
    }
  }
}
