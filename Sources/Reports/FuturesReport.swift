public import Regions
public import Scenarios

/// What may become of a scenario, as tables and notes for readers.
public struct FuturesReport: Sendable {
  /// The least probability of an overtaking that is shown, unless all are wanted.
  private static let leastShown = 0.1

  private let futures: Futures
  private let vintage: String
  private let language: Language
  private let showsAll: Bool

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - futures: The futures.
  ///   - vintage: Name and version of the dataset.
  ///   - language: The language of labels.
  ///   - showsAll: Whether overtakings of the members, and unlikely ones, are listed too.
  public init(_ futures: Futures, vintage: String, language: Language, showsAll: Bool = false) {
    self.futures = futures
    self.vintage = vintage
    self.language = language
    self.showsAll = showsAll
  }

  /// The report: places, targets and overtakings.
  ///
  /// - Parameter notes: Notes on the sources.
  /// - Returns: The report.
  public func report(notes: [String]) -> Report {
    Report(
      title: futures.scenario.title[language],
      tables: tables,
      notes: [futures.scenario.note[language]].filter { !$0.isEmpty } + self.notes + notes
        + [Wording.dataset(vintage, language)]
    )
  }

  private var isNorwegian: Bool { language == .nb }

  private func name(_ base: String, _ result: IndicatorFutures) -> String {
    futures.indicators.count == 1 ? base : "\(base):\(result.indicator.id)"
  }

  /// The tables: for each indicator the places and the overtakings, and the targets.
  var tables: [Table] {
    let tables = FuturesTables(futures: futures, language: language)
    let count = Wording.grouped(futures.draws, language)
    var all: [Table] = futures.indicators.map { result in
      tables.places(
        [result],
        of: futures.unitsInView,
        name: name("futures", result),
        title: isNorwegian
          ? "\(result.indicator.name.nb): plass i \(count) trukne framtider"
          : "\(result.indicator.name.en): place in \(count) drawn futures"
      )
    }
    if !futures.targets.isEmpty {
      let title =
        isNorwegian ? "Hvor sannsynlig målene nås" : "How likely the targets are met"
      all.append(tables.targets(title: title))
    }
    for result in futures.indicators {
      let horizon = futures.scenario.horizon.value
      let years = "\(futures.scenario.baselineYear.value)–\(horizon)"
      all.append(
        tables.overtakes(
          [result],
          of: showsAll ? futures.unitsInView : [futures.focus],
          atLeast: showsAll ? 0 : Self.leastShown,
          name: name("overtake_probabilities", result),
          title: isNorwegian
            ? "Hvem \(futures.focus.name) passerer eller passeres av, \(years)"
            : "Whom \(futures.focus.name) passes or is passed by, \(years)"
        )
      )
    }
    return all.filter { !$0.rows.isEmpty }
  }

  /// How the figures came about, and what they leave out.
  var notes: [String] {
    let count = Wording.grouped(futures.draws, language)
    let ids = futures.indicators.map(\.indicator.id)
    var notes = [
      isNorwegian
        ? "\(count) framtider er trukket (frø \(futures.seed)): scenarioets egen bane, avvik som "
          + "vekstmodellen venter dem, og så grepene. ± er standardfeilen fra antall trekk; om "
          + "vekstmodellen er rett, sier den ikke."
        : "\(count) futures were drawn (seed \(futures.seed)): the scenario's own path, deviations as "
          + "the growth model expects them, then the levers. ± is the standard error from the number "
          + "of draws; it does not say whether the growth model is right.",
      isNorwegian
        ? "Intervallene har like stor sjanse på begge sider. Hvor godt modellen har truffet før: "
          + ids.map { "regionsim backtest \($0)" }.joined(separator: ", ") + "."
        : "The intervals leave the same chance on both sides. How well the model did in earlier "
          + "years: " + ids.map { "regionsim backtest \($0)" }.joined(separator: ", ") + ".",
    ]
    if futures.scenario.others.focusHolds {
      notes.append(
        isNorwegian
          ? "At \(futures.focus.name) står stille, er det som ventes; tallene varierer som de andres."
          : "That \(futures.focus.name) holds is what is expected; its figures vary as others' do."
      )
    }
    if !showsAll {
      notes.append(
        isNorwegian
          ? "Passeringer med under 10 % sannsynlighet vises med --all."
          : "Overtakings of less than 10 per cent are shown with --all."
      )
    }
    for result in futures.indicators where result.clipped > 0 {
      let clipped = Wording.grouped(result.clipped, language)
      notes.append(
        isNorwegian
          ? "\(result.indicator.id): \(clipped) trukne tall gikk over en grense og er satt på den."
          : "\(result.indicator.id): \(clipped) drawn figures broke a limit and were put on it."
      )
    }
    return notes
  }
}

extension Wording {
  /// A whole number with its thousands apart.
  static func grouped(_ count: Int, _ language: Language) -> String {
    NumberText.fixed(Double(count), decimals: 0, language)
  }
}

/// How scenarios drawn in step differ from the first, as tables.
struct FuturesDifferenceTables {
  let comparison: FuturesComparison
  let language: Language

  private func label(_ nb: String, _ en: String) -> String { language == .nb ? nb : en }

  /// The differences of targets and, at the horizon, of expected places.
  var tables: [Table] { [targets, places].filter { !$0.rows.isEmpty } }

  private var targets: Table {
    var table = Table(
      name: "target_differences",
      title: label(
        "Målene: sannsynlighet (%) mot \(base)",
        "The targets: probability (%) against \(base)"
      ),
      columns: [
        Table.Column("target", label("Mål", "Target")),
        Table.Column("scenario", Wording.scenario[language]),
        Table.Column("base_probability", base),
        Table.Column("probability", label("Scenarioet", "The scenario")),
        Table.Column("difference", label("Forskjell", "Difference")),
        Table.Column("standard_error", "±"),
      ]
    )
    for difference in comparison.differences {
      for target in difference.targets {
        table.add([
          .text(target.target), .text(difference.scenario),
          .number(100 * target.base.value, decimals: 1),
          .number(100 * target.scenario.value, decimals: 1),
          .signed(100 * target.difference, decimals: 1),
          .number(100 * target.standardError, decimals: 2),
        ])
      }
    }
    return table
  }

  private var places: Table {
    var table = Table(
      name: "place_differences",
      title: label(
        "Forventet antall plasser bedre enn \(base)",
        "Expected number of places better than \(base)"
      ),
      columns: [
        Table.Column("indicator", comparison.futures[0].indicators.count > 1 ? "" : nil),
        Table.Column("unit_code", Wording.code[language]),
        Table.Column("unit_name", Wording.unit[language]),
        Table.Column("scenario", Wording.scenario[language]),
        Table.Column("year", Wording.year[language]),
        Table.Column("places", Wording.places[language]),
        Table.Column("standard_error", "±"),
      ]
    )
    for (index, difference) in comparison.differences.enumerated() {
      let last = min(
        comparison.futures[0].scenario.horizon.value,
        comparison.futures[index + 1].scenario.horizon.value
      )
      for place in difference.places where place.year == last && !place.places.isNaN {
        table.add(
          [
            .text(place.indicator), .text(place.unit.code), .text(place.unit.name),
            .text(difference.scenario), .integer(place.year),
            .signed(place.places, decimals: 1),
            place.standardError.isNaN
              ? .missing("–") : .number(place.standardError, decimals: 2),
          ],
          marked: place.unit == comparison.futures[0].focus
        )
      }
    }
    return table
  }

  private var base: String { comparison.futures[0].scenario.id }

  /// How the differences came about.
  var note: String {
    let first = comparison.futures[0]
    let count = Wording.grouped(first.draws, language)
    return label(
      "\(count) framtider er trukket for alle scenarier med de samme tilfeldige tallene (frø "
        + "\(first.seed)); ± er standardfeilen til forskjellen fra antall trekk.",
      "\(count) futures were drawn of all scenarios with the same random numbers (seed "
        + "\(first.seed)); ± is the standard error of the difference from the number of draws."
    )
  }
}
