internal import Crypto
internal import Events

/// Who a customer is, by one rule for all sources: the same person has the same id, whichever system tells of them.
///
/// The first of these that the payload has and that can be normalised is the identity:
///
/// 1. the **e-mail address**: lower-case, without space around it, without a display name;
/// 2. the **phone number** in E.164, where it is international or a country is given. A national number without a country is no
///    identity: in another country it is another person's;
/// 3. the source's **own id**, together with the source: `8447` in one system is not `8447` in another.
///
/// The customer's id is a keyed hash of it (HMAC-SHA256, 128 bits): who reads topics and keys learns no address, and cannot try
/// addresses out without the key. Another key makes other customers, so the key is as lasting as the topics.
///
/// **What a late link does.** That a source's own id and an e-mail address are one person is learned when a payload has both. Intake then
/// tells the link (`heed.customer.linked.v1`), and triage moves what is open under the id to the address's customer, and passes on what comes
/// later under the id alone; `CustomerLinks.swift` says what is guaranteed of that. A link is told as often as payloads have both, a few of them
/// left out, and telling it again changes nothing.
///
/// It is guaranteed that the same payload gives the same customer in every run, that no link is guessed, and that ids are linked to e-mail addresses
/// alone: what a source says of its own accounts it says as surely as the address itself. **Telephone numbers are not linked** unless the
/// shop wants it (`Links.accountsAndPhones`): nobody has checked the number that somebody types at a checkout, and who types another one's
/// would get that one's cases. Families share numbers, and carriers give them to the next.
public struct CustomerIdentity: Sendable {
  /// How ids are made from identities.
  public enum Form: Sendable {
    /// A keyed hash. The key has 16 bytes or more.
    case keyed([UInt8])
    /// The identity itself, readable by everybody who reads the topics: for trying out.
    case plain
  }

  /// Fewer bytes could be guessed.
  public static let keyBytesMin = 16

  private let form: Form
  private let phoneCountry: String?

  /// - Parameter phoneCountry: ISO 3166 code of the country whose national numbers are meant where a payload names none.
  /// - Precondition: a key has `keyBytesMin` bytes or more.
  public init(_ form: Form, phoneCountry: String? = nil) {
    if case .keyed(let key) = form { precondition(key.count >= Self.keyBytesMin, "the key is too short") }
    self.form = form
    self.phoneCountry = phoneCountry
  }

  /// Whether national phone numbers of that country (ISO 3166) can be read.
  public static func knowsPhones(of country: String) -> Bool { PhoneNumber.knows(country: country) }

  /// The id of `person`; `nil` if nothing says who they are.
  func customer(for person: Person) -> CustomerID? {
    (email(of: person) ?? phone(of: person) ?? account(of: person)).map(customer)
  }

  private func customer(_ identity: String) -> CustomerID {
    switch form {
    case .plain: CustomerID(identity)
    case .keyed(let key): CustomerID("c_" + Self.hash(identity, key: key))
    }
  }

  /// The pseudonym of one of our people, by their account in `system`: made as customers' ids are, and like none of them, since no system's
  /// name has a `/`.
  func agent(_ account: String, of system: String) -> String {
    let identity = "agent/\(system):\(account)"
    return switch form {
    case .plain: identity
    case .keyed(let key): "a_" + Self.hash(identity, key: key)
    }
  }

  /// Which ids are linked to an e-mail address that comes with them.
  public enum Links: String, Sendable, CaseIterable {
    case none
    /// The ids of the source's own accounts.
    case accounts
    /// Those, and phone numbers: where every source has made sure whose they are.
    case accountsAndPhones = "accounts_and_phones"
  }

  /// The links that a payload about `person` tells.
  func links(of person: Person, _ which: Links) -> [CustomerLinked] {
    guard which != .none, let email = email(of: person) else { return [] }
    let others = [which == .accountsAndPhones ? phone(of: person) : nil, account(of: person)]
    return others.compactMap { $0 }.map { CustomerLinked(customer: customer($0), linkedTo: customer(email)) }
  }

  private func email(of person: Person) -> String? { Self.email(person.email).map { "email:" + $0 } }

  private func phone(of person: Person) -> String? {
    PhoneNumber.e164(person.phone, country: person.country ?? phoneCountry).map { "phone:" + $0 }
  }

  private func account(of person: Person) -> String? {
    guard let id = person.id?.trimmed, !id.isEmpty else { return nil }
    return "\(person.system):\(id)"
  }

  /// The address in `text`, which may be `Name <address>`; `nil` if there is none.
  static func email(_ text: String?) -> String? {
    guard var address = text?.trimmed[...] else { return nil }
    if address.hasSuffix(">"), let open = address.lastIndex(of: "<") {
      address = address[address.index(after: open)...].dropLast()
    }
    if address.lowercased().hasPrefix("mailto:") { address = address.dropFirst(7) }
    let sides = address.split(separator: "@", omittingEmptySubsequences: false)
    guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty, !address.contains(where: \.isWhitespace),
      address.utf8.count <= 254
    else { return nil }
    return address.lowercased()
  }

  private static func hash(_ identity: String, key: [UInt8]) -> String {
    let code = HMAC<SHA256>.authenticationCode(for: Array(identity.utf8), using: SymmetricKey(data: key))
    return code.prefix(16).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}

/// What a payload says about who somebody is.
struct Person {
  var email: String?
  var phone: String?
  /// ISO 3166, for a national phone number.
  var country: String?
  /// The source's own id.
  var id: String?
  /// The source.
  var system: String
}
