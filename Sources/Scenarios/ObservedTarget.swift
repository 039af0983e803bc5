public import Documents
public import Regions

/// A target that is held against figures that came, instead of against a projection.
public struct ObservedTarget: Sendable {
  /// The target, with its indicator.
  public let target: Target
  /// The indicator it is read on.
  public let indicator: Indicator
  /// The region or municipality it is about.
  public let unit: Unit
  /// The units that must meet it: the unit, its municipalities, or all of them, the unit first.
  public let parts: [Unit]
  /// The year it starts from.
  public let baselineYear: Int
  /// By year the value that the source prints for the region, of an indicator that is not aggregated.
  public var printed: [Int: PrintedValue] = [:]
  private let scenario: Scenario
  private let catalogue: Catalogue
  private let published: [Int: Int]

  /// Resolves the names of a target.
  ///
  /// - Parameters:
  ///   - target: The target, with its indicator.
  ///   - division: The division whose regions are compared.
  ///   - focus: The unit that the target is about when it names none.
  ///   - baseline: The year from which it starts.
  ///   - catalogue: What the dataset knows of.
  ///   - published: How many units each edition of a published ranking ranked.
  /// - Throws: `DocumentError` for a name that stands for nothing, a target without indicator, and a
  ///   target that contradicts itself.
  public init(
    _ target: Target,
    division: Located<String>,
    focus: Located<String>,
    baseline: Located<Int>,
    catalogue: Catalogue,
    published: [Int: Int]
  ) throws(DocumentError) {
    guard let name = target.indicator else {
      throw ResolvedTarget.error(target, "needs an indicator.", at: nil)
    }
    var target = target
    target.year = nil
    scenario = Scenario(
      id: target.id,
      title: LocalizedText(nb: "", en: ""),
      note: LocalizedText(nb: "", en: ""),
      division: division,
      focus: focus,
      indicators: [name],
      baselineYear: baseline,
      fill: .none,
      horizon: Located(baseline.value + 1, at: baseline.place),
      others: OthersMovement(holding: baseline.place),
      futures: FutureSettings(),
      levers: [],
      targets: [target],
      sweep: nil,
      expectations: []
    )
    let resolution = try ScenarioResolution(scenario, catalogue: catalogue, isObserved: true)
    let resolved = resolution.targets[0]
    (self.target, self.catalogue, self.published) = (target, catalogue, published)
    (indicator, unit, parts) = (resolved.indicator, resolved.unit, resolved.parts)
    baselineYear = baseline.value
  }

  /// The standings of both levels in a year. Regions have no value of a published ranking, but stand
  /// in it, so that the places of their municipalities can be summed.
  ///
  /// - Throws: `FigureError` when nobody has a figure.
  /// - Complexity: O(*u* log *u*), with *u* units.
  public func standings(_ year: Int, in panel: Panel) throws(FigureError) -> Standings {
    ranked(try levels(year, in: panel))
  }

  /// Whether it is about the municipalities' places, so that the region needs no value of its own.
  public var sumsPlaces: Bool {
    indicator.aggregation == .publishedRank || target.kind == .sum
      || (target.kind == .best && (target.measure?.value ?? .place) != .place)
  }

  /// The values of both levels in a year.
  private func levels(
    _ year: Int,
    in panel: Panel
  ) throws(FigureError) -> (municipality: Levels, region: Levels?) {
    let isPrintedOnly = printed[year] != nil && !panel.years(of: indicator).contains(year)
    let figures =
      isPrintedOnly
      ? panel.figuresWithoutFill(indicator, year: year)
      : try panel.figures(of: indicator, year: year)
    let municipalities = figures.municipalityLevels(in: catalogue.register)
    guard let division else { return (municipalities, nil) }
    if indicator.aggregation != .publishedRank {
      let aggregation = Aggregation(division: division, register: catalogue.register)
      if let regions = try? figures.regionLevels(aggregation, in: panel) {
        return (municipalities, regions)
      }
      if let value = printed[year] {
        return (
          municipalities, figures.regionsWithoutValue(of: division, printed: [unit.code: value])
        )
      }
    }
    return (municipalities, sumsPlaces ? figures.regionsWithoutValue(of: division) : nil)
  }

  private func ranked(_ levels: (municipality: Levels, region: Levels?)) -> Standings {
    let year = levels.municipality.year
    guard indicator.aggregation == .publishedRank else {
      return Standings(
        year: year,
        municipality: Ranking(levels.municipality),
        region: levels.region.map { Ranking($0) }
      )
    }
    let ranked = published[year] ?? levels.municipality.values.count { !$0.isNaN }
    return Standings(
      year: year,
      municipality: Ranking(published: levels.municipality, ranked: ranked),
      region: levels.region.map { Ranking(published: $0, ranked: 0) }
    )
  }

  /// Reads the target in a year after the baseline.
  ///
  /// - Parameters:
  ///   - year: The year.
  ///   - panel: The figures, with the indicator's series.
  /// - Returns: The reading, from the figures of the two years alone: nothing is filled in.
  /// - Throws: `FigureError` when nobody has a figure in one of the years, `DocumentError` when a unit
  ///   that must meet the target has none.
  public func reading(_ year: Int, in panel: Panel) throws -> TargetReading {
    let both = (try levels(baselineYear, in: panel), try levels(year, in: panel))
    var (before, after) = (both.0, both.1)
    before.municipality = before.municipality.holdingUnits(of: both.1.municipality)
    after.municipality = after.municipality.holdingUnits(of: both.0.municipality)
    var scenario = scenario
    scenario.horizon = Located(year, at: scenario.horizon.place)
    let resolution = try ScenarioResolution(scenario, catalogue: catalogue, isObserved: true)
    return try TargetReader(
      resolution.targets[0],
      baseline: ranked(before),
      year: ranked(after),
      division: resolution.division,
      register: catalogue.register
    ).reading()
  }

  /// Those that a reading compares with and that have no figure: of a `best` every peer without a
  /// movement; of other places, and of an average of the country, those without a figure where they
  /// are more than a tenth, so that a place or an average would be one of a few.
  ///
  /// - Parameters:
  ///   - reading: The reading.
  ///   - panel: The figures it was read from.
  /// - Returns: The units, in the order of their codes, and among how many; `nil` where none matters.
  /// - Throws: `FigureError` when nobody has a figure.
  public func unknownOthers(
    _ reading: TargetReading,
    in panel: Panel
  ) throws(FigureError) -> (units: [Unit], of: Int)? {
    if target.kind == .best {
      guard let contest = reading.contests.first, !contest.missing.isEmpty else { return nil }
      return (contest.missing, contest.compared + contest.missing.count)
    }
    guard indicator.aggregation != .publishedRank else { return nil }
    var years = [reading.year]
    if target.kind != .rank, target.kind != .country, target.kind != .level {
      years.append(baselineYear)
    }
    let standings = try years.map { year throws(FigureError) in try self.standings(year, in: panel)
    }
    for level in comparedLevels {
      let entries = standings.map { $0.ranking(at: level)?.levels.entries ?? [] }
      // Where several are published together, they are there as the combined unit.
      let without = entries.joined().filter { entry in
        entry.value.isNaN && entry.status != .missing(.combined)
      }
      let missing = Set(without.map(\.unit))
      let all = Set(entries.joined().map(\.unit)).count
      guard 10 * missing.count > all else { continue }
      return (missing.sorted { $0.code < $1.code }, all)
    }
    return nil
  }

  /// The levels whose other units decide what is read.
  private var comparedLevels: Set<Level> {
    switch target.kind {
    case .rank, .climb: Set(parts.map(\.level))
    case .sum, .country: [.municipality]
    case .level, .improve: indicator.isRelativeToCountry ? [.municipality] : []
    case .best: []
    }
  }

  private var division: Division? { try? catalogue.division(scenario.division.value) }
}
