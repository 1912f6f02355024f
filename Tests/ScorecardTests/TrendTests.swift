import Events
import Testing
import TestSupport

@testable import Scorecard

@Suite struct TrendTests {
  @Test func theChanceOfADayIsTheNegativeBinomialTail() {
    // After 56 in 28 days, from the logarithms of gamma functions: the tail of NB(56.5, 28 / 29).
    #expect(Trend.chance(of: 0, after: 56) == 1)
    #expect(abs(Trend.chance(of: 1, after: 56) - 0.8622975) < 1e-6)
    #expect(abs(Trend.chance(of: 8, after: 56) - 0.0015018) < 1e-6)
  }

  /// Thirty matters at steady rates for a year: alarms are false, and there must be few days with one.
  @Test func whatIsSteadyRaisesFewAlarms() {
    var random = Dice(seed: 3)
    var counts: [Trend.Topic: [Int64: Int]] = [:]
    for topic in 0..<30 {
      for day in 0..<365 {
        counts[Trend.Topic(intent: "i\(topic)"), default: [:]][Int64(day)] = poisson(Double(topic) / 3 + 0.2, &random)
      }
    }
    let days = (28..<365).count { !Trend.emerging(on: Int64($0), counts).isEmpty }
    #expect(days <= 25, "\(days) of 337 days")
  }

  @Test func aSurgeIsFoundOnItsDay() {
    var random = Dice(seed: 5)
    var counts: [Trend.Topic: [Int64: Int]] = [:]
    let surging = Trend.Topic(intent: "delivery_issue", carrier: "NordPost")
    for topic in [surging] + (0..<20).map({ Trend.Topic(intent: "i\($0)") }) {
      for day in 0..<40 { counts[topic, default: [:]][Int64(day)] = poisson(3, &random) }
    }
    counts[surging]![35] = 15
    #expect(Trend.emerging(on: 35, counts).map(\.topic) == [surging])
    #expect(Trend.emerging(on: 34, counts).isEmpty)
  }

  @Test func aTrendNamesCarrierAndProduct() throws {
    var told: [Told] = []
    for day in 0..<35 {
      for n in 0..<(day == 34 ? 12 : 1) {
        let name = "\(day)-\(n)"
        told.append(
          try Told.order("o\(name)", of: "c\(name)", carrier: "NordPost", sku: "LAMP-1", at: Double(day) * 24))
        told += Told.opened(
          "t\(name)", by: "c\(name)", at: Double(day) * 24 + 1, intent: "product_issue", order: "o\(name)")
      }
    }
    let book = JourneyBook(told)
    let trends = book.trends(in: Told.time(0)..<Told.time(35 * 24), asOf: Told.time(35 * 24))
    #expect(
      Set(trends.map(\.topic)) == [
        Trend.Topic(intent: "product_issue"), Trend.Topic(intent: "product_issue", carrier: "NordPost"),
        Trend.Topic(intent: "product_issue", product: "LAMP-1"),
      ])
    #expect(trends.allSatisfy { $0.count == 12 && $0.day == Told.time(34 * 24) })
    // A day belongs to the range in which it begins.
    #expect(book.trends(in: Told.time(34 * 24)..<Told.time(34 * 24 + 1), asOf: Told.time(35 * 24)) == trends)
    #expect(book.trends(in: Told.time(34 * 24 + 1)..<Told.time(35 * 24), asOf: Told.time(35 * 24)).isEmpty)
    #expect(book.trends(in: Told.time(0)..<Told.time(34 * 24), asOf: Told.time(35 * 24)).isEmpty)
  }

  /// By Knuth's method.
  private func poisson(_ rate: Double, _ random: inout Dice) -> Int {
    var (count, product) = (0, Double.random(in: 0..<1, using: &random))
    let limit = exponential(-rate)
    while product > limit {
      count += 1
      product *= Double.random(in: 0..<1, using: &random)
    }
    return count
  }

  private func exponential(_ x: Double) -> Double {
    var (sum, term) = (1.0, 1.0)
    for k in 1..<60 {
      term *= x / Double(k)
      sum += term
    }
    return sum
  }
}
