import Regions
import TestSupport
import Testing

@Suite struct EqualisationStandingsTests {
  /// The real figures of 2023 without those of some municipalities.
  private func standings(without names: [String]) throws -> EqualisationStandings {
    let catalogue = try NorwayDataset.catalogue()
    let panel = try NorwayDataset.panel()
    var figures = try panel.figures(
      of: try catalogue.indicator("tax.before.per_inhabitant"),
      year: 2023
    )
    for position in 0..<panel.register.count
    where names.contains(panel.register.unit(at: position).name) {
      figures.numerator.values[position] = .nan
      figures.numerator.statuses[position] = .missing(.notPublished)
    }
    let rates = try EqualisationRates(alpha: 0.6, beta: 0.35, threshold: 0.9)
    return EqualisationStandings(
      figures,
      rates: rates,
      aggregation: Aggregation(
        division: try catalogue.division("regions-73"),
        register: panel.register
      ),
      panel: panel
    )
  }

  @Test func everyRegionIsTheSumOfItsMunicipalities() throws {
    let standings = try standings(without: [])
    let equalisation = standings.equalisation
    let regions = standings.units(at: .region)
    #expect(regions.count == 73 && standings.units(at: .municipality).count == 356)
    var total = 0.0
    var moved = 0
    for (index, unit) in regions.enumerated() {
      let standing = try #require(standings.standing(of: unit))
      let people = standing.parts.reduce(0) { $0 + equalisation.population[$1] }
      let after = standing.parts.reduce(0) {
        $0 + equalisation.population[$1] * equalisation.after[$1]
      }
      expectClose(standing.population, people)
      expectClose(standing.after, after / people, relative: 1e-12)
      expectClose(standing.supplement, standing.after - standing.before, absolute: 1e-9)
      #expect(standing.placeBefore == Double(index + 1) && standing.ranked == 73)
      total += people * standing.supplement
      moved += standing.placeAfter == standing.placeBefore ? 0 : 1
    }
    // Everybody is in one region, so what regions get sums to zero too.
    #expect(total.magnitude < 1)
    #expect(moved > 10)
    for unit in standings.units(at: .municipality) {
      let standing = try #require(standings.standing(of: unit))
      #expect(standing.placeBefore == standing.placeAfter, "\(unit.name)")
    }
  }

  @Test func regionsWithAMunicipalityLess() throws {
    let standings = try standings(without: ["Rindal", "Vestby"])
    #expect(standings.units(at: .municipality).count == 354)
    // Rindal has few of Orkdal's inhabitants; Vestby has too many of Mosseregionen's.
    let orkdal = try #require(standings.units(at: .region).first { $0.name == "Orkdal" })
    #expect(standings.standing(of: orkdal)?.membersMissing == ["Rindal"])
    #expect(!standings.units(at: .region).contains { $0.code == "R03" })
    let vestby = Unit(level: .municipality, code: "3216", name: "Vestby")
    #expect(standings.standing(of: vestby)?.after.isNaN == true)
    #expect(standings.change(of: vestby, since: standings) == nil)
    let nobody = Unit(level: .municipality, code: "9999", name: "Nobody")
    #expect(standings.standing(of: nobody) == nil)
  }
}
