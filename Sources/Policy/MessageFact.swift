/// The closed list of facts that may stand in a message (E7, E8): what the customer's own order and ticket say, and nothing
/// inferred. A template has places for them under these names.
public enum MessageFact: String, Sendable, Hashable, CaseIterable {
  case name, order, status, carrier, tracking, promised, estimated, delivered, lastScan, cause, region, nextUpdate
  case refundAmount, refundDate, items, late, hasName, hasTracking, hasEstimate, hasItems, hasOrder

  /// Whether it is a yes or no, which chooses words and is none itself.
  public var isFlag: Bool {
    switch self {
    case .late, .hasName, .hasTracking, .hasEstimate, .hasItems, .hasOrder: true
    default: false
    }
  }

  /// Whether it may stand where everybody reads: what a declared disruption says is the same for all customers, and what an order
  /// says, or a name, is the customer's own.
  public var isImpersonal: Bool { self == .cause || self == .nextUpdate }
}
