package import Foundation

/// Files of this repository that tests read where they are written.
package enum Repository {
  private static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL

  /// The file or folder at `path` from the top.
  package static func file(_ path: String) -> URL { root.appending(path: path) }

  /// The words of the file at `path` from the top.
  package static func text(_ path: String) throws -> String { try String(contentsOf: file(path), encoding: .utf8) }
}
