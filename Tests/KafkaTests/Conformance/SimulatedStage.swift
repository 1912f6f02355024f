import Simulation
import Streams

/// The simulated cluster, in virtual time and with a network that is kind.
///
/// All workers live on the thread of the test: each has its own strand, but only one of them waits at a time.
final class SimulatedStage: Stage {
  let input = "input"
  let output = "output"
  private let world = World()
  private let cluster: Cluster
  private let network: Network
  private let requests = RequestNumbers()
  private var processes = 0
  private var transactions = 0

  init() {
    cluster = Cluster(
      world, dice: Dice(seed: 1, purpose: 2), topics: [(input, 2), (output, 2)], groupReads: input, table: output)
    cluster.valueBytesMax = 1_000_000
    network = Network(world, dice: Dice(seed: 1, purpose: 3))
  }

  var now: Duration { world.now }

  func worker(_ name: String, _ membership: StageMembership) throws -> any Broker {
    processes += 1
    var settings = ClientSettings(transactionalID: name)
    settings.instance = membership.isStatic ? name : nil
    settings.pollIntervalMax = membership.pollIntervalMax ?? .seconds(300)
    let client = Client(
      strand: Strand(world: world, name: "\(name).\(processes)"), cluster: cluster, network: network,
      settings: settings)
    return try SimulatedBroker(client, requests: requests)
  }

  func kill(_ worker: any Broker) { (worker as! SimulatedBroker).client.die() }

  func wait(_ duration: Duration) { world.run(for: duration) }

  func write(_ records: [OutgoingRecord]) throws {
    for record in records { cluster.log(cluster.target(of: record)).append([record], at: world.now) }
  }

  func beginTransaction(writing records: [OutgoingRecord]) throws -> (_ isCommit: Bool) throws -> Void {
    transactions += 1
    let end = cluster.beginTransaction("upstream\(transactions)", timeout: .seconds(20), writing: records)
    return { [world] in
      end($0)
      // Until the markers stand in the logs.
      world.run(for: .milliseconds(50))
    }
  }

  func read(_ topic: String) throws -> [Record] {
    (0..<cluster.partitions(of: topic)).flatMap { number in
      let log = cluster.log(TopicPartition(topic, Int32(number)))
      return log.read(from: log.start, upTo: .max, committedOnly: true).records
    }
  }
}
