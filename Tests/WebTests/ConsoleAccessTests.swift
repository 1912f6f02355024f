import Testing

@testable import Web

@Suite struct ConsoleAccessTests {
  @Test(arguments: ["127.0.0.1", "127.8.9.1", "localhost", "LOCALHOST", "::1"])
  func anAddressOfThisMachineNeedsNothing(_ host: String) throws {
    #expect(try ConsoleAccess(host: host, token: nil, proxyHeader: nil) == .thisMachine)
  }

  @Test(arguments: ["0.0.0.0", "::", "10.0.0.7", "heed.example", "127.0.0.1.example.com", "127.0.0", ""])
  func anAddressThatOthersReachIsRefused(_ host: String) {
    #expect(throws: ConsoleAccessProblem.self) { try ConsoleAccess(host: host, token: nil, proxyHeader: nil) }
  }

  @Test func aTokenOrAProxyOpensIt() throws {
    let token = "a token that is long enough"
    #expect(try ConsoleAccess(host: "0.0.0.0", token: token, proxyHeader: nil) == .token(token))
    #expect(try ConsoleAccess(host: "0.0.0.0", token: nil, proxyHeader: "X-User") == .proxy(header: "X-User"))
    #expect(throws: ConsoleAccessProblem.self) { try ConsoleAccess(host: "0.0.0.0", token: "short", proxyHeader: nil) }
    #expect(throws: ConsoleAccessProblem.self) {
      try ConsoleAccess(host: "0.0.0.0", token: token, proxyHeader: "X-User")
    }
    #expect(throws: ConsoleAccessProblem.self) { try ConsoleAccess(host: "0.0.0.0", token: nil, proxyHeader: "X User") }
  }

  @Test func tokensAreTheSameOnlyIfEveryByteIs() {
    #expect(ConsoleAccess.isSame("secret", "secret"))
    for other in ["", "s", "secreT", "secrets", "Secret"] { #expect(!ConsoleAccess.isSame(other, "secret")) }
  }

  @Test func aPaceAllowsABurstAndThenSoManyASecond() {
    let pace = Pace(perSecond: 2, burst: 3)
    let begin = ContinuousClock.now
    #expect((0..<5).map { _ in pace.take(at: begin) } == [true, true, true, false, false])
    #expect((0..<3).map { _ in pace.take(at: begin + .seconds(1)) } == [true, true, false])
  }

  @Test func aFormIsReadAsBrowsersSendIt() {
    #expect(
      FormFields.read("body=a+b%26c%0D%0Ad&empty=&plus=1%2B1")! == ["body": "a b&c\nd", "empty": "", "plus": "1+1"])
    #expect(FormFields.read("body=%C3") == nil)
  }
}
