import Testing
import TestSupport

@testable import Policy

@Suite struct TemplatePiecesTests {
  /// All templates of the default policy, in all forms.
  private static let templates: [Template] = DefaultPolicy.document.languages.values.flatMap { language in
    let frames = PolicyDocument.Form.allCases.map { language.frame.form($0) }
    let messages = language.messages.values.flatMap { message in PolicyDocument.Form.allCases.map { message.form($0) } }
    return frames.flatMap { [$0.humanExit, $0.handOff, $0.disclosure, $0.basis] }
      + messages.flatMap { [$0.calm, $0.upset, $0.fact, $0.nextStep] }
  }

  @Test func piecesSayWhatMustacheSays() {
    var dice = Dice(seed: 5)
    for template in Self.templates {
      for _ in 0..<10 {
        var facts: [String: String] = [:]
        for name in template.names.sorted() where dice.roll(3) > 0 {
          facts[name] =
            Template.isFlag(name) ? dice.pick(["true", "false"]) : dice.pick(["", "Ann & <b>", "{{order}}"])
        }
        #expect(template.render(facts) == template.renderByMustache { facts[$0] })
      }
    }
  }

  @Test(arguments: ["{{{name}}}", "{{& name}}", "{{#carrier}}\n{{carrier}}\n{{/carrier}}", "{{ name }}"])
  func whatIsWrittenInAnotherWayIsLeftToMustache(text: String) {
    #expect(TemplatePieces(text) == nil)
  }

  @Test func nearlyAllTemplatesOfTheDefaultPolicyAreFilledByPieces() {
    #expect(Self.templates.count { $0.isInPieces } > Self.templates.count * 9 / 10)
  }
}
