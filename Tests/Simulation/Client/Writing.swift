internal import Streams

/// Numbers that no two requests of a world share.
package final class RequestNumbers {
  private var last = 0

  package init() {}

  func next() -> Int {
    last += 1
    return last
  }
}

/// The producer: deliveries to many partitions at once, each sent again until it is acknowledged or given up.
final class Writing {
  private final class Delivery {
    let target: TopicPartition
    let records: [OutgoingRecord]
    let request: Int
    var result: Refusal??
    var isGivenUp = false
    /// Requests on their way, answered or not.
    var travelling = 0

    init(target: TopicPartition, records: [OutgoingRecord], request: Int) {
      self.target = target
      self.records = records
      self.request = request
    }
  }

  private unowned let client: Client
  private let requests: RequestNumbers

  init(_ client: Client, requests: RequestNumbers) {
    self.client = client
    self.requests = requests
  }

  /// Writes all records in their order within each partition and waits until each is acknowledged.
  ///
  /// - Parameter append: appends to one partition's log, in the cluster.
  func deliver(
    _ records: [OutgoingRecord],
    _ append: @escaping (PartitionLog, [OutgoingRecord], _ request: Int) -> Refusal?
  ) throws(Refusal) {
    var byTarget: [TopicPartition: [OutgoingRecord]] = [:]
    for record in records { byTarget[client.cluster.target(of: record), default: []].append(record) }
    let deliveries = byTarget.sorted { $0.key < $1.key }
      .map { Delivery(target: $0.key, records: $0.value, request: requests.next()) }
    for delivery in deliveries {
      guard client.beginRequest("produce to \(delivery.target)") else { throw .fatal }
      send(delivery, append)
      client.afterRequest()
    }
    let deadline = client.world.now + client.settings.deliveryTimeout
    while deliveries.contains(where: { $0.result == nil }), !client.isDead, client.world.now < deadline {
      client.strand.sleep(until: deadline)
    }
    for delivery in deliveries { delivery.isGivenUp = true }
    // What is on its way arrives or is lost; only then may the transaction be aborted under the same epoch.
    while deliveries.contains(where: { $0.travelling > 0 }), !client.isDead {
      client.strand.sleep(until: client.world.now + .milliseconds(10))
    }
    if client.isDead { throw .fatal }
    for delivery in deliveries {
      guard let result = delivery.result else { throw .messageTimedOut }
      if let refusal = result { throw refusal }
    }
  }

  private func send(
    _ delivery: Delivery, _ append: @escaping (PartitionLog, [OutgoingRecord], Int) -> Refusal?
  ) {
    guard delivery.result == nil, !delivery.isGivenUp else { return }
    let (client, log) = (client, client.cluster.log(delivery.target))
    let isRefused = client.network.chance(client.settings.refusalsPermille)
    delivery.travelling += 1
    client.send({ () -> Refusal? in
      let limit = client.cluster.valueBytesMax
      if isRefused { return .unknown }
      if delivery.records.contains(where: { ($0.value?.count ?? 0) > limit }) {
        return .messageTooLarge
      }
      return append(log, delivery.records, delivery.request)
    }) { refusal in
      if delivery.result == nil { delivery.result = .some(refusal) }
      client.strand.wake()
    }
    client.world.after(client.network.delay.upperBound * 2 + .milliseconds(1)) { delivery.travelling -= 1 }
    client.world.after(.milliseconds(400) + client.network.delay.upperBound * 2) { [self] in
      client.inProcess { self.send(delivery, append) }
    }
  }
}
