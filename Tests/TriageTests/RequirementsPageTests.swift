import Foundation
import Testing
import TestSupport

/// `Tests/REQUIREMENTS.md` says by which tests each requirement is held. It stays true: no row is missing, no test or conversation is
/// named that there is not, and no conversation holds a row that the page does not know.
@Suite struct RequirementsPageTests {
  private static let tests = Repository.file("Tests")

  /// One line of the page.
  private struct Row {
    let code: String
    /// `Suite.test`.
    let tests: [String]
    /// Conversations by name.
    let conversations: [String]
    /// Files of conversations.
    let files: [String]
    let isOpen: Bool
  }

  private static let page = (try? String(contentsOf: tests.appending(path: "REQUIREMENTS.md"), encoding: .utf8)) ?? ""

  private static let rows: [Row] = page.split(separator: "\n").compactMap { line in
    guard let match = line.firstMatch(of: /^\| ([A-G]\d+) \|(.*)\|(.*)\|$/) else { return nil }
    let shown = match.3
    return Row(
      code: String(match.1),
      tests: shown.matches(of: /`(\w+\.\w+)`/).map { String($0.1) }.filter { !$0.hasSuffix(".yaml") },
      conversations: shown.matches(of: /“([^”]+)”/).map { String($0.1) },
      files: shown.matches(of: /`([\w-]+\.yaml)`/).map { String($0.1) }, isOpen: match.2.contains("**Open"))
  }

  /// Every test in the sources, as `Suite.test`.
  private static let known: Set<String> = {
    var known: Set<String> = []
    let names = FileManager.default.enumerator(atPath: tests.path)?.compactMap { $0 as? String } ?? []
    for name in names where name.hasSuffix(".swift") {
      let text = (try? String(contentsOf: tests.appending(path: name), encoding: .utf8)) ?? ""
      var suite = ""
      var isTest = false
      for line in text.split(separator: "\n") {
        if let match = line.firstMatch(of: /^(?:@Suite(?:\(.*\))? )?(?:final )?(?:struct|class|enum) (\w+)/) {
          suite = String(match.1)
        }
        if line.hasPrefix("  @Test") { isTest = true }
        guard isTest, let match = line.firstMatch(of: /^  (?:@Test.*)?func (\w+)\(/) else { continue }
        known.insert("\(suite).\(match.1)")
        isTest = false
      }
    }
    return known
  }()

  @Test func noRowIsMissing() {
    var wanted = (1...15).map { "A\($0)" } + (1...7).map { "B\($0)" }
    wanted += (1...31).map { "C\($0)" } + (1...14).map { "D\($0)" } + (1...12).map { "E\($0)" }
    wanted += (1...9).map { "F\($0)" } + (1...11).map { "G\($0)" }
    #expect(Self.rows.map(\.code) == wanted)
  }

  @Test func everyRowIsShownBySomethingThatExists() {
    #expect(Self.known.count > 300 && Self.known.contains("RequirementsPageTests.noRowIsMissing"))
    let conversations = Dictionary(uniqueKeysWithValues: Conversation.written.conversations.map { ($0.name, $0) })
    for row in Self.rows {
      #expect(row.isOpen || !row.tests.isEmpty || !row.conversations.isEmpty, "\(row.code) is shown by nothing")
      for test in row.tests { #expect(Self.known.contains(test), "\(row.code): there is no \(test)") }
      for name in row.conversations {
        #expect(
          conversations[name]?.rows.contains(row.code) == true, "\(row.code): no such conversation holds it: \(name)")
      }
      for file in row.files {
        let isHeld = conversations.values.contains {
          $0.place.file.lastPathComponent == file && $0.rows.contains(row.code)
        }
        #expect(isHeld, "\(row.code): no conversation in \(file) holds it")
      }
    }
  }

  @Test func noConversationHoldsARowThatThePageDoesNotKnow() {
    let codes = Set(Self.rows.map(\.code))
    for conversation in Conversation.written.conversations {
      for row in conversation.rows where !codes.contains(row) {
        Issue.record("the page does not know \(row)", sourceLocation: conversation.place.source)
      }
    }
  }
}
