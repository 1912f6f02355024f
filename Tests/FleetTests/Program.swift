import Foundation
import Synchronization

/// The program as a user runs it: the binary beside the tests.
enum Program {
  static let binary: URL = {
    if let path = ProcessInfo.processInfo.environment["HEED_BINARY"] { return URL(filePath: path) }
    return URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "heed")
  }()

  /// Runs it to its end.
  static func run(_ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:]) throws -> (
    status: Int32, output: [UInt8], complaint: String
  ) {
    let files = try Scratch()
    try Data(input).write(to: files.url("in"))
    let process = try start(arguments, files: files, environment: environment)
    process.waitUntilExit()
    return (
      process.terminationStatus, [UInt8](try Data(contentsOf: files.url("out"))),
      String(decoding: try Data(contentsOf: files.url("err")), as: UTF8.self)
    )
  }

  /// Starts it; its output goes into files, so that no pipe can fill up.
  static func start(
    _ arguments: [String], files: Scratch, environment: [String: String] = [:]
  ) throws -> Process {
    let process = Process()
    process.executableURL = binary
    process.arguments = arguments
    process.environment = environment.merging(["PATH": "/usr/bin:/bin", "NO_COLOR": "1"]) { $1 }
    if !FileManager.default.fileExists(atPath: files.url("in").path()) { try Data().write(to: files.url("in")) }
    process.standardInput = try FileHandle(forReadingFrom: files.url("in"))
    for (name, set) in [("out", { process.standardOutput = $0 }), ("err", { process.standardError = $0 })]
      as [(String, (FileHandle) -> Void)]
    {
      try Data().write(to: files.url(name))
      set(try FileHandle(forWritingTo: files.url(name)))
    }
    try process.run()
    return process
  }
}

/// A folder that goes away with the test.
final class Scratch: Sendable {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "heed-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func url(_ name: String) -> URL { folder.appending(path: name) }
}

/// Lines of NDJSON.
func lines(_ bytes: [UInt8]) -> [[UInt8]] { bytes.split(separator: 0x0A).map(Array.init) }

func joined(_ lines: some Sequence<[UInt8]>) -> [UInt8] { lines.reduce(into: []) { $0 += $1 + [0x0A] } }

/// The events of the demo, as the program prints them.
func demoEvents() throws -> [[UInt8]] { lines(try Program.run(["demo", "--print-events"]).output) }

/// What the filter gives for these lines.
func triaged(_ input: some Sequence<[UInt8]>) throws -> [[UInt8]] {
  lines(try Program.run(["triage"], input: joined(input)).output)
}
