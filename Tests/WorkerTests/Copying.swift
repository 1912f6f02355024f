import Streams

/// The smallest processor with a state: it copies each record with the count of what its partition saw before, and keeps
/// the count in a table. A record whose value is "silent" gives no output.
struct Copying: Processor {
  struct State {
    var count = 0
    var accepted = 0
    let partition: Int32
  }

  let input = StreamTopic("in")
  let table: TableTopic?

  init(hasTable: Bool = true) { table = hasTable ? TableTopic("table") : nil }

  func makeState(partition: Int32) -> State { State(partition: partition) }

  func restore(_ record: Record, into state: inout State) {
    state.count = Int(String(decoding: record.value ?? [], as: UTF8.self)) ?? 0
  }

  func process(_ record: Record, state: inout State, outputs: inout [OutgoingRecord]) {
    state.count += 1
    let value = String(decoding: record.value ?? [], as: UTF8.self)
    if value != "silent" {
      outputs.append(OutgoingRecord(topic: "out", key: record.key, value: Array("\(value)#\(state.count)".utf8)))
    }
  }

  func changes(in state: borrowing State) -> [OutgoingRecord] {
    [
      OutgoingRecord(
        topic: "table", partition: state.partition, key: Array("count".utf8), value: Array("\(state.count)".utf8))
    ]
  }

  func accept(_ state: inout State) { state.accepted = state.count }
  func rewind(_ state: inout State) { state.count = state.accepted }
}

func input(_ partition: Int32) -> TopicPartition { TopicPartition("in", partition) }
func table(_ partition: Int32) -> TopicPartition { TopicPartition("table", partition) }

func record(_ value: String, _ source: TopicPartition, _ offset: Offset) -> Record {
  Record(source: source, offset: offset, key: Array("k".utf8), value: Array(value.utf8))
}

func texts(_ records: [OutgoingRecord]) -> [String] { records.map { String(decoding: $0.value ?? [], as: UTF8.self) } }

let trouble = BrokerFailure(code: "TROUBLE", reason: "made up")
