/// The difference of two documents with the same lines but for some: a unified diff, which `git apply` and `patch -p1` take.
public struct PolicyPatch: Sendable, Hashable {
  /// The patch; empty where nothing differs.
  public let text: String
  /// How many lines differ.
  public let changedLines: Int

  private static let context = 3

  /// What makes `new` of `old`, a file at `path`.
  public init(path: String, from old: String, to new: String) {
    let (before, after) = (old.lines, new.lines)
    precondition(before.count == after.count, "edits replace words within lines")
    let changed = before.indices.filter { before[$0] != after[$0] }
    changedLines = changed.count
    guard let first = changed.first else {
      text = ""
      return
    }
    var hunks: [[Int]] = [[first]]
    for index in changed.dropFirst() {
      // Hunks that would touch are one.
      if index - hunks[hunks.count - 1].last! <= 2 * Self.context {
        hunks[hunks.count - 1].append(index)
      } else {
        hunks.append([index])
      }
    }
    let name = path.drop { $0 == "/" || $0 == "." && path.hasPrefix("./") }
    text =
      "--- a/\(name)\n+++ b/\(name)\n" + hunks.map { Self.hunk($0, before, after) }.joined()
  }

  private static func hunk(_ changed: [Int], _ before: [String], _ after: [String]) -> String {
    // What follows the last line feed is no line, unless something stands there.
    let hasEnd = before.last != "" || after.last != ""
    let count = hasEnd ? before.count : before.count - 1
    let start = max(0, changed[0] - context)
    let end = min(count, changed[changed.count - 1] + context + 1)
    var text = "@@ -\(start + 1),\(end - start) +\(start + 1),\(end - start) @@\n"
    func add(_ sign: String, _ index: Int, _ lines: [String]) {
      text += sign + lines[index] + "\n"
      if hasEnd, index == count - 1 { text += "\\ No newline at end of file\n" }
    }
    var index = start
    while index < end {
      guard changed.contains(index) else {
        add(" ", index, before)
        index += 1
        continue
      }
      let run = Array((index..<end).prefix { changed.contains($0) })
      for line in run { add("-", line, before) }
      for line in run { add("+", line, after) }
      index += run.count
    }
    return text
  }
}
