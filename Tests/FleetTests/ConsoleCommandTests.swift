import Console
import Events
import Foundation
import Logging
import Shipped
import TestSupport
import Testing
import Web

@testable import heed

/// `heed console` beside a broker and a worker.
@Suite(.serialized) struct ConsoleCommandTests {
  private static let words = "Where is my order? Mail me at zq@canary.example"

  /// The default policy, but for one line.
  private static func policyWithReveal(in files: Scratch) throws -> String {
    try Data((Shipped.policy + "\nprivacy: {reveal: audited}\n").utf8).write(to: files.url("policy.yaml"))
    return files.url("policy.yaml").path()
  }

  @Test func theLogIsReadAgainForWhoMayAndNoMoreForWhoIsErased() throws {
    let fleet = try Fleet.onEmbeddedBroker()
    defer { fleet.end() }
    let opened = """
      {"specversion":"1.0","id":"e1","source":"/t","type":"heed.ticket.opened.v1","time":"2026-03-02T10:00:00Z",\
      "partitionkey":"C1","data":{"ticketId":"T1","customerId":"C1","channel":"web","subject":"Hi","body":"\(Self.words)"}}
      """
    try fleet.produce([Array(opened.utf8)])
    try fleet.startWorker()
    let files = try Scratch()
    let console = try Program.start(
      [
        "console", "--bootstrap", fleet.bootstrap, "--listen", "127.0.0.1:0", "--set", "log.level=warning", "--set",
        "policy=\(Self.policyWithReveal(in: files))",
      ], files: files)
    defer { console.terminate() }
    let port = try waiting(for: "the console") { () -> Int? in
      let said = String(decoding: try Data(contentsOf: files.url("err")), as: UTF8.self)
      return said.firstMatch(of: /console is on http:\/\/127.0.0.1:(\d+)/).flatMap { Int($0.1) }
    }
    let page = try waiting(for: "the decision") { () -> String? in
      let answer = try get("/decision?ticket=T1", port)
      return answer.status == 200 && answer.body.contains("/reveal") ? answer.body : nil
    }
    #expect(!page.contains("canary"))
    let (id, key) = (
      try #require(page.firstMatch(of: /name="id" value="([^"]+)"/)).1,
      try #require(page.firstMatch(of: /name="key" value="(\w+)"/)).1
    )
    let form = "id=\(id)&reason=customer_asked&note=QA-1&key=\(key)"
    let shown = try post("/reveal", form, port)
    #expect(shown.status == 200)
    #expect(shown.body.contains("zq@canary.example"))

    // The embedded broker does not know the request for a group's members, and the page says so.
    let workers = try waiting(for: "what is said of workers") { () -> String? in
      let body = try get("/fleet", port).body
      return body.contains("Nobody was asked yet") ? nil : body
    }
    #expect(workers.contains("The cluster does not tell who is in the group"))

    try fleet.produce([
      Array(
        #"{"specversion":"1.0","id":"e2","source":"/t","type":"heed.customer.erased.v1","time":"2026-03-02T11:00:00Z","partitionkey":"C1","data":{"customerId":"C1"}}"#
          .utf8)
    ])
    _ = try waiting(for: "the erasure") { try get("/decision?id=\(id)", port).status == 404 ? true : nil }
    let erased = try post("/reveal", form, port)
    #expect(erased.status == 404)
    #expect(!erased.body.contains("canary"))

    // Written down though only warnings are wanted in the log; the words are in no line.
    let log = String(decoding: try Data(contentsOf: files.url("err")), as: UTF8.self)
    let audit = log.split(separator: "\n").filter { $0.contains("audit=reveal") }
    #expect(audit.count == 2)
    #expect(audit.first?.contains("who=local") == true && audit.first?.contains("ticket=T1") == true)
    #expect(audit.last?.contains("refused=unknown") == true)
    #expect(!log.contains("canary"))
  }
}

@Suite struct DiffFileTests {
  private static let json =
    #"{"before":"a","after":"b","decisions":9,"flips":1,"otherReasons":0,"days":1,"changes":{},"examples":[],"load":[]}"#

  private func words(_ diff: LastDiff) -> String {
    switch diff {
    case .notGiven: "not given"
    case .unreadable(let words): words
    case .read(let view, _): "\(view.flips) of \(view.decisions)"
    }
  }

  @Test func aFileThatChangesIsReadAgainAndOneThatIsNoComparisonIsSaid() throws {
    let files = try Scratch()
    let url = files.url("diff.json")
    let file = DiffFile(url.path(), logger: Logger(label: "test"))
    var now = ContinuousClock.now
    func look() -> String {
      now += .seconds(2)
      return words(file.diff(at: now))
    }
    #expect(look() == "The file of the comparison is not there.")
    try Data(Self.json.utf8).write(to: url)
    #expect(look() == "1 of 9")
    try Data(Self.json.replacing("\"flips\":1", with: "\"flips\": 12").replacing(":9", with: ":90").utf8).write(to: url)
    #expect(look() == "12 of 90")
    try Data("<html>".utf8).write(to: url)
    #expect(look() == "The file is no comparison: heed diff --json writes one.")
    try Data(count: DiffFile.bytesMax + 1).write(to: url)
    #expect(look() == "The file of the comparison has more than 4 MiB.")
    try FileManager.default.removeItem(at: url)
    #expect(look() == "The file of the comparison is not there.")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    #expect(look() == "The file of the comparison is not there.", "a folder is no file")
  }

  @Test func itIsLookedAtAtMostOnceASecond() throws {
    let files = try Scratch()
    let file = DiffFile(files.url("diff.json").path(), logger: Logger(label: "test"))
    let now = ContinuousClock.now
    #expect(words(file.diff(at: now)) == "The file of the comparison is not there.")
    try Data(Self.json.utf8).write(to: files.url("diff.json"))
    #expect(words(file.diff(at: now + .milliseconds(900))) == "The file of the comparison is not there.")
    #expect(words(file.diff(at: now + .milliseconds(1_100))) == "1 of 9")
  }
}
