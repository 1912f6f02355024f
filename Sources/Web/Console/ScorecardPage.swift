internal import Events
internal import Scorecard

/// **Scorecard**: how customers fared, in the definitions that everybody uses, each number beside the one without which it misleads.
enum ScorecardPage {
  static func page(_ report: Report?, tickets: Int) -> ConsolePage {
    guard let report else {
      return ConsolePage(title: "Scorecard", place: .scorecard, lead: "No ticket was read yet.", body: "")
    }
    let span = "\(report.range.from.prefix(10)) to \(report.range.until.prefix(10))"
    return ConsolePage(
      title: "Scorecard", place: .scorecard,
      lead:
        "The last week of what is kept here: \(Words.plural(report.tickets, "ticket", "tickets")) from \(span), told up to \(String(report.range.asOf.prefix(16))). <code>heed report</code> gives the same for any range of the whole log.",
      body: "<div class=\"report\">\(ReportSections.all(report))</div>")
  }

  /// The review of the last week in `book`; `nil` if nothing was told.
  static func report(_ book: JourneyBook) -> Report? {
    guard let newest = book.newest else { return nil }
    let end = newest.adding(seconds: 1)
    return Report(of: book, from: end.adding(seconds: -7 * 86_400), until: end, asOf: newest)
  }
}
