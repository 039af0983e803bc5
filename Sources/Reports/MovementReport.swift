public import Regions

/// The movement of regions between two years in several measures, and whom each names as the best.
public struct MovementReport: Sendable {
  private let comparison: MovementComparison
  private let indicator: Indicator
  private let years: (from: Int, to: Int)
  private let vintage: String
  private let language: Language

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - comparison: The movement of the regions.
  ///   - indicator: The indicator.
  ///   - years: The first and the last year.
  ///   - vintage: Name and version of the dataset.
  ///   - language: The language of labels.
  public init(
    _ comparison: MovementComparison,
    indicator: Indicator,
    years: (from: Int, to: Int),
    vintage: String,
    language: Language
  ) {
    self.comparison = comparison
    self.indicator = indicator
    self.years = years
    self.vintage = vintage
    self.language = language
  }

  /// The report: the regions, then the best by each measure.
  ///
  /// - Parameters:
  ///   - context: What the regions are, such as the name of their division.
  ///   - marked: The code of a region that is marked, or `nil`.
  ///   - notes: Notes on peers, sources and breaks.
  /// - Returns: The report.
  public func report(context: String, marking marked: String? = nil, notes: [String]) -> Report {
    Report(
      title: "\(indicator.name[language]) (\(Wording.unitName(indicator.unit)[language])), "
        + "\(Wording.movement[language].lowercased()) \(years.from)–\(years.to), \(context)",
      tables: [regionTable(marked), winnerTable],
      notes: [agreement] + explanations + notes + [Wording.dataset(vintage, language)]
    )
  }

  private func regionTable(_ marked: String?) -> Table {
    let nb = language == .nb
    var table = Table(
      name: "regions",
      title: "",
      columns: [
        Table.Column("region_code", Wording.code[language]),
        Table.Column("region_name", Wording.region[language]),
        Table.Column("municipalities", nb ? "Kommuner" : "Municipalities"),
      ]
        + MovementComparison.Measure.allCases.map {
          Table.Column($0.key, $0.rawValue, meaning: $0.name.en)
        } + [
          Table.Column("p", "p", meaning: "Probability of a sum at least as large by chance"),
          Table.Column("expected_sum", nil, meaning: "Sum expected from the starting places"),
          Table.Column("indicator", nil), Table.Column("from", nil), Table.Column("to", nil),
          Table.Column("dataset", nil),
        ]
    )
    for row in comparison.rows {
      let measures = MovementComparison.Measure.allCases.map { measure in
        row[measure].map { Table.Cell.signed($0, decimals: decimals(measure)) } ?? .missing("–")
      }
      table.add(
        [.text(row.region.code), .text(row.region.name), .integer(row.members)] + measures
          + [
            row.score.map { .number($0.p, decimals: 4) } ?? .missing("–"),
            row.score.map { .signed($0.expected, decimals: 1) } ?? .missing("–"),
            .text(indicator.id), .integer(years.from), .integer(years.to), .text(vintage),
          ],
        marked: row.region.code == marked
      )
    }
    return table
  }

  private var winnerTable: Table {
    let nb = language == .nb
    var table = Table(
      name: "winners",
      title: nb ? "Best etter hvert mål" : "Best by each measure",
      columns: [
        Table.Column("measure", ""), Table.Column("name", Wording.measure[language]),
        Table.Column("best", nb ? "Best" : "Best"), Table.Column("value", Wording.value[language]),
      ]
    )
    for measure in MovementComparison.Measure.allCases {
      let winners = comparison.winners(by: measure)
      let value = comparison.rows.compactMap { $0[measure] }.max()
      table.add([
        .text(measure.rawValue), .text(measure.name[language]),
        winners.isEmpty ? .missing("–") : names(winners.map(\.name)),
        value.map { .signed($0, decimals: decimals(measure)) } ?? .missing("–"),
      ])
    }
    return table
  }

  /// The names; readers see three of them at most.
  private func names(_ names: [String]) -> Table.Cell {
    let all = names.joined(separator: ", ")
    guard names.count > 3 else { return .text(all) }
    let rest = names.count - 2
    let more = language == .nb ? "og \(rest) til" : "and \(rest) more"
    return .word(all, shown: "\(names[0]), \(names[1]) \(more)")
  }

  /// Whole sums are shown without decimals.
  private func decimals(_ measure: MovementComparison.Measure) -> Int {
    switch measure {
    case .sum:
      comparison.rows.compactMap { $0[.sum] }.allSatisfy { $0 == $0.rounded() } ? 0 : 1
    case .ownPlace: 0
    case .mean, .score: 2
    case .percentile, .headroomShare: 3
    }
  }

  private var agreement: String {
    let nb = language == .nb
    let known = comparison.rows.count { $0.movement != nil }
    guard known > 1 else {
      return nb
        ? "Bare \(known) av \(comparison.rows.count) regioner kan sammenliknes."
        : "Only \(known) of \(comparison.rows.count) regions can be compared."
    }
    if let winner = comparison.commonWinner {
      return nb
        ? "Alle målene peker ut samme region: \(winner.name)."
        : "All measures name the same region: \(winner.name)."
    }
    return nb
      ? "Målene peker ikke ut samme region: bestem hvilket som gjelder, før tallene kommer."
      : "The measures do not name the same region: decide which one counts before the figures come."
  }

  private var explanations: [String] {
    let nb = language == .nb
    let (first, last) = comparison.ranked
    let ranked =
      first == last
      ? "\(last) \(nb ? "rangert" : "ranked")"
      : nb
        ? "\(first) rangert i \(years.from), \(last) i \(years.to)"
        : "\(first) ranked in \(years.from), \(last) in \(years.to)"
    let places =
      nb
      ? "F1–F5 gjelder kommunenes plasser i hele landet (\(ranked)); pluss er opp, og like verdier "
        + "har gjennomsnittet av plassene sine."
      : "F1–F5 are of the municipalities' places in the whole country (\(ranked)); plus is up, and "
        + "equal values have the mean of their places."
    guard let field = comparison.field else {
      return [
        places,
        nb
          ? "Z er ikke beregnet: færre enn halvparten av kommunene har plass i begge årene."
          : "Z is not computed: fewer than half of the municipalities have a place in both years.",
      ]
    }
    let shuffles = NumberText.fixed(Double(field.shuffles), decimals: 0, language)
    return [
      places,
      nb
        ? "Z: summen målt mot hvordan kommuner med samme startplass ellers flyttet seg "
          + "(\(field.units) kommuner i \(field.bins) grupper); p: andelen av \(shuffles) tilfeldige "
          + "omstokkinger innen gruppene som gir minst like stor sum (frø \(field.seed)). p gjelder "
          + "én region sett for seg: den beste av mange får lav p bare av å være best."
        : "Z: the sum against how municipalities with the same starting place moved (\(field.units) "
          + "municipalities in \(field.bins) bins); p: the share of \(shuffles) random shuffles "
          + "within the bins with a sum at least as large (seed \(field.seed)). p is of one region "
          + "looked at alone: the best of many gets a small p by being the best.",
    ]
  }
}

extension MovementComparison.Measure {
  /// The name of the column in files.
  fileprivate var key: String {
    switch self {
    case .sum: "f1_sum"
    case .mean: "f2_mean"
    case .percentile: "f4_percentile"
    case .headroomShare: "f5_headroom_share"
    case .ownPlace: "f6_own_place"
    case .score: "z"
    }
  }

  fileprivate var name: LocalizedText {
    switch self {
    case .sum: Wording.movementMeasures[0].name
    case .mean: Wording.movementMeasures[1].name
    case .percentile: Wording.movementMeasures[3].name
    case .headroomShare: Wording.movementMeasures[4].name
    case .ownPlace: Wording.movementMeasures[5].name
    case .score:
      LocalizedText(nb: "sum mot tilfeldigheter", en: "sum against chance")
    }
  }
}
