import Classifier
import Events
import Foundation
import Shipped

/// What reading one ticket costs on one core, by part. Prints microseconds: the median and the 99th percentile of many
/// tickets of about 600 bytes.
@main
enum ReadingBenchmark {
  static func main() throws {
    let model = try Model(bytes: Shipped.model)
    let reader = ModelReader(model)
    let messages = tickets()
    guard !messages.isEmpty else { return print("no tickets of about 600 bytes in Deploy/model/corpus") }
    let size = messages.map { $0.text.utf8.count }.reduce(0, +) / messages.count
    print("reading with \(model.version): \(messages.count) tickets, \(size) bytes each on average")
    for message in messages { _ = reader.read(message) }
    let whole = measure(messages) { reader.read($0).intents.count }
    report("whole reading", whole)
    // What memory and branches cost that the processor has not just seen is the difference to the line above.
    let one = [Message](repeating: messages[messages.count / 2], count: messages.count)
    report("the same one again", measure(one) { reader.read($0).intents.count })
    let parts = ReadingParts(reader)
    let words = measure(messages) { parts.run(0, $0) }
    report("words", words)
    report("phrases", measure(messages) { parts.run(1, $0) }, less: words)
    let phrases = measure(messages) { parts.run(1, $0) }
    report("scores of all tasks", measure(messages) { parts.run(2, $0) }, less: phrases)
    report("language", measure(messages) { parts.run(3, $0) }, less: words)
    report("entities", measure(messages) { parts.run(4, $0) }, less: words)
  }

  /// Tickets of the written corpus that are as long as a usual one.
  private static func tickets() -> [Message] {
    struct Row: Decodable {
      var subject: String?
      var text: String
    }
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Deploy/model/corpus")
    let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    return files.sorted { $0.path < $1.path }.filter { $0.pathExtension == "ndjson" }.flatMap { file -> [Message] in
      let lines = (try? Data(contentsOf: file))?.split(separator: 0x0A) ?? []
      return lines.compactMap { try? JSONDecoder().decode(Row.self, from: Data($0)) }
        .filter { (550...650).contains($0.text.utf8.count) }.map { Message(subject: $0.subject ?? "", body: $0.text) }
    }
  }

  /// Microseconds per ticket, sorted.
  private static func measure(_ messages: [Message], _ work: (Message) -> Int) -> [Double] {
    var times: [Double] = []
    var sink = 0
    let clock = ContinuousClock()
    for _ in 0..<max(20, 20_000 / messages.count) {
      for message in messages {
        let start = clock.now
        sink &+= work(message)
        let time = clock.now - start
        times.append(Double(time.components.attoseconds) / 1e12)
      }
    }
    precondition(sink != -1)
    return times.sorted()
  }

  private static func report(_ name: String, _ times: [Double], less: [Double]? = nil) {
    let middle = times.count / 2
    let median = times[middle] - (less?[middle] ?? 0)
    let label = name + String(repeating: " ", count: 22 - name.count)
    print(
      label
        + String(
          format: "median %6.2f µs   p99 %6.2f µs", median,
          times[times.count * 99 / 100] - (less?[less!.count * 99 / 100] ?? 0)))
  }
}
