import Testing

/// What a newcomer sees first.
@Suite struct DemoTests {
  @Test func decidesEverythingAndEndsWithoutAComplaint() throws {
    let demo = try Program.run(["demo", "--exit-when-done", "--pace", "0", "--listen", "127.0.0.1:0"])
    #expect(demo.status == 0)
    #expect(!demo.complaint.contains(" error "), "\(demo.complaint)")
    let told = String(decoding: demo.output, as: UTF8.self)
    #expect(told.contains("of 209 decisions are what the writers of the tickets would have done"))
  }
}
