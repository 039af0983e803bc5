import Composites
import Documents
import LinearAlgebra
import Regions
import TestSupport

/// A composite on made-up figures, for tests of the engine.
struct MadeUpComposite {
  let catalogue: Catalogue
  let panel: Panel

  /// Municipalities 1001, 1002 … and, of each indicator, a column of values per year from 2020 on;
  /// indicators i0, i1 …, larger being better, as ratios of a numerator and a denominator of 1.
  ///
  /// - Parameters:
  ///   - values: indicators × years × municipalities; NaN where missing.
  ///   - denominators: indicators × municipalities; 1 without it.
  ///   - regions: The positions of the members of each region.
  ///   - aggregation: How a region's value follows.
  init(
    _ values: [[[Double]]],
    denominators: [[Double]]? = nil,
    regions: [[Int]] = [],
    aggregation: Indicator.Aggregation = .ratioOfSums
  ) {
    let count = values[0][0].count
    let register = MunicipalityRegister(
      municipalities: (0..<count).map {
        Municipality(code: "\(1001 + $0)", name: "Unit \($0)", countyCode: "10", countyName: "X")
      },
      combinedUnits: []
    )
    var panel = Panel(register: register)
    panel.coverageWeights = Array(repeating: 1, count: count)
    var indicators: [Indicator] = []
    var series: [Series] = []
    for (index, years) in values.enumerated() {
      let own = denominators?[index] ?? Array(repeating: 1, count: count)
      for (id, columns) in [
        ("n\(index)", years.map { year in zip(year, own).map { $0 * $1 } }),
        ("d\(index)", years.map { _ in own }),
      ] {
        let described = Self.series(id, years: years.count)
        series.append(described)
        panel.add(described, columns: Self.columns(columns))
      }
      indicators.append(Self.indicator(index, aggregation))
    }
    self.panel = panel
    catalogue = Catalogue(
      register: register,
      divisions: [Self.division(regions)],
      series: series,
      indicators: indicators
    )
  }

  private static func columns(_ years: [[Double]]) -> [Int: Column] {
    Dictionary(
      uniqueKeysWithValues: years.enumerated().map { offset, values in
        var column = Column(count: values.count, year: 2020 + offset)
        for (position, value) in values.enumerated() where !value.isNaN {
          column.values[position] = value
          column.statuses[position] = .present(.observed)
        }
        return (2020 + offset, column)
      }
    )
  }

  private static func series(_ id: String, years: Int) -> Series {
    Series(
      id: id,
      name: LocalizedText(nb: id, en: id),
      unit: .other,
      decimals: 1,
      minimum: nil,
      maximum: nil,
      file: "",
      years: 2020...2019 + max(years, 1),
      isComplete: false,
      isSummable: true,
      source: "made up",
      vintage: "none",
      licence: "none",
      note: ""
    )
  }

  private static func indicator(_ index: Int, _ aggregation: Indicator.Aggregation) -> Indicator {
    Indicator(
      id: "i\(index)",
      name: LocalizedText(nb: "i\(index)", en: "i\(index)"),
      unit: .other,
      decimals: 1,
      direction: .higher,
      numerator: "n\(index)",
      denominator: aggregation == .ratioOfSums ? "d\(index)" : nil,
      scale: 1,
      aggregation: aggregation,
      weight: nil,
      isRelativeToCountry: false,
      isShare: false,
      source: "made up",
      note: "A note."
    )
  }

  private static func division(_ regions: [[Int]]) -> Division {
    Division(
      id: "areas",
      kind: .partition,
      name: LocalizedText(nb: "områder", en: "areas"),
      source: "made up",
      note: "",
      regions: regions.enumerated().map { index, members in
        Region(
          code: "R\(index)",
          name: "Region \(index)",
          members: members,
          bases: members.map { _ in .official }
        )
      }
    )
  }

  /// Random values of some units in one year, a share of them missing.
  static func values(
    units: Int,
    indicators: Int,
    missing: Double = 0,
    seed: UInt64
  ) -> [[[Double]]] {
    var generator = SplitMix64(seed: seed)
    return (0..<indicators).map { indicator in
      [
        (0..<units).map { _ in
          let value = Double.random(in: 0...1, using: &generator) * Double(indicator + 1) + 2
          return Double.random(in: 0...1, using: &generator) < missing ? .nan : value
        }
      ]
    }
  }

  /// The composite of a text.
  static func composite(_ text: String) throws -> Composite {
    try Composite(id: "test", file: "test.yml", text: text)
  }

  /// The scores of a composite on these figures.
  func scores(_ text: String, level: Level = .municipality) throws -> CompositeScores {
    try CompositeScores(
      CompositeFigures(
        Self.composite(text),
        level: level,
        panel: panel,
        catalogue: catalogue
      )
    )
  }

  /// A text with two areas: the first with two indicators, the second with the others.
  static func text(
    indicators: Int,
    head: String = "",
    weights: [Double] = [],
    areaWeights: (Double, Double) = (1, 1),
    smallerIsBetter: Set<Int> = []
  ) -> String {
    func line(_ index: Int) -> String {
      let weight = weights.isEmpty ? "" : ", weight: \(weights[index])"
      let direction = smallerIsBetter.contains(index) ? ", direction: lower" : ""
      return "      - {id: i\(index)\(weight)\(direction)}"
    }
    return """
      title: {nb: Prøve, en: Test}
      year: 2024
      division: areas
      \(head)
      areas:
        - id: one
          weight: \(areaWeights.0)
          indicators:
      \((0..<2).map(line).joined(separator: "\n"))
        - id: two
          weight: \(areaWeights.1)
          indicators:
      \((2..<indicators).map(line).joined(separator: "\n"))
      """
  }
}
