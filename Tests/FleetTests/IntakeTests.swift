import Events
import Foundation
import Testing

@Suite struct IntakeFilterTests {
  private let payload = #"""
    {"event":"ticket.created","ticket":{"id":7,"description":"Where is my order? Maren Oduya","created_at":"2026-03-04T09:15:00Z",\#
    "requester":{"email":"maren@shop.example"}}}
    """#

  @Test func payloadsBecomeEventsAndWhatCannotIsToldAndKept() throws {
    let files = try Scratch()
    let letters = files.url("letters").path()
    let bad = #"{"ticket":{"id":"Maren Oduya"}}"#
    let arguments = ["intake", "--source", "zendesk", "--identity", "plain", "--dead-letters", letters]
    let input = [UInt8]("\(payload)\n\(bad)\n\(payload)\n".utf8)
    let result = try Program.run(arguments, input: input)
    #expect(result.status == 1)
    #expect(result.complaint.contains("line 2: missing_field at /ticket/updated_at"), "\(result.complaint)")
    #expect(!result.complaint.contains("Maren"))
    #expect(try String(contentsOf: files.url("letters"), encoding: .utf8) == bad + "\n")
    #expect(lines(result.output).count == 2)
    for line in lines(result.output) {
      #expect(try EventDecoder.decode(structured: line).customer?.text == "email:maren@shop.example")
    }
    #expect(try Program.run(arguments + ["--keep-going"], input: input).status == 0)
  }

  @Test func customersAreHashedUnlessSaidOtherwise() throws {
    let files = try Scratch()
    try Data("0123456789abcdef\n".utf8).write(to: files.url("key"))
    try Data("short\n".utf8).write(to: files.url("short"))
    func run(_ arguments: String...) throws -> (status: Int32, output: [UInt8], complaint: String) {
      try Program.run(["intake", "--source", "zendesk"] + arguments, input: [UInt8](payload.utf8))
    }
    #expect(try run().status == 2)
    #expect(try run("--identity-key-file", files.url("short").path()).status == 78)
    #expect(try run("--identity-key-file", files.url("nowhere").path()).status == 78)
    let keyed = try run("--identity-key-file", files.url("key").path())
    let event = try EventDecoder.decode(structured: try #require(lines(keyed.output).first))
    #expect(keyed.status == 0 && event.customer?.text.hasPrefix("c_") == true)
  }

  @Test func aMappingsMistakeIsToldWithFileAndLine() throws {
    let files = try Scratch()
    try Data("mapping: x\nevnets: []\n".utf8).write(to: files.url("my.yaml"))
    let file = files.url("my.yaml").path()
    let result = try Program.run(["intake", "--identity", "plain", "--source", "mapping:" + file])
    #expect(result.status == 78 && result.complaint.contains("\(file):2: evnets: there is no such field"))
    #expect(try Program.run(["intake", "--identity", "plain", "--source", "fax"]).status == 2)
  }
}
