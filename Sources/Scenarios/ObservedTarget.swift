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
  public var printed: [Int: Double] = [:]
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
    let figures = try panel.figures(of: indicator, year: year)
    let municipalities = figures.municipalityLevels(in: catalogue.register)
    if indicator.aggregation == .publishedRank {
      let ranked = published[year] ?? municipalities.values.count { !$0.isNaN }
      return Standings(
        year: year,
        municipality: Ranking(published: municipalities, ranked: ranked),
        region: division.map { Ranking(published: figures.regionsWithoutValue(of: $0), ranked: 0) }
      )
    }
    let aggregation = division.map { Aggregation(division: $0, register: catalogue.register) }
    var regions = aggregation.flatMap { try? figures.regionLevels($0, in: panel) }
    if regions == nil, let value = printed[year], let division {
      regions = figures.regionsWithoutValue(of: division, printed: [unit.code: value])
    }
    return Standings(
      year: year,
      municipality: Ranking(municipalities),
      region: regions.map { Ranking($0) }
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
    let (before, after) = (try standings(baselineYear, in: panel), try standings(year, in: panel))
    var scenario = scenario
    scenario.horizon = Located(year, at: scenario.horizon.place)
    let resolution = try ScenarioResolution(scenario, catalogue: catalogue, isObserved: true)
    return try TargetReader(
      resolution.targets[0],
      baseline: before,
      year: after,
      division: resolution.division,
      register: catalogue.register
    ).reading()
  }

  /// The peers of a `best` without a movement from the baseline to a year; of other targets none.
  public func unknownPeers(_ reading: TargetReading) -> [Unit] {
    guard target.kind == .best else { return [] }
    return reading.contests.first?.missing ?? []
  }

  private var division: Division? { try? catalogue.division(scenario.division.value) }
}
