import Foundation
import Kafka
import Streams

/// What our client costs over librdkafka: the same copy loop in C and in Swift, in processes of their own, in turns.
///
/// `swift run -c release Benchmarks [rounds]`. Compare the CPU column: wall rates of two loops on two cores lie within each
/// other's spread. The broker has a process of its own, so its work does not count.
@main struct CopyLoop {
  /// What is promised: the borrowed loop costs at most this many times what C costs.
  static let ratioMax = 1.15

  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    switch arguments.first {
    case "broker": try host()
    case "preload": try preload(arguments.last!)
    case "run":
      let loop = Loop.allCases[Int(arguments.dropFirst().first!)!]
      let measurement = try loop.run(arguments.last!)
      print(measurement.messages, measurement.seconds, measurement.cpuSeconds)
    default: try compare(rounds: arguments.first.flatMap { Int($0) } ?? 5)
    }
  }

  /// Hosts the broker until standard input ends.
  private static func host() throws {
    let broker = try EmbeddedBroker(topics: [
      TopicSpecification(name: Load.input, partitions: Load.inputPartitions),
      TopicSpecification(name: Load.output, partitions: Load.outputPartitions),
    ])
    print(broker.bootstrapServers)
    fflush(nil)
    while readLine() != nil {}
  }

  private static func compare(rounds: Int) throws {
    let broker = try Child(["broker"], keepsInput: true)
    let bootstrap = try broker.line()
    try Child(["preload", bootstrap]).wait()
    print("\(Load.messages) messages of \(Load.messageBytes) bytes, \(rounds) rounds,", terminator: " ")
    print("\(Load.inputPartitions) partitions in, \(Load.outputPartitions) out")
    var costs: [[Double]] = Loop.allCases.map { _ in [] }
    var rates: [[Double]] = costs
    for round in 1...rounds {
      for (index, loop) in Loop.allCases.enumerated() {
        let child = try Child(["run", String(index), bootstrap])
        let words = try child.line().split(separator: " ").map { Double($0)! }
        try child.wait()
        guard Int(words[0]) == Load.messages else { fatalError("\(loop) copied \(words[0]) messages") }
        rates[index].append(words[0] / words[1])
        costs[index].append(words[2] / words[0] * 1e6)
        print("round \(round): \(line(rates[index].last!, costs[index].last!)) \(loop.rawValue)")
        fflush(nil)
      }
    }
    print("median:")
    for (index, loop) in Loop.allCases.enumerated() {
      let ratio = String(format: "%.3f", median(costs[index]) / median(costs[0]))
      print("  \(line(median(rates[index]), median(costs[index]))), \(ratio) of C: \(loop.rawValue)")
    }
    broker.end()
    let ratio = median(costs[1]) / median(costs[0])
    guard ratio <= ratioMax else {
      print("the borrowed loop costs more than \(ratioMax) times C")
      exit(1)
    }
  }

  private static func line(_ rate: Double, _ cost: Double) -> String {
    String(format: "%8.0f messages/s, %.2f CPU-s per million", rate, cost)
  }

  private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}

/// This program once more, as a process of its own.
private struct Child {
  private let process = Process()
  private let output = Pipe()
  private let input = Pipe()

  init(_ arguments: [String], keepsInput: Bool = false) throws {
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
    process.arguments = arguments
    process.standardOutput = output
    if keepsInput { process.standardInput = input }
    try process.run()
  }

  func line() throws -> String {
    var bytes: [UInt8] = []
    while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != UInt8(ascii: "\n") {
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  func wait() throws {
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { fatalError("child ended with \(process.terminationStatus)") }
  }

  func end() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}
