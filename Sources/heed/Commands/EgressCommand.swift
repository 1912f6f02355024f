import ArgumentParser
import Egress
import Events
import Glibc

struct EgressCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "egress",
    abstract: "What triage wrote as a Unix filter into update requests for a ticketing system; no broker.",
    discussion: """
      Lines are cases and resolutions, as `heed triage` and `heed consume` give them; each leads to lines of \
      heed.update.requested.v1: one HTTP request each, with method, path, headers and body. Only tickets of the target count, \
      those whose ids begin with its name.

      Events may stand among the lines: what people wrote and set in a ticket, and the time. From there on no reply goes to a ticket that a \
      person has, nor one whose promise is over; it becomes an internal note that says so.

      A line that cannot be mapped is told on standard error as its number, a code and the place, never with words of a \
      customer; the status is 1 in the end.
      """)

  @Option(name: .long, help: "zendesk, freshdesk or zammad, or a FILE (Deploy/targets/example.yaml explains one).")
  var target: String

  func run() throws {
    var filter = EgressFilter(try Joining.target(target))
    var input = LineReader(STDIN_FILENO)
    var output: [UInt8] = []
    var number = 0
    var rejected = 0
    while let line = input.next() {
      number += 1
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
      do throws(DecodingFailure) {
        for update in try filter.process(line: line) { output += update + [0x0A] }
      } catch {
        rejected += 1
        let place = error.path.isEmpty ? "" : " at \(error.path)"
        Terminal.complain("line \(number): \(error.code.rawValue)\(place): \(error.hint)")
      }
      if output.count >= 1 << 16 {
        Terminal.write(output, to: STDOUT_FILENO)
        output.removeAll(keepingCapacity: true)
      }
    }
    Terminal.write(output, to: STDOUT_FILENO)
    if rejected > 0 {
      throw Failure(status: .checkFailed, words: "\(rejected) of \(number) lines could not be mapped")
    }
  }
}
