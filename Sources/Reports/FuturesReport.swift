public import Regions
public import Scenarios

/// What may become of a scenario, added to the report of its central path.
public struct FuturesReport: Sendable {
  private let futures: Futures
  private let tables: FuturesTables
  private let language: Language
  private let showsAll: Bool
  private let vintage: String

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - futures: The futures.
  ///   - leverEffect: How they differ from those without the levers; `nil` without levers.
  ///   - vintage: Name and version of the dataset.
  ///   - language: The language of labels.
  ///   - showsAll: Whether all overtakings are listed, those of the members too.
  public init(
    _ futures: Futures,
    leverEffect: FuturesDifference?,
    vintage: String,
    language: Language,
    showsAll: Bool = false
  ) {
    self.futures = futures
    tables = FuturesTables(futures: futures, leverEffect: leverEffect, language: language)
    self.vintage = vintage
    self.language = language
    self.showsAll = showsAll
  }

  private func text(_ nb: String, _ en: String) -> String { language == .nb ? nb : en }

  /// The report of the scenario with the futures in it.
  ///
  /// - Parameters:
  ///   - report: The report of the central path.
  ///   - origins: From which history each movement is.
  /// - Returns: The targets' probabilities and the places first, then what `report` has.
  public func added(to report: Report, origins: [String]) -> Report {
    var result = report
    let places = futures.indicators.map(tables.places)
    let overtakes = futures.indicators.map {
      tables.overtakes($0, most: showsAll ? .max : 8, all: showsAll)
    }
    let targets = futures.targets.isEmpty ? [] : [tables.targets()]
    result.tables =
      (places + targets + overtakes).filter { !$0.rows.isEmpty }.map { $0.with(dataset: vintage) }
      + report.tables.filter { $0.name != "targets" && !$0.name.hasPrefix("overtakes") }
    result.notes = notes + origins + report.notes
    return result
  }

  /// The tables that only files have, and those shown.
  public var files: [Table] {
    let english = FuturesTables(
      futures: futures,
      leverEffect: tables.leverEffect,
      language: .en
    )
    return futures.indicators.map(english.places) + [
      english.placeProbabilities(), english.allPlaces(),
    ]
      + (futures.targets.isEmpty ? [] : [english.targets()])
      + futures.indicators.map { english.overtakes($0, most: .max, all: true) }
  }

  private var notes: [String] {
    let draws = NumberText.fixed(Double(futures.draws), decimals: 0, language)
    let clipped = futures.indicators.reduce(0) { $0 + $1.clipped }
    return [
      text(
        "\(draws) framtider er trukket rundt midtlinjen (frø \(futures.seed)). ± er feilen av at det "
          + "ikke er flere; hvor langt modellen selv kan ta feil, er ikke med. Den er etterprøvd med "
          + "«regionsim backtest».",
        "\(draws) futures are drawn around the central path (seed \(futures.seed)). ± is the error of "
          + "not drawing more; how far the model itself may be wrong is not in it. It is held against "
          + "the past by “regionsim backtest”."
      )
    ] + jointly
      + (clipped == 0
        ? []
        : [
          text(
            "\(clipped) tall gikk over en grense i en trekning, og er satt på grensen.",
            "\(clipped) figures broke a limit in a draw, and were put on it."
          )
        ])
  }

  private var jointly: [String] {
    guard let all = futures.allTargets, futures.targets.count > 1 else { return [] }
    let share = NumberText.fixed(100 * all.value, decimals: 1, language)
    let error = NumberText.fixed(100 * all.standardError, decimals: 2, language)
    return [
      text(
        "Alle målene på en gang: \(share) % (± \(error)).",
        "All targets at once: \(share) % (± \(error))."
      )
    ]
  }
}

/// How the futures of scenarios differ from those of the first, by common random numbers.
public struct FuturesDifferenceTable: Sendable {
  private let comparison: FuturesComparison
  private let language: Language

  /// Prepares the tables.
  public init(_ comparison: FuturesComparison, language: Language) {
    self.comparison = comparison
    self.language = language
  }

  private func text(_ nb: String, _ en: String) -> String { language == .nb ? nb : en }

  /// The differences in expected places at the horizon, and in the probabilities of targets.
  public var tables: [Table] { [places, targets].filter { !$0.rows.isEmpty } }

  private var places: Table {
    var table = Table(
      name: "place_differences",
      title: text(
        "Forskjell i ventet plass, samme tilfeldigheter",
        "Difference in expected place, same chances"
      ),
      columns: [
        Table.Column("scenario", Wording.scenario[language]),
        Table.Column("base", text("Mot", "Against")),
        Table.Column("unit_code", Wording.code[language]),
        Table.Column("unit_name", Wording.unit[language]),
        Table.Column("indicator", nil), Table.Column("year", Wording.year[language]),
        Table.Column("places", text("Plasser bedre", "Places better")),
        Table.Column("places_error", "±", meaning: "Monte Carlo standard error of the difference"),
      ]
    )
    for difference in comparison.differences {
      let last = difference.places.map(\.year).max()
      for row in difference.places where row.year == last {
        table.add([
          .text(difference.scenario), .text(difference.base), .text(row.unit.code),
          .text(row.unit.name), .text(row.indicator), .integer(row.year),
          .signed(row.places, decimals: 2), .value(row.standardError, decimals: 3),
        ])
      }
    }
    return table
  }

  private var targets: Table {
    var table = Table(
      name: "target_differences",
      title: text("Forskjell i sannsynlighet", "Difference in probability"),
      columns: [
        Table.Column("scenario", Wording.scenario[language]),
        Table.Column("base", text("Mot", "Against")),
        Table.Column("target", text("Mål", "Target")),
        Table.Column("probability_base", text("Før, %", "Before, %")),
        Table.Column("probability", text("Etter, %", "After, %")),
        Table.Column("difference", text("Prosentpoeng", "Points")),
        Table.Column(
          "difference_error",
          "±",
          meaning: "Monte Carlo standard error of the difference"
        ),
      ]
    )
    for difference in comparison.differences {
      for row in difference.targets {
        table.add([
          .text(difference.scenario), .text(difference.base), .text(row.target),
          .share(row.base.value, decimals: 1), .share(row.scenario.value, decimals: 1),
          .shareDifference(row.difference, decimals: 1), .share(row.standardError, decimals: 2),
        ])
      }
    }
    return table
  }
}
