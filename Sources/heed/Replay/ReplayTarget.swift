import Events

/// Where a backfill writes: never where customers or agents read.
struct ReplayTarget {
  let live: Catalogue
  let own: Catalogue
  /// The group that shares the work, and remembers how far it came.
  let group: String

  /// Checks the prefix. Its names say what they are: whoever looks at a topic with `replay` in its prefix knows that nobody is
  /// answered there, and no live topic can be meant by mistake, whatever the settings call live.
  init(into prefix: String, live: String, liveGroup: String) throws {
    func refuse(_ words: String) -> Failure { Failure(status: .usage, words: "--into \(prefix): \(words)") }
    guard prefix != live else { throw refuse("is the live prefix; a backfill has one of its own") }
    guard prefix.wholeMatch(of: /[a-z0-9][a-z0-9._-]*[.-]/) != nil else {
      throw refuse("must be small letters, digits, points and dashes, with a point or dash in the end")
    }
    guard prefix.contains("replay") else {
      throw refuse("has no `replay` in it, so it could be the prefix of topics that customers are answered from")
    }
    guard !prefix.hasPrefix(live), live.isEmpty || !live.hasPrefix(prefix) else {
      throw refuse("begins like the live topics, and who reads those by their prefix would read it, too")
    }
    guard !live.contains("replay") else { throw refuse("topic.prefix \(live) is itself a backfill's") }
    self.live = Catalogue(prefix: live)
    own = Catalogue(prefix: prefix)
    group = String(prefix.dropLast()).replacing(".", with: "-")
    guard group != liveGroup else { throw refuse("its group would be \(group), which is the fleet's") }
  }
}
