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

  /// A mark only saves looking: whatever words there are, those included that are the same for Swift with other bytes.
  @Test func aMarkChangesNoAnswer() {
    let words = ["none", "nones", "", "vip", "K", "\u{212A}", "priv\u{E9}", "prive\u{301}", "prive"]
    for word in words {
      for wanted in words.map({ [$0] }) + [words, ["vip", "priv\u{E9}"], []] {
        for part in [Condition.Wanted.anyOf(wanted), .noneOf(wanted)] {
          var facts = Facts()
          facts[.tier] = .word(word)
          facts[.signals] = .words([word])
          for fact in [FactName.tier, .signals] {
            #expect(Condition([(fact, part)]).holds(for: facts) == part.holds(for: facts[fact]))
          }
        }
      }
    }
    for number in [-2, -1, 0, 1, Int.max, Int.min] {
      var facts = Facts()
      facts[.sentiment] = .number(number)
      for range in [-2...(-1), 0...0, 1...Int.max, Int.min...0] {
        #expect(Condition([(.sentiment, .within(range))]).holds(for: facts) == range.contains(number))
      }
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
