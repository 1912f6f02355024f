public import Console
public import Events

/// What the last look at a comparison of two policies or models gave, for whoever shows it.
public enum LastDiff: Sendable, Hashable {
  /// Nobody gave a file.
  case notGiven
  /// The file cannot be shown: why, in words that name no content of it.
  case unreadable(words: String)
  /// It was written at that time.
  case read(DiffView, written: Timestamp)
}
