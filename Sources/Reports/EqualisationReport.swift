public import Regions
internal import Statistics

/// The income equalisation of one year as tables: before and after, what growth is worth, and what a
/// change of revenue gives.
public struct EqualisationReport: Sendable {
  private let standings: EqualisationStandings
  private let rule: EqualisationRule?
  private let vintage: String
  private let wording: EqualisationWording
  private var language: Language { wording.language }
  private var equalisation: IncomeEqualisation { standings.equalisation }

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - standings: The equalisation and the places.
  ///   - rule: The row of the dataset that its rates are from; `nil` when they were given.
  ///   - vintage: Name and version of the dataset.
  ///   - language: The language of labels.
  public init(
    _ standings: EqualisationStandings,
    rule: EqualisationRule?,
    vintage: String,
    language: Language
  ) {
    self.standings = standings
    self.rule = rule
    self.vintage = vintage
    wording = EqualisationWording(language: language)
  }

  /// The report.
  ///
  /// - Parameters:
  ///   - units: The units that are shown, in this order.
  ///   - marked: Those among them that are marked.
  ///   - changed: The standings after a change of revenue, if one is asked for.
  ///   - notes: What else a reader must know, before the dataset's name.
  /// - Returns: The report.
  public func report(
    of units: [Unit],
    marked: Set<Unit>,
    changed: EqualisationStandings?,
    notes: [String]
  ) -> Report {
    var tables = [before(units, marked), kept(units, marked)]
    var own = [
      wording.country(equalisation), wording.origin(equalisation.rates, rule),
      wording.formula(equalisation.rates), wording.keptNote(isGiven: equalisation.given != nil),
    ]
    if let changed {
      let table = RetentionTable(
        earlier: standings,
        later: changed,
        language: language,
        words: (wording.text("nå", "now"), wording.text("da", "then"))
      )
      tables.insert(changes(units, marked, table), at: 0)
      own += table.crossingNotes() + othersNote(changed)
    }
    return Report(
      title: wording.text("Inntektsutjevningen", "The income equalisation") + ", \(standings.year)",
      tables: tables.filter { !$0.rows.isEmpty },
      notes: own + partialNotes(units) + [
        rankedNote, wording.orderNote, Wording.tieRule(.competition)[language],
      ] + notes
        + [Wording.dataset(vintage, language)]
    )
  }

  // MARK: - Tables

  private var unitColumns: [Table.Column] {
    [
      Table.Column("unit_code", Wording.code[language]),
      Table.Column("unit_name", Wording.unit[language]),
      Table.Column("level", nil),
      Table.Column("year", nil),
    ]
  }

  private func unitCells(_ unit: Unit) -> [Table.Cell] {
    [.text(unit.code), .text(unit.name), .text(unit.level.rawValue), .integer(standings.year)]
  }

  private func before(_ units: [Unit], _ marked: Set<Unit>) -> Table {
    let percent = wording.text("% av landet", "% of country")
    let place = Wording.place[language]
    var table = Table(
      name: "equalisation",
      title: wording.text(
        "Skatt per innbygger før og etter utjevning, kroner",
        "Tax per inhabitant before and after equalisation, kroner"
      ),
      columns: unitColumns + [
        Table.Column("population", wording.text("Innbyggere", "Inhabitants")),
        Table.Column("tax", nil),
        Table.Column("before", wording.text("Før", "Before")),
        Table.Column("before_percent", percent),
        Table.Column("rank_before", place),
        Table.Column("supplement", wording.text("Utjevning", "Supplement")),
        Table.Column("supplement_total", wording.text("Utjevning i alt", "Supplement in all")),
        Table.Column("after", wording.text("Etter", "After")),
        Table.Column("after_percent", percent),
        Table.Column("rank_after", place),
        Table.Column("ranked", nil),
        Table.Column("basis", Wording.basis[language]),
        Table.Column("krone_kept", nil),
        Table.Column("one_percent_own", nil),
        Table.Column("one_percent_kept", nil),
        Table.Column("to_threshold", nil),
        Table.Column("krone_kept_above", nil),
        Table.Column("average", nil),
        Table.Column("deduction", nil),
        Table.Column("alpha", nil),
        Table.Column("beta", nil),
        Table.Column("threshold", nil),
        Table.Column("dataset", nil),
      ]
    )
    for unit in units {
      guard let standing = standings.standing(of: unit) else { continue }
      let sums = equalisation.sums(at: standing.parts)
      let rates = equalisation.rates
      let isThere = !standing.before.isNaN
      table.add(
        unitCells(unit) + [
          .value(standing.population, decimals: 0), .value(standing.tax, decimals: 0),
          .value(standing.before, decimals: 0),
          .value(100 * standing.before / equalisation.average, decimals: 1),
          .rank(standing.placeBefore),
          isThere ? .signed(standing.supplement, decimals: 0) : .missing("–"),
          isThere ? .signed(sums.supplement, decimals: 0) : .missing("–"),
          .value(standing.after, decimals: 0),
          .value(100 * standing.after / equalisation.average, decimals: 1),
          .rank(standing.placeAfter), .integer(standing.ranked),
          .status(standing.status, language),
        ] + growth(of: unit, standing).fileCells + [
          .value(equalisation.average, decimals: 2), .value(equalisation.deduction, decimals: 2),
          .number(rates.alpha, decimals: 2), .number(rates.beta, decimals: 2),
          .number(rates.threshold, decimals: 2), .text(vintage),
        ],
        marked: marked.contains(unit)
      )
    }
    return table
  }

  private func kept(_ units: [Unit], _ marked: Set<Unit>) -> Table {
    let line = wording.threshold(equalisation.rates)
    let hasBelow = equalisation.rates.beta > 0
    var table = Table(
      name: "kept",
      title: wording.text(
        "Hva egen vekst er verdt, kroner per innbygger",
        "What own growth is worth, kroner per inhabitant"
      ),
      columns: unitColumns + [
        Table.Column("krone_kept", wording.text("Av en krone, %", "Of a krone, %")),
        Table.Column("own_growth", wording.text("1 % egen skatt", "1 % own tax")),
        Table.Column("kept", wording.text("Beholdt", "Kept")),
        Table.Column("kept_share", wording.text("Beholdt, %", "Kept, %")),
        Table.Column("kept_total", wording.text("Beholdt i alt", "Kept in all")),
        Table.Column("to_threshold", hasBelow ? wording.text("Til \(line)", "To \(line)") : nil),
        Table.Column(
          "krone_kept_above",
          hasBelow ? wording.text("Av en krone over, %", "Of a krone above, %") : nil
        ),
      ]
    )
    for unit in units {
      guard let standing = standings.standing(of: unit), !standing.before.isNaN else { continue }
      let growth = growth(of: unit, standing)
      table.add(
        unitCells(unit) + [
          growth.krone, .value(growth.onePercent.ownPerInhabitant, decimals: 0),
          .value(growth.onePercent.keptPerInhabitant, decimals: 0),
          growth.onePercent.share.map { .share($0, decimals: 1) } ?? .missing("–"),
          .value(growth.onePercent.kept, decimals: 0), growth.distance, growth.kroneAbove,
        ],
        marked: marked.contains(unit)
      )
    }
    return table
  }

  /// What growth of a unit's own revenue is worth.
  private struct Growth {
    let krone: Table.Cell
    let onePercent: IncomeEqualisation.Retention
    let distance: Table.Cell
    let kroneAbove: Table.Cell

    var fileCells: [Table.Cell] {
      [
        krone, .value(onePercent.ownPerInhabitant, decimals: 0),
        .value(onePercent.keptPerInhabitant, decimals: 0), distance, kroneAbove,
      ]
    }
  }

  private func growth(of unit: Unit, _ standing: EqualisationStandings.Standing) -> Growth {
    // A region's members may lie on both sides of the threshold.
    let single = unit.level == .municipality ? standing.parts.first : nil
    let krone =
      single.map { equalisation.shareKept(at: $0) }
      ?? equalisation.retention(addingPerInhabitant: 1, at: standing.parts).share
    func share(_ value: Double?) -> Table.Cell {
      guard let value, !value.isNaN else { return .missing("–") }
      return .share(value, decimals: 1)
    }
    let below = single.flatMap { equalisation.distanceToThreshold(at: $0) == nil ? nil : $0 }
    return Growth(
      krone: share(krone),
      onePercent: equalisation.retention(growingBy: 1.01, at: standing.parts),
      distance: below.flatMap { equalisation.distanceToThreshold(at: $0) }
        .map { .value($0, decimals: 0) } ?? .missing("–"),
      kroneAbove: share(below.map { equalisation.shareKept(at: $0, isBelow: false) })
    )
  }

  private func changes(
    _ units: [Unit],
    _ marked: Set<Unit>,
    _ retention: RetentionTable
  ) -> Table {
    var table = Table(
      name: "change",
      title: wording.text("Hva endringen gir", "What the change gives"),
      columns: retention.columns(unitColumns)
    )
    for unit in units {
      guard let cells = retention.cells(unit) else { continue }
      table.add(unitCells(unit) + cells, marked: marked.contains(unit))
    }
    return table
  }

  // MARK: - Notes

  private var rankedNote: String {
    let ranked = [Level.municipality, .region].map { standings.units(at: $0).count }
    return wording.text(
      "Rangert: kommuner \(ranked[0]), regioner \(ranked[1]).",
      "Ranked: municipalities \(ranked[0]), regions \(ranked[1])."
    )
  }

  private func partialNotes(_ units: [Unit]) -> [String] {
    let partial = units.compactMap { unit -> String? in
      guard let missing = standings.standing(of: unit)?.membersMissing, !missing.isEmpty else {
        return nil
      }
      let names = missing.joined(separator: ", ")
      return "\(unit.name) (\(wording.text("uten", "without")) \(names))"
    }
    guard !partial.isEmpty else { return [] }
    let head = wording.text("Bare delvis dekket", "Partly covered")
    return ["\(head): \(partial.joined(separator: "; "))."]
  }

  /// What those whose own revenue has not changed get of it.
  private func othersNote(_ changed: EqualisationStandings) -> [String] {
    let (then, now) = (equalisation, changed.equalisation)
    guard then.given == nil else { return [] }
    let others = now.tax.indices.filter { now.tax[$0] == then.tax[$0] }
    let kept = now.retention(at: others, since: then)
    let amount = NumberText.signed(kept.kept, decimals: 0, language)
    let each = NumberText.signed(kept.keptPerInhabitant, decimals: 2, language)
    return [
      wording.text(
        "Alle andre kommuner til sammen: \(amount) kr (\(each) kr per innbygger).",
        "All other municipalities together: \(amount) kr (\(each) kr per inhabitant)."
      )
    ]
  }

  /// How far the computed revenue after equalisation is from that published.
  ///
  /// - Parameters:
  ///   - published: The published revenue per inhabitant after equalisation, per position.
  ///   - series: Its series.
  ///   - isEstimated: Whether the revenue before is an estimate, computed back from that published.
  /// - Returns: The note, if there are published figures.
  public func comparisonNotes(
    published: [Double],
    series: Series,
    isEstimated: Bool
  ) -> [String] {
    let present = published.indices.filter {
      !published[$0].isNaN && equalisation.isPresent($0)
    }
    let differences = present.map { (equalisation.after[$0] - published[$0]).magnitude }
    guard let largest = differences.max() else { return [] }
    let mean = differences.reduce(0, +) / Double(differences.count)
    let numbers = [largest, mean].map { NumberText.fixed($0, decimals: 2, language) }
    let caution =
      isEstimated
      ? wording.text(
        " Tallene før er anslag regnet tilbake fra dem, så dette prøver regningen, ikke satsene.",
        " The figures before are estimates computed back from them, so this tries the arithmetic, not "
          + "the rates."
      ) : ""
    return [
      wording.text(
        "Mot de publiserte tallene etter utjevning (\(series.id), \(present.count) kommuner): største "
          + "avvik \(numbers[0]) kr, i snitt \(numbers[1]) kr.",
        "Against the published figures after equalisation (\(series.id), \(present.count) "
          + "municipalities): largest difference \(numbers[0]) kr, mean \(numbers[1]) kr."
      ) + caution
    ]
  }
}
