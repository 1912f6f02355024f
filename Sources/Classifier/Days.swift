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

  private static let kinds: [UInt64: Kind] = {
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
    var kinds: [UInt64: Kind] = [:]
    for (kind, names) in words {
      for word in Words(names).words { kinds[word.hash, default: []].insert(kind) }
    }
    return kinds
  }()

  /// One bit for each of those words, because nearly all words are none of them.
  private static let bits: [UInt64] = {
    var bits = [UInt64](repeating: 0, count: 64)
    for hash in kinds.keys { bits[Int(hash >> 6 & 63)] |= 1 << (hash & 63) }
    return bits
  }()

  static func find(in words: Words) -> [Reading.Entity] {
    // Nearly all words are neither a number nor one of ours.
    var marks: [Int] = []
    bits.withUnsafeBufferPointer { bits in
      words.words.withUnsafeBufferPointer { words in
        for index in words.indices
        where words[index].hasDigit || bits[Int(words[index].hash >> 6 & 63)] & (1 << (words[index].hash & 63)) != 0 {
          marks.append(index)
        }
      }
    }
    guard !marks.isEmpty else { return [] }
    var entities: [Reading.Entity] = []
    let scan = Scan(words: words, kinds: kinds)
    var next = 0
    for index in marks where index >= next {
      guard let end = scan.end(of: index) else { continue }
      entities.append(
        Reading.Entity(kind: .date, span: Reading.Span(words.words[index].start, words.words[end - 1].end)))
      next = end
    }
    return entities
  }

  private struct Scan {
    let words: Words
    let kinds: [UInt64: Kind]

    private func kind(_ index: Int) -> Kind {
      index < words.words.count ? kinds[words.words[index].hash] ?? [] : []
    }

    /// Behind which word the day ends that begins here.
    func end(of index: Int) -> Int? {
      let word = words.words[index]
      if word.hasDigit { return endOfNumber(index) }
      let kind = kind(index)
      guard !kind.isDisjoint(with: [.month, .weekday, .day, .turn, .span]) else { return nil }
      if !kind.isDisjoint(with: [.day, .weekday]) {
        return self.kind(index + 1).contains(.turn) ? index + 2 : index + 1
      }
      if kind.contains(.month), isOrdinal(index + 1) != nil, isSame(word, index + 1) { return year(behind: index + 1) }
      let next = self.kind(index + 1)
      if kind.contains(.turn), !next.isDisjoint(with: [.weekday, .span]) { return index + 2 }
      if kind.contains(.span), next.contains(.turn) { return index + 2 }
      return nil
    }

    private func endOfNumber(_ index: Int) -> Int? {
      guard let isOrdinal = isOrdinal(index) else { return nil }
      let word = words.words[index]
      let month = kind(index + 1).contains(.joint) ? index + 2 : index + 1
      // `14. März`: that full stop ends no sentence.
      if kind(month).contains(.month), isSame(word, month) || words.words[month].start - word.end <= 2 {
        return year(behind: month)
      }
      // `On the 9th` is a day, `the 9th shelf` is none: something stands before it and nothing behind.
      let isLast = !isSame(word, index + 1) || kind(index + 1).contains(.before)
      return isOrdinal && isLast && index > 1 && kind(index - 1).contains(.before) ? index + 1 : nil
    }

    private func isSame(_ word: Words.Word, _ index: Int) -> Bool {
      index < words.words.count && words.words[index].sentence == word.sentence
    }

    /// Of a number from 1 to 31, whether it has an ending: `9th`, `1er`. `nil` for all other words.
    private func isOrdinal(_ index: Int) -> Bool? {
      guard index < words.words.count, words.words[index].hasDigit else { return nil }
      let bytes = words.normal[words.words[index].normal]
      let digits = bytes.prefix { (0x30...0x39).contains($0) }
      guard (1...2).contains(digits.count), bytes.count - digits.count <= 3,
        (1...31).contains(digits.reduce(0) { $0 * 10 + Int($1) - 0x30 })
      else { return nil }
      let ending = String(decoding: bytes.dropFirst(digits.count), as: UTF8.self)
      guard ["", "st", "nd", "rd", "th", "er"].contains(ending) else { return nil }
      return !ending.isEmpty
    }

    /// `14 March 2026`.
    private func year(behind index: Int) -> Int {
      let next = kind(index + 1).contains(.joint) ? index + 2 : index + 1
      guard next < words.words.count, words.words[next].hasDigit, words.words[next].normal.count == 4,
        words.text(words.words[next]).hasPrefix("20")
      else { return index + 1 }
      return next + 1
    }
  }
}
