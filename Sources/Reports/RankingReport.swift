public import Regions
public import Statistics

/// Which rows of a ranking are shown.
public enum RankingWindow: Sendable, Hashable {
  /// All units.
  case all
  /// The units with the first places.
  case top(Int)
  /// A unit and so many on each side of it.
  case around(Unit, Int)
  /// The units that may truly have one of the first places, by their confidence sets.
  case mayBeTop(Int, RankConfidenceSets)
}

/// A ranking as a table.
public struct RankingReport: Sendable {
  private let ranking: Ranking
  private let series: [Series]
  private let vintage: String
  private let register: MunicipalityRegister
  private let language: Language
  private let confidence: PlaceConfidence?

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - ranking: The ranking.
  ///   - panel: The panel it was computed from.
  ///   - vintage: Name and version of the dataset.
  ///   - language: The language of labels.
  ///   - confidence: Between which places the units may truly be, if that is shown.
  public init(
    _ ranking: Ranking,
    panel: Panel,
    vintage: String,
    language: Language,
    confidence: PlaceConfidence? = nil
  ) {
    self.ranking = ranking
    series = ranking.levels.indicator.series.compactMap { panel.series[$0] }
    register = panel.register
    self.vintage = vintage
    self.language = language
    self.confidence = confidence
  }

  /// The report.
  ///
  /// - Parameters:
  ///   - window: Which rows are shown.
  ///   - context: What the set of units is, such as the name of the division.
  ///   - peerNotes: What a reader must know of the peers.
  /// - Returns: The report.
  public func report(
    _ window: RankingWindow,
    context: String,
    peerNotes: [String] = []
  ) -> Report {
    let indicator = ranking.levels.indicator
    let unitName = Wording.unitName(indicator.unit)[language]
    var table = Table(name: "ranking", title: "", columns: columns)
    for index in ranking.indices(in: window) {
      let isFocus: Bool
      if case .around(let unit, _) = window {
        isFocus = ranking.levels.entries[index].unit.code == unit.code
      } else {
        isFocus = false
      }
      table.add(row(index), marked: isFocus)
    }
    return Report(
      title: "\(indicator.name[language]) (\(unitName)), \(ranking.levels.year) · \(context)",
      tables: [table],
      notes: notes(hidden: ranking.levels.entries.count - table.rows.count, window, peerNotes)
    )
  }

  private var columns: [Table.Column] {
    let isRegion = ranking.levels.level == .region
    let hasParts = ranking.levels.entries.contains { $0.denominator != nil }
    let indicator = ranking.levels.indicator
    let hasNumerator = hasParts && indicator.aggregation == .ratioOfSums
    let isDated = ranking.levels.entries.contains { $0.oldestYear != ranking.levels.year }
    let place = [Table.Column("rank", Wording.place[language])]
    return place + (confidence?.placeColumns(language) ?? []) + [
      Table.Column("unit_code", Wording.code[language]),
      Table.Column("unit_name", (isRegion ? Wording.region : Wording.municipality)[language]),
      Table.Column("year", nil),
      Table.Column("value", Wording.value[language]),
      Table.Column("ranked", nil),
      Table.Column("carried", nil),
      Table.Column("numerator", hasNumerator ? Wording.numerator[language] : nil),
      Table.Column("denominator", hasNumerator ? Wording.denominator[language] : nil),
      Table.Column("basis", Wording.basis[language]),
      Table.Column("figure_year", isDated ? Wording.year[language] : nil),
      Table.Column("members_missing", nil),
      Table.Column("indicator", nil),
      Table.Column("unit", nil),
      Table.Column("level", nil),
      Table.Column("division", nil),
      Table.Column("tie_rule", nil),
      Table.Column("dataset", nil),
    ] + (confidence == nil ? [] : PlaceConfidence.fileColumns)
  }

  private func row(_ index: Int) -> [Table.Cell] {
    let entry = ranking.levels.entries[index]
    let indicator = ranking.levels.indicator
    let isPresent = !entry.value.isNaN
    let amount = series.first { $0.id == indicator.numerator }?.decimals ?? 0
    let missingNames = entry.membersMissing.map { register.unit(at: $0).name }
    let place: [Table.Cell] = [.rank(ranking.places[index])]
    return place + (confidence?.placeCells(index) ?? []) + [
      .text(entry.unit.code),
      .text(entry.unit.name),
      .integer(ranking.levels.year),
      .value(entry.value, decimals: indicator.decimals),
      .integer(ranking.ranked),
      .integer(ranking.carried),
      .value(entry.numerator, decimals: amount),
      entry.denominator.map { .value($0, decimals: 0) } ?? .missing(""),
      .status(entry.status, language),
      isPresent ? .integer(entry.oldestYear) : .missing(""),
      .text(missingNames.joined(separator: " ")),
      .text(indicator.id),
      .text(indicator.unit.rawValue),
      .text(ranking.levels.level.rawValue),
      .text(ranking.levels.division ?? ""),
      .text(ranking.ties.rawValue),
      .text(vintage),
    ] + (confidence?.fileCells(index) ?? [])
  }

  private func notes(
    hidden: Int,
    _ window: RankingWindow,
    _ peerNotes: [String]
  ) -> [String] {
    let nb = language == .nb
    // Members of a combined unit that has a place are no units of that year.
    let units = ranking.levels.entries.count { $0.status != .missing(.combined) }
    var notes: [String] = []
    if hidden > 0 {
      notes.append(
        nb
          ? "\(hidden) enheter er ikke vist (--all viser alle)."
          : "\(hidden) units are not shown (--all shows them)."
      )
    }
    let isPublished = ranking.levels.indicator.aggregation == .publishedRank
    notes += isPublished ? [publishedNote] : countNotes(units)
    notes += confidence?.notes(shownBest: window.shownBest, language) ?? []
    let bases = ranking.basisCounts.map { "\($0.count) \(Wording.basis($0.basis)[language])" }
    notes.append("\(Wording.basis[language]): \(bases.joined(separator: ", ")).")
    notes += carriedNote
    notes += peerNotes
    notes += combinedNote(window)
    notes += partialNote
    if let country = ranking.levels.country, ranking.levels.indicator.aggregation != .sum {
      let decimals = ranking.levels.indicator.decimals
      notes.append(
        (nb ? "Landet: " : "The country: ")
          + NumberText.fixed(country, decimals: decimals, language) + "."
      )
    }
    let indicator = ranking.levels.indicator
    if let denominator = indicator.denominator {
      notes.append(
        "\(Wording.numerator[language]): \(indicator.numerator). "
          + "\(Wording.denominator[language]): \(denominator)."
      )
    }
    notes += series.map { $0.sourceNote(language) }
    notes.append(
      (nb ? "Mer om en serie: " : "More on a series: ")
        + "regionsim data show \(ranking.levels.indicator.numerator)."
    )
    notes.append(Wording.dataset(vintage, language))
    return notes
  }

  private func countNotes(_ units: Int) -> [String] {
    let nb = language == .nb
    let isLargestFirst = ranking.order == .largestFirst
    let isThin = 2 * ranking.ranked < units
    let thin =
      nb
      ? "Færre enn halvparten har tall: en plass blant dem sier lite."
      : "Fewer than half have a figure: a place among them says little."
    return (isThin ? [thin] : []) + [
      (nb
        ? "\(ranking.ranked) av \(units) enheter har tall og plass. "
        : "\(ranking.ranked) of \(units) units have a figure and a place. ")
        + Wording.tieRule(ranking.ties)[language],
      nb
        ? "Plass 1 har \(isLargestFirst ? "høyest" : "lavest") verdi; uavrundede verdier rangeres."
        : "Place 1 has the \(isLargestFirst ? "highest" : "lowest") value; unrounded values are "
          + "ranked.",
    ]
  }

  private var publishedNote: String {
    let known = ranking.levels.values.count { !$0.isNaN }
    return language == .nb
      ? "Publiserte plasser, slik de er: \(ranking.ranked) ble rangert, \(known) av plassene er i "
        + "datasettet."
      : "Published places, as they are: \(ranking.ranked) were ranked, \(known) of the places are "
        + "in the dataset."
  }

  private var carriedNote: [String] {
    guard ranking.carried > 0 else { return [] }
    let carried = ranking.levels.entries.filter { $0.status.basis == .carried }
    let years = Set(carried.map(\.oldestYear)).sorted().map(String.init).joined(separator: ", ")
    return [
      language == .nb
        ? "Av de rangerte bygger \(ranking.carried) på videreførte tall (fra \(years))."
        : "Of the ranked units, \(ranking.carried) rest on carried values (from \(years))."
    ]
  }

  /// Where the figure of the unit in view stands when it is published together with others'.
  private func combinedNote(_ window: RankingWindow) -> [String] {
    guard case .around(let unit, _) = window, let index = ranking.index(of: unit),
      ranking.levels.entries[index].status == .missing(.combined),
      let position = register.position(ofCode: unit.code)
    else { return [] }
    let units = register.combinedUnits.filter { combined in
      combined.members.contains(position)
        && ranking.levels.entries.contains { $0.unit.code == combined.code && !$0.value.isNaN }
    }
    return units.map { combined in
      let name = "\(combined.code) \(combined.name)"
      return language == .nb
        ? "\(unit.name) har ikke egne tall det året; de står under \(name)."
        : "\(unit.name) has no figures of its own that year; they stand under \(name)."
    }
  }

  private var partialNote: [String] {
    let partial = ranking.levels.entries.filter { !$0.membersMissing.isEmpty && !$0.value.isNaN }
    guard !partial.isEmpty else { return [] }
    let list = partial.map { entry in
      let names = entry.membersMissing.map { register.unit(at: $0).name }.joined(separator: ", ")
      return "\(entry.unit.name) (\(language == .nb ? "uten" : "without") \(names))"
    }
    let text = list.joined(separator: "; ")
    return [language == .nb ? "Delvis dekket: \(text)." : "Partly covered: \(text)."]
  }
}

extension Ranking {
  /// The entries that a window shows, in the order of their places.
  public func indices(in window: RankingWindow) -> [Int] {
    let sorted = sortedIndices
    switch window {
    case .all: return sorted
    case .top(let count): return Array(sorted.prefix(count))
    case .around(let unit, let count):
      guard let index = index(of: unit),
        let position = sorted.firstIndex(of: index)
      else { return [] }
      return Array(sorted[max(0, position - count)..<min(sorted.count, position + count + 1)])
    case .mayBeTop(let count, let sets):
      let best = Set(sets.best(count))
      return sorted.filter(best.contains)
    }
  }
}

extension RankingWindow {
  fileprivate var shownBest: Int? {
    guard case .mayBeTop(let count, _) = self else { return nil }
    return count
  }
}

extension Table.Cell {
  /// The basis of a value, or why there is none.
  static func status(_ status: FigureStatus, _ language: Language) -> Table.Cell {
    let shown =
      switch status {
      case .present(let basis): Wording.basis(basis)[language]
      case .missing(let reason): Wording.reason(reason)[language]
      }
    return .word(status.word, shown: shown)
  }

  /// A value with decimals, or a dash where it is missing.
  static func value(_ value: Double, decimals: Int) -> Table.Cell {
    value.isNaN ? .missing("–") : .number(value, decimals: decimals)
  }

  /// A place, or a dash where there is none.
  static func rank(_ place: Double) -> Table.Cell { place.isNaN ? .missing("–") : .place(place) }

  /// A movement in places, or a dash where there is none.
  static func movement(_ places: Double) -> Table.Cell {
    places.isNaN
      ? .missing("–") : .signed(places, decimals: places == places.rounded() ? 0 : 1)
  }
}
