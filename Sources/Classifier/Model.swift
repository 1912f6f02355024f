public import Events
internal import Foundation

/// A trained model: a header that people can read, a table of weights for everything that is asked of a ticket, and a small
/// one for languages.
///
/// The file, all numbers little-endian: `HEEDMDL2`; how many bytes its content has (UInt32); the content as a zlib stream; at the end
/// the SHA-256 of all that. The content: the length of the header (UInt32) and the header, JSON; for each of the two tables the width of
/// a row (UInt32), the number of sets (UInt32), the tags and the rows. The same model gives the same bytes with the same zlib.
public struct Model: Sendable {
  package let header: ModelHeader
  package let table: WeightTable
  package let languageTable: WeightTable
  /// Names the model and its bytes, for the evidence of a decision: `shipped-1@4f0c1a2b`.
  public let version: String
  /// The digest of its file up to the digest that ends it.
  public let digest: Digest256

  /// Why a file is no model that can be used.
  public enum Problem: Error, Sendable, Hashable, CustomStringConvertible {
    /// It does not begin as a model does.
    case notAModel
    /// It was written by another version of Heed: train it again with this one.
    case otherFormat
    /// It is larger than any model may be.
    case tooLarge(bytes: Int)
    /// It ends before it should, or goes on.
    case wrongLength
    /// Its bytes are not those that were written: copy it again.
    case corrupt
    /// It was made for another version of the features: train it again with this version of Heed.
    case otherFeatures(model: Int, reader: Int)
    /// A part contradicts another; train it again.
    case inconsistent(String)

    /// For people.
    public var description: String {
      switch self {
      case .notAModel: "this is no Heed model"
      case .otherFormat: "another version of Heed wrote the model: train it again with this one"
      case .tooLarge(let bytes): "\(bytes) bytes are more than the \(Model.bytesMax) that a model may have"
      case .wrongLength: "the file is not as long as it says: it was cut off, or something follows it"
      case .corrupt: "the checksum is wrong: the file was damaged, copy it again"
      case .otherFeatures(let model, let reader):
        "the model was made for features \(model), this program computes features \(reader): train it again"
      case .inconsistent(let what): "the parts of the model do not fit: \(what)"
      }
    }
  }

  /// No model is larger, neither its file nor its content.
  public static let bytesMax = 16 << 20
  private static let name = Array("HEEDMDL".utf8)
  private static let mark = name + [UInt8(ascii: "2")]

  package init(header: ModelHeader, table: WeightTable, languageTable: WeightTable) throws {
    let digest = Digest256(of: try Self.body(header, table, languageTable))
    try self.init(header: header, table: table, languageTable: languageTable, digest: digest)
  }

  private init(header: ModelHeader, table: WeightTable, languageTable: WeightTable, digest: Digest256) throws {
    try Self.check(header, table, languageTable)
    self.header = header
    self.table = table
    self.languageTable = languageTable
    self.digest = digest
    version = header.name + "@" + digest.hex.prefix(8)
  }

  /// Reads a model file, and believes nothing of it.
  ///
  /// Throws: `Problem`.
  public init(bytes: [UInt8]) throws {
    guard bytes.count <= Self.bytesMax else { throw Problem.tooLarge(bytes: bytes.count) }
    guard bytes.starts(with: Self.name) else { throw Problem.notAModel }
    guard bytes.starts(with: Self.mark) else { throw Problem.otherFormat }
    guard bytes.count > Self.mark.count + 32 else { throw Problem.wrongLength }
    let body = bytes.dropLast(32)
    let digest = Digest256(of: body)
    guard digest.bytes.elementsEqual(bytes.suffix(32)) else { throw Problem.corrupt }
    var packed = body.dropFirst(Self.mark.count)
    let count = try Self.number(&packed)
    guard count <= Self.bytesMax else { throw Problem.tooLarge(bytes: count) }
    guard let content = ZlibStream.unpacked(packed, count: count) else { throw Problem.wrongLength }
    var rest = content[...]
    let headerBytes = try Self.take(&rest, Self.number(&rest))
    let table = try Self.table(&rest)
    let languageTable = try Self.table(&rest)
    guard rest.isEmpty else { throw Problem.wrongLength }
    let header: ModelHeader
    do { header = try JSONDecoder().decode(ModelHeader.self, from: Data(headerBytes)) } catch {
      throw Problem.inconsistent("its header")
    }
    try self.init(header: header, table: table, languageTable: languageTable, digest: digest)
  }

  /// The bytes of the model's file.
  public func fileBytes() throws -> [UInt8] {
    let body = try Self.body(header, table, languageTable)
    return body + Digest256(of: body).bytes
  }

  private static func body(_ header: ModelHeader, _ table: WeightTable, _ languages: WeightTable) throws -> [UInt8] {
    let content = try content(header, table, languages)
    var bytes = mark
    append(content.count, to: &bytes)
    return bytes + ZlibStream.packed(content)
  }

  private static func content(
    _ header: ModelHeader, _ table: WeightTable, _ languages: WeightTable
  ) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let json = Array(try encoder.encode(header))
    var bytes: [UInt8] = []
    append(json.count, to: &bytes)
    bytes += json
    for table in [table, languages] {
      append(table.width, to: &bytes)
      append(table.setCount, to: &bytes)
      for tags in table.tags { withUnsafeBytes(of: tags.littleEndian) { bytes += $0 } }
      bytes += table.rows
    }
    return bytes
  }

  private static func append(_ number: Int, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: UInt32(number).littleEndian) { bytes += $0 }
  }

  private static func number(_ rest: inout ArraySlice<UInt8>) throws -> Int {
    try take(&rest, 4).reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  private static func take(_ rest: inout ArraySlice<UInt8>, _ count: Int) throws -> ArraySlice<UInt8> {
    guard count >= 0, count <= rest.count else { throw Problem.wrongLength }
    let taken = rest.prefix(count)
    rest = rest.dropFirst(count)
    return taken
  }

  private static func table(_ rest: inout ArraySlice<UInt8>) throws -> WeightTable {
    let width = try number(&rest)
    let sets = try number(&rest)
    guard sets > 0, sets <= 1 << 16, width == 64 || width == 32 else {
      throw Problem.inconsistent("the size of a table")
    }
    let tagBytes = try take(&rest, sets * 8)
    let tags = tagBytes.withUnsafeBytes { raw in
      (0..<sets).map { UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self)) }
    }
    let rows = try take(&rest, sets * WeightTable.ways * width)
    guard let table = WeightTable(width: width, tags: tags, rows: Array(rows)) else {
      throw Problem.inconsistent("the size of a table")
    }
    return table
  }

  private static func check(_ header: ModelHeader, _ table: WeightTable, _ languages: WeightTable) throws {
    guard header.features == Features.version else {
      throw Problem.otherFeatures(model: header.features, reader: Features.version)
    }
    guard table.width == 64, languages.width == 32 else { throw Problem.inconsistent("the widths of the tables") }
    for (name, choice) in [("intents", header.intents), ("sentiment", header.sentiment), ("pressure", header.pressure)]
    {
      let count = choice.labels.count
      guard count > 1, choice.scales.count == count, choice.biases.count == count, choice.column >= 0,
        choice.column + count <= 64, (0..<64).contains(choice.salienceColumn), choice.temperature > 0,
        Set(choice.labels).count == count
      else { throw Problem.inconsistent(name) }
    }
    guard header.sentiment.labels.count == 5, header.pressure.labels == Reading.Pressure.allCases.map(\.rawValue),
      header.intents.labels.contains("other"), header.intents.labels.count <= 32
    else { throw Problem.inconsistent("its labels") }
    guard header.signals.count <= 32, header.signals.allSatisfy({ (0..<64).contains($0.column) }) else {
      throw Problem.inconsistent("signals")
    }
    guard !header.languages.isEmpty, header.languages.count <= 32, header.languageTemperature > 0 else {
      throw Problem.inconsistent("languages")
    }
    let calibration = header.calibration
    guard !calibration.curve.isEmpty, calibration.curve.map(\.from) == calibration.curve.map(\.from).sorted(),
      calibration.levelsFrom.count == 4, calibration.levelsFrom == calibration.levelsFrom.sorted(),
      calibration.curve.allSatisfy({ (0...1000).contains($0.share) })
    else { throw Problem.inconsistent("its calibration") }
  }
}
