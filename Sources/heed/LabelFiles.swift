import Foundation
import Trainer

/// Label files as they are given on the command line.
enum LabelFiles {
  static func rows(at paths: [String]) throws -> [LabelledText] {
    try paths.flatMap { path -> [LabelledText] in
      try files(at: path).flatMap { file in
        do {
          let bytes = file.hasSuffix(".gz") ? try unpacked(file) : Data(try contents(ofFile: file))
          return try LabelledText.rows(of: bytes, source: source(of: file))
        } catch let problem as LabelProblem {
          throw Failure(status: .badConfiguration, words: "\(file): \(problem)")
        }
      }
    }
  }

  private static func source(of file: String) -> String {
    String(URL(filePath: file).lastPathComponent.prefix { $0 != "." })
  }

  private static func files(at path: String) throws -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      return [path]
    }
    let names = try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
    return names.filter { name in endings.contains { name.hasSuffix($0) } }.map { path + "/" + $0 }
  }

  private static let endings = [".ndjson", ".csv", ".ndjson.gz", ".csv.gz"]

  /// What is in a gzip file. Foundation has no gzip on Linux, and every system has the program.
  private static func unpacked(_ path: String) throws -> Data {
    let failure = Failure(status: .badConfiguration, words: "\(path) cannot be unpacked with gzip")
    guard FileManager.default.isReadableFile(atPath: path) else { throw failure }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", "--", path]
    let pipe = Pipe()
    process.standardOutput = pipe
    do {
      try process.run()
      let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      guard process.terminationStatus == 0 else { throw failure }
      return bytes
    } catch { throw failure }
  }
}
