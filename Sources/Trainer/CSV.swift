/// Comma-separated values (RFC 4180). No package for it is to be had here, and it is short.
enum CSV {
  struct Record {
    /// The line on which it begins, from 1.
    let line: Int
    let fields: [String]
  }

  static func records(of text: String) -> [Record] {
    var records: [Record] = []
    var fields: [String] = []
    var field = String.UnicodeScalarView()
    var isQuoted = false
    var line = 1
    var start = 1
    var scalars = text.unicodeScalars.makeIterator()
    var next = scalars.next()
    func endRecord() {
      fields.append(String(field))
      if fields != [""] { records.append(Record(line: start, fields: fields)) }
      fields = []
      field = .init()
      start = line
    }
    while let scalar = next {
      next = scalars.next()
      if scalar == "\n" { line += 1 }
      if isQuoted {
        if scalar != "\"" {
          field.append(scalar)
        } else if next == "\"" {
          field.append(scalar)
          next = scalars.next()
        } else {
          isQuoted = false
        }
        continue
      }
      switch scalar {
      case "\"": isQuoted = true
      case ",":
        fields.append(String(field))
        field = .init()
      case "\r": break
      case "\n": endRecord()
      default: field.append(scalar)
      }
    }
    endRecord()
    return records
  }
}
