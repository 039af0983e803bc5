internal import Documents
public import Regions
public import Scenarios
internal import Statistics

/// What one scenario gives, as tables.
public struct SimulationReport: Sendable {
  private let outcome: Outcome
  private let vintage: String
  private let language: Language
  private let showsAll: Bool

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - outcome: The outcome.
  ///   - vintage: Name and version of the dataset.
  ///   - language: The language of labels.
  ///   - showsAll: Whether the units that are passed have their years too, and those that the members
  ///     of the focus pass are listed.
  public init(_ outcome: Outcome, vintage: String, language: Language, showsAll: Bool = false) {
    self.outcome = outcome
    self.vintage = vintage
    self.showsAll = showsAll
    self.language = language
  }

  /// The report: standings, attribution and overtakes of each indicator, and the sweep if there is
  /// one.
  ///
  /// - Parameters:
  ///   - sweep: What the sweep gave, or `nil`.
  ///   - notes: Notes on the sources.
  /// - Returns: The report.
  public func report(sweep: SweepOutcome?, notes: [String]) -> Report {
    var tables: [Table] = []
    for result in outcome.indicators {
      tables += [standings(result), attribution(result), overtakes(result)]
        .filter { !$0.rows.isEmpty }
    }
    if !outcome.targets.isEmpty {
      let title = language == .nb ? "Mål" : "Targets"
      let targets = TargetsTable(outcome: outcome, language: language)
      let contests = targets.contests(
        title: language == .nb ? "Framgangen, mål for mål" : "The movement, measure by measure"
      )
      tables += [targets.table(title: title), contests].filter { !$0.rows.isEmpty }
    }
    let equalised = EqualisedScenarioTables(outcome, language: language)
    tables += equalised.tables
    if let sweep { tables.append(sweepTable(sweep)) }
    return Report(
      title: outcome.scenario.title[language],
      tables: tables,
      notes: [outcome.scenario.note[language]].filter { !$0.isEmpty } + movementNotes
        + equalised.notes + notes
        + [Wording.dataset(vintage, language)]
    )
  }

  // MARK: - Tables

  private func name(_ base: String, _ result: IndicatorOutcome) -> String {
    outcome.indicators.count == 1 ? base : "\(base):\(result.indicator.id)"
  }

  private func standings(_ result: IndicatorOutcome) -> Table {
    let unit = Wording.unitName(result.indicator.unit)[language]
    var table = Table(
      name: name("standings", result),
      title: "\(result.indicator.name[language]) (\(unit))",
      columns: [
        Table.Column("unit_code", Wording.code[language]),
        Table.Column("unit_name", Wording.unit[language]),
        Table.Column("level", nil),
        Table.Column("year", Wording.year[language]),
        Table.Column("indicator", nil),
        Table.Column("value_without", Wording.before[language]),
        Table.Column("rank_without", Wording.place[language]),
        Table.Column("value", Wording.after[language]),
        Table.Column("rank", Wording.place[language]),
        Table.Column("ranked", Wording.of[language]),
        Table.Column("carried", nil),
        Table.Column("movement", Wording.movement[language]),
        Table.Column("basis", Wording.basis[language]),
        Table.Column("dataset", nil),
      ]
    )
    let years = zip(
      [result.baseline] + result.withoutLevers,
      [result.baseline] + result.withLevers
    )
    for unit in outcome.unitsInView + (showsAll ? unitsPassed(result) : []) {
      for (without, with) in years {
        let before = without.standing(of: unit)
        let after = with.standing(of: unit)
        guard let ranking = with.ranking(at: unit.level), let index = ranking.index(of: unit) else {
          continue
        }
        let isLast = with.year == outcome.scenario.horizon.value
        table.add(
          [
            .word(unit.code, shown: with.year == result.baseline.year ? unit.code : ""),
            .word(unit.name, shown: with.year == result.baseline.year ? unit.name : ""),
            .text(unit.level.rawValue), .integer(with.year), .text(result.indicator.id),
            .value(before.value, decimals: result.indicator.decimals), .rank(before.place),
            .value(after.value, decimals: result.indicator.decimals), .rank(after.place),
            .integer(ranking.ranked),
            .integer(result.baseline.ranking(at: unit.level)?.carried ?? 0),
            .movement(result.movement(of: unit, to: with)),
            .status(ranking.levels.entries[index].status, language), .text(vintage),
          ],
          marked: isLast && unit == outcome.focus
        )
      }
    }
    return table
  }

  /// The units that those in view pass or are passed by, regions first, each once, in the order of
  /// their places at the baseline.
  private func unitsPassed(_ result: IndicatorOutcome) -> [Unit] {
    let passed = Set(result.overtakes.map(\.other)).subtracting(outcome.unitsInView)
    return [result.baseline.region, result.baseline.municipality].compactMap { $0 }
      .flatMap { ranking in ranking.sortedIndices.map { ranking.levels.entries[$0].unit } }
      .filter(passed.contains)
  }

  private func attribution(_ result: IndicatorOutcome) -> Table {
    let levers = result.attributions.first?.levers.map(\.lever) ?? []
    var table = Table(
      name: name("attribution", result),
      title: language == .nb
        ? "Hva bevegelsen til \(outcome.scenario.horizon.value) skyldes, i plasser"
        : "What the movement to \(outcome.scenario.horizon.value) is due to, in places",
      columns: [
        Table.Column("unit_code", Wording.code[language]),
        Table.Column("unit_name", Wording.unit[language]),
        Table.Column("movement", Wording.movement[language]),
        Table.Column("own", Wording.own[language]),
        Table.Column("others", Wording.others[language]),
        Table.Column("lever_effect", Wording.leverEffect[language]),
      ] + levers.map { Table.Column("lever_\($0)", "\(Wording.lever[language]) \($0)") }
    )
    for part in result.attributions {
      table.add(
        [
          .text(part.unit.code), .text(part.unit.name), .movement(part.movement),
          .movement(part.own), .movement(part.others), .movement(part.leverEffect),
        ]
          + part.levers.map { .signed($0.places, decimals: 1) }
      )
    }
    return table
  }

  /// The units that the focus passes or is passed by, with level and place; of the members' too when
  /// all are wanted.
  private func overtakes(_ result: IndicatorOutcome) -> Table {
    let decimals = result.indicator.decimals
    let horizon = outcome.scenario.horizon.value
    let counts = [Overtake.Direction.passes, .passedBy].map { direction in
      let count = result.overtakes.count { $0.unit == outcome.focus && $0.direction == direction }
      return "\(Wording.direction(direction)[language]) \(count)"
    }
    var table = Table(
      name: name("overtakes", result),
      title: "\(outcome.focus.name) \(counts.joined(separator: ", ")), "
        + "\(result.baseline.year)–\(horizon)",
      columns: [
        Table.Column("unit_code", nil),
        Table.Column("unit_name", Wording.unit[language]),
        Table.Column("direction", ""),
        Table.Column("other_code", Wording.code[language]),
        Table.Column("other_name", language == .nb ? "Hvem" : "Who"),
        Table.Column("year", language == .nb ? "Fra år" : "From"),
        Table.Column("other_value_baseline", String(result.baseline.year)),
        Table.Column("other_rank_baseline", Wording.place[language]),
        Table.Column("other_value", String(horizon)),
        Table.Column("other_rank", Wording.place[language]),
        Table.Column("other_movement", Wording.movement[language]),
      ]
    )
    guard let last = result.withLevers.last else { return table }
    for overtake in result.overtakes where showsAll || overtake.unit == outcome.focus {
      let before = result.baseline.standing(of: overtake.other)
      let after = last.standing(of: overtake.other)
      table.add([
        .text(overtake.unit.code), .text(overtake.unit.name),
        .word(
          overtake.direction.rawValue,
          shown: Wording.direction(overtake.direction)[language]
        ),
        .text(overtake.other.code), .text(overtake.other.name), .integer(overtake.year),
        .value(before.value, decimals: decimals), .rank(before.place),
        .value(after.value, decimals: decimals), .rank(after.place),
        .movement(before.place - after.place),
      ])
    }
    return table
  }

  private func sweepTable(_ sweep: SweepOutcome) -> Table {
    let title =
      language == .nb
      ? "Grepet \(sweep.lever) variert, \(outcome.scenario.horizon.value)"
      : "The lever \(sweep.lever) varied, \(outcome.scenario.horizon.value)"
    return SweepTable(outcome: outcome, sweep: sweep, language: language).table(title: title)
  }

  // MARK: - Notes

  private var movementNotes: [String] {
    let nb = language == .nb
    var notes: [String] = [
      nb
        ? "Bevegelse: plass i utgangspunktet minus plass i året; pluss er opp. "
          + "Egne tall og de andres tall deler bevegelsen likt i begge rekkefølger (Shapley)."
        : "Movement: the place at the baseline minus the place in the year; plus is up. Own and "
          + "others' figures share the movement over both orders (Shapley)."
    ]
    for result in outcome.indicators {
      for ranking in [result.baseline.municipality, result.baseline.region].compactMap({ $0 }) {
        notes.append(ranking.basisNote(language))
      }
      if outcome.scenario.levers.count > 10, result.attributions.allSatisfy(\.levers.isEmpty) {
        notes.append(
          nb
            ? "Virkningen er ikke fordelt på grepene: det gjøres for inntil ti."
            : "The effect is not split over the levers: that is done for up to ten."
        )
      }
      guard result.unitsWithoutOwnTrend > 0 else { continue }
      notes.append(
        nb
          ? "\(result.indicator.id): \(result.unitsWithoutOwnTrend) enheter uten egen historie "
            + "følger landet."
          : "\(result.indicator.id): \(result.unitsWithoutOwnTrend) units without a history of "
            + "their own follow the country."
      )
    }
    notes.append(Wording.tieRule(.competition)[language])
    if outcome.targets.contains(where: { $0.target.kind == .best }) {
      notes.append(
        language == .nb
          ? "Best framgang: strengt større enn alle andres; å dele den er ikke nok."
          : "Best movement: strictly greater than that of all others; to share it is not enough."
      )
    }
    return notes
  }
}

/// The outcome at the horizon for each value of a lever.
struct SweepTable {
  let outcome: Outcome
  let sweep: SweepOutcome
  let language: Language

  func table(title: String) -> Table {
    var table = Table(
      name: "sweep",
      title: title,
      columns: [
        Table.Column("lever", nil),
        Table.Column("lever_value", Wording.lever[language]),
        Table.Column("indicator", nil),
        Table.Column("unit_code", nil),
        Table.Column("unit_name", Wording.unit[language]),
        Table.Column("level", nil),
        Table.Column("value", Wording.value[language]),
        Table.Column("rank", Wording.place[language]),
        Table.Column("movement", Wording.movement[language]),
        Table.Column("note", sweep.steps.contains(where: \.isFailure) ? "" : nil),
      ]
    )
    let decimals = self.decimals
    for step in sweep.steps {
      switch step.outcome {
      case .success(let outcome):
        for result in outcome.indicators {
          guard let last = result.withLevers.last else { continue }
          for unit in outcome.unitsInView {
            let (value, place) = last.standing(of: unit)
            table.add(
              [
                .text(sweep.lever), .number(step.value, decimals: decimals),
                .text(result.indicator.id),
                .text(unit.code), .text(unit.name), .text(unit.level.rawValue),
                .value(value, decimals: result.indicator.decimals), .rank(place),
                .movement(result.movement(of: unit, to: last)), .text(""),
              ],
              marked: unit == outcome.focus
            )
          }
        }
      case .failure(let error):
        table.add([
          .text(sweep.lever), .number(step.value, decimals: decimals), .text(""), .text(""),
          .text(""),
          .text(""), .missing("–"), .missing("–"), .missing("–"), .text(error.message),
        ])
      }
    }
    return table
  }

  /// As many decimals as the values of the lever need, at most four.
  private var decimals: Int {
    (0...4).first { decimals in
      let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
      return sweep.steps.allSatisfy { abs(($0.value * scale).rounded() - $0.value * scale) < 1e-9 }
    } ?? 4
  }
}

extension SweepOutcome.Step {
  fileprivate var isFailure: Bool {
    if case .failure = outcome { true } else { false }
  }
}
