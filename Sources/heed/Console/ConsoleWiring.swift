import Classifier
import Events
import Foundation
import Logging
import Policy
import Synchronization
import Triage
import Web

extension ConsoleServer.Sources {
  /// What the pages are made from: what `board` knows, a pipeline of the policy in force to explain tickets with, the comparison in the file
  /// `diff`, and the log for messages that the policy lets somebody see.
  init(
    board: ConsoleBoard, settings: Settings, policy: PolicyDocument, diff: String? = nil, logger: Logger
  ) throws {
    let reader = ModelReader(try ModelOption.model(at: settings.optional("model") ?? "embedded"))
    let pipeline = TicketPipeline(reader: reader, policy: policy)
    let proof = BackgroundProof(policy)
    let comparison = diff.map { DiffFile($0, logger: logger) }
    // Whoever gave a file that is none reads so in the log at once.
    _ = comparison?.diff()
    let messages = MessageReader(client: try settings.client(logger: logger), board: board, logger: logger)
    self.init(
      board: board, policy: policy, proof: { proof.value },
      explain: { question in
        do {
          var story = ExplainedStory(now: .now)
          if !question.order.allSatisfy(\.isWhitespace) {
            try story.add(order: Array(question.order.utf8), "the order")
          }
          story.add(ticket: question.body, subject: question.subject, channel: question.channel)
          guard let explanation = try story.play(through: pipeline) else {
            return .failure(ExplainProblem(words: "There is no message to explain."))
          }
          return .success(explanation)
        } catch {
          return .failure(ExplainProblem(words: (error as? Failure)?.words ?? "This cannot be read."))
        }
      }, diff: { comparison?.diff() ?? .notGiven }, reread: { await messages.message(at: $0) }, now: { .now })
  }
}

/// A proof that takes a while, made on a thread of its own as soon as somebody may want it.
private final class BackgroundProof: Sendable {
  private let proof = Mutex<PolicyProof?>(nil)

  init(_ policy: PolicyDocument) {
    _ = Running(name: "heed.proof") {
      let proof = PolicyProof(of: policy)
      self.proof.withLock { $0 = proof }
    }
  }

  var value: PolicyProof? { proof.withLock { $0 } }
}
