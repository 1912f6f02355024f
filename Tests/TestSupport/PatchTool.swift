internal import Foundation

/// What people apply patches with.
package enum PatchTool: String, CaseIterable, Sendable {
  case git, patch

  /// Those that are on this machine.
  package static let here = allCases.filter { $0.file != nil }

  /// The tool refuses the patch; what it says.
  package struct Refusal: Error {
    package let words: String
  }

  private var file: String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(rawValue)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// What becomes of a file at `path` with this content, by `git apply` or `patch -p1` in the folder that the path starts from.
  package func apply(_ patch: String, to content: String, at path: String) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "heed-patch-\(UUID().uuidString)")
    let target = folder.appending(path: path)
    try FileManager.default.createDirectory(
      at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(content.utf8).write(to: target)
    try Data(patch.utf8).write(to: folder.appending(path: "proposed.patch"))
    let process = Process()
    process.executableURL = URL(filePath: file!)
    process.arguments = self == .git ? ["apply", "proposed.patch"] : ["-p1", "--batch", "-i", "proposed.patch"]
    process.currentDirectoryURL = folder
    // Neither a repository above the folder nor anybody's settings have a say.
    process.environment = ["GIT_CEILING_DIRECTORIES": folder.path(), "GIT_CONFIG_NOSYSTEM": "1", "HOME": folder.path()]
    process.standardInput = FileHandle.nullDevice
    let output = Pipe()
    (process.standardOutput, process.standardError) = (output, output)
    try process.run()
    let words = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Refusal(words: words) }
    return String(decoding: try Data(contentsOf: target), as: UTF8.self)
  }
}
