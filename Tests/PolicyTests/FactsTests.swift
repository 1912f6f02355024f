import Testing

@testable import Policy

@Suite struct FactsTests {
  @Test func everyFactHasAPlaceOfItsOwnInTheOrderOfTheClosedList() {
    #expect(FactName.allCases.map(\.place) == Array(FactName.allCases.indices))
  }

  @Test func everyFactKeepsItsOwnValue() {
    var facts = Facts()
    for name in FactName.allCases {
      let before = facts
      switch name.kind {
      case .word: facts[name] = .word("w-" + name.rawValue)
      case .number: facts[name] = .number(7)
      case .flag: facts[name] = .flag(!before.flag(name))
      case .words: facts[name] = .words(["w"])
      }
      for other in FactName.allCases { #expect((facts[other] == before[other]) == (other != name)) }
    }
  }

  @Test func aTrailNamesFactsOnceInTheOrderTheyWereLookedAt() {
    var trail = FactTrail(of: [
      Condition([(.late, .flag(true)), (.cause, .anyOf(["hold"]))]), Condition([(.late, .flag(true))]),
    ])
    trail.add(.cause, .intent)
    trail.add(Condition([(.tier, .anyOf(["vip"])), (.intent, .anyOf(["none"]))]))
    #expect(trail.names == [.late, .cause, .intent, .tier])
  }
}
