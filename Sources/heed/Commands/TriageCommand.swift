import ArgumentParser
import Glibc
import Triage

struct TriageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "triage",
    abstract: "The pure core as a Unix filter: NDJSON events in, NDJSON outputs out, in log order; no broker.",
    discussion: """
      Each line of standard input is one structured CloudEvent of heed.events.v1. What it leads to (decisions, case \
      summaries, resolutions, insights) is written as lines of the same form, byte for byte what the fleet writes for the \
      same log. A line that cannot be read gives a dead letter with its code and does no harm to its neighbours.
      """)

  @OptionGroup var deciding: DecidingOptions

  func run() throws {
    var filter = TriageFilter(pipeline: try deciding.pipeline())
    var input = LineReader(STDIN_FILENO)
    var output: [UInt8] = []
    while let line = input.next() {
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
      for result in filter.process(line: line) {
        output.append(contentsOf: result)
        output.append(0x0A)
      }
      if output.count >= 1 << 16 {
        Terminal.write(output, to: STDOUT_FILENO)
        output.removeAll(keepingCapacity: true)
      }
    }
    Terminal.write(output, to: STDOUT_FILENO)
  }
}
