public import Events

extension PolicyDocument {
  /// In which words a message stands. The channel says which; a message and a frame say in each only what differs from the full
  /// form, and the facts are the same (E11), except where everybody reads.
  public enum Form: String, Sendable, Hashable, CaseIterable {
    /// As it is written first.
    case full
    /// In short words, and such as can be read aloud.
    case brief
    /// For everybody's eyes: nothing that is the customer's own.
    case `public`

    /// Those that a message may have beside the full one.
    static let others: [Form] = [.brief, .public]

    /// Whether a fact of this name may stand in a message in this form.
    public func tells(_ fact: MessageFact) -> Bool { self != .public || fact.isImpersonal }

    /// Of the facts for a message those that may stand in it in this form.
    public func told(_ facts: [String: String]) -> [String: String] {
      facts.filter { MessageFact(rawValue: $0.key).map(tells) ?? (self != .public) }
    }
  }

  /// How messages go out on a channel.
  public struct ChannelRule: Sendable, Hashable {
    /// In which words.
    public let form: Form
    /// At most so many characters in a whole message, with the longest facts that are likely to come.
    public let charactersMax: Int
    /// At most so many words in a sentence.
    public let sentenceWordsMax: Int
    /// The line it stands on.
    let line: Int
  }

  /// In which words a message goes out on `channel`.
  public func form(on channel: Channel) -> Form {
    // The loader wants a line for every channel; without one, what nobody may read is not said.
    channels[channel]?.form ?? .public
  }

  /// Where to tell a customer what nobody asked about, whose last case came on `last`: never where others read along, if the
  /// policy knows another way.
  public func noticeChannel(after last: Channel?) -> Channel {
    if let last, form(on: last) != .public { return last }
    return firstChannel ?? last ?? .unknown
  }
}

extension PolicyDocument.Message {
  /// Its words in `form`; the full ones where it has no others.
  public func form(_ form: PolicyDocument.Form) -> Self { forms[form] ?? self }
}

extension PolicyDocument.Frame {
  /// Its words in `form`; the full ones where it has no others.
  public func form(_ form: PolicyDocument.Form) -> Self { forms[form] ?? self }
}

extension Template {
  /// The names of the facts that may stand where everybody reads.
  public static let impersonal = Set(MessageFact.allCases.filter(\.isImpersonal).map(\.rawValue))
}
