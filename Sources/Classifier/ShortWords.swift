/// The language of one or two words that people begin or answer with. Runs of letters say next to nothing about them: "Hola" has
/// three, and two of them are Hungarian as well.
enum ShortWords {
  private static let lists: [(tag: String, words: String)] = [
    (
      "en",
      """
      hi hey hello hiya yo morning afternoon evening help please thanks thank thx cheers yes yep yeah nope sure okay agent human
      person the order parcel package refund my mine this that both neither
      """
    ),
    (
      "es",
      """
      hola buenas buenos días dias tardes noches ayuda gracias por favor sí vale claro agente persona humano el los del pedido
      paquete reembolso ese eso esa ninguno ambos señores
      """
    ),
    (
      "de",
      """
      hallo moin servus guten morgen tag abend hilfe bitte danke ja nein doch genau mitarbeiter mensch grüezi grüß gott
      bestellung paket erstattung die der das beide keine
      """
    ),
    (
      "fr",
      """
      bonjour bonsoir salut coucou allo aide merci oui non svp conseiller personne humain le la commande colis remboursement
      celle celui ma mon aucun deux
      """
    ),
  ]

  private static let tags: [UInt64: Set<String>] = {
    var tags: [UInt64: Set<String>] = [:]
    for list in lists { for word in Words(list.words).words { tags[word.hash, default: []].insert(list.tag) } }
    return tags
  }()

  /// The words that are none of a number: of "El LL-90028" it is the first.
  static func plain(_ words: borrowing Words) -> [Words.Word] {
    let hasNumber = words.words.contains(where: \.hasDigit)
    return words.words.filter { !$0.hasDigit && !(hasNumber && $0.isCapitals) }
  }

  /// The one language in which all of `words` are known; `nil` where it is none or more than one.
  static func language(of words: [Words.Word]) -> String? {
    var common: Set<String>?
    for word in words {
      guard let tags = tags[word.hash] else { return nil }
      common = common?.intersection(tags) ?? tags
    }
    guard let common, common.count == 1 else { return nil }
    return common.first
  }
}
