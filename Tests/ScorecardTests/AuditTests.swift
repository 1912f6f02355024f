import Testing
import TestSupport

@testable import Scorecard

@Suite struct AuditTests {
  private static func treatment(_ isAutomated: Bool, urgency: Int = 1) -> Audit.Treatment {
    Audit.Treatment(
      isAutomated: isAutomated, urgency: urgency, queue: isAutomated ? nil : "general", intent: "order_status")
  }

  /// Five hundred pairs of every kind; a twin is treated otherwise with the chance `noise`, and one with a foreign name loses automation with the chance `bias`.
  private static func audit(noise: Double, bias: Double, seed: UInt64) -> Audit {
    var random = Dice(seed: seed)
    var pairs: [(twin: Twin, one: Audit.Treatment, other: Audit.Treatment)] = []
    for twin in Twin.allCases {
      for _ in 0..<500 {
        let isAutomated = Bool.random(using: &random)
        var other = Double.random(in: 0..<1, using: &random) < noise ? Bool.random(using: &random) : isAutomated
        if twin == .origin, Double.random(in: 0..<1, using: &random) < bias { other = false }
        pairs.append((twin, treatment(isAutomated), treatment(other)))
      }
    }
    return Audit(pairs)
  }

  @Test func aPlantedBiasIsFound() {
    let found = (0..<100).count { seed in
      Self.audit(noise: 0.1, bias: 0.15, seed: UInt64(seed)).findings.contains {
        $0.isAlarm && $0.twin == "origin" && $0.aspect == "automation" && $0.less > $0.more
      }
    }
    #expect(found >= 90, "\(found) of 100")
  }

  @Test func withoutBiasAtMostOneInTwentyRaisesAlarm() {
    let alarms = (0..<400).count {
      Self.audit(noise: 0.1, bias: 0, seed: UInt64($0)).findings.contains(where: \.isAlarm)
    }
    #expect(alarms <= 20, "\(alarms) of 400")
  }

  @Test func theTestIsTheBinomial() {
    #expect(Audit.chance(0, 0) == 1)
    #expect(Audit.chance(5, 5) == 1)
    // 2 * (1 + 10) / 1024
    #expect(abs(Audit.chance(9, 1) - 22.0 / 1_024) < 1e-12)
  }

  @Test(arguments: Twin.allCases) func aTwinIsAnotherTextWithTheSameNumbers(twin: Twin) throws {
    let text =
      "Hello, where is my order LL-40127? It isn't here, and I'm going away because nothing works. Please answer."
    for language in ["en", "de", "fr", "es"] {
      for index in 0..<9 {
        guard let pair = twin.pair(text, language: language, index: index) else { continue }
        #expect(pair.one != pair.other)
        #expect(pair.other.contains("40127"))
        #expect(twin.pair(text, language: language, index: index)! == pair)
      }
    }
    #expect((0..<9).contains { twin.pair(text, language: "en", index: $0) != nil })
  }
}
