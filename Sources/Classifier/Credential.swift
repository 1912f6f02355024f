internal import Events

/// Passwords, one-time codes and keys: what would let somebody else in.
///
/// A password is known by the word before it, so "my password is wrong" has none: what follows must look like a secret, or
/// stand alone behind a colon. A key is known by itself.
enum Credential {
  private static let passwords = WordSet(
    """
    password passwords passphrase passcode pwd passwort passwörter kennwort contraseña contrasena passe mdp
    """)
  private static let passe = WordSet("passe")
  /// What follows these is digits.
  private static let pins = WordSet(
    """
    pin otp cvv cvc tan geheimzahl sicherheitscode bestätigungscode einmalcode zugangscode verifizierungscode
    """)
  private static let codes = WordSet("code codes código")
  /// Every word that speaks of a secret.
  static let words = passwords.union(pins).union(codes)

  /// Beside these a code is a secret, whatever its length.
  private static let secretCodes = WordSet(
    """
    verification security onetime time login access authentication auth confirmation sms passcode 2fa pin
    verificación seguridad acceso vérification sécurité confidentiel accès
    """)
  /// Beside these a code is none: a coupon, a parcel, a place.
  private static let openCodes = WordSet(
    """
    discount promo promotional coupon voucher gift tracking order zip postal post bar qr error reference product item area
    country source booking descuento promocional pedido seguimiento cupón error barras réduction commande suivi cadeau erreur
    """)
  /// They tie a secret to its name.
  private static let ties = WordSet("is was ist lautet war es era est était")
  /// They stand between a secret's name and the secret: `the code you sent me was 482913`, `el código de acceso es ...`
  private static let between = WordSet(
    """
    de of for my the mi mon ma mein meine number nr no you sent me i got received verificación seguridad acceso
    vérification sécurité confidentiel accès login account konto cuenta compte new old neues
    """)

  static func find(at index: Int, _ hash: UInt64, _ scan: WordScan) -> Reading.Span? {
    if words.contains(hash), let span = behind(index, hash, scan) { return span }
    return scan[index].hasDigit ? key(at: index, scan) : nil
  }

  // MARK: Named

  private static func behind(_ index: Int, _ hash: UInt64, _ scan: WordScan) -> Reading.Span? {
    // `Passe` alone is a verb.
    if scan.has(index, in: passe), !scan.has(index - 1, in: between) { return nil }
    let isPassword = passwords.contains(hash)
    var isSecret = isPassword || pins.contains(hash)
    if !isSecret {
      if scan.has(index - 1, in: openCodes) || (1...2).contains(where: { scan.has(index + $0, in: openCodes) }) {
        return nil
      }
      isSecret = ([-1] + [1, 2]).contains { scan.has(index + $0, in: secretCodes) }
    }
    var last = index
    var isTied = false
    while last + 1 < scan.count, last - index < 6, !isColon(scan.gap(behind: last)) {
      if scan.has(last + 1, in: ties) { isTied = true } else if !scan.has(last + 1, in: between) { break }
      last += 1
    }
    let colon = isColon(scan.gap(behind: last))
    guard let span = token(behind: scan[last].end, scan) else { return nil }
    let secret = scan.bytes[span.start..<span.end]
    if isPassword {
      if looksSecret(secret) { return span }
      // A plain word is one only if it stands alone behind a colon, or in quotation marks.
      return (colon || isTied && isQuoted(span, scan)) && secret.count >= 4 && endsLine(span, scan) ? span : nil
    }
    let isDigits = secret.allSatisfy { WordScan.isDigit($0) || $0 == UInt8(ascii: "-") }
    if isDigits {
      let count = secret.count { WordScan.isDigit($0) }
      return (isSecret ? 3...10 : 4...8).contains(count) && (isSecret || count % 2 == 0) ? span : nil
    }
    return isSecret && secret.count >= 4 && looksSecret(secret) ? span : nil
  }

  private static func isColon(_ gap: WordScan.Bytes) -> Bool {
    gap.contains(UInt8(ascii: ":")) || gap.contains(UInt8(ascii: "="))
  }

  /// The next characters without a blank, if they follow in the same line.
  private static func token(behind place: Int, _ scan: WordScan) -> Reading.Span? {
    let bytes = scan.bytes
    var start = place
    // Blanks, a colon, an opening quotation mark.
    while start < bytes.count, [0x20, 0x3A, 0x3D, 0x22, 0x27, 0x28, 0x60, 0xC2, 0xAB].contains(bytes[start]) {
      start += 1
    }
    if start + 2 < bytes.count, bytes[start] == 0xE2, bytes[start + 1] == 0x80 { start += 3 }  // “ ” „
    guard start > place, start < bytes.count, bytes[start] != 0x0A else { return nil }
    var end = start
    while end < bytes.count, bytes[end] > 0x20, bytes[end] != 0x22, bytes[end] != 0xE2 { end += 1 }
    // The marks at the end are the sentence's, but `hunter2!` may end in one of its own: that one is taken, too.
    while end > start, [0x2E, 0x2C, 0x3B, 0x3A, 0x29, 0x3F, 0x27, 0x60].contains(bytes[end - 1]) { end -= 1 }
    return end > start ? Reading.Span(start, end) : nil
  }

  /// Letters beside digits or marks, as in no plain word.
  private static func looksSecret(_ token: WordScan.Bytes) -> Bool {
    guard token.count >= 4 else { return false }
    let digits = token.count { WordScan.isDigit($0) }
    let letters = token.count { WordScan.isLetter($0) || $0 >= 0x80 }
    // The mark at the end may be the sentence's: "my password is wrong!"
    let marks = token.dropLast().count { "!$%&*+=#_^~?".utf8.contains($0) }
    return digits > 0 && letters > 0 || marks > 0 && letters + digits > 0 || letters == 0 && digits >= 4
  }

  private static func isQuoted(_ span: Reading.Span, _ scan: WordScan) -> Bool {
    guard span.start > 0 else { return false }
    return [0x22, 0x27, 0x60].contains(scan.bytes[span.start - 1]) || scan.bytes[span.start - 1] >= 0x80
  }

  private static func endsLine(_ span: Reading.Span, _ scan: WordScan) -> Bool {
    guard span.end < scan.bytes.count else { return true }
    return scan.bytes[span.end] != 0x20 || span.end + 1 == scan.bytes.count
  }

  // MARK: Known by itself

  /// Beginnings that those who give out keys put before them, so that they are found where they should not be.
  private static let prefixes = [
    "sk_live_", "sk_test_", "pk_live_", "rk_live_", "whsec_", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "xoxb-",
    "xoxp-", "shpat_", "shpss_", "AKIA", "AIza", "sk-",
  ].map { Array($0.utf8) }

  private static func key(at index: Int, _ scan: WordScan) -> Reading.Span? {
    let bytes = scan.bytes
    var start = scan[index].start
    while start > 0, isKeyByte(bytes[start - 1]) { start -= 1 }
    var end = scan[index].end
    while end < bytes.count, isKeyByte(bytes[end]) { end += 1 }
    while end > start, bytes[end - 1] == UInt8(ascii: ".") { end -= 1 }
    guard end - start >= 16 else { return nil }
    let token = bytes[start..<end]
    if prefixes.contains(where: { token.starts(with: $0) }) { return Reading.Span(start, end) }
    // JSON Web Tokens: three parts, of which the first begins with `{"`.
    if token.starts(with: "eyJ".utf8), token.count(where: { $0 == UInt8(ascii: ".") }) == 2 {
      return Reading.Span(start, end)
    }
    let word = scan.written(index)
    return isRandom(word) ? scan.span(index, index) : nil
  }

  private static func isKeyByte(_ byte: UInt8) -> Bool {
    WordScan.isDigit(byte) || WordScan.isLetter(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: ".")
  }

  /// Twenty letters and digits or more that change between them and between cases, or thirty-two of hexadecimal. IBANs and
  /// parcels have a few letters at most, and only capitals.
  private static func isRandom(_ word: WordScan.Bytes) -> Bool {
    guard word.count >= 20 else { return false }
    let digits = word.count { WordScan.isDigit($0) }
    let capitals = word.count { (0x41...0x5A).contains($0) }
    let small = word.count { (0x61...0x7A).contains($0) }
    let isHex =
      word.count >= 32 && digits >= 4 && digits + small == word.count && word.allSatisfy { $0 < 0x61 || $0 <= 0x66 }
    return isHex || digits >= 2 && capitals >= 3 && small >= 3
  }
}
