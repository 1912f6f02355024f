import Events
import Foundation

/// The events of a file, told again and again of other customers.
///
/// Facts for everybody are left out: there are few of them, and they would have to stand in every partition.
struct Traffic {
  /// An event for the log.
  struct Entry {
    let key: [UInt8]
    let line: [UInt8]
    /// Where in the line the id of the event ends.
    let idEnd: Int

    /// The same once more, under another id: no repeat.
    func again(_ number: Int) -> Entry {
      let id = Array("-\(number)".utf8)
      return Entry(key: key, line: line[..<idEnd] + id + line[idEnd...], idEnd: idEnd + id.count)
    }
  }

  /// What is taken of the events.
  enum Part {
    /// What orders do.
    case orders
    /// What customers write; every one of them is decided.
    case tickets
    /// All of it, with as many orders of customers who never write as make seven orders for a ticket.
    case mixed
  }

  private let stories: [Retold]

  init(file: String) throws {
    stories = try Data(contentsOf: URL(filePath: file)).split(separator: UInt8(ascii: "\n")).compactMap {
      Retold([UInt8]($0))
    }
  }

  /// So many events: all stories once, then again of other customers, and so on.
  func entries(_ part: Part, count: Int) -> [Entry] {
    let told =
      switch part {
      case .orders: stories.filter { $0.kind == .order }
      case .tickets: stories.filter { $0.kind == .ticket }
      case .mixed: mixture
      }
    return (0..<count).map { told[$0 % told.count].told($0 / told.count) }
  }

  /// The stories once, among orders of customers who have no other wish than to get them.
  private var mixture: [Retold] {
    let orders = stories.filter { $0.kind == .order }
    let tickets = stories.count { $0.kind == .ticket }
    let quiet = max(0, 7 * tickets - orders.count)
    var mixture: [Retold] = []
    var told = 0
    for (index, story) in stories.enumerated() {
      mixture.append(story)
      while told < quiet * (index + 1) / stories.count {
        mixture.append(orders[told % orders.count].ofQuietCustomer(told / orders.count))
        told += 1
      }
    }
    return mixture
  }
}

/// One event in pieces, between which the customer and the id of the event stand.
private struct Retold {
  enum Kind { case order, ticket, other }

  let kind: Kind
  private let customer: String
  private let id: String
  /// What stands before each name, and behind the last.
  private let pieces: [ArraySlice<UInt8>]
  private let isCustomer: [Bool]
  private var suffix = ""

  /// `nil` for what is no customer's.
  init?(_ line: [UInt8]) {
    guard let event = try? EventDecoder.decode(structured: line), let customer = event.customer else { return nil }
    self.customer = customer.text
    id = event.envelope.id
    kind =
      switch event.body {
      case .orderUpdated: .order
      case .ticketOpened: .ticket
      case .ticketMessage(let message) where message.author == .customer: .ticket
      default: .other
      }
    var pieces: [ArraySlice<UInt8>] = []
    var isCustomer: [Bool] = []
    var start = 0
    let names = [(quoted: Array("\"\(customer.text)\"".utf8), true), (Array("\"\(event.envelope.id)\"".utf8), false)]
    for at in line.indices {
      for (name, isOfCustomer) in names where line[at] == name[0] && line[at...].starts(with: name) {
        pieces.append(line[start...at])
        isCustomer.append(isOfCustomer)
        start = at + name.count - 1
      }
    }
    self.pieces = pieces + [line[start...]]
    self.isCustomer = isCustomer
  }

  func ofQuietCustomer(_ number: Int) -> Retold {
    var other = self
    other.suffix = "q\(number)"
    return other
  }

  func told(_ copy: Int) -> Traffic.Entry {
    let key = Array("\(customer)-\(copy)\(suffix)".utf8)
    let id = Array("\(id)-\(copy)\(suffix)".utf8)
    var line: [UInt8] = []
    var idEnd = 0
    for (piece, isCustomer) in zip(pieces, isCustomer) {
      line += piece
      line += isCustomer ? key : id
      if !isCustomer { idEnd = line.count }
    }
    return Traffic.Entry(key: key, line: line + pieces[pieces.count - 1], idEnd: idEnd)
  }
}
