public import Composites
internal import Documents
public import Regions
internal import Statistics

/// How far the places of a composite depend on choices, as tables.
public struct RobustnessReport: Sendable {
  /// The draws of one level.
  public struct Part: Sendable {
    /// What was drawn.
    public let robustness: Robustness
    /// What the draws of all choices say.
    public let all: RobustnessOutcome
    /// What draws of the weights alone say; `nil` where nothing else varies, or the weights do not.
    public let weightsOnly: RobustnessOutcome?
    /// The positions of the units that are shown.
    public let shown: [Int]

    /// Creates a part.
    ///
    /// - Parameters:
    ///   - robustness: What was drawn.
    ///   - all: What the draws of all choices say.
    ///   - weightsOnly: What draws of the weights alone say.
    ///   - shown: The positions of the units that are shown.
    public init(
      _ robustness: Robustness,
      all: RobustnessOutcome,
      weightsOnly: RobustnessOutcome?,
      shown: [Int]
    ) {
      self.robustness = robustness
      self.all = all
      self.weightsOnly = weightsOnly
      self.shown = shown
    }
  }

  private let parts: [Part]
  private let focus: Unit?
  private let targets: [RobustnessTarget]
  private let notes: CompositeNotes
  private let language: Language

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - parts: The draws, those of the level in view first; there is at least one.
  ///   - focus: The unit in view, if there is one.
  ///   - targets: The targets of the first part.
  ///   - panel: The panel the scores were computed from.
  ///   - vintage: Name and version of the dataset.
  ///   - language: The language of labels.
  public init(
    _ parts: [Part],
    focus: Unit?,
    targets: [RobustnessTarget],
    panel: Panel,
    vintage: String,
    language: Language
  ) {
    precondition(!parts.isEmpty, "Something was drawn.")
    self.parts = parts
    self.focus = focus
    self.targets = targets
    self.language = language
    notes = CompositeNotes(parts[0].robustness.scores, panel, vintage, language)
  }

  private func text(_ nb: String, _ en: String) -> String { language == .nb ? nb : en }
  private var main: Part { parts[0] }
  private var settings: RobustnessSettings { main.robustness.settings }
  private var composite: Composite { main.robustness.scores.figures.composite }

  /// The report, with the tables `places`, `targets` (where there are some), `sensitivity` (where the
  /// variance was split).
  public var report: Report {
    Report(
      title: text("Hvor robuste er plassene: ", "How robust the places are: ")
        + "\(composite.title[language]), \(composite.year.value)",
      tables: [placeTable] + [targetTable, sensitivityTable].compactMap { $0 },
      notes: drawNotes + sensitivityNotes + [notes.method, notes.missingRule] + notes.shortEnd
    )
  }

  // MARK: - Places

  private var placeTable: Table {
    let hasWeights = parts.contains { $0.weightsOnly != nil }
    var columns = [
      Table.Column("level", nil),
      Table.Column("unit_code", Wording.code[language]),
      Table.Column("unit_name", Wording.unit[language]),
      Table.Column("rank", Wording.place[language]),
      Table.Column("ranked", Wording.of[language]),
      Table.Column("median", text("Median", "Median"), meaning: "over all draws"),
      Table.Column("place_05", "5 %", meaning: "place at the 5th percentile of the draws"),
      Table.Column("place_95", "95 %", meaning: "place at the 95th percentile of the draws"),
    ]
    if hasWeights {
      columns += [
        Table.Column("weights_median", text("Bare vekter", "Weights only"), meaning: "median"),
        Table.Column("weights_05", "5 %"),
        Table.Column("weights_95", "95 %"),
      ]
    }
    var table = Table(
      name: "places",
      title: text("Plasser over trekningene", "Places over the draws"),
      columns: columns
    )
    for part in parts {
      let scores = part.robustness.scores
      let rows = Dictionary(
        uniqueKeysWithValues: zip(part.all.units, part.all.units.indices)
      )
      for unit in part.shown {
        let row = rows[unit]
        var cells: [Table.Cell] = [
          .text(scores.figures.level.rawValue),
          .text(scores.figures.units[unit].code),
          .text(scores.figures.units[unit].name),
          .rank(scores.places[unit]),
          .integer(scores.ranked),
        ]
        cells += Self.quantiles(part.all, row)
        if hasWeights { cells += Self.quantiles(part.weightsOnly, row) }
        table.add(cells, marked: scores.figures.units[unit] == focus)
      }
    }
    return table
  }

  private static func quantiles(_ outcome: RobustnessOutcome?, _ row: Int?) -> [Table.Cell] {
    [0.5, 0.05, 0.95].map { probability in
      guard let outcome, let row, let place = outcome.tally.quantile(probability, row) else {
        return .missing("–")
      }
      return .integer(place)
    }
  }

  // MARK: - Targets

  private var targetTable: Table? {
    guard !targets.isEmpty else { return nil }
    let isDouble = main.weightsOnly != nil
    let isWeights = settings.factors == [.weights]
    var columns = [Table.Column("target", text("Påstand", "Statement"))]
    if isDouble || isWeights {
      columns += [
        Table.Column("weights_share", text("Av vektene, %", "Of the weights, %")),
        Table.Column("weights_low", text("95 % fra", "95% from")),
        Table.Column("weights_high", Wording.to[language]),
      ]
    }
    if !isWeights {
      columns += [
        Table.Column("share", text("Av alle valg, %", "Of all choices, %")),
        Table.Column("low", text("95 % fra", "95% from")),
        Table.Column("high", Wording.to[language]),
      ]
    }
    var table = Table(
      name: "targets",
      title: text("I hvor mange av trekningene det holder", "In how many of the draws it holds"),
      columns: columns
    )
    for (index, target) in targets.enumerated() {
      var cells: [Table.Cell] = [.text(words(target))]
      if let weights = main.weightsOnly { cells += Self.share(weights.targets[index]) }
      cells += Self.share(main.all.targets[index])
      table.add(cells)
    }
    return table
  }

  private static func share(_ share: RobustnessOutcome.Share) -> [Table.Cell] {
    let interval = WilsonInterval(successes: Double(share.count), trials: Double(share.draws))
    return [
      .share(share.value, decimals: 1), .share(interval.lower, decimals: 1),
      .share(interval.upper, decimals: 1),
    ]
  }

  private func words(_ target: RobustnessTarget) -> String {
    let units = main.robustness.scores.figures.units
    return switch target {
    case .place(let unit, let place):
      text(
        "\(units[unit].name) blant de \(place) første",
        "\(units[unit].name) in the top \(place)"
      )
    case .above(let unit, let other):
      text(
        "\(units[unit].name) over \(units[other].name)",
        "\(units[unit].name) above \(units[other].name)"
      )
    }
  }

  // MARK: - Sensitivity

  private var sensitivityTable: Table? {
    guard !main.all.sensitivities.isEmpty else { return nil }
    func columns(_ key: String, _ title: String) -> [Table.Column] {
      [
        Table.Column("\(key)_first", "S"), Table.Column("\(key)_first_error", "±"),
        Table.Column("\(key)_total", "S_T (\(title))"), Table.Column("\(key)_total_error", "±"),
      ]
    }
    var table = Table(
      name: "sensitivity",
      title: text("Hva variasjonen skyldes", "What the variation is due to"),
      columns: [Table.Column("factor", text("Valg", "Choice"))]
        + (focus == nil ? [] : columns("place", text("plass", "place")))
        + columns("shift", text("skift", "shift"))
    )
    func cells(_ index: SobolIndices.Index) -> [Table.Cell] {
      [.value(index.value, decimals: 2), .value(index.standardError, decimals: 3)]
    }
    for item in main.all.sensitivities {
      let shown = CompositeWording.factor(item.factor)[language]
      var row: [Table.Cell] = [.word(item.factor.rawValue, shown: shown)]
      if focus != nil { row += cells(item.placeFirst) + cells(item.placeTotal) }
      table.add(row + cells(item.shiftFirst) + cells(item.shiftTotal))
    }
    return table
  }

  private var sensitivityNotes: [String] {
    guard !main.all.sensitivities.isEmpty else { return [] }
    let whom = focus.map { text("plassen til \($0.name)", "the place of \($0.name)") }
    let about = [whom, text("gjennomsnittlig skift", "the average shift")].compactMap { $0 }
      .joined(separator: text(" og ", " and "))
    return [
      text(
        "S: andelen av variansen i \(about) som blir borte når bare dette valget er gitt. S_T: andelen "
          + "som er igjen når alle de andre er gitt (Sobol; Saltelli mfl. 2010, Jansen 1999). ±: "
          + "standardfeil av simuleringen.",
        "S: the share of the variance of \(about) that goes when this choice alone is given. S_T: the "
          + "share left when all others are given (Sobol; Saltelli et al. 2010, Jansen 1999). ±: "
          + "standard error of the simulation."
      )
    ]
  }

  // MARK: - Notes

  private var drawNotes: [String] {
    let factors = settings.orderedFactors.map { CompositeWording.factor($0)[language] }
      .joined(separator: ", ")
    let draws = NumberText.fixed(Double(settings.draws), decimals: 0, language)
    var notes = [
      text(
        "\(draws) trekninger, startverdi \(settings.seed). Det som varierer: \(factors).",
        "\(draws) draws, seed \(settings.seed). What varies: \(factors)."
      )
    ]
    if settings.factors.contains(.weights) { notes.append(scheme) }
    notes += choiceNotes
    for part in parts {
      let shifts = part.all.shifts
      let mean = shifts.reduce(0, +) / Double(shifts.count)
      let level =
        part.robustness.scores.figures.level == .region
        ? text("regionene", "the regions") : text("kommunene", "the municipalities")
      let high = quantile(0.95, of: shifts) ?? .nan
      notes.append(
        text(
          "Gjennomsnittlig skift i plass for \(level): "
            + "\(NumberText.fixed(mean, decimals: 1, language)) plasser per enhet, 95-prosentil "
            + "\(NumberText.fixed(high, decimals: 1, language)).",
          "Average shift in rank of \(level): \(NumberText.fixed(mean, decimals: 1, language)) "
            + "places a unit, 95th percentile \(NumberText.fixed(high, decimals: 1, language))."
        )
      )
    }
    return notes
  }

  private var scheme: String {
    switch settings.scheme {
    case .dirichlet(let concentration):
      let number = CompositeWording.written(concentration, language)
      return text(
        "Vektene: Dirichlet-fordelt rundt sammensetningens egne, konsentrasjon \(number).",
        "Weights: Dirichlet around the composite's own, concentration \(number)."
      )
    case .spread(let spread):
      let percent = CompositeWording.written(100 * spread, language)
      return text(
        "Vektene: hver inntil \(percent) prosent større eller mindre.",
        "Weights: each up to \(percent) per cent larger or smaller."
      )
    }
  }

  private var choiceNotes: [String] {
    guard settings.factors.contains(.aggregation) || composite.aggregation.value == .geometric
    else {
      return []
    }
    let list = main.robustness.shifts.map { item in
      "\(CompositeWording.normalisation(item.normalisation)[language]) +"
        + NumberText.fixed(item.shift, decimals: 2, language)
    }
    return [
      text(
        "Det geometriske gjennomsnittet krever verdier over 0. De heves slik: "
          + "\(list.joined(separator: ", ")).",
        "The geometric mean needs values above 0. They are raised: "
          + "\(list.joined(separator: ", "))."
      )
    ]
  }
}

extension RobustnessReport {
  /// The parameters and results of every draw of the first part, as CSV.
  ///
  /// - Returns: One row a draw: the choices, the weights, the place of the unit in view, the average
  ///   shift in rank, and whether each target holds.
  /// - Complexity: O(*s* *k*), with *s* draws and *k* indicators.
  public var drawsCSV: String {
    let ids = main.robustness.scores.figures.components.map(\.indicator.id)
    let choices = ["normalisation", "aggregation", "winsorised", "scale", "left_out", "shift"]
    let names =
      ["draw"] + choices + ids.map { "weight_\($0)" } + (focus == nil ? [] : ["rank"])
      + ["average_shift"] + targets.indices.map { "target_\($0 + 1)" }
    let columns = names.map { Table.Column($0, $0) }
    var text = ""
    // Some rows at a time: the cells of a million would fill the memory.
    for first in stride(from: 0, to: settings.draws, by: 4096) {
      let draws = first..<min(first + 4096, settings.draws)
      let rows = draws.map { drawRow($0, ids) }
      let part = Table(name: "draws", title: "", columns: columns, rows: rows).csv()
      let header = part.firstIndex(of: "\n").map(part.index(after:)) ?? part.startIndex
      text += first == 0 ? part : String(part[header...])
    }
    return text
  }

  private func drawRow(_ draw: Int, _ ids: [String]) -> [Table.Cell] {
    let parameters = main.robustness.parameters(ofDraw: draw)
    var row: [Table.Cell] = [
      .integer(draw),
      .text(parameters.normalisation.rawValue),
      .text(parameters.aggregation.rawValue),
      .text(
        parameters.winsorising.map {
          NumberText.exact(100 * $0.low) + "-" + NumberText.exact(100 * $0.high)
        } ?? "no"
      ),
      .text(parameters.usesBaseWindow ? "window" : "year"),
      .text(parameters.leftOut.map { ids[$0] } ?? ""),
      .number(parameters.shift, decimals: 3),
    ]
    row += parameters.weights.map { .number($0, decimals: 6) }
    if focus != nil { row.append(.integer(main.all.places[draw])) }
    row.append(.number(main.all.shifts[draw], decimals: 3))
    row += main.all.held.map { .integer($0[draw] ? 1 : 0) }
    return row
  }
}
