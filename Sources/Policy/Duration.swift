extension PolicyDocument {
  private static let units: [(unit: Character, seconds: Int64)] = [("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)]

  /// A duration as policies write it, in seconds: `90s`, `30m`, `4h`, `7d`; `nil` for anything else.
  public static func seconds(_ text: String) -> Int64? {
    guard let unit = units.first(where: { $0.unit == text.last }), let count = Int64(text.dropLast()), count > 0 else {
      return nil
    }
    let (seconds, isTooLong) = count.multipliedReportingOverflow(by: unit.seconds)
    return isTooLong ? nil : seconds
  }

  /// So many seconds as a policy writes them, in the largest unit that is exact.
  public static func duration(_ seconds: Int64) -> String {
    // A day and less is told in hours, as people do.
    let unit = units.first { seconds % $0.seconds == 0 && ($0.unit != "d" || seconds > 3 * 86_400) }
    return unit.map { "\(seconds / $0.seconds)\($0.unit)" } ?? "\(seconds)s"
  }
}
