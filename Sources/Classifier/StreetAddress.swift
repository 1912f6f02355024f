internal import Events

/// Street addresses: a house number beside a word for a street, as they are written in English (`12 Baker Street`), French
/// (`12, rue de la Paix`), Spanish (`Calle Mayor 12`) and German (`Hauptstraße 12`), with the postal code behind them.
///
/// Orders have numbers, too, and people speak of roads, so what stands between the two must look like a name.
enum StreetAddress {
  /// `index` is a word with a digit in it.
  static func find(at index: Int, _ scan: WordScan) -> Reading.Span? {
    guard isHouseNumber(index, scan) else { return nil }
    if let last = french(index, scan) ?? english(index, scan) {
      return Reading.Span(scan[index].start, scan[withPlace(behind: last, scan)].end)
    }
    if let first = german(index, scan) ?? spanish(index, scan) {
      return Reading.Span(scan[first].start, scan[withPlace(behind: index, scan)].end)
    }
    return nil
  }

  /// One to five digits and at most one letter, and not said to be something else.
  private static func isHouseNumber(_ index: Int, _ scan: WordScan) -> Bool {
    let word = scan.normal(index)
    let digits = word.prefix(while: WordScan.isDigit).count
    guard (1...5).contains(digits), word.count - digits <= 1, !scan.has(index - 1, in: orders) else { return false }
    let start = scan[index].start
    guard start == 0 || ![UInt8(ascii: "#"), 0x24, UInt8(ascii: ".")].contains(scan.bytes[start - 1]) else {
      return false
    }
    return start < 2 || scan.bytes[start - 1] != UInt8(ascii: "-") || !WordScan.isLetter(scan.bytes[start - 2])
  }

  private static let orders = WordSet(
    "order orders number bestellung bestellnummer pedido commande article item sku size größe talla taille")

  // MARK: English

  private static let streets = WordSet("street road rd avenue ave boulevard blvd crescent lane ln parkway mews")
  /// Streets that are something else as often: they must have a capital.
  private static let perhapsStreets = WordSet(
    "st drive dr court ct close place pl square sq terrace way gardens grove highway hwy")
  /// Behind these a drive is no street, and a way none.
  private static let things = WordSet("hard usb flash disk pen tape test ssd external internal tb gb one")
  /// Words that no street is named by.
  private static let plain = WordSet(
    """
    is are was were be in on at to my the a an of and or from for by with your our it this that has have had not but days
    day weeks week hours hour minutes times items euros pounds dollars years months km miles per off
    """)

  private static func english(_ index: Int, _ scan: WordScan) -> Int? {
    var isName = true
    for next in index + 1..<max(index + 1, min(scan.count, index + 5)) {
      guard scan.isOnePhrase(next - 1), !scan[next].hasDigit else { return nil }
      if next > index + 1 {
        if scan.has(next, in: streets), isName || scan.written(index).count <= 4 { return next }
        if scan.has(next, in: perhapsStreets), isName, scan.isCapitalised(next), !scan.has(next - 1, in: things) {
          return next
        }
      }
      if scan.has(next, in: plain) { return nil }
      isName = isName && scan.isCapitalised(next)
    }
    return nil
  }

  // MARK: French

  private static let rues = WordSet("rue avenue boulevard bd impasse chemin quai faubourg")
  private static let perhapsRues = WordSet("place route allée square passage av")
  private static let repeats = WordSet("bis ter quater")
  private static let joints = WordSet("de du des la le les l d saint sainte")

  private static func french(_ index: Int, _ scan: WordScan) -> Int? {
    var street = index + 1
    guard scan.gap(behind: index).count <= 2, !scan.gap(behind: index).contains(0x0A) else { return nil }
    if scan.has(street, in: repeats) { street += 1 }
    let isSure = scan.has(street, in: rues)
    guard isSure || scan.has(street, in: perhapsRues) else { return nil }
    var name = street + 1
    while scan.has(name, in: joints), scan.isOnePhrase(name - 1), name < street + 4 { name += 1 }
    guard name < scan.count, scan.isOnePhrase(name - 1), isSure || scan.isCapitalised(name) else { return nil }
    // `avenue du Général de Gaulle`
    var last = name
    var next = name + 1
    while next < scan.count, next <= name + 4, scan.isOnePhrase(next - 1), !scan.gap(behind: next - 1).contains(0x2E) {
      if scan.isCapitalised(next), !scan[next].hasDigit {
        last = next
      } else if !scan.has(next, in: joints) {
        break
      }
      next += 1
    }
    return last
  }

  // MARK: German

  private static let endings = ["strasse", "str", "allee", "gasse", "chaussee"].map { Array($0.utf8) }
  /// Endings of other words as well: these must have a capital.
  private static let perhapsEndings = ["weg", "platz", "damm", "ufer", "steig"].map { Array($0.utf8) }
  private static let alone = WordSet("Straße Str Weg Platz Allee Gasse Ring Damm Ufer")

  private static func german(_ index: Int, _ scan: WordScan) -> Int? {
    let street = index - 1
    guard street >= 0, scan.isOnePhrase(street), !scan[street].hasDigit else { return nil }
    if scan.has(street, in: alone) {
      // `Berliner Straße 5`
      guard scan.isCapitalised(street), scan.isCapitalised(street - 1), scan.isOnePhrase(street - 1) else { return nil }
      return street - 1
    }
    let word = scan.normal(street)
    func ends(with endings: [[UInt8]]) -> Bool {
      endings.contains { word.count >= $0.count + 3 && word.suffix($0.count).elementsEqual($0) }
    }
    return ends(with: endings) || scan.isCapitalised(street) && ends(with: perhapsEndings) ? street : nil
  }

  // MARK: Spanish

  private static let calles = WordSet("calle avenida avda plaza paseo carretera camino ronda travesía")
  private static let uniones = WordSet("de del la las los el san santa n no nº num número")
  /// `La calle hace 3 días ...`
  private static let verbos = WordSet("hace desde por con está es en hay a tiene tras que y o más")

  private static func spanish(_ index: Int, _ scan: WordScan) -> Int? {
    var small = 0
    var isFirst = true
    for back in 1...6 where index - back >= 0 {
      let word = index - back
      // Between the name and the number may stand a comma: `Calle Mayor, 12`.
      let gap = scan.gap(behind: word)
      guard isFirst ? gap.count <= 3 && !gap.contains(0x0A) : scan.isOnePhrase(word), !scan[word].hasDigit else {
        return nil
      }
      isFirst = false
      if back > 1, scan.has(word, in: calles) { return word }
      // `C/ Mayor 12`
      if back > 1, scan.normal(word).elementsEqual("c".utf8), scan.bytes[scan[word].end] == UInt8(ascii: "/") {
        return word
      }
      if scan.has(word, in: verbos) { return nil }
      if !scan.isCapitalised(word), !scan.has(word, in: uniones) {
        small += 1
        guard small == 1 else { return nil }
      }
      // `C/` is parted from the name by more than a phrase is.
      if word > 0, scan.normal(word - 1).elementsEqual("c".utf8), scan.gap(behind: word - 1).first == UInt8(ascii: "/")
      {
        return word - 1
      }
    }
    return nil
  }

  // MARK: The place

  /// The last word of the postal code and town behind a street, or the street's own.
  private static func withPlace(behind street: Int, _ scan: WordScan) -> Int {
    func isNear(_ index: Int) -> Bool {
      let gap = scan.gap(behind: index)
      return index + 1 < scan.count && gap.count <= 2 && gap.allSatisfy { [0x20, 0x2C, 0x0A, 0x0D].contains($0) }
    }
    guard isNear(street) else { return street }
    // `75002 Paris`
    if scan.isDigits(street + 1), scan.written(street + 1).count == 5, scan.isCapitalised(street + 2),
      isNear(street + 1)
    {
      return street + 2
    }
    // `London NW1 6XE`, `Springfield, IL 62704`
    var last = street
    for _ in 0..<3 {
      guard isNear(last), scan.isCapitalised(last + 1) else { return street }
      last += 1
      if scan[last].hasDigit {
        return isNear(last) && isInward(last + 1, scan) ? last + 1 : street
      }
      if scan.written(last).count == 2, isNear(last), scan.isDigits(last + 1), scan.written(last + 1).count == 5 {
        return last + 1
      }
    }
    return street
  }

  /// The second half of a British postal code: `6XE`.
  private static func isInward(_ index: Int, _ scan: WordScan) -> Bool {
    let word = scan.written(index)
    return word.count == 3 && WordScan.isDigit(word.first!) && word.dropFirst().allSatisfy(WordScan.isLetter)
  }
}
