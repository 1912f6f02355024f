import ArgumentParser
import Foundation

/// Measures everything side by side and writes down what came out.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Measures everything side by side and writes the results down.")

  @OptionGroup var options: TrafficOptions
  @Option(help: "Tickets in each round; there are twice as many orders.") var tickets = 20_000
  @Option(help: "Rounds; the medians count.") var rounds = 3
  @Option(help: "Partitions of each topic.") var partitions: Int32 = 64
  @Option(help: "Customers whose contexts are restored.") var customers = 1_000_000
  @Option(help: "Seconds of 2,000 events each, for latency.") var seconds = 20
  @Flag(help: "Also with 8 to 256 partitions: throughput must not fall.") var sweep = false
  @Option(help: "Also so many events in a row: memory must stay flat. 5000000 takes a while.") var soak = 0
  @Option(help: "Where the results are written; without it they are only shown.") var results: String?

  func run() throws {
    let traffic = try options.traffic()
    let cluster = try Cluster()
    var page = ResultsPage(isEmbedded: cluster.isEmbedded)
    let fold = try measureFold()
    page.show(fold)
    page.show(try measurePast())
    let bench = ClusterBench(cluster: cluster, traffic: traffic, partitions: partitions)
    page.show(try bench.comparison(tickets: tickets, rounds: rounds))
    for delay in [10, 100] {
      page.show(try bench.latency(seconds: seconds, delay: delay, rounds: rounds), delay: delay)
    }
    let restore = try bench.restore(customers: customers)
    page.show(restore: restore.worker, contextBytes: restore.contextBytes)
    if sweep { page.show(sweep: try bench.sweep(events: 60_000, rounds: rounds)) }
    if soak > 0 { page.show(soak: try bench.soak(events: soak), events: soak) }
    try cluster.end()
    print(page.text)
    if let results { try page.text.write(toFile: results, atomically: true, encoding: .utf8) }
  }

  private func measurePast() throws -> PastMeasurement {
    let child = try Child(["past", "--events", options.events])
    let measurement = try child.value(PastMeasurement.self)
    try child.end()
    return measurement
  }

  private func measureFold() throws -> FoldMeasurement {
    let child = try Child(["fold", "--events", options.events, "--tickets", String(tickets)])
    let measurement = try child.value(FoldMeasurement.self)
    try child.end()
    return measurement
  }
}
