import Datasets
import Regions
import TestSupport
import Testing

/// Facts of the real figures, known from their sources or computed apart from this program.
@Suite struct NorwayFactsTests {
  private func municipalities(
    _ id: String,
    _ year: Int,
    fill: FillRule = .none
  ) throws -> Ranking {
    let catalogue = try NorwayDataset.catalogue()
    let figures = try NorwayDataset.panel()
      .figures(of: try catalogue.indicator(id), year: year, fill: fill)
    return Ranking(figures.municipalityLevels(in: catalogue.register))
  }

  private func regions(
    _ id: String,
    _ year: Int,
    _ division: String,
    fill: FillRule = .none
  ) throws -> Ranking {
    let catalogue = try NorwayDataset.catalogue()
    let panel = try NorwayDataset.panel()
    let aggregation = Aggregation(
      division: try catalogue.division(division),
      register: catalogue.register
    )
    let figures = try panel.figures(of: try catalogue.indicator(id), year: year, fill: fill)
    return Ranking(try figures.regionLevels(aggregation, in: panel))
  }

  private func entry(
    _ ranking: Ranking,
    _ code: String
  ) throws
    -> (place: Double, value: Double, status: FigureStatus)
  {
    let index = try #require(ranking.levels.entries.firstIndex { $0.unit.code == code })
    let entry = ranking.levels.entries[index]
    return (ranking.places[index], entry.value, entry.status)
  }

  /// Moss, Vestby, Råde and Våler, in the plan's order.
  private let four = ["3103", "3216", "3112", "3114"]

  @Test func units() throws {
    let catalogue = try NorwayDataset.catalogue()
    #expect(catalogue.register.municipalities.count == 357)
    #expect(Set(catalogue.register.municipalities.map(\.countyCode)).count == 15)
    #expect(try catalogue.division("counties").regions.count == 15)
    #expect(try catalogue.division("regions-73").regions.count == 73)
    #expect(try catalogue.division("regions-73-tf2020").regions.count == 73)
    let register = catalogue.register
    let members = try catalogue.region("regions-73/Mosseregionen").members
    #expect(members.map { register.unit(at: $0).code } == four.sorted())
  }

  @Test func population() throws {
    let ranking = try municipalities("population.total", 2024)
    #expect(ranking.levels.country == 5_550_203)
    #expect(ranking.levels.values.reduce(0, +) == 5_550_203)
    let region = try entry(try regions("population.total", 2024, "regions-73"), "R03")
    #expect(region.value == 85_572)
  }

  @Test func employmentOf2019() throws {
    let ranking = try municipalities("employment.share", 2019)
    #expect(ranking.ranked == 356)
    #expect(try four.map { try entry(ranking, $0).place } == [322, 139, 253, 129])
    let today = try regions("employment.share", 2019, "regions-73")
    let region = try entry(today, "R03")
    #expect(region.place == 64)
    #expect(today.ranked == 73)
    #expect((region.value * 10).rounded() == 738)
    let former = try regions("employment.share", 2019, "regions-73-tf2020")
    #expect(try entry(former, "R03").place == 68)
    #expect(former.ranked == 73)
  }

  @Test func employmentCarriedTo2024() throws {
    let ranking = try municipalities("employment.share", 2024, fill: .carry)
    #expect(ranking.ranked == 356)
    #expect(try four.map { try entry(ranking, $0).place } == [277, 99, 233, 148])
    #expect(
      try four.map { try entry(ranking, $0).status.basis } == Array(repeating: .observed, count: 4)
    )
    #expect(try entry(ranking, "0301").status == .present(.carried))
    let today = try regions("employment.share", 2024, "regions-73", fill: .carry)
    let region = try entry(today, "R03")
    #expect(region.place == 51)
    expectClose(region.value, 100.0 * 38341 / 50794)
    let former = try regions("employment.share", 2024, "regions-73-tf2020", fill: .carry)
    #expect(try entry(former, "R03").place == 58)
  }

  /// Shares from the counts that the plan prints in its Table 4.
  @Test func employmentOf2024() throws {
    let ranking = try municipalities("employment.share", 2024)
    #expect(ranking.ranked == 4)
    let shares = try four.map { try entry(ranking, $0).value / 100 }
    expectClose(shares, [0.739967, 0.789284, 0.753196, 0.776083], absolute: 5e-7)
    expectClose(ranking.levels.country ?? .nan, 75.4833, absolute: 5e-5)
  }

  @Test func tableTwo() throws {
    let dataset = try NorwayDataset.dataset()
    let register = dataset.catalogue.register
    let panel = try NorwayDataset.panel()
    let positions = try dataset.catalogue.region("regions-73/R03").members
    #expect(positions.compactMap { register.unit(at: $0).code } == four.sorted())
    func figures(_ id: String, _ year: Int) -> [Double] {
      let values = panel.column(id, year: year).values
      return positions.map { values[$0] }
    }
    let before = figures("plan.knm.total.rank", 2023)
    let after = figures("plan.knm.total.rank", 2024)
    #expect(before == [101, 88, 183, 30])
    #expect(after == [107, 175, 160, 27])
    let ranked = try [2023, 2024].map {
      try #require(dataset.published(dataset.catalogue.indicator("knm.total.rank"))[$0])
    }
    let movement = try #require(
      Movement(
        before: before,
        after: after,
        rankedBefore: ranked[0],
        rankedAfter: ranked[1],
        weights: figures("plan.population.plan", 2024)
      )
    )
    #expect(movement.sum == -67)
    expectClose(movement.weightedMean ?? .nan, -799007.0 / 86694)
    expectClose(movement.percentile, -0.18452774368174235)
    expectClose(movement.headroomShare, -67.0 / 1020)
  }

  /// The known sums that the dataset carries to check itself by.
  @Test func totals() throws {
    let catalogue = try NorwayDataset.catalogue()
    let panel = try NorwayDataset.panel()
    let lines = try text(ofFile: repositoryRoot + "/datasets/norway/totals.csv").split(
      separator: "\n"
    )
    #expect(lines.count == 15)
    for line in lines.dropFirst() {
      let fields = line.split(separator: ",", maxSplits: 4, omittingEmptySubsequences: false)
      let (id, scope) = (String(fields[0]), String(fields[2]))
      let year = try #require(Int(fields[1]))
      let values = panel.column(id, year: year).values
      let positions =
        scope == "country" ? Array(values.indices) : try catalogue.region(scope).members
      let sum = positions.reduce(0) { values[$1].isNaN ? $0 : $0 + values[$1] }
      expectClose(sum, try #require(Double(fields[3])), "\(line)")
    }
  }

  /// The KOSTRA group of each municipality stands in two tables, here and among the divisions.
  @Test func groupsOfLikeMunicipalities() throws {
    let catalogue = try NorwayDataset.catalogue()
    let groups = try catalogue.division("kostra-groups").regions
    let lines = try text(ofFile: repositoryRoot + "/datasets/norway/municipalities.csv").split(
      separator: "\n"
    )
    #expect(lines.first?.hasSuffix(",kostra_group") == true)
    #expect(lines.count == 358)
    for line in lines.dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      let group = try #require(groups.first { $0.code == fields[fields.count - 1] })
      let position = try #require(catalogue.register.position(ofCode: String(fields[0])))
      #expect(group.members.contains(position), "\(line)")
    }
  }
}
