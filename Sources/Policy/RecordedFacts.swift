extension Facts {
  /// Facts as a decision recorded them. Those that no rule looked at are not recorded, and are as if nothing were known; what is no value of
  /// its fact is passed over.
  public init(recorded: [(name: String, value: String)]) {
    self.init()
    for (name, text) in recorded {
      guard let fact = FactName(rawValue: name) else { continue }
      switch fact.kind {
      case .word: self[fact] = .word(text)
      case .number: if let number = Int(text) { self[fact] = .number(number) }
      case .flag: if text == "true" || text == "false" { self[fact] = .flag(text == "true") }
      case .words: self[fact] = .words(Set(text.split(separator: " ").map(String.init)))
      }
    }
  }
}
