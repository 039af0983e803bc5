public import Composites
internal import Documents
public import Regions
internal import Statistics

/// The places of a composite as tables.
public struct CompositeReport: Sendable {
  private let scores: CompositeScores
  private let notes: CompositeNotes
  private let language: Language

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - scores: The scores.
  ///   - panel: The panel they were computed from.
  ///   - vintage: Name and version of the dataset.
  ///   - language: The language of labels.
  public init(_ scores: CompositeScores, panel: Panel, vintage: String, language: Language) {
    self.scores = scores
    self.language = language
    notes = CompositeNotes(scores, panel, vintage, language)
  }

  private func text(_ nb: String, _ en: String) -> String { language == .nb ? nb : en }

  /// The report: a table of places, and one of the indicators with year and basis.
  ///
  /// - Parameters:
  ///   - window: Which units are shown.
  ///   - marked: The codes of the units that are marked.
  /// - Returns: The report.
  public func report(_ window: CompositeWindow, marked: Set<String>) -> Report {
    let figures = scores.figures
    let composite = figures.composite
    let shown = scores.indices(in: window)
    let hasGaps = shown.contains { !scores.lacking($0).isEmpty }
    var table = Table(name: "ranking", title: "", columns: columns(hasGaps))
    for index in shown {
      let code = figures.units[index].code
      table.add(row(index), marked: marked.contains(code))
    }
    let set =
      figures.level == .region
      ? figures.division.name[language] : text("kommunene", "the municipalities")
    return Report(
      title: "\(composite.title[language]), \(composite.year.value) · \(set)",
      tables: [table, notes.indicatorTable(scores)],
      notes: counts(hidden: figures.units.count - shown.count) + [notes.method, notes.missingRule]
        + notes.end
    )
  }

  private func columns(_ hasGaps: Bool) -> [Table.Column] {
    let composite = scores.figures.composite
    let unit = scores.figures.level == .region ? Wording.region : Wording.municipality
    return [
      Table.Column("rank", Wording.place[language]),
      Table.Column("unit_code", Wording.code[language]),
      Table.Column("unit_name", unit[language]),
      Table.Column("score", CompositeWording.score[language]),
    ]
      + composite.areas.map {
        Table.Column("area_\($0.id)", $0.name[language], meaning: "value of the area")
      } + [
        Table.Column(
          "lacks",
          hasGaps ? CompositeWording.lacks[language] : nil,
          meaning: "indicators without a figure"
        ),
        Table.Column("ranked", nil, meaning: "number of units with a place"),
        Table.Column("year", nil),
        Table.Column("composite", nil),
        Table.Column("level", nil),
        Table.Column("division", nil),
        Table.Column("dataset", nil),
      ]
  }

  private func row(_ index: Int) -> [Table.Cell] {
    let figures = scores.figures
    let decimals = CompositeWording.decimals(figures.composite)
    let lacking = scores.lacking(index).map { figures.components[$0].indicator.id }
    return [
      .rank(scores.places[index]),
      .text(figures.units[index].code),
      .text(figures.units[index].name),
      .value(scores.scores[index], decimals: decimals),
    ]
      + scores.areaValues.map { .value($0[index], decimals: decimals) } + [
        .text(lacking.joined(separator: " ")),
        .integer(scores.ranked),
        .integer(figures.composite.year.value),
        .text(figures.composite.id),
        .text(figures.level.rawValue),
        .text(figures.level == .region ? figures.division.id : ""),
        .text(notes.vintage),
      ]
  }

  private func counts(hidden: Int) -> [String] {
    let all = scores.figures.units.count
    let gaps = scores.scored.count { !scores.lacking($0).isEmpty }
    var notes: [String] = []
    if hidden > 0 {
      notes.append(
        text(
          "\(hidden) enheter er ikke vist (--all viser alle).",
          "\(hidden) units are not shown (--all shows them)."
        )
      )
    }
    let lacking =
      gaps == 0
      ? "" : text("; \(gaps) av dem mangler en indikator", "; \(gaps) of them lack an indicator")
    notes.append(
      text(
        "\(scores.ranked) av \(all) enheter har poeng og plass\(lacking). ",
        "\(scores.ranked) of \(all) units have a score and a place\(lacking). "
      ) + Wording.tieRule(.competition)[language]
    )
    return notes
  }
}

/// Which units of a composite are shown.
public enum CompositeWindow: Sendable, Hashable {
  /// All units.
  case all
  /// The units with the first places.
  case top(Int)
  /// The unit at a position, and so many on each side of it.
  case around(Int, Int)
}

extension CompositeScores {
  /// The positions of the units that a window shows, in the order of their places.
  func indices(in window: CompositeWindow) -> [Int] {
    let sorted = sortedIndices
    switch window {
    case .all: return sorted
    case .top(let count): return Array(sorted.prefix(count))
    case .around(let unit, let count):
      guard let position = sorted.firstIndex(of: unit) else { return [] }
      return Array(sorted[max(0, position - count)..<min(sorted.count, position + count + 1)])
    }
  }
}

extension CompositeNotes {
  init(_ scores: CompositeScores, _ panel: Panel, _ vintage: String, _ language: Language) {
    figures = scores.figures
    var seen: Set<String> = []
    series = figures.components.flatMap(\.indicator.series)
      .filter { seen.insert($0).inserted }.compactMap { panel.series[$0] }
    self.vintage = vintage
    self.language = language
  }
}
