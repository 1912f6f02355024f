internal import Events

/// Days as people name them: by number and month (`14 March`, `March 14th`, `14. März`), by ordinal (`on the 9th`), and in words
/// (`yesterday`, `last Monday`, `la semaine dernière`). Days written in digits alone are found with the other numbers.
enum Days {
  private struct Kind: OptionSet {
    let rawValue: UInt8
    static let month = Kind(rawValue: 1)
    static let weekday = Kind(rawValue: 2)
    static let day = Kind(rawValue: 4)
    /// Beside a weekday or a span it makes a day of it: `last week`, `la semana pasada`.
    static let turn = Kind(rawValue: 8)
    static let span = Kind(rawValue: 16)
    /// It stands between a day and its month, or between a month and its year.
    static let joint = Kind(rawValue: 32)
    static let before = Kind(rawValue: 64)
  }

  /// What a day without a number can begin with.
  private static let beginning: Kind = [.month, .weekday, .day, .turn, .span]

  /// Our words and, by their places, what each of them is; and those with which a day can begin, because the others are in nearly
  /// every sentence.
  private static let (names, kinds, beginnings): (WordSet, [Kind], WordSet) = {
    let words: [(Kind, String)] = [
      (
        .month,
        """
        january february march april may june july august september october november december
        jan feb mar apr jun jul aug sep sept oct nov dec
        enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre
        januar jänner februar märz mai juni juli oktober dezember
        janvier février mars avril juin juillet août septembre octobre novembre décembre
        """
      ),
      (
        .weekday,
        """
        monday tuesday wednesday thursday friday saturday sunday lunes martes miércoles jueves viernes sábado domingo
        montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
        lundi mardi mercredi jeudi vendredi samedi dimanche
        """
      ),
      (
        .day,
        """
        yesterday today tomorrow tonight ayer anteayer hoy mañana gestern vorgestern heute übermorgen
        hier aujourdhui demain
        """
      ),
      (
        .turn,
        """
        last next this past letzte letzten letzter nächste nächsten diese diesen kommenden vergangene vergangenen
        pasado pasada próximo próxima este esta dernier dernière prochain prochaine ce cette
        """
      ),
      (.span, "week weekend month year woche wochenende monat jahr semana mes año semaine mois année"),
      (.joint, "of de del the le den"),
      (.before, "on the since by until till from before after der am den dem seit bis el dia le du au depuis"),
    ]
    let names = WordSet(words.map(\.1).joined(separator: " "))
    var kinds = [Kind](repeating: [], count: names.placeCount)
    for (kind, own) in words {
      for word in Words(own).words { kinds[names.place(of: word.hash)!].insert(kind) }
    }
    let beginnings = words.filter { !$0.0.isDisjoint(with: beginning) }.map(\.1).joined(separator: " ")
    return (names, kinds, WordSet(beginnings))
  }()

  static func find(in scan: WordScan) -> [Reading.Entity] {
    var entities: [Reading.Entity] = []
    var next = 0
    let beginnings = beginnings
    for index in scan.words.indices where scan.isMarked(index, beginnings) {
      guard index >= next, let end = end(of: index, scan) else { continue }
      entities.append(Reading.Entity(kind: .date, span: scan.span(index, end - 1)))
      next = end
    }
    return entities
  }

  private static func kind(_ index: Int, _ scan: WordScan) -> Kind {
    guard index < scan.count, names.mayContain(scan[index].hash), let place = names.place(of: scan[index].hash) else {
      return []
    }
    return kinds[place]
  }

  /// Behind which word the day ends that begins here.
  private static func end(of index: Int, _ scan: WordScan) -> Int? {
    let word = scan[index]
    if word.hasDigit { return endOfNumber(index, scan) }
    let kind = kind(index, scan)
    guard !kind.isDisjoint(with: beginning) else { return nil }
    let next = self.kind(index + 1, scan)
    if !kind.isDisjoint(with: [.day, .weekday]) { return next.contains(.turn) ? index + 2 : index + 1 }
    if kind.contains(.month), isOrdinal(index + 1, scan) != nil, isSame(word, index + 1, scan) {
      return year(behind: index + 1, scan)
    }
    if kind.contains(.turn), !next.isDisjoint(with: [.weekday, .span]) { return index + 2 }
    if kind.contains(.span), next.contains(.turn) { return index + 2 }
    return nil
  }

  private static func endOfNumber(_ index: Int, _ scan: WordScan) -> Int? {
    guard let isOrdinal = isOrdinal(index, scan) else { return nil }
    let word = scan[index]
    let month = kind(index + 1, scan).contains(.joint) ? index + 2 : index + 1
    // `14. März`: that full stop ends no sentence.
    if kind(month, scan).contains(.month), isSame(word, month, scan) || scan[month].start - word.end <= 2 {
      return year(behind: month, scan)
    }
    // `On the 9th` is a day, `the 9th shelf` is none: something stands before it and nothing behind.
    let isLast = !isSame(word, index + 1, scan) || kind(index + 1, scan).contains(.before)
    return isOrdinal && isLast && index > 1 && kind(index - 1, scan).contains(.before) ? index + 1 : nil
  }

  private static func isSame(_ word: Words.Word, _ index: Int, _ scan: WordScan) -> Bool {
    index < scan.count && scan[index].sentence == word.sentence
  }

  /// Of a number from 1 to 31, whether it has an ending: `9th`, `1er`. `nil` for all other words.
  private static func isOrdinal(_ index: Int, _ scan: WordScan) -> Bool? {
    guard index < scan.count, scan[index].hasDigit else { return nil }
    let bytes = scan.normal(index)
    let digits = bytes.prefix(while: WordScan.isDigit)
    guard (1...2).contains(digits.count), bytes.count - digits.count <= 3,
      (1...31).contains(digits.reduce(0) { $0 * 10 + Int($1) - 0x30 })
    else { return nil }
    switch String(decoding: bytes.dropFirst(digits.count), as: UTF8.self) {
    case "": return false
    case "st", "nd", "rd", "th", "er": return true
    default: return nil
    }
  }

  /// `14 March 2026`.
  private static func year(behind index: Int, _ scan: WordScan) -> Int {
    let next = kind(index + 1, scan).contains(.joint) ? index + 2 : index + 1
    guard next < scan.count, scan[next].hasDigit, scan.normal(next).count == 4,
      scan.normal(next).starts(with: "20".utf8)
    else { return index + 1 }
    return next + 1
  }
}
