/// Reads what customers are told, language by language.
extension PolicyDocument {
  static func language(_ node: DocumentNode) throws(PolicyProblem) -> Language {
    let fields = try node.fields("weekdays", "months", "date", "terms", "frame", "messages")
    let weekdays = try fields.require("weekdays", of: node)
    let months = try fields.require("months", of: node)
    guard try weekdays.texts().count == 7 else { throw weekdays.problem("must be seven, Sunday first") }
    guard try months.texts().count == 12 else { throw months.problem("must be twelve") }
    return Language(
      weekdays: try weekdays.texts(), months: try months.texts(), date: try fields.require("date", of: node).text(),
      terms: try named(fields.require("terms", of: node)) { list throws(PolicyProblem) in
        try named(list) { term throws(PolicyProblem) in try term.text() }
      },
      messages: try named(fields.require("messages", of: node), message),
      frame: try frame(fields.require("frame", of: node)))
  }

  static func frame(_ node: DocumentNode) throws(PolicyProblem) -> Frame {
    let fields = try node.fields("humanExit", "exitWords", "handOff", "disclosure", "basis", "brief", "public")
    var frame = Frame(
      humanExit: try fields.require("humanExit", of: node).template(),
      exitWords: Set(try fields.require("exitWords", of: node).texts().map { $0.lowercased() }),
      handOff: try fields.require("handOff", of: node).template(),
      disclosure: try fields.require("disclosure", of: node).template(),
      basis: try fields.require("basis", of: node).template(), line: node.line)
    for form in Form.others {
      guard let place = fields[form.rawValue] else { continue }
      let other = try place.fields("humanExit", "disclosure", "basis")
      frame.forms[form] = Frame(
        humanExit: try other["humanExit"]?.template() ?? frame.humanExit, exitWords: frame.exitWords,
        handOff: frame.handOff,
        disclosure: try other["disclosure"]?.template() ?? frame.disclosure,
        basis: try other["basis"]?.template() ?? frame.basis, line: place.line)
    }
    return frame
  }

  static func message(_ node: DocumentNode) throws(PolicyProblem) -> Message {
    let fields = try node.fields("calm", "upset", "fact", "nextStep", "brief", "public")
    var message = Message(
      calm: try fields.require("calm", of: node).template(), upset: try fields.require("upset", of: node).template(),
      fact: try fields.require("fact", of: node).template(),
      nextStep: try fields.require("nextStep", of: node).template(), line: node.line)
    for form in Form.others {
      guard let place = fields[form.rawValue] else { continue }
      let other = try place.fields("calm", "upset", "fact", "nextStep")
      message.forms[form] = Message(
        calm: try other["calm"]?.template() ?? message.calm, upset: try other["upset"]?.template() ?? message.upset,
        fact: try other["fact"]?.template() ?? message.fact,
        nextStep: try other["nextStep"]?.template() ?? message.nextStep, line: place.line)
    }
    return message
  }
}
