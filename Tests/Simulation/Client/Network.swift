/// The way between workers and cluster, and how bad it is at the moment.
package final class Network {
  let world: World
  private var dice: Dice
  /// How long one way takes.
  package var delay: ClosedRange<Duration> = .microseconds(200)...(.milliseconds(3))
  /// How many in a thousand requests, and as many replies, get lost.
  package var lossPermille = 0
  /// Nobody reaches the cluster.
  package var isCut = false

  package init(_ world: World, dice: Dice) {
    self.world = world
    self.dice = dice
  }

  /// Carries something one way: `arrive` is called later, or never.
  func carry(_ arrive: @escaping () -> Void) {
    if isCut || dice.chance(lossPermille) { return }
    world.after(dice.duration(delay)) { [unowned self] in if !isCut { arrive() } }
  }

  /// Whether the next thing that may go wrong does.
  func chance(_ permille: Int) -> Bool { permille > 0 && dice.chance(permille) }
}
