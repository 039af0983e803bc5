public import Documents
public import Regions

/// The figures of a composite at one level, and those of the base window that fix its scales.
public struct CompositeFigures: Sendable {
  /// The figures of one indicator.
  public struct Component: Sendable {
    /// The indicator.
    public let indicator: Indicator
    /// The position of its area.
    public let area: Int
    /// Its weight within the area, as written.
    public let weight: Double
    /// Whether larger values are better.
    public let isLargerBetter: Bool
    /// Where it was written.
    public let place: SourcePlace
    /// The values of all units, each with its basis.
    public let levels: Levels
    /// The value of each unit; NaN where missing.
    public let values: [Double]
    /// The status of each value.
    public let statuses: [FigureStatus]
    /// The years of the base window that have figures.
    public let baseYears: [Int]
    /// The figures of the municipalities in the base window, year after year.
    public let base: [Double]
    /// The figures of the municipalities in the year alone.
    public let yearBase: [Double]
  }

  /// The composite.
  public let composite: Composite
  /// Municipalities or regions.
  public let level: Level
  /// The units that may have a score: today's municipalities, or the regions of the division.
  public let units: [Unit]
  /// For each unit the positions of its municipalities.
  public let members: [[Int]]
  /// The division.
  public let division: Division
  /// The indicators, area after area.
  public let components: [Component]

  /// The series of the indicators of a composite, to be loaded.
  ///
  /// - Throws: `DocumentError` with the nearest id for an indicator that is unknown, has no better end
  ///   or cannot be part of a composite.
  public static func series(
    of composite: Composite,
    catalogue: Catalogue
  ) throws(DocumentError) -> [String] {
    var series: [String] = []
    for component in composite.areas.flatMap(\.components) {
      series += try component.resolved(catalogue).series
    }
    return series
  }

  /// Takes the figures of a composite.
  ///
  /// The scales rest on municipalities at either level: a region's value is the ratio of the sums over
  /// its members, set on the same frozen scale.
  ///
  /// **Missing values**: a unit without a figure has NaN. Regions follow the rules of
  /// `IndicatorFigures.regionLevels`.
  ///
  /// - Parameters:
  ///   - composite: The composite.
  ///   - level: Municipalities or regions.
  ///   - panel: The panel, with the series of all indicators.
  ///   - catalogue: What the dataset knows of.
  ///   - id: The id of the division whose regions are ranked; `nil` for the composite's own.
  /// - Throws: `DocumentError` for names that stand for nothing and for windows and years without
  ///   figures, and for an indicator without values for regions; `UnknownNameError` for an unknown
  ///   division.
  /// - Complexity: O(*k* *y* *u*), with *k* indicators, *y* years of the window and *u* units.
  public init(
    _ composite: Composite,
    level: Level,
    panel: Panel,
    catalogue: Catalogue,
    division id: String? = nil
  ) throws {
    self.composite = composite
    self.level = level
    let division = try Self.division(composite, catalogue, id)
    self.division = division
    switch level {
    case .municipality:
      units = panel.register.municipalities.indices.map { panel.register.unit(at: $0) }
      members = units.indices.map { [$0] }
    case .region:
      units = division.regions.map { Unit(level: .region, code: $0.code, name: $0.name) }
      members = division.regions.map(\.members)
    }
    let reader = FigureReader(composite, level, panel, catalogue, division, units)
    var components: [Component] = []
    for (index, area) in composite.areas.enumerated() {
      for written in area.components {
        components.append(try reader.component(written, area: index))
      }
    }
    self.components = components
  }

  private static func division(
    _ composite: Composite,
    _ catalogue: Catalogue,
    _ id: String?
  ) throws -> Division {
    if let id { return try catalogue.division(id) }
    return try composite.division.resolved { name throws(UnknownNameError) in
      try catalogue.division(name)
    }
  }

  /// The position of a unit, or `nil`.
  public func index(of unit: Unit) -> Int? { units.firstIndex { $0.code == unit.code } }
}

extension Composite.Component {
  /// The indicator, which must be fit for a composite.
  fileprivate func resolved(_ catalogue: Catalogue) throws(DocumentError) -> Indicator {
    let found = try indicator.resolved { id throws(UnknownNameError) in
      try catalogue.indicator(id)
    }
    if found.aggregation == .publishedRank {
      throw DocumentError(
        .invalid,
        at: indicator.place,
        "\(found.id) holds places that somebody published, which are no figures to be weighed."
      )
    }
    if found.direction == .neutral, direction == nil {
      throw DocumentError(
        .invalid,
        at: indicator.place,
        "Neither end of \(found.id) is better. Say which counts: direction: higher or lower."
      )
    }
    return found
  }
}

/// Reads the figures of one indicator after the other.
private struct FigureReader {
  let composite: Composite
  let level: Level
  let panel: Panel
  let catalogue: Catalogue
  let division: Division
  let codes: [String]

  init(
    _ composite: Composite,
    _ level: Level,
    _ panel: Panel,
    _ catalogue: Catalogue,
    _ division: Division,
    _ units: [Unit]
  ) {
    self.composite = composite
    self.level = level
    self.panel = panel
    self.catalogue = catalogue
    self.division = division
    codes = units.map(\.code)
  }

  func component(
    _ written: Composite.Component,
    area: Int
  ) throws(DocumentError) -> CompositeFigures.Component {
    let indicator = try written.resolved(catalogue)
    let year = try year(of: written, indicator)
    let figures = try figures(
      of: indicator,
      year,
      at: written.year?.place ?? written.indicator.place
    )
    let levels = try levels(figures, at: written.indicator.place)
    let byCode = Dictionary(levels.entries.map { ($0.unit.code, $0) }) { first, _ in first }
    let years = try baseYears(indicator, at: written.indicator.place)
    let direction = written.direction ?? indicator.direction
    return CompositeFigures.Component(
      indicator: indicator,
      area: area,
      weight: written.weight,
      isLargerBetter: direction == .higher,
      place: written.indicator.place,
      levels: levels,
      values: codes.map { byCode[$0]?.value ?? .nan },
      statuses: codes.map { byCode[$0]?.status ?? .missing(.notInSeries) },
      baseYears: years,
      base: years.flatMap { municipalities(indicator, $0) },
      yearBase: figures.municipalityLevels(in: panel.register).values.filter { !$0.isNaN }
    )
  }

  private func levels(
    _ figures: IndicatorFigures,
    at place: SourcePlace
  ) throws(DocumentError) -> Levels {
    guard level == .region else { return figures.municipalityLevels(in: panel.register) }
    if figures.indicator.aggregation == .sum {
      throw DocumentError(
        .impossible,
        at: place,
        """
        \(figures.indicator.id) is an amount: that of a region cannot be set on a scale of \
        municipalities. Take a ratio, or rank municipalities.
        """
      )
    }
    let aggregation = Regions.Aggregation(division: division, register: panel.register)
    do throws(NotAggregableError) {
      return try figures.regionLevels(aggregation, in: panel)
    } catch {
      throw DocumentError(.impossible, at: place, error.description)
    }
  }

  /// The year written for the indicator, else the latest up to the composite's in which at least half
  /// of the municipalities have a figure; where gaps are filled, the composite's year itself.
  private func year(
    of written: Composite.Component,
    _ indicator: Indicator
  ) throws(DocumentError) -> Int {
    if let own = written.year { return own.value }
    let limit = composite.year.value
    if composite.fill != .none { return limit }
    if let year = panel.wellCoveredYears(of: indicator).last(where: { $0 <= limit }) { return year }
    let years = panel.wellCoveredYears(of: indicator).map(String.init).joined(separator: ", ")
    throw DocumentError(
      .impossible,
      at: written.indicator.place,
      """
      \(indicator.id) has no figures for at least half of the municipalities up to \(limit).\
      \(years.isEmpty ? "" : " It has them in \(years).")
      """
    )
  }

  private func figures(
    of indicator: Indicator,
    _ year: Int,
    at place: SourcePlace
  ) throws(DocumentError) -> IndicatorFigures {
    do throws(FigureError) {
      return try panel.figures(of: indicator, year: year, fill: composite.fill)
    } catch {
      throw DocumentError(.impossible, at: place, error.description)
    }
  }

  private func baseYears(
    _ indicator: Indicator,
    at place: SourcePlace
  ) throws(DocumentError) -> [Int] {
    let all = panel.years(of: indicator)
    let window = composite.base?.value ?? 0...composite.year.value
    let years = all.filter(window.contains)
    guard years.isEmpty else { return years }
    let known = all.map(String.init).joined(separator: ", ")
    throw DocumentError(
      .impossible,
      at: composite.base?.place ?? place,
      """
      The base window, \(window.lowerBound)–\(window.upperBound), has no figures of \
      \(indicator.id), which are of \(known).
      """
    )
  }

  private func municipalities(_ indicator: Indicator, _ year: Int) -> [Double] {
    guard let figures = try? panel.figures(of: indicator, year: year) else { return [] }
    return figures.municipalityLevels(in: panel.register).values.filter { !$0.isNaN }
  }
}
