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
/// **What a late link does.** That a source's own id and an e-mail address are one person is learned when a payload has both: from
/// then on its events belong to the address's customer, and in the log nothing of what was told before moves. It is guaranteed
/// that the same payload gives the same customer in every run, that no link is guessed, and that no fact is ever told to a customer under whose
/// identity it did not come. It is not guaranteed that a case that began under a source's own id goes on under the address: its history stays
/// where it is and a person sees two cases. There are no events yet that link two ids.
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
    identity(of: person).map { identity in
      switch form {
      case .plain: CustomerID(identity)
      case .keyed(let key):
        CustomerID("c_" + Self.hash(identity, key: key))
      }
    }
  }

  private func identity(of person: Person) -> String? {
    if let email = Self.email(person.email) { return "email:" + email }
    if let phone = PhoneNumber.e164(person.phone, country: person.country ?? phoneCountry) { return "phone:" + phone }
    if let id = person.id?.trimmed, !id.isEmpty { return "\(person.system):\(id)" }
    return nil
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
