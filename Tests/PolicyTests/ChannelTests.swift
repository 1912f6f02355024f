import Events
import Testing

@testable import Policy

/// What goes out on each channel: in which words, how long, and what only where nobody else reads.
@Suite struct ChannelTests {
  private let policy = DefaultPolicy.document

  /// Every message that the default policy sends, by language and step.
  static let messages: [(language: String, step: String)] = DefaultPolicy.document.languages.keys.sorted().flatMap {
    language in
    DefaultPolicy.document.steps.keys.sorted().filter { DefaultPolicy.document.sends($0) }.map { (language, $0) }
  }

  private func message(_ language: String, _ step: String) throws -> PolicyDocument.Message {
    try #require(policy.languages[language]?.messages[step])
  }

  @Test func everyChannelHasItsWordsAndBounds() {
    #expect(Set(policy.channels.keys) == Set(Channel.allCases))
    #expect(policy.form(on: .email) == .full && policy.form(on: .web) == .full)
    for channel in [Channel.sms, .chat, .phone] { #expect(policy.form(on: channel) == .brief) }
    // Others read along, or may.
    for channel in [Channel.social, .unknown] { #expect(policy.form(on: channel) == .public) }
    let bounds = [Channel.sms, .social, .chat, .email].compactMap { policy.channels[$0]?.charactersMax }
    #expect(bounds == bounds.sorted() && bounds.first == 480)
  }

  // MARK: The default policy's words

  @Test(arguments: messages)
  func theBriefFormTellsTheSameFactsInFewerCharacters(language: String, step: String) throws {
    let full = try message(language, step)
    let brief = full.form(.brief)
    for facts in MessageLint.samples {
      let told = facts.filter { !Template.isFlag($0.key) }
      for tone in [\PolicyDocument.Message.calm, \.upset] {
        func text(_ form: PolicyDocument.Message) -> String {
          [form[keyPath: tone], form.fact, form.nextStep].map { $0.render(facts) }.joined(separator: "\n")
        }
        let (long, short) = (text(full), text(brief))
        #expect(told.values.filter(long.contains) == told.values.filter(short.contains), "\(facts)")
        #expect(short.count <= long.count)
      }
    }
    // The frame makes every brief message shorter than the full one.
    let frame = try #require(policy.languages[language]?.frame)
    for part in [\PolicyDocument.Frame.humanExit, \.disclosure] {
      let (long, short) = (frame[keyPath: part].render([:]), frame.form(.brief)[keyPath: part].render([:]))
      #expect(!short.isEmpty && short.count < long.count)
    }
  }

  @Test(arguments: messages)
  func thePublicFormTellsNothingOfTheCustomersOwn(language: String, step: String) throws {
    let frame = try #require(policy.languages[language]?.frame.form(.public))
    let words = try message(language, step).form(.public)
    let facts = Dictionary(
      uniqueKeysWithValues: Template.placeholders.map { ($0, Template.isFlag($0) ? "true" : "⟦\($0)⟧") })
    let parts = [words.calm, words.upset, words.fact, words.nextStep, frame.humanExit, frame.disclosure, frame.basis]
    for part in parts {
      // Even if somebody gave it all there is.
      let text = part.render(facts).replacing("⟦cause⟧", with: "").replacing("⟦nextUpdate⟧", with: "")
      #expect(!text.contains("⟦") && text.contains(where: \.isLetter))
    }
  }

  @Test(arguments: messages)
  func everyFormKeepsItsPartsAndClaimsNoFeelings(language: String, step: String) throws {
    for form in PolicyDocument.Form.allCases {
      let words = try message(language, step).form(form)
      for facts in MessageLint.samples {
        for part in [words.calm, words.upset, words.fact, words.nextStep] {
          let text = part.render(form.told(facts))
          #expect(text.contains(where: \.isLetter) && !text.contains("!") && !text.contains("{{"), "\(form)")
        }
      }
    }
  }

  @Test func whatIsNotSaidInAFormIsAsInTheFullOne() throws {
    let full = try message("en", "tell_refund_status")
    #expect(full.form(.brief).fact.names == full.fact.names && full.form(.brief).calm.names == full.calm.names)
    #expect(full.form(.full).nextStep.render([:]) == full.nextStep.render([:]))
    #expect(full.form(.brief).nextStep.render([:]) != full.nextStep.render([:]))
    let frame = try #require(policy.languages["en"]?.frame)
    #expect(frame.form(.public).disclosure.render([:]) == frame.disclosure.render([:]))
  }

  @Test func whereEverybodyReadsAMessageGetsOnlyWhatIsNobodysOwn() {
    let facts = Dictionary(uniqueKeysWithValues: Template.placeholders.map { ($0, "x") })
    #expect(Set(PolicyDocument.Form.public.told(facts).keys) == ["cause", "nextUpdate"])
    #expect(PolicyDocument.Form.brief.told(facts) == facts && PolicyDocument.Form.full.told(facts) == facts)
  }

  // MARK: What is noticed

  private func faults(_ old: String, _ new: String) throws -> [PolicyProof.Fault] {
    let changed = DefaultPolicy.yaml.replacing(old, with: new, maxReplacements: 1)
    try #require(changed != DefaultPolicy.yaml)
    return ChannelLint.faults(of: try PolicyDocument(yaml: changed))
  }

  /// The line, from 1, on which a text of the default policy first stands.
  private func line(of text: String) throws -> Int {
    let place = try #require(DefaultPolicy.yaml.firstRange(of: text))
    return DefaultPolicy.yaml[..<place.lowerBound].count { $0 == "\n" } + 1
  }

  @Test func theDefaultPolicyFitsEveryChannel() {
    #expect(ChannelLint.faults(of: policy) == [])
  }

  @Test func aMessageThatIsTooLongForAChannelIsNamedWithItsLineAndLength() throws {
    let found = try faults("sms: {form: brief, charactersMax: 480", "sms: {form: full, charactersMax: 320")
    let fault = try #require(found.first { $0.blames == "message en.tell_new_date" })
    #expect(fault.check == "length" && fault.words.contains("on sms") && fault.words.contains("at most 320"))
    #expect(fault.line == (try line(of: "      tell_new_date:")) + 1)
    #expect(Set(found.map(\.check)) == ["length"])
  }

  @Test func aSentenceThatIsTooLongForAChannelIsNamed() throws {
    let found = try faults(
      "sms: {form: brief, charactersMax: 480, sentenceWordsMax: 28",
      "sms: {form: brief, charactersMax: 480, sentenceWordsMax: 9")
    #expect(found.contains { $0.words.contains("on sms: a sentence of") && $0.words.contains("at most 9") })
  }

  @Test(arguments: ["full", "brief"])
  func socialInWordsForOnePersonIsRefused(form: String) throws {
    let found = try faults("social: {form: public", "social: {form: \(form)")
    let fault = try #require(found.first { $0.blames == "channel social" })
    let place = try line(of: "  social: {form")
    #expect(fault.check == "public" && fault.line == place)
  }

  @Test(arguments: ["order", "name", "tracking", "carrier", "estimated", "refundAmount", "region", "items", "hasOrder"])
  func theCustomersOwnWhereEverybodyReadsIsRefused(place: String) throws {
    let words = "Your account shows its new date, under your orders."
    let own = Template.isFlag(place) ? "{{#\(place)}}There is.{{/\(place)}}" : "{{\(place)}}."
    let found = try faults(words, "\(words) \(own)")
    #expect(found.contains { $0.check == "public" && $0.words.contains("{{\(place)}}") && $0.line > 0 })
  }

  @Test func anOrderInTheBasisWhereEverybodyReadsIsRefused() throws {
    let found = try faults("basis: \"Your message and the records of our shop\"", "basis: \"Order {{order}}\"")
    #expect(found.contains { $0.blames == "frame en.public" && $0.check == "public" && $0.line > 0 })
  }

  @Test func aBriefFormThatLeavesOutAFactIsRefusedAtItsLine() throws {
    let fact =
      "fact: \"It is delayed at {{carrier}}, was last seen on {{lastScan}} and is now expected on {{estimated}}.\""
    let found = try faults(fact, "fact: \"It is delayed at {{carrier}} and now expected on {{estimated}}.\"")
    let fault = try #require(found.first)
    #expect(fault.check == "facts" && fault.words.contains("{{lastScan}}") && found.count == 1)
    #expect(abs(fault.line - (try line(of: fact))) <= 1)
  }

  @Test func aLinkThatWouldBeReadAloudIsRefused() throws {
    let found = try faults(
      "nextStep: \"Please reply with the number from the order confirmation.\"",
      "nextStep: \"See www.shop.example for its number.\"")
    #expect(found.map(\.check) == ["link"] && found.first?.words.contains("on phone") == true)
  }

  @Test(arguments: [
    ("  sms: {form: brief, charactersMax: 480, sentenceWordsMax: 28} # three parts\n", "", "sms is missing"),
    ("  sms: {form: brief", "  fax: {form: brief", "no such channel"),
    ("  sms: {form: brief", "  sms: {form: curt", "none of full, brief, public"),
    ("  sms: {form: brief, charactersMax: 480", "  sms: {form: brief, charactersMax: 0", "at least 1"),
    ("firstChannel: email", "firstChannel: social", "others read along on social"),
    ("firstChannel: email", "firstChannel: pigeon", "none of email, chat"),
  ])
  func aChannelThatIsNotWholeIsRefused(old: String, new: String, words: String) throws {
    let found = try #require(problem(DefaultPolicy.yaml.replacing(old, with: new)))
    #expect(found.words.contains(words) && found.line > 0, "\(found)")
  }
}
