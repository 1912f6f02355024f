import ArgumentParser
import Glibc
import Policy
import Triage

let heedVersionLine = "heed \(heedVersion)"

/// A failure that ends the program, with the status that says what the caller should do.
struct Failure: Error {
  /// The statuses, as `sysexits.h` and the shell use them.
  enum Status: Int32, CaseIterable {
    case checkFailed = 1
    case usage = 2
    case tooManyDeadLetters = 65
    case offsetOutOfRange = 66
    case worseModel = 67
    case internalFault = 70
    case brokerUnreachable = 75
    case fenced = 77
    case badConfiguration = 78
  }

  let status: Status
  let words: String
}

/// What the commands share of the terminal: raw lines in, bytes out, colours where somebody is looking.
enum Terminal {
  /// Whether standard output is a terminal that wants colours. `NO_COLOR` is respected (no-color.org), and
  /// `CLICOLOR_FORCE` for those who pipe into a pager.
  static let hasColour =
    getenv("NO_COLOR") == nil && (isatty(STDOUT_FILENO) == 1 || getenv("CLICOLOR_FORCE") != nil)

  static func say(_ words: String) { write(Array((words + "\n").utf8), to: STDOUT_FILENO) }
  static func complain(_ words: String) { write(Array((words + "\n").utf8), to: STDERR_FILENO) }

  /// Writes all of `bytes`. A reader that went away ends the program, as in any filter.
  static func write(_ bytes: [UInt8], to descriptor: Int32) {
    bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let count = Glibc.write(descriptor, buffer.baseAddress! + written, buffer.count - written)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { Glibc.exit(Failure.Status.internalFault.rawValue) }
        written += count
      }
    }
  }

  static func exit(with error: any Error) -> Never {
    if let failure = error as? Failure {
      complain("heed: \(failure.words)")
      Glibc.exit(failure.status.rawValue)
    }
    if let problem = error as? SecurityProblem {
      complain("heed: \(problem)")
      Glibc.exit(Failure.Status.badConfiguration.rawValue)
    }
    if let problem = error as? PolicyProblem {
      complain("heed: the policy cannot be used: \(problem)")
      Glibc.exit(Failure.Status.badConfiguration.rawValue)
    }
    let code = Heed.exitCode(for: error)
    let words = Heed.fullMessage(for: error)
    if code.isSuccess { say(words) } else if !words.isEmpty { complain(words) }
    // ArgumentParser's status for wrong usage is EX_USAGE, 64; the shell's own is 2.
    Glibc.exit(code.rawValue == EX_USAGE ? Failure.Status.usage.rawValue : code.rawValue)
  }
}

/// The lines of a file descriptor as bytes: what they are is for the decoder to say, invalid UTF-8 included.
struct LineReader {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  /// The next line without its end; `nil` after the last one.
  mutating func next() -> [UInt8]? {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) {
        defer { start = end + 1 }
        return trimmed(buffer[start..<end])
      }
      searched = buffer.count
      if isAtEnd {
        guard start < buffer.count else { return nil }
        defer { start = buffer.count }
        return trimmed(buffer[start...])
      }
      if start > 0 {
        buffer.removeSubrange(..<start)
        searched -= start
        start = 0
      }
      fill()
    }
  }

  private mutating func fill() {
    let chunk = [UInt8](unsafeUninitializedCapacity: 1 << 16) { memory, count in
      var result: Int
      repeat { result = read(descriptor, memory.baseAddress, memory.count) } while result < 0 && errno == EINTR
      count = max(0, result)
    }
    if chunk.isEmpty { isAtEnd = true }
    buffer.append(contentsOf: chunk)
  }

  private func trimmed(_ line: ArraySlice<UInt8>) -> [UInt8] {
    line.last == 0x0D ? Array(line.dropLast()) : Array(line)
  }
}

/// Writes a whole file.
func write(_ bytes: [UInt8], toFile path: String) throws {
  guard let file = fopen(path, "wb") else {
    throw Failure(status: .badConfiguration, words: "\(path) cannot be written: \(String(cString: strerror(errno)))")
  }
  let written = fwrite(bytes, 1, bytes.count, file)
  guard fclose(file) == 0, written == bytes.count else {
    throw Failure(status: .badConfiguration, words: "\(path) cannot be written: \(String(cString: strerror(errno)))")
  }
}

/// Reads a whole file.
func contents(ofFile path: String) throws -> [UInt8] {
  guard let file = fopen(path, "rb") else {
    throw Failure(status: .badConfiguration, words: "\(path) cannot be read: \(String(cString: strerror(errno)))")
  }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes.append(contentsOf: chunk[..<count]) }
  return bytes
}
