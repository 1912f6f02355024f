public import Streams

extension MessageBatch {
  /// Everything in the batch as values that own their bytes, in order: what the worker reads.
  func appendEvents(to events: inout [BrokerEvent]) {
    events.reserveCapacity(events.count + count)
    // Messages come in runs of one partition, so the name of the topic is made once per run and shared by its records.
    var run: (topic: OpaquePointer?, source: TopicPartition)?
    for index in 0..<count {
      let topic = topicHandle(index)
      let source: TopicPartition
      if let run, run.topic == topic, run.source.partition == partition(index) {
        source = run.source
      } else {
        source = TopicPartition(self.topic(index), partition(index))
        run = (topic, source)
      }
      if isRecord(index) {
        events.append(.record(record(index, of: source)))
      } else {
        switch kind(index) {
        case .record: continue
        case .endOfPartition:
          let next = offset(index)
          events.append(
            .endOfPartition(EndOfPartition(source, next: next, highWatermark: lastKnownEnd(of: source) ?? next)))
        case .failed(let failure): events.append(.failed(failure))
        }
      }
    }
  }

  private func record(_ index: Int, of source: TopicPartition) -> Record {
    Record(
      source: source, offset: offset(index), timestampMilliseconds: timestampMilliseconds(index),
      key: key(index).map { [UInt8]($0) }, headers: headers(index), value: value(index).map { [UInt8]($0) })
  }
}

extension Consumer {
  /// What happened since the last call, as owned values in order: records and ends of partitions, then rebalances.
  ///
  /// Waits up to `timeout` if nothing did.
  public mutating func poll(upTo count: Int = Consumer.batchRecordsMax, waiting timeout: Duration) -> [BrokerEvent] {
    var events: [BrokerEvent] = []
    withBatch(upTo: count, waiting: timeout) { batch in batch.appendEvents(to: &events) }
    events.append(contentsOf: takeEvents())
    return events
  }
}
