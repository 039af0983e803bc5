internal import Regions
internal import Scenarios

/// The tables of a scenario's futures, for reports and files.
struct FuturesTables {
  let futures: Futures
  let language: Language

  private var isNorwegian: Bool { language == .nb }

  private func label(_ nb: String, _ en: String) -> String { isNorwegian ? nb : en }

  private static func unitCells(_ unit: Unit, _ indicator: Indicator) -> [Table.Cell] {
    [.text(unit.level.rawValue), .text(unit.code), .text(unit.name), .text(indicator.id)]
  }

  private var unitColumns: [Table.Column] {
    [
      Table.Column("level", nil, meaning: "municipality or region"),
      Table.Column(
        "unit_code",
        Wording.code[language],
        meaning: "code of the unit; leading zeros belong to it"
      ),
      Table.Column("unit_name", Wording.unit[language], meaning: "name of the unit"),
      Table.Column("indicator", nil, meaning: "id of the indicator"),
    ]
  }

  // MARK: - Places

  /// The places of units, year by year.
  ///
  /// - Parameters:
  ///   - results: The futures of indicators.
  ///   - units: The units; `nil` for all of both levels.
  ///   - name: The name of the table.
  ///   - title: Its title.
  /// - Returns: The table, a row per unit and year.
  func places(
    _ results: [IndicatorFutures],
    of units: [Unit]?,
    name: String,
    title: String
  ) -> Table {
    var table = Table(name: name, title: title, columns: unitColumns + placeColumns)
    for result in results {
      let all = [result.baseline.region, result.baseline.municipality].compactMap { $0 }
        .flatMap { $0.levels.entries.map(\.unit) }
      for unit in units ?? all {
        for year in result.years {
          guard let places = year.places(unit.level), let index = places.index(of: unit) else {
            continue
          }
          // Readers see a unit's name once.
          let isFirst = year.year == result.years[0].year
          let names: [Table.Cell] = [
            .text(unit.level.rawValue), .word(unit.code, shown: isFirst ? unit.code : ""),
            .word(unit.name, shown: isFirst ? unit.name : ""), .text(result.indicator.id),
          ]
          table.add(
            names + cells(places, index, year.year),
            marked: unit == futures.focus && year.year == futures.scenario.horizon.value
          )
        }
      }
    }
    return table
  }

  private var placeColumns: [Table.Column] {
    func bound(_ percent: Int, _ end: String, _ isShown: Bool) -> Table.Column {
      let word = end == "from" ? Wording.from[language] : Wording.to[language]
      return Table.Column(
        "rank_\(percent)_\(end)",
        isShown ? "\(percent) % \(word)" : nil,
        meaning: "\(end == "from" ? "best" : "worst") place of the \(percent) % interval"
      )
    }
    return [
      Table.Column("year", Wording.year[language], meaning: "year"),
      Table.Column("rank_baseline", nil, meaning: "place at the baseline"),
      Table.Column(
        "rank_central",
        label("Uten usikkerhet", "Without uncertainty"),
        meaning: "place on the scenario's own path, with levers"
      ),
      Table.Column("rank_median", label("Median", "Median"), meaning: "median place"),
      bound(50, "from", true), bound(50, "to", true),
      bound(80, "from", false), bound(80, "to", false),
      bound(90, "from", true), bound(90, "to", true),
      Table.Column("ranked", Wording.of[language], meaning: "number of units with a place"),
      Table.Column(
        "movement_mean",
        label("Forventet bevegelse", "Expected movement"),
        meaning: "place at the baseline minus the mean place; plus is up"
      ),
      Table.Column("movement_se", "±", meaning: "Monte Carlo standard error of movement_mean"),
      Table.Column(
        "p_up",
        label("Sjanse for framgang", "Chance to move up"),
        meaning: "probability in per cent of a better place than at the baseline"
      ),
      Table.Column("draws", nil, meaning: "number of futures drawn"),
    ]
  }

  private func cells(_ places: PlaceDistribution, _ unit: Int, _ year: Int) -> [Table.Cell] {
    func place(_ value: Int?) -> Table.Cell { value.map { .rank(Double($0)) } ?? .missing("–") }
    let intervals = [0.5, 0.8, 0.9].flatMap { share -> [Table.Cell] in
      let interval = places.interval(share, unit)
      return [place(interval?.lowerBound), place(interval?.upperBound)]
    }
    let movement = places.movement(unit)
    let start = places.baselinePlaces[unit]
    let up = start.isNaN ? .nan : places.probability(atMost: Int(start.rounded(.up)) - 1, unit)
    return [
      .integer(year), .rank(start), .rank(places.centralPlaces[unit]),
      place(places.median(unit)),
    ] + intervals + [
      .integer(places.baselinePlaces.count { !$0.isNaN }),
      movement.places.isNaN ? .missing("–") : .signed(movement.places, decimals: 1),
      error(movement.standardError, decimals: 2), percent(up), .integer(futures.draws),
    ]
  }

  private func percent(_ share: Double) -> Table.Cell {
    share.isNaN ? .missing("–") : .number(100 * share, decimals: 1)
  }

  private func error(_ value: Double, decimals: Int) -> Table.Cell {
    value.isNaN ? .missing("–") : .number(value, decimals: decimals)
  }

  /// The probability of each place of the units in view; places that never came are left out.
  func placeProbabilities() -> Table {
    var table = Table(
      name: "place_probabilities",
      title: "",
      columns: unitColumns + [
        Table.Column("year", "", meaning: "year"),
        Table.Column("rank", "", meaning: "place"),
        Table.Column("count", "", meaning: "in how many futures the unit has the place"),
        Table.Column("draws", "", meaning: "number of futures drawn"),
        Table.Column("probability", "", meaning: "probability of the place, in per cent"),
        Table.Column("cumulative", "", meaning: "probability of the place or a better one"),
      ]
    )
    for result in futures.indicators {
      for unit in futures.unitsInView {
        for year in result.years {
          guard let places = year.places(unit.level), let index = places.index(of: unit) else {
            continue
          }
          for place in 1...max(places.units.count, 1) {
            let count = places.count(ofPlace: place, index)
            guard count > 0 else { continue }
            table.add(
              Self.unitCells(unit, result.indicator) + [
                .integer(year.year), .integer(place), .integer(count), .integer(futures.draws),
                percent(places.probability(ofPlace: place, index)),
                percent(places.probability(atMost: place, index)),
              ]
            )
          }
        }
      }
    }
    return table
  }

  // MARK: - Targets and overtakings

  /// How likely each target is met, and all together.
  func targets(title: String) -> Table {
    var table = Table(
      name: "target_probabilities",
      title: title,
      columns: [
        Table.Column("target", label("Mål", "Target"), meaning: "id of the target, or all"),
        Table.Column("kind", "", meaning: "what is claimed"),
        Table.Column("level", nil, meaning: "municipality or region"),
        Table.Column("unit_code", nil, meaning: "code of the unit; leading zeros belong to it"),
        Table.Column("unit_name", Wording.unit[language], meaning: "name of the unit"),
        Table.Column("indicator", nil, meaning: "id of the indicator"),
        Table.Column("year", Wording.year[language], meaning: "year in which it is read"),
        Table.Column(
          "is_met",
          label("Uten usikkerhet", "Without uncertainty"),
          meaning: "yes or no, on the scenario's own path"
        ),
        Table.Column("count", nil, meaning: "in how many futures it is met"),
        Table.Column("draws", nil, meaning: "number of futures drawn"),
        Table.Column(
          "probability",
          label("Sannsynlighet (%)", "Probability (%)"),
          meaning: "probability in per cent that it is met"
        ),
        Table.Column("standard_error", "±", meaning: "Monte Carlo standard error, in points"),
      ]
    )
    func chance(_ probability: DrawnProbability) -> [Table.Cell] {
      [
        .integer(probability.count), .integer(probability.draws), percent(probability.value),
        error(100 * probability.standardError, decimals: 2),
      ]
    }
    for target in futures.targets {
      let isMet = target.isMetCentrally
      let shown = isMet ? label("oppfylt", "met") : label("ikke oppfylt", "not met")
      table.add(
        [
          .text(target.target.id),
          .word(target.target.kind.rawValue, shown: Wording.kind(target.target.kind)[language]),
          .text(target.unit.level.rawValue), .text(target.unit.code), .text(target.unit.name),
          .text(target.indicator.id), .integer(target.year),
          .word(isMet ? "yes" : "no", shown: shown),
        ] + chance(target.probability)
      )
    }
    if futures.targets.count > 1, let all = futures.allTargets {
      let isMet = futures.targets.allSatisfy(\.isMetCentrally)
      let shown = isMet ? label("oppfylt", "met") : label("ikke oppfylt", "not met")
      table.add(
        [
          .word("all", shown: label("alle", "all")), .text(""), .missing(""), .missing(""),
          .missing(""), .missing(""), .missing(""), .word(isMet ? "yes" : "no", shown: shown),
        ] + chance(all)
      )
    }
    return table
  }

  /// Whom units in view pass or are passed by, and how likely.
  ///
  /// - Parameters:
  ///   - results: The futures of indicators.
  ///   - units: The units in view that are wanted.
  ///   - least: The least probability that is shown.
  ///   - name: The name of the table.
  ///   - title: Its title.
  /// - Returns: The table, a row per pair.
  func overtakes(
    _ results: [IndicatorFutures],
    of units: [Unit],
    atLeast least: Double,
    name: String,
    title: String
  ) -> Table {
    var table = Table(
      name: name,
      title: title,
      columns: [
        Table.Column("level", nil, meaning: "municipality or region"),
        Table.Column("unit_code", nil, meaning: "code of the unit; leading zeros belong to it"),
        Table.Column("unit_name", Wording.unit[language], meaning: "name of the unit"),
        Table.Column("indicator", nil, meaning: "id of the indicator"),
        Table.Column("direction", "", meaning: "passes or passed_by, from baseline to horizon"),
        Table.Column("other_code", Wording.code[language], meaning: "code of the other unit"),
        Table.Column("other_name", label("Hvem", "Who"), meaning: "name of the other unit"),
        Table.Column(
          "probability",
          label("Sannsynlighet (%)", "Probability (%)"),
          meaning: "probability in per cent that it is so at the horizon"
        ),
        Table.Column("standard_error", "±", meaning: "Monte Carlo standard error, in points"),
      ]
    )
    for result in results {
      for overtake in result.overtakes
      where units.contains(overtake.unit) && overtake.probability.value >= least {
        table.add(
          Self.unitCells(overtake.unit, result.indicator) + [
            .word(
              overtake.direction.rawValue,
              shown: Wording.direction(overtake.direction)[language]
            ),
            .text(overtake.other.code), .text(overtake.other.name),
            percent(overtake.probability.value),
            error(100 * overtake.probability.standardError, decimals: 2),
          ]
        )
      }
    }
    return table
  }
}
