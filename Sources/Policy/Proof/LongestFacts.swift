/// Facts as long as they are likely to come: what a message must still fit with.
enum LongestFacts {
  /// Everything known of an order, and everything known of one that was delivered, in the words of a language.
  static func samples(in language: PolicyDocument.Language) -> [[String: String]] {
    let day = language.longestDay
    let known = [
      "name": "Maximiliane-Charlotte", "hasName": "true", "order": "2026-DE-000123456789", "hasOrder": "true",
      "status": language.longestTerm(of: "status", "refund", orElse: "awaiting collection at the shop"),
      "carrier": "Österreichische Post International", "tracking": "JJD000390007712345678901234", "hasTracking": "true",
      "promised": day, "estimated": day, "hasEstimate": "true", "lastScan": day, "refundDate": day,
      "cause": language.longestTerm(of: "cause", orElse: "industrial action at the sorting centre"),
      "region": "North Rhine-Westphalia", "nextUpdate": "\(day), 18:00 UTC", "refundAmount": "123456.78 EUR",
      "items": "a set of six wine glasses, a linen tablecloth", "hasItems": "true", "late": "true",
    ]
    return [known, known.merging(["delivered": day]) { _, new in new }]
  }
}

extension PolicyDocument.Language {
  /// The day with the longest name in the month with the longest one.
  fileprivate var longestDay: String {
    func longest(_ words: [String]) -> String { words.max { $0.count < $1.count } ?? "" }
    return date.replacing("{weekday}", with: longest(weekdays)).replacing("{day}", with: "28")
      .replacing("{month}", with: longest(months))
  }

  /// The longest word it has for data that comes as codes; where it has none, the data comes as it was declared.
  fileprivate func longestTerm(of lists: String..., orElse declared: String) -> String {
    lists.compactMap { terms[$0] }.flatMap(\.values).max { ($0.count, $0) < ($1.count, $1) } ?? declared
  }
}
