import Documents
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
      do throws(DocumentError) {
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
      case .alreadyMet: tried = try RequiredChangeTrial(example).smallest(upTo: 0)
      case .change(let change):
        tried = try RequiredChangeTrial(example).smallest(upTo: min(abs(change.units), 60))
      case .impossible: tried = try RequiredChangeTrial(example).smallest(upTo: 60)
      }
      let found: Int? =
        switch change.result {
        case .alreadyMet: 0
        case .change(let change): abs(change.units) <= 60 ? abs(change.units) : nil
        case .impossible: nil
        }
      outcomes["\(change.result)".prefix(9).description, default: 0] += 1
      #expect(found == tried, "seed \(seed): \(change.result) \(example.means)\n\(example.text)")
    }
    #expect(outcomes.count >= 4, "\(outcomes)")
  }
}

/// The plan's targets for employment on the real figures.
@Suite struct EmploymentTargetsTests {
  private static func changes(
    holding: Bool = false,
    to member: String? = nil
  ) throws -> (changes: [String: RequiredChange], last: Standings) {
    var scenario = try Shipped.scenario("employment-targets")
    if holding { scenario = scenario.withOthersHolding }
    let simulation = try Simulation(
      scenario,
      catalogue: NorwayDataset.catalogue(),
      panel: NorwayDataset.panel()
    )
    let place = SourcePlace(file: "test")
    let means = RequiredChange.Means(member: member.map { Located($0, at: place) })
    let changes = try simulation.requiredChanges(means)
    let last = try #require(try simulation.run().indicators[0].withLevers.last)
    return (Dictionary(uniqueKeysWithValues: changes.map { ($0.target.id, $0) }), last)
  }

  private static func units(_ change: RequiredChange?) throws -> Int {
    guard case .change(let found) = try #require(change).result else { return 0 }
    return found.units
  }

  /// The closed forms: the numerator that a share takes, less what there is.
  @Test func sharesByClosedForm() throws {
    let (changes, last) = try Self.changes()
    let region = try #require(last.region)
    let own = region.levels.entries[try #require(region.index(of: Self.mosseregionen))]
    let denominator = try #require(own.denominator)
    func needed(_ share: Double) -> Int {
      Int((share * denominator - own.numerator).rounded(.up))
    }
    #expect(try Self.units(changes["share76"]) == needed(0.76))
    let sorted = region.levels.values.filter { !$0.isNaN }.sorted(by: >)
    #expect(try Self.units(changes["top40"]) == needed(sorted[39] / 100))
    #expect(needed(0.76) == 316 && needed(sorted[39] / 100) == 155)
  }

  /// Moss needs 418 to be above its share of 2024, Våler 62; Våler's 62nd is the 828th in all.
  @Test func eachMunicipalityHigher() throws {
    let (changes, last) = try Self.changes()
    guard case .change(let found) = try #require(changes["higher"]).result else { return }
    func needed(_ code: String) throws -> Int {
      let entry = try #require(last.municipality.levels.entries.first { $0.unit.code == code })
      let before = try #require(found.reading.parts.first { $0.unit.code == code }).value.baseline
      let all = before / 100 * (entry.denominator ?? .nan)
      return max(0, Int((all - entry.numerator).rounded(.up)))
    }
    #expect(try needed("3103") == 418 && needed("3114") == 62)
    #expect(try needed("3112") == 0 && needed("3216") == 0)
    #expect(found.units == 828 && found.members.map(\.units) == [497, 75, 62, 194])
    let weights = found.members.map { $0.figure.baseline }
    #expect(Self.shares(weights, 828) == [497, 75, 62, 194])
    #expect(Self.shares(weights, 827) == [497, 75, 61, 194])
  }

  /// Some units given out one after the other.
  private static func shares(_ weights: [Double], _ units: Int) -> [Int] {
    var held = weights.map { _ in 0 }
    for _ in 0..<units {
      let quotients = held.indices.map { weights[$0] / Double(2 * held[$0] + 1) }
      held[quotients.firstIndex(of: quotients.max() ?? 0) ?? 0] += 1
    }
    return held
  }

  /// With one fewer the best movement is shared with the best rival.
  @Test func theBestMovement() throws {
    let (changes, last) = try Self.changes()
    guard case .change(let found) = try #require(changes["best"]).result else { return }
    #expect(found.units == 206)
    let part = found.reading.parts[0]
    #expect(part.reached == 13 && part.threshold == 12 && part.place.year == 38)
    // Of 73 regions the 38th share is to be reached, and 205 do not reach it.
    let region = try #require(last.region)
    let own = region.levels.entries[try #require(region.index(of: Self.mosseregionen))]
    let wanted = region.levels.values.filter { !$0.isNaN }.sorted(by: >)[37]
    let share = { (units: Double) in 100 * (own.numerator + units) / (own.denominator ?? .nan) }
    #expect(share(206) >= wanted && share(205) < wanted)
    #expect(changes["places"]?.result == .alreadyMet)
  }

  /// A lever of so many persons meets the target in an ordinary run, and one of one less does not.
  @Test(arguments: [("best", 206), ("top40", 155), ("share76", 316)])
  func asALever(target: String, units: Int) throws {
    for (persons, isMet) in [(units, true), (units - 1, false)] {
      let lever = """
          - {id: more, kind: change, series: employed.20_66, whom: R03, value: \(persons), from: 2028}

        """
      var text = try Shipped.text("employment-targets")
      let start = try #require(text.firstRange(of: "targets:\n"))
      text.insert(contentsOf: lever, at: start.lowerBound)
      let outcome = try Shipped.run(Scenario(id: "lever", file: "lever.yml", text: text))
      #expect(outcome.targets.first { $0.target.id == target }?.isMet == isMet, "\(persons)")
    }
  }

  @Test func whenTheOthersHold() throws {
    let (changes, _) = try Self.changes(holding: true)
    #expect(try Self.units(changes["top40"]) == 115)
    for met in ["best", "higher", "share76", "places"] {
      #expect(changes[met]?.result == .alreadyMet, "\(met)")
    }
  }

  @Test func allToMoss() throws {
    let (changes, _) = try Self.changes(to: "Moss")
    #expect(try Self.units(changes["top40"]) == 155)
    #expect(try Self.units(changes["share76"]) == 316)
  }

  private static let mosseregionen = Unit(level: .region, code: "R03", name: "Mosseregionen")
}
