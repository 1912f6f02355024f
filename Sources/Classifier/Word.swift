extension Words {
  /// A word, with its place in the original and its normal form.
  package struct Word: Sendable {
    private let start32: Int32
    private let end32: Int32
    private let normalStart: Int32
    private let normalEnd: Int32
    /// Of the normal form, 64 bits.
    package let hash: UInt64
    /// Of the first three bytes of the normal form, where there are so many.
    let beginning: UInt64
    private let sentence32: Int32
    private let marks: Marks

    struct Marks: OptionSet, Sendable {
      let rawValue: UInt8
      static let capitals = Marks(rawValue: 1)
      static let digit = Marks(rawValue: 2)
      static let drawnOut = Marks(rawValue: 4)
      static let begins = Marks(rawValue: 8)
    }

    @inline(__always)
    init(_ place: Range<Int>, normal: Range<Int>, hash: UInt64, beginning: UInt64, sentence: Int, _ marks: Marks) {
      start32 = Int32(truncatingIfNeeded: place.lowerBound)
      end32 = Int32(truncatingIfNeeded: place.upperBound)
      normalStart = Int32(truncatingIfNeeded: normal.lowerBound)
      normalEnd = Int32(truncatingIfNeeded: normal.upperBound)
      self.hash = hash
      self.beginning = beginning
      sentence32 = Int32(truncatingIfNeeded: sentence)
      self.marks = marks
    }

    /// Bytes of the original text.
    package var start: Int { Int(start32) }
    package var end: Int { Int(end32) }
    /// Bytes of `normal`; a blank stands before the first and behind the last of them.
    package var normal: Range<Int> { Range(uncheckedBounds: (Int(normalStart), Int(normalEnd))) }
    /// The number of its sentence.
    package var sentence: Int { Int(sentence32) }
    /// Two letters or more, all capitals, and no digit.
    package var isCapitals: Bool { marks.contains(.capitals) }
    package var hasDigit: Bool { marks.contains(.digit) }
    /// A letter was drawn out: `sooo`.
    package var isDrawnOut: Bool { marks.contains(.drawnOut) }
    /// A new sentence or line begins here.
    package var beginsSentence: Bool { marks.contains(.begins) }
  }
}
