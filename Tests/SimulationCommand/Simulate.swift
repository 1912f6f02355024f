import ArgumentParser
import Foundation
import Simulation
import Synchronization

/// Repeats one seed with its journal, or runs many.
@main struct Simulate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "The fleet on a simulated cluster, in virtual time, from a seed.")

  @Option(help: "The seed to repeat, with all that happened, line by line.") var seed: UInt64?
  @Option(help: "How many seeds to run.") var seeds: UInt64 = 2_000
  @Option(help: "The first of them.") var from: UInt64 = 1

  @Flag(help: "Without transactions: repeats are allowed, and nothing else.") var atLeastOnce = false

  @Option(help: "Customers whose ids are linked in every seed, in trees or in tangles.") var links: LinkShape?

  func run() async throws {
    let promise: Promise = atLeastOnce ? .atLeastOnce : .exactlyOnce
    if let seed {
      let verdict = SeedVerdict.of(seed: seed, promise: promise, links: links) { print($0) }
      print(verdict.words)
      if !verdict.violations.isEmpty { throw ExitCode.failure }
      return
    }
    let started = ContinuousClock.now
    let met = Encounters()
    let links = links
    let failures = await Seeds.failures(
      from..<from + seeds, verdict: { SeedVerdict.of(seed: $0, promise: promise, links: links) }
    ) { met.add($0) }
    for (name, count) in met.counts.withLock({ $0 }).sorted(by: { $0.key < $1.key }) { print("  \(count)  \(name)") }
    for failure in failures { print(failure.words) }
    print(
      "\(seeds) seeds from \(from) in \(ContinuousClock.now - started): \(failures.isEmpty ? "all hold" : "not all hold")"
    )
    if !failures.isEmpty { throw ExitCode.failure }
  }
}

extension LinkShape: ExpressibleByArgument {}

/// What all fleets together met: a simulation that meets nothing proves nothing.
private final class Encounters: Sendable {
  let counts = Mutex<[String: Int]>([:])

  func add(_ verdict: SeedVerdict) { counts.withLock { $0.merge(verdict.encounters, uniquingKeysWith: +) } }
}
