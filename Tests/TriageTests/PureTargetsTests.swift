import Foundation
import Testing
import TestSupport

/// The deciding parts are pure: no clock, no randomness, no network, no files, no waiting. Read from the sources themselves.
@Suite struct PureTargetsTests {
  private static let root = Repository.file("")

  static let sources: [(file: String, lines: [String])] = {
    ["Streams", "Events", "Classifier", "Policy", "Triage", "Intake", "Egress", "Learning"].flatMap { target in
      let folder = root.appending(path: "Sources/" + target)
      let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
      return names.filter { $0.hasSuffix(".swift") }.sorted().map { name in
        let text = (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
        return (target + "/" + name, text.components(separatedBy: "\n"))
      }
    }
  }()

  @Test func theyImportNothingThatWaitsOrAsksOthers() {
    #expect(Self.sources.count > 80)
    let allowed: Set<String> = [
      "Streams", "Events", "Classifier", "CPrefetch", "CZlib", "Policy", "Triage", "Intake", "Scorecard", "Trainer",
      "Crypto", "Yams", "Mustache", "HeapModule", "Foundation", "FoundationEssentials",
    ]
    for (file, lines) in Self.sources {
      for line in lines where line.wholeMatch(of: /(public |internal |package |private )?import .*/) != nil {
        let module = line.split(separator: " ").last.map(String.init) ?? ""
        #expect(allowed.contains(module), "\(file): \(line)")
      }
    }
  }

  @Test func theyLookAtNoClockNoLotNoFileAndNoNetwork() {
    let worldly =
      /\bDate\(|\.now\b|ContinuousClock|SuspendingClock|SystemRandomNumberGenerator|\bUUID\(|\.random\(|URLSession|FileManager|ProcessInfo|\bprint\(|\bTask\b|\bawait\b|\bThread\b/
    for (file, lines) in Self.sources {
      for (number, line) in lines.enumerated() where !line.drop(while: \.isWhitespace).hasPrefix("//") {
        #expect(line.firstMatch(of: worldly) == nil, "\(file):\(number + 1): \(line)")
      }
    }
  }
}
