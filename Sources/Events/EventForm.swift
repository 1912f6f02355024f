/// An event as it is hashed. Attributes are written where they are found and put into order afterwards, so that none of them becomes a
/// `String` of its own.
struct EventForm: ~Copyable {
  static let contentType = "datacontenttype"

  /// Where an attribute stands in what is written, and where in that its name does.
  private struct Attribute {
    let place: Range<Int>
    let namePlace: Range<Int>

    func name(in start: UnsafeMutablePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
      UnsafeBufferPointer(start: start + namePlace.lowerBound, count: namePlace.count)
    }
  }

  private var written = GrowingBytes(capacity: 768)
  private var attributes: [Attribute] = []
  /// The digest of its data, if there are any.
  var data: Digest256?

  init() { attributes.reserveCapacity(16) }

  /// Adds a field of a structured event, whose value stands in these bytes of the document.
  mutating func add(_ key: JSONKey, value: Range<Int>) {
    let bytes = UnsafeRawBufferPointer(rebasing: key.bytes[value])
    if bytes[0] == UInt8(ascii: "n") { return }  // `null` is an attribute that is not there.
    if "data" ~= key {
      data = Digest256(of: bytes)
    } else {
      let text = JSONText(value: value, in: key.bytes)
      key.text.lendingUTF8(in: key.bytes) { name in text.lendingUTF8(in: key.bytes) { add(name, $0) } }
    }
  }

  mutating func add(_ name: String, _ value: String) {
    name.lendingUTF8 { name in value.lendingUTF8 { add(name, $0) } }
  }

  mutating func add(_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>) {
    let start = written.count
    written.append(netstring: name)
    let nameEnd = written.count - 1
    written.append(netstring: value)
    attributes.append(Attribute(place: start..<written.count, namePlace: nameEnd - name.count..<nameEnd))
  }

  mutating func remove(_ name: String) {
    let start = written.start
    attributes.removeAll { $0.name(in: start).elementsEqual(name.utf8) }
  }

  mutating func digest() -> EventDigest {
    let isTyped = attributes.contains { $0.name(in: written.start).elementsEqual(Self.contentType.utf8) }
    if !isTyped { add(Self.contentType, "application/json") }  // JSON goes without saying.
    let start = written.start
    attributes.sort { $0.name(in: start).lexicographicallyPrecedes($1.name(in: start)) }
    var form = GrowingBytes(capacity: written.count + 80)
    for attribute in attributes {
      form.append(UnsafeBufferPointer(start: start + attribute.place.lowerBound, count: attribute.place.count))
    }
    if let data {
      form.append("4:data,64:")
      form.append(hex: data)
      form.append(",")
    }
    return EventDigest(beginning: Digest256(of: UnsafeRawBufferPointer(start: form.start, count: form.count)))
  }
}

extension GrowingBytes {
  /// Appends `5:bytes,`.
  fileprivate mutating func append(netstring bytes: UnsafeBufferPointer<UInt8>) {
    append(decimal: UInt64(bytes.count))
    append(UInt8(ascii: ":"))
    append(bytes)
    append(UInt8(ascii: ","))
  }
}
