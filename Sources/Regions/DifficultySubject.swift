extension Difficulty.Subject {
  /// The subject as it stands in a ranking.
  ///
  /// - Parameters:
  ///   - unit: The unit; one that is not in the ranking has neither place nor inhabitants.
  ///   - ranking: The ranking of all units of its level in the year from which the change counts.
  ///   - groups: The division whose regions are groups of like municipalities, such as
  ///     `kostra-groups`; regions belong to no group.
  ///   - panel: The figures; the inhabitants are those of `population.total` in the year, or the
  ///     latest year before it.
  public init(_ unit: Unit, in ranking: Ranking, groups: Division? = nil, panel: Panel) {
    self.init(unit: unit)
    if let index = ranking.index(of: unit) {
      let place = ranking.placesForSums[index]
      startPlace = place.isNaN ? nil : place
      let year = panel.years(of: "population.total").last { $0 <= ranking.levels.year }
      let values = panel.columnWithCombinedSums("population.total", year: year ?? 0).values
      let sum = ranking.levels.entries[index].parts.reduce(0) { $0 + values[$1] }
      inhabitants = sum.isNaN ? nil : sum
    }
    guard unit.level == .municipality, let groups,
      let position = panel.register.position(ofCode: unit.code),
      let mine = groups.regions.first(where: { $0.members.contains(position) })
    else { return }
    group = Set(mine.members.map { panel.register.unit(at: $0).code })
  }
}
