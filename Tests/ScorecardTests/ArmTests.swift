import Events
import Testing

@testable import Scorecard

/// What became of the customers of both arms, and of them alone.
@Suite struct ArmTests {
  /// A ticket that is decided once, under an experiment or without.
  private func ticket(
    _ name: String, at hours: Double, arm: String, experiment: String? = "trial", isOver: Bool = false, thumb: String
  ) throws -> [Told] {
    [
      Told.decided(
        name, by: name, at: hours, .handOff, queue: "desk", arm: arm, experiment: experiment, isOver: isOver),
      try Told.feedback(#""ticketId":"\#(name)""#, "thumbs", #""\#(thumb)""#, at: hours + 1),
    ]
  }

  @Test func onlyWhoWasDrawnByLotIsCompared() throws {
    let told =
      try ticket("before", at: 0, arm: "treatment", experiment: nil, thumb: "down")
      + ticket("other", at: 5, arm: "baseline", experiment: "pilot", thumb: "down")
      + ticket("t1", at: 10, arm: "treatment", thumb: "up") + ticket("t2", at: 11, arm: "treatment", thumb: "up")
      + ticket("b1", at: 12, arm: "baseline", thumb: "down")
      + ticket("after", at: 20, arm: "baseline", isOver: true, thumb: "up")
    let experiment = Experiment(JourneyBook(told).card(at: 300))
    let satisfaction = try #require(experiment.comparisons.first { $0.kpi == .satisfaction })
    #expect(experiment.name == "trial")
    #expect(satisfaction.treatment == .mean(Spread([1, 1])) && satisfaction.baseline == .mean(Spread([0])))
  }

  @Test func armsWithoutANameAreComparedAsTheyAre() throws {
    let told =
      try ticket("t", at: 1, arm: "treatment", experiment: nil, thumb: "up")
      + ticket("b", at: 2, arm: "baseline", experiment: nil, thumb: "down")
    let experiment = Experiment(JourneyBook(told).card(at: 300))
    #expect(experiment.name == nil)
    #expect(experiment.comparisons.first { $0.kpi == .satisfaction }?.baseline == .mean(Spread([0])))
  }
}
