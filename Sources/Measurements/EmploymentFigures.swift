public import Regions

/// The employment shares of a dataset at the baseline of the measurements, and the regions' parts.
public struct EmploymentFigures: Sendable {
  /// The indicator that is measured on.
  public static let indicator = "employment.share"
  /// The division whose regions are summed.
  public static let division = "regions-73"

  /// The year: 2019, or the latest with figures where there are none of 2019.
  public let year: Int
  let catalogue: Catalogue
  let panel: Panel
  let division: Division
  let indicator: Indicator
  /// The municipalities' values.
  let levels: Levels

  /// Reads the figures.
  ///
  /// - Parameters:
  ///   - catalogue: What the dataset knows of.
  ///   - panel: The figures, with those of the indicator.
  /// - Throws: `UnknownNameError` or `FigureError` where the dataset has no such indicator or figures.
  public init(catalogue: Catalogue, panel: Panel) throws {
    self.catalogue = catalogue
    self.panel = panel
    indicator = try catalogue.indicator(Self.indicator)
    division = try catalogue.division(Self.division)
    year =
      panel.years(of: indicator).contains(2019) ? 2019 : panel.latestYear(of: indicator) ?? 2019
    levels = try panel.figures(of: indicator, year: year).municipalityLevels(in: catalogue.register)
  }

  /// How many municipalities there are, with figures or without.
  public var municipalities: Int { catalogue.register.municipalities.count }

  /// The entries of the municipalities that have figures.
  var present: [Levels.Entry] { levels.entries.filter { !$0.value.isNaN } }

  /// The base of made-up columns: the shares of the municipalities where there are as many units,
  /// with a made-up one where a municipality has none.
  func base(units: Int, seed: UInt64) -> [Double] {
    var base = ShareColumns.base(units: units, seed: seed)
    guard units == municipalities else { return base }
    for entry in present where entry.parts[0] < units {
      base[entry.parts[0]] = entry.value / indicator.scale
    }
    return base
  }

  /// The regions' municipalities where there are as many units, else a made-up partition.
  func parts(units: Int, seed: UInt64) -> [[Int]] {
    units == municipalities
      ? division.regions.map(\.members) : AggregateBenchmark.parts(units: units, seed: seed)
  }

  /// The values and standard errors whose places get confidence sets: those of the municipalities with
  /// figures where there are as many units, else made up.
  func confidence(units: Int, seed: UInt64) throws -> (values: [Double], errors: [Double]) {
    guard units == municipalities else {
      let base = ShareColumns.base(units: units, seed: seed)
      return (base, ConfidenceBenchmark.standardErrors(of: base, seed: seed))
    }
    let errors = try StandardErrors(levels, in: panel).values
    let known = levels.entries.indices.filter { !levels.entries[$0].value.isNaN }
    return (known.map { levels.entries[$0].value }, known.map { errors[$0] })
  }
}
