public import Regions

/// Several units side by side over many indicators.
public struct ComparisonReport: Sendable {
  private let vintage: String
  private let language: Language
  private var table: Table
  /// The heading under which each row is shown.
  private var titles: [String] = []
  private var incomplete: [String] = []
  private var carriedNotes: Set<String> = []

  /// Prepares a report without rows.
  ///
  /// - Parameters:
  ///   - vintage: Name and version of the dataset.
  ///   - language: The language of labels.
  public init(vintage: String, language: Language) {
    self.vintage = vintage
    self.language = language
    table = Table(
      name: "comparison",
      title: "",
      columns: [
        Table.Column("indicator", nil),
        Table.Column("indicator_name", Wording.indicator[language]),
        Table.Column("year", Wording.year[language]),
        Table.Column("unit_code", Wording.code[language]),
        Table.Column("unit_name", Wording.unit[language]),
        Table.Column("level", nil),
        Table.Column("value", Wording.value[language]),
        Table.Column("unit", ""),
        Table.Column("rank", Wording.place[language]),
        Table.Column("ranked", Wording.of[language]),
        Table.Column("carried", nil),
        Table.Column("percentile", Wording.percentile[language]),
        Table.Column("gap_next", Wording.toNext[language]),
        Table.Column("gap_country", Wording.toCountry[language]),
        Table.Column("gap_unit", ""),
        Table.Column("basis", Wording.basis[language]),
        Table.Column("dataset", nil),
      ]
    )
  }

  /// Adds one unit's row for one indicator.
  ///
  /// The gaps are changes of the numerator, in whole persons or kroner rounded away from zero, with
  /// the denominator unchanged: to the value of the next better unit, whose place is then shared, and
  /// to the country's value. Where only a rate is published, they are changes of the rate.
  ///
  /// - Parameters:
  ///   - unit: The unit.
  ///   - ranking: A ranking that may hold it.
  ///   - numerator: The series of the numerator.
  public mutating func add(_ unit: Unit, in ranking: Ranking, numerator: Series) {
    let indicator = ranking.levels.indicator
    guard let index = ranking.index(of: unit) else { return }
    if ranking.carried > 0 {
      carriedNotes.insert(
        "\(indicator.id), \(ranking.levels.year), \(ranking.levels.level.rawValue): "
          + Wording.carried(ranking.carried, of: ranking.ranked)[language]
      )
    }
    let entry = ranking.levels.entries[index]
    let place = ranking.places[index]
    let next = place.isNaN ? nil : ranking.nextBetter(than: index)
    let isRanked = indicator.aggregation != .publishedRank
    // The numerator of a mean is a rate times its weight, which says nothing to a reader.
    let isMean = indicator.aggregation == .weightedMean
    let gapNext = next.map { ranking.levels.entries[$0] }.flatMap { better -> Double? in
      guard isRanked else { return nil }
      return isMean ? better.value - entry.value : entry.numeratorGap(to: better)
    }
    let gapUnit = isMean ? indicator.unit : numerator.unit
    let gapDecimals = isMean ? indicator.decimals : numerator.decimals
    let gapCountry = ranking.levels.numeratorGapToCountry(entry)
    let percentile = ranking.percentile(ofPlace: place)
    titles.append(
      "\(indicator.name[language]) (\(Wording.unitName(indicator.unit)[language])), "
        + "\(ranking.levels.year)"
    )
    table.add([
      .text(indicator.id),
      .text(indicator.name[language]),
      .integer(ranking.levels.year),
      .text(unit.code),
      .text(unit.name),
      .text(unit.level.rawValue),
      .value(entry.value, decimals: indicator.decimals),
      .word(indicator.unit.rawValue, shown: Wording.unitName(indicator.unit)[language]),
      .rank(place),
      .integer(ranking.ranked),
      .integer(ranking.carried),
      percentile.isNaN ? .missing("–") : .number(percentile, decimals: 0),
      gap(gapNext, gapUnit, decimals: gapDecimals),
      gap(gapCountry, gapUnit, decimals: gapDecimals),
      .word(
        gapUnit.rawValue,
        shown: gapNext == nil && gapCountry == nil ? "" : Wording.unitName(gapUnit)[language]
      ),
      .status(entry.status, language),
      .text(vintage),
    ])
  }

  /// Says of an indicator that it has no values for regions, and why.
  public mutating func leaveOut(_ indicator: Indicator, reason: String) {
    incomplete.append("\(indicator.name[language]): \(reason)")
  }

  /// The report.
  ///
  /// - Parameters:
  ///   - units: The units that are compared.
  ///   - isGrouped: Whether each indicator has a table of its own, for readers; else all rows stand
  ///     in one, for files.
  /// - Returns: The report.
  public func report(of units: [Unit], isGrouped: Bool) -> Report {
    let nb = language == .nb
    let notes = [
      nb
        ? "«Til neste plass» og «Til landet» er endringen i telleren, med nevneren uendret, eller i "
          + "verdien selv der bare en rate er publisert; rundet bort fra null. Den neste plassen "
          + "deles da."
        : "\"To next place\" and \"To the country\" are changes of the numerator, the denominator "
          + "unchanged, or of the value itself where only a rate is published; rounded away from "
          + "zero. The next place is then shared.",
      nb
        ? "Prosentil: andelen av de rangerte som står på eller under plassen, 100 (1 − (plass − ½)/n)."
        : "Percentile: the share of the ranked that stand at or below the place, "
          + "100 (1 − (place − ½)/n).",
      Wording.dataset(vintage, language),
    ]
    return Report(
      title: units.map(\.name).joined(separator: " · "),
      tables: isGrouped ? groups : [table],
      notes: incomplete + carriedNotes.sorted() + notes
    )
  }

  /// The rows of each indicator as a table of its own, with the indicator in its heading.
  private var groups: [Table] {
    let repeated = ["indicator_name", "year", "unit"]
    let columns = table.columns.map { column in
      repeated.contains(column.key)
        ? Table.Column(column.key, nil, meaning: column.meaning) : column
    }
    var groups: [Table] = []
    for (row, title) in zip(table.rows, titles) {
      if groups.last?.title != title {
        groups.append(Table(name: title, title: title, columns: columns))
      }
      groups[groups.count - 1].add(row)
    }
    return groups
  }

  private func gap(_ gap: Double?, _ unit: MeasureUnit, decimals: Int) -> Table.Cell {
    guard let gap else { return .missing("–") }
    let shown: Int
    switch unit {
    case .persons, .jobs, .nok, .thousandNOK, .dwellings, .enterprises: shown = 0
    default: shown = decimals
    }
    let scale = (0..<shown).reduce(1.0) { scale, _ in scale * 10 }
    // A hair of rounding error must not ask for one person more.
    let size = (abs(gap) * scale - 1e-6).rounded(.up) / scale
    return .signed(gap < 0 ? -size : size, decimals: shown)
  }
}
