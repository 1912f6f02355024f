import Events
import Streams

/// A topic as the reference tells of it.
struct TopicReference {
  let specification: TopicSpecification
  let key: String
  let words: String

  /// The topics of a fleet with these settings.
  static func all(_ settings: Settings) throws -> [TopicReference] {
    let catalogue = Catalogue(prefix: settings.text("topic.prefix"))
    return try settings.topics().map { topic in
      let (key, words) = about(topic.name, catalogue)
      return TopicReference(specification: topic, key: key, words: words)
    }
  }

  private static func about(_ name: String, _ catalogue: Catalogue) -> (key: String, words: String) {
    switch name {
    case catalogue.events.name:
      (
        "customer, or `*`",
        "Read: all that happens to customers. A broadcast (`*`) stands in every partition. Written by triage, too: what moves with a linked id."
      )
    case catalogue.contexts.name:
      ("customer, or `*`", "Read and written: what is known about each customer; in the partition of its events.")
    case catalogue.decisions.name: ("ticket", "Written: every decision with its evidence.")
    case catalogue.resolutions.name: ("ticket", "Written: automated replies for customers.")
    case catalogue.insights.name: ("subject", "Written by triage and the scorecard: alerts.")
    case catalogue.kpis.name: ("measure, part and window", "Written by the scorecard: KPIs of each day and week.")
    case catalogue.deadLetters.name:
      ("as it came", "Written: what could not be read, with its bytes, and the failure in headers.")
    case catalogue.voices.name:
      ("ticket, or `*`", "Read and written by egress: which tickets people have taken over, and what time it is.")
    case _ where name.hasPrefix(catalogue.prefix + "orders."):
      ("the shop's order", "Read and written by intake: what this shop told of its orders in pieces.")
    case _ where name.hasPrefix(catalogue.prefix + "updates."):
      ("ticket", "Written by egress: HTTP requests for this ticketing system.")
    default: ("ticket", "Written: case summaries for the people of this queue.")
    }
  }

  var row: String {
    let configuration = specification.configuration.sorted { $0.key < $1.key }
      .map { "`\($0.key)=\($0.value)`" }
    return
      "| `\(specification.name)` | \(key) | \(specification.partitions) | \(configuration.joined(separator: "<br>")) | \(words) |"
  }
}
