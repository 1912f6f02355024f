enum FinalContexts: Checker {
  static let claim = "In the end the table knows what the fold knows"

  static func violations(in evidence: Evidence) -> [String] {
    guard evidence.backlog.isEmpty else { return [] }
    return evidence.expectedTables.indices.filter { evidence.tables[$0] != evidence.expectedTables[$0] }
      .map { "the contexts of partition \($0)" }
  }
}
