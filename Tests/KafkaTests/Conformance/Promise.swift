import Testing

/// One thing that workers rely on in a broker, tried through the port alone.
struct Promise: Sendable, CustomTestStringConvertible {
  let name: String
  /// Without these a broker cannot keep it.
  let needs: BrokerUnderTest.Features
  let keep: @Sendable (any Stage) throws -> Void

  init(_ name: String, needs: BrokerUnderTest.Features = [], keep: @escaping @Sendable (any Stage) throws -> Void) {
    self.name = name
    self.needs = needs
    self.keep = keep
  }

  var testDescription: String { name }

  static let all: [Promise] = reading + writing + groups + transactions
}

/// Every promise on every broker there is: the simulated one, the embedded one, and a real one where `KAFKA_BOOTSTRAP` is set.
///
/// What a simulation proves holds for a cluster only as far as the two agree; this is where they are compared.
@Suite(.ownThread) struct ConformanceTests {
  @Test(arguments: StageHost.all, Promise.all)
  func isKept(host: StageHost, promise: Promise) throws {
    let gaps = promise.needs.subtracting(host.features)
    if !gaps.isEmpty {
      let words = "the \(host.testDescription) broker declares that it has no \(gaps.names): \(promise.name)"
      // The console says nothing of single cases that are cancelled.
      print("skipped, \(words)")
      try Test.cancel("\(words)")
    }
    try host.run(promise.keep)
  }

  @Test func everyPromiseHasANameOfItsOwnAndIsKeptByTheSimulation() {
    #expect(Set(Promise.all.map { $0.name }).count == Promise.all.count)
    for promise in Promise.all { #expect(StageHost.simulated.features.isSuperset(of: promise.needs)) }
  }
}
