import Events
import Glibc
import Kafka
import Streams
import Triage

/// A log and what was decided from it: two files, or the topics of a cluster.
protocol RecordedLog: AnyObject {
  /// Whether the log begins at its beginning.
  var isWhole: Bool { get }
  /// Hands out every record of the outputs as a structured event, with a number that names it.
  func outputs(_ body: ([UInt8], Int) -> Void) throws
  /// Hands out every event, each partition's in its order, with a number that names it.
  func events(_ body: (LoggedEvent, Int) -> Void) throws
  /// Where an output stands, for people.
  func name(ofOutput place: Int) -> String
  /// Where an event stands, for people.
  func name(ofEvent place: Int) -> String
  /// The record that was handed out with this number.
  func output(at place: Int) throws -> [UInt8]?
}

/// Two files of NDJSON; lines are counted from one.
final class LogFiles: RecordedLog {
  let isWhole: Bool
  private let events: String
  private let outputs: String

  init(events: String, outputs: String, isWhole: Bool) {
    self.events = events
    self.outputs = outputs
    self.isWhole = isWhole
  }

  func outputs(_ body: ([UInt8], Int) -> Void) throws {
    try Lines.forEach(in: outputs) { line, number in body(line, number) }
  }

  func events(_ body: (LoggedEvent, Int) -> Void) throws {
    try Lines.forEach(in: events) { line, number in body(.line(line, Offset(number)), number) }
  }

  func name(ofOutput place: Int) -> String { "\(outputs):\(place)" }
  func name(ofEvent place: Int) -> String { "\(events):\(place)" }

  func output(at place: Int) throws -> [UInt8]? {
    var found: [UInt8]?
    try Lines.forEach(in: outputs) { line, number in if number == place { found = line } }
    return found
  }
}

/// The lines of a file that have something in them.
enum Lines {
  /// Gives each line to `body` with its number, counted from one; `-` is standard input.
  static func forEach(in file: String, _ body: ([UInt8], Int) throws -> Void) throws {
    let descriptor = file == "-" ? STDIN_FILENO : open(file, O_RDONLY)
    guard descriptor >= 0 else {
      throw Failure(status: .badConfiguration, words: "\(file) cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { if file != "-" { close(descriptor) } }
    var reader = LineReader(descriptor)
    var number = 0
    while let line = reader.next() {
      number += 1
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
      try body(line, number)
    }
  }
}

/// The topics of a cluster, read as no group. Events are read up to where the fleet has decided, so that what it still has to do
/// is not missed.
final class LogTopics: RecordedLog {
  private(set) var isWhole = true
  private let settings: Settings
  private let catalogue: Catalogue
  private var places: [(source: TopicPartition, offset: Offset)] = []
  private var decided: [TopicPartition: Offset] = [:]

  init(_ settings: Settings) throws {
    self.settings = settings
    catalogue = Catalogue(prefix: settings.text("topic.prefix"))
    let administration = try reaching { try TopicAdministration(settings.client()) }
    let events = catalogue.events.name
    try administering { () throws(AdministrationError) in
      let count = try administration.partitionCount(of: events) ?? 0
      let partitions = (0..<count).map { TopicPartition(events, $0) }
      decided = try administration.committed(of: settings.text("group.id"), in: partitions)
      for partition in partitions { isWhole = try administration.bounds(of: partition).lowerBound == 0 && isWhole }
    }
  }

  func outputs(_ body: ([UInt8], Int) -> Void) throws {
    let names = try settings.topics().map(\.name).filter {
      ![catalogue.events.name, catalogue.contexts.name].contains($0)
    }
    try read(names) { record in
      if let line = StructuredLine.make(from: record) { body(line, note(record)) }
    }
  }

  func events(_ body: (LoggedEvent, Int) -> Void) throws {
    try read([catalogue.events.name]) { record in
      guard decided.isEmpty || record.offset < decided[record.source] ?? 0 else { return }
      body(.record(record), note(record))
    }
  }

  private func read(_ topics: [String], _ body: (Record) -> Void) throws {
    var reader = try reaching { try LogReader(settings.client()) }
    try reaching { try reader.readToEnd(of: topics, within: .seconds(86_400), body) }
  }

  private func note(_ record: Record) -> Int {
    places.append((record.source, record.offset))
    return places.count - 1
  }

  func name(ofOutput place: Int) -> String { "\(places[place].source)@\(places[place].offset)" }
  func name(ofEvent place: Int) -> String { name(ofOutput: place) }

  func output(at place: Int) throws -> [UInt8]? {
    let (source, offset) = places[place]
    var reader = try reaching { try LogReader(settings.client()) }
    try reaching { try reader.open([ReadingStart(source, from: .offset(offset))]) }
    while !reader.isAtEnd {
      for case .record(let record) in reader.next(waiting: .milliseconds(200)) where record.offset == offset {
        return StructuredLine.make(from: record)
      }
    }
    return nil
  }
}
