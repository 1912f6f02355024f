/// What a written record counts as, for operators, in words of closed lists: never anything of a customer.
///
/// It stands beside the record and is not written. So what is counted is what was committed, neither more nor less, and
/// nobody has to read bytes again to know what they say.
public enum Tally: Sendable, Hashable {
  /// A decision: what is done, in which queue (empty if in none) and about which matter (empty if none was recognised).
  case decision(action: String, queue: String, intent: String)
  /// An update that a ticketing system is asked for, by the system and what it is for.
  case update(target: String, purpose: String)
  /// Something that could not be processed, by its code.
  case deadLetter(code: String)
}
