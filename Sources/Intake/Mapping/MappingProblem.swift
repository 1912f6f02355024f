/// What is wrong with a mapping, and where.
public struct MappingProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// The line, from 1; 0 if that is not known.
  public let line: Int
  /// What is wrong and how to mend it.
  public let words: String

  /// `line 12: ...`
  public var description: String { line > 0 ? "line \(line): \(words)" : words }
}
