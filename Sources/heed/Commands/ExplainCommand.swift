import ArgumentParser
import Events
import Foundation
import Glibc
import Policy
import Triage

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "One ticket and its whole reasoning: what was understood, what is known, what is done and why.",
    discussion: """
      The ticket is --text, or the last customer's message of --events. Orders come from --order: each file is the data \
      of a heed.order.updated.v1 event, or the whole event. Nothing is sent and nothing is kept.
      """)

  @OptionGroup var deciding: DecidingOptions
  @Option(name: .long, help: "What the customer wrote.") var text: String?
  @Option(name: .long, help: "The subject line.") var subject = ""
  @Option(name: .long, help: "Where they wrote: email, chat, web, phone, social, sms, api.") var channel = "email"
  @Option(name: .long, help: ArgumentHelp("An order of the customer; may be repeated.", valueName: "file"))
  var order: [String] = []
  @Option(
    name: .long,
    help: ArgumentHelp("Events before it (NDJSON), such as disruptions; - is standard input.", valueName: "file"))
  var events: String?
  @Option(name: .long, help: ArgumentHelp("When they wrote (RFC 3339); without it now.", valueName: "time"))
  var at: String?
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The smallest change of facts that leads to this queue or action (resolve, clarify, hand_off, none).",
      valueName: "queue"))
  var whyNot: String?
  @Flag(name: .long, help: "The decision and what it led to, as JSON.") var json = false
  @Flag(name: .long, help: "Only the case for the agent, as Markdown for a note.") var markdown = false

  func validate() throws {
    if markdown, json || whyNot != nil {
      throw ValidationError("--markdown prints the agent's case alone: leave out --json and --why-not")
    }
  }

  func run() throws {
    let pipeline = try deciding.pipeline()
    var story = ExplainedStory(now: try time())
    if let events { try story.add(lines: events == "-" ? try standardInput() : try contents(ofFile: events)) }
    for file in order { try story.add(order: try contents(ofFile: file), file) }
    if let text { story.add(ticket: text, subject: subject, channel: channel) }
    guard let explanation = try story.play(through: pipeline) else {
      throw Failure(
        status: .usage, words: "there is no customer's message to explain: give --text, or --events with one")
    }
    let answer = try whyNot.map { try Self.answer(explanation, to: $0) }
    if markdown {
      guard let summary = explanation.summary else {
        throw Failure(
          status: .usage,
          words: "no agent gets a case: the action is \(explanation.decision.action.rawValue), not hand_off")
      }
      Terminal.say(CaseMarkdown(summary, decision: explanation.decision).text)
    } else if json {
      let parts = [
        ("decision", explanation.decision.encoded()), ("resolution", explanation.resolution?.encoded()),
        ("caseSummary", explanation.summary?.encoded()),
      ]
      var writer = JSONWriter()
      writer.object { writer in
        for case (let name, let bytes?) in parts {
          writer.key(name)
          writer.raw(bytes)
        }
        if !explanation.aliases.isEmpty { writer.field("aliases", explanation.aliases.map(\.text)) }
        if let answer { writer.field("whyNot") { answer.write(to: &$0) } }
      }
      Terminal.say(String(decoding: writer.bytes, as: UTF8.self))
    } else {
      Terminal.say(ExplanationPage(explanation, whyNot: answer).text)
    }
  }

  private static func answer(_ explanation: Explanation, to question: String) throws -> WhyNot {
    guard let answer = explanation.whyNot(question) else {
      throw Failure(
        status: .usage,
        words: "--why-not \(question): the policy has no such queue, and it is none of resolve, clarify, hand_off, none"
      )
    }
    return answer
  }

  private func time() throws -> Timestamp {
    guard let at else { return Timestamp(nanoseconds: Int64(Date().timeIntervalSince1970 * 1_000) * 1_000_000) }
    guard let time = Timestamp(rfc3339: at) else { throw Failure(status: .usage, words: "--at takes RFC 3339") }
    return time
  }

  private func standardInput() throws -> [UInt8] {
    var reader = LineReader(STDIN_FILENO)
    var bytes: [UInt8] = []
    while let line = reader.next() { bytes += line + [0x0A] }
    return bytes
  }
}

extension WhyNot {
  fileprivate func write(to writer: inout JSONWriter) {
    writer.object { writer in
      writer.field("target", target.name)
      switch answer {
      case .already(let rule):
        writer.field("answer", "already")
        writer.field("rule", rule)
      case .changes(let changes, let rule):
        writer.field("answer", "changes")
        writer.field("changes", array: changes) { writer, change in
          writer.object { writer in
            writer.field("fact", change.fact.rawValue)
            writer.field("from", change.from.text)
            writer.field("to", change.to.text)
          }
        }
        writer.field("rule", rule)
      case .nothing: writer.field("answer", "nothing_within_\(Self.mostChanges)_facts")
      }
    }
  }
}
