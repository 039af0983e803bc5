internal import Documents
internal import Regions
internal import Scenarios

/// What may become of a scenario, as tables: the places of the units in view, the targets, and who is
/// passed.
struct FuturesTables {
  let futures: Futures
  /// The difference that the levers make; `nil` without levers.
  let leverEffect: FuturesDifference?
  let language: Language

  private func text(_ nb: String, _ en: String) -> String { language == .nb ? nb : en }

  private var isSingle: Bool { futures.indicators.count == 1 }

  private func name(_ base: String, _ result: IndicatorFutures) -> String {
    isSingle ? base : "\(base):\(result.indicator.id)"
  }

  // MARK: - Places

  /// The median place and intervals of the units in view, year by year.
  func places(_ result: IndicatorFutures) -> Table {
    var table = Table(
      name: name("place_intervals", result),
      title: "\(result.indicator.name[language]), "
        + text("plasser i \(count) framtider", "places in \(count) futures"),
      columns: Self.unitColumns(language) + [
        Table.Column("year", Wording.year[language]),
        Table.Column("indicator", nil),
        Table.Column(
          "rank_baseline",
          Wording.baseline[language],
          meaning: "Place at the baseline"
        ),
        Table.Column("rank_median", text("Median", "Median"), meaning: "Median place"),
        Table.Column(
          "rank_50_low",
          text("50 % fra", "50% from"),
          meaning: "Best place of the 50 % interval"
        ),
        Table.Column(
          "rank_50_high",
          Wording.to[language],
          meaning: "Worst place of the 50 % interval"
        ),
        Table.Column(
          "rank_80_low",
          text("80 % fra", "80% from"),
          meaning: "Best place of the 80 % interval"
        ),
        Table.Column(
          "rank_80_high",
          Wording.to[language],
          meaning: "Worst place of the 80 % interval"
        ),
        Table.Column(
          "rank_90_low",
          text("90 % fra", "90% from"),
          meaning: "Best place of the 90 % interval"
        ),
        Table.Column(
          "rank_90_high",
          Wording.to[language],
          meaning: "Worst place of the 90 % interval"
        ),
        Table.Column(
          "movement",
          Wording.movement[language],
          meaning: "Expected movement in places since the baseline; plus is up"
        ),
        Table.Column(
          "movement_error",
          "±",
          meaning: "Monte Carlo standard error of the movement"
        ),
        Table.Column(
          "probability_up",
          text("Opp, %", "Up, %"),
          meaning: "Probability of a better place than at the baseline, 0-1"
        ),
        Table.Column("ranked", nil, meaning: "Number of units that may have a place"),
      ] + trailing
    )
    for unit in futures.unitsInView {
      for (index, year) in result.years.enumerated() {
        guard let places = year.places(unit.level), let row = places.index(of: unit),
          places.placed(row) > 0
        else { continue }
        table.add(
          unitCells(unit, isFirst: index == 0) + [
            .integer(year.year), .text(result.indicator.id), .place(places.baselinePlaces[row]),
            place(places.median(row)),
          ] + [0.5, 0.8, 0.9].flatMap { interval(places.interval($0, row)) }
            + movement(places, row) + [.integer(places.units.count)] + trailingCells,
          marked: unit == futures.focus && index == result.years.count - 1
        )
      }
    }
    return table
  }

  private func interval(_ interval: ClosedRange<Int>?) -> [Table.Cell] {
    [interval?.lowerBound, interval?.upperBound].map(place)
  }

  private func movement(_ places: PlaceDistribution, _ row: Int) -> [Table.Cell] {
    let movement = places.movement(row)
    guard !movement.places.isNaN else {
      return [.missing("–"), .missing("–"), .missing("–")]
    }
    let up = places.probability(atMost: Int(places.baselinePlaces[row]) - 1, row)
    return [
      .signed(movement.places, decimals: 1), .value(movement.standardError, decimals: 2),
      .share(up, decimals: 1),
    ]
  }

  private func place(_ place: Int?) -> Table.Cell { place.map { .integer($0) } ?? .missing("–") }

  /// The probability of each place of the units in view, year by year; those that never came are left
  /// out. Only for files.
  func placeProbabilities() -> Table {
    var table = Table(
      name: "place_probabilities",
      title: "",
      columns: Self.unitColumns(language) + [
        Table.Column("year", ""), Table.Column("indicator", ""),
        Table.Column("rank", "", meaning: "place"),
        Table.Column("probability", "", meaning: "probability of the place, 0-1"),
        Table.Column(
          "probability_at_most",
          "",
          meaning: "probability of this place or a better one, 0-1"
        ),
      ] + trailing
    )
    for result in futures.indicators {
      for unit in futures.unitsInView {
        for year in result.years {
          guard let places = year.places(unit.level), let row = places.index(of: unit),
            places.placed(row) > 0
          else { continue }
          for place in 1...places.units.count where places.count(ofPlace: place, row) > 0 {
            table.add(
              unitCells(unit, isFirst: true) + [
                .integer(year.year), .text(result.indicator.id), .integer(place),
                .share(places.probability(ofPlace: place, row), decimals: 2),
                .share(places.probability(atMost: place, row), decimals: 2),
              ] + trailingCells
            )
          }
        }
      }
    }
    return table
  }

  /// The median place and the 90 % interval of every unit at the horizon. Only for files.
  func allPlaces() -> Table {
    var table = Table(
      name: "all_place_intervals",
      title: "",
      columns: Self.unitColumns(language) + [
        Table.Column("year", ""), Table.Column("indicator", ""),
        Table.Column("rank_baseline", ""), Table.Column("rank_mean", "", meaning: "mean place"),
        Table.Column("rank_median", ""), Table.Column("rank_90_low", ""),
        Table.Column("rank_90_high", ""),
      ] + trailing
    )
    for result in futures.indicators {
      for level in [Level.region, .municipality] {
        guard let year = result.years.last, let places = year.places(level) else { continue }
        for (row, unit) in places.units.enumerated() where places.placed(row) > 0 {
          guard let interval = places.interval(0.9, row) else { continue }
          table.add(
            unitCells(unit, isFirst: true) + [
              .integer(year.year), .text(result.indicator.id), .place(places.baselinePlaces[row]),
              .number(places.mean(row).place, decimals: 2), place(places.median(row)),
              .integer(interval.lowerBound), .integer(interval.upperBound),
            ] + trailingCells
          )
        }
      }
    }
    return table
  }

  // MARK: - Targets

  /// How likely each target is met.
  func targets() -> Table {
    var table = Table(
      name: "target_probabilities",
      title: text("Hvor sannsynlig målene nås", "How likely the targets are met"),
      columns: [
        Table.Column("target", text("Mål", "Target"), meaning: "id of the target"),
        Table.Column("kind", "", meaning: "what is claimed"),
        Table.Column("unit_code", nil, meaning: "code of the unit"),
        Table.Column("unit_name", Wording.unit[language], meaning: "name of the unit"),
        Table.Column("indicator", nil), Table.Column("year", Wording.year[language]),
        Table.Column(
          "probability",
          text("Sannsynlig, %", "Probability, %"),
          meaning: "probability that it is met, 0-1"
        ),
        Table.Column(
          "probability_error",
          "±",
          meaning: "Monte Carlo standard error of the probability"
        ),
        Table.Column(
          "without_levers",
          leverEffect == nil ? nil : text("Uten grep, %", "Without levers, %"),
          meaning: "the probability without the levers, 0-1"
        ),
        Table.Column(
          "lever_effect",
          leverEffect == nil ? nil : text("Grepene gir", "Levers add"),
          meaning: "the difference the levers make"
        ),
        Table.Column(
          "lever_effect_error",
          leverEffect == nil ? nil : "±",
          meaning: "Monte Carlo standard error of the difference, by common random numbers"
        ),
        Table.Column(
          "is_met_centrally",
          text("På midtlinjen", "On the central path"),
          meaning: "yes or no, when nothing is uncertain"
        ),
      ] + trailing
    )
    for target in futures.targets {
      let effect = leverEffect?.targets.first { $0.target == target.target.id }
      table.add(
        [
          .text(target.target.id),
          .word(target.target.kind.rawValue, shown: Wording.kind(target.target.kind)[language]),
          .text(target.unit.code), .text(target.unit.name), .text(target.indicator.id),
          .integer(target.year),
          .share(target.probability.value, decimals: 1),
          .share(target.probability.standardError, decimals: 2),
          effect.map { .share($0.base.value, decimals: 1) } ?? .missing("–"),
          effect.map { .shareDifference($0.difference, decimals: 1) } ?? .missing("–"),
          effect.map { .share($0.standardError, decimals: 2) } ?? .missing("–"),
          .word(
            target.isMetCentrally ? "yes" : "no",
            shown: target.isMetCentrally ? text("ja", "yes") : text("nei", "no")
          ),
        ] + trailingCells
      )
    }
    return table
  }

  // MARK: - Overtakes

  /// Whom the focus passes or is passed by, the likeliest first.
  ///
  /// - Parameters:
  ///   - result: The indicator.
  ///   - most: How many of each direction are listed at most.
  ///   - all: Whether the members' are listed too.
  /// - Returns: The table.
  func overtakes(_ result: IndicatorFutures, most: Int, all: Bool) -> Table {
    var table = Table(
      name: name("overtake_probabilities", result),
      title: text(
        "Hvem som passeres til \(horizon), mest sannsynlige først",
        "Who is passed by \(horizon), the likeliest first"
      ),
      columns: Self.unitColumns(language) + [
        Table.Column("direction", "", meaning: "passes, or passed_by"),
        Table.Column("other_code", Wording.code[language], meaning: "code of the other unit"),
        Table.Column("other_name", text("Den andre", "The other")),
        Table.Column("indicator", nil),
        Table.Column(
          "probability",
          text("Sannsynlig, %", "Probability, %"),
          meaning: "probability that the order at the horizon is so, 0-1"
        ),
        Table.Column("probability_error", "±", meaning: "Monte Carlo standard error"),
      ] + trailing
    )
    for unit in all ? futures.unitsInView : [futures.focus] {
      for direction in [Overtake.Direction.passes, .passedBy] {
        let mine = result.overtakes.filter { $0.unit == unit && $0.direction == direction }
        for (index, overtake) in mine.prefix(most).enumerated() {
          table.add(
            unitCells(unit, isFirst: index == 0) + [
              .word(direction.rawValue, shown: Wording.direction(direction)[language]),
              .text(overtake.other.code), .text(overtake.other.name), .text(result.indicator.id),
              .share(overtake.probability.value, decimals: 1),
              .share(overtake.probability.standardError, decimals: 2),
            ] + trailingCells
          )
        }
      }
    }
    return table
  }

  // MARK: - Parts

  private var horizon: Int { futures.scenario.horizon.value }

  private var count: String { NumberText.fixed(Double(futures.draws), decimals: 0, language) }

  private static func unitColumns(_ language: Language) -> [Table.Column] {
    [
      Table.Column("level", nil, meaning: "municipality or region"),
      Table.Column("unit_code", nil, meaning: "code of the unit; leading zeros belong to it"),
      Table.Column("unit_name", Wording.unit[language], meaning: "name of the unit"),
    ]
  }

  private func unitCells(_ unit: Unit, isFirst: Bool) -> [Table.Cell] {
    [
      .text(unit.level.rawValue), .text(unit.code),
      .word(unit.name, shown: isFirst ? unit.name : ""),
    ]
  }

  private var trailing: [Table.Column] {
    [
      Table.Column("scenario", nil), Table.Column("draws", nil, meaning: "number of futures"),
      Table.Column("seed", nil, meaning: "seed of the random numbers"),
    ]
  }

  private var trailingCells: [Table.Cell] {
    [.text(futures.scenario.id), .integer(futures.draws), .text("\(futures.seed)")]
  }
}
