import CCopyLoop
import Foundation

/// What a part took.
struct Measurement: Codable {
  var messages: Int
  /// Wall clock.
  var seconds: Double
  /// User and system time of all threads of its process.
  var cpuSeconds: Double
  /// The most memory its process ever had, in bytes.
  var peakBytes = 0

  var rate: Double { Double(messages) / seconds }
  /// CPU seconds per million messages.
  var cost: Double { cpuSeconds / Double(messages) * 1e6 }

  init(messages: Int, since start: Start) {
    self.messages = messages
    seconds = (ContinuousClock.now - start.clock) / .seconds(1)
    cpuSeconds = cpu_seconds_so_far() - start.cpu
    peakBytes = Memory.peak
  }

  init(_ result: copy_loop_result) {
    messages = Int(result.messages)
    seconds = result.seconds
    cpuSeconds = result.cpu_seconds
    peakBytes = Memory.peak
  }

  /// A moment from which on it is measured.
  struct Start {
    let clock = ContinuousClock.now
    let cpu = cpu_seconds_so_far()
  }
}

/// The memory of this process, in bytes.
enum Memory {
  static var peak: Int { kibibytes(of: "VmHWM") << 10 }
  static var resident: Int { kibibytes(of: "VmRSS") << 10 }

  private static func kibibytes(of name: String) -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix(name) } ?? ""
    return Int(line.filter { ("0"..."9").contains($0) }) ?? 0
  }
}

extension Array {
  /// The one of which `value` is neither among the high nor among the low.
  func median(by value: (Element) -> Double) -> Element { sorted { value($0) < value($1) }[count / 2] }
}

extension [Measurement] {
  /// The one that cost neither much nor little.
  var median: Measurement { median(by: \.cost) }
}

extension [Double] {
  var median: Double { median(by: \.self) }

  func percentile(_ percent: Int) -> Double { sorted()[Swift.min(count - 1, count * percent / 100)] }
}
