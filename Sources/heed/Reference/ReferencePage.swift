import Events
import Kafka
import Worker

/// The page: everything that other systems and operators can rely on, as the program itself knows it.
struct ReferencePage {
  let topics: [TopicReference]
  let events: [EventReference]
  let attributes: (read: [SchemaReader.Field], written: [SchemaReader.Field])

  var text: String {
    """
    # Reference

    Written by `heed reference`: change what it is made of, and run `make reference`. What holds over versions is in
    [`Schemas/README.md`](../Schemas/README.md).

    - [Topics](#topics) · [Events](#events) · [Settings](#settings) · [Metrics](#metrics) · [Exit statuses](#exit-statuses)

    ## Topics

    | topic | key | partitions | configuration | what |
    |---|---|---|---|---|
    \(lines(topics.map(\.row)))

    ## Events

    CloudEvents 1.0 with JSON data; `type` is the heading. Dotted names are fields in fields, `[]` the elements of an array; bold ones must be there.

    ### Attributes of what Heed reads

    \(table(attributes.read))

    ### Attributes of what Heed writes

    \(table(attributes.written))

    \(events.map(section).joined(separator: "\n\n"))

    ## Settings

    From `--config FILE`, then the environment, then `--set`; the later wins.

    \(Setting.markdown)

    `librdkafka.<key>` passes a key of librdkafka's own through. Not these, on which promises depend:

    | key | why not |
    |---|---|
    \(lines(ClientSettings.promised.sorted { $0.key < $1.key }.map { "| `\($0.key)` | \($0.value) |" }))

    Nor any other key of SASL or TLS than those that narrow what is accepted, or belong to the mechanism that is set.

    ## Metrics

    \(Metric.markdown)

    ## Exit statuses

    | status | meaning |
    |---|---|
    \(lines(Failure.Status.reference.map { "| \($0.number) | \($0.words) |" }))
    """
  }

  private func section(_ event: EventReference) -> String {
    let side = event.type.isInput ? (event.type.isBroadcast ? "Read; a broadcast" : "Read") : "Written"
    let head = "### `\(event.type.rawValue)`\n\n\(side). \(cell(event.words))"
    return event.fields.isEmpty ? head : head + "\n\n" + table(event.fields)
  }

  private func table(_ fields: [SchemaReader.Field]) -> String {
    lines(
      ["| field | values | meaning |", "|---|---|---|"]
        + fields.map { field in
          "| \(field.isRequired ? "**`\(field.path)`**" : "`\(field.path)`") | \(cell(field.kind)) | \(cell(field.words)) |"
        })
  }

  private func lines(_ lines: [String]) -> String { lines.joined(separator: "\n") }
  private func cell(_ words: String) -> String { words.replacing("|", with: "\\|") }
}
