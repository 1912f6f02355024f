/// What workers promise, by how they commit; the names are those of the setting `processing.guarantee`.
package enum Promise: Sendable {
  /// Outputs, contexts and positions are one transaction.
  case exactlyOnce
  /// Outputs, then contexts, then positions, each acknowledged before the next is begun. A crash in between leaves what stands
  /// before it, and the next worker writes it again.
  case atLeastOnce
}
