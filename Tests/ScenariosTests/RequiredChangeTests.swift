import Regions
import TestSupport
import Testing

@testable import Scenarios

@Suite struct RequiredChangeTests {
  /// On a thousand random scenarios, with every kind, scope and measure, with ties and missing
  /// members, numerators and denominators, spread or all to one: the same as by trial.
  @Test(arguments: 0..<10)
  func theSameAsByTrial(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    var done = 0
    var outcomes: [String: Int] = [:]
    while done < 100 {
      let example = try RequiredChangeCase(&random)
      let changes: [RequiredChange]
      do throws(ScenarioError) {
        let simulation = try Simulation(
          example.scenario,
          catalogue: example.catalogue,
          panel: example.panel
        )
        changes = try simulation.requiredChanges(example.means)
      } catch {
        // A target that cannot be asked, such as a climb of a unit without a value.
        outcomes["refused", default: 0] += 1
        continue
      }
      done += 1
      let change = try #require(changes.first)
      let tried: Int?
      switch change.result {
      case .impossible(.otherMember): continue
      case .alreadyMet: tried = try example.byTrial(upTo: 0)
      case .change(let change): tried = try example.byTrial(upTo: min(abs(change.units), 150))
      case .impossible: tried = try example.byTrial(upTo: 150)
      }
      let found: Int? =
        switch change.result {
        case .alreadyMet: 0
        case .change(let change): abs(change.units) <= 150 ? abs(change.units) : nil
        case .impossible: nil
        }
      outcomes["\(change.result)".prefix(9).description, default: 0] += 1
      #expect(found == tried, "seed \(seed): \(change.result) \(example.means)\n\(example.text)")
    }
    #expect(outcomes.count >= 4, "\(outcomes)")
  }
}
