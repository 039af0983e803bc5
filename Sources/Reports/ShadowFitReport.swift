public import Composites
internal import Documents
public import Regions

/// How well a composite follows published places, as tables.
public struct ShadowFitReport: Sendable {
  /// A figure that is changed, as it was asked for.
  public struct Change: Sendable, Hashable {
    /// The position of the unit.
    public let unit: Int
    /// The position of the indicator.
    public let component: Int
    /// The value that the indicator then has.
    public let value: Double

    /// Creates a change.
    public init(unit: Int, component: Int, value: Double) {
      self.unit = unit
      self.component = component
      self.value = value
    }
  }

  private let fit: ShadowFit
  private let changes: [Change]
  private let notes: CompositeNotes
  private let language: Language

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - fit: The fit.
  ///   - changes: The figures that change, of units with a score and a published place.
  ///   - panel: The panel the scores were computed from.
  ///   - vintage: Name and version of the dataset.
  ///   - language: The language of labels.
  public init(
    _ fit: ShadowFit,
    changes: [Change],
    panel: Panel,
    vintage: String,
    language: Language
  ) {
    self.fit = fit
    self.changes = changes
    self.language = language
    notes = CompositeNotes(fit.scores, panel, vintage, language)
  }

  private func text(_ nb: String, _ en: String) -> String { language == .nb ? nb : en }
  private var figures: CompositeFigures { fit.scores.figures }
  private var gate: FitGate { figures.composite.gate }

  /// The report, with the tables `fit`, `errors` and, where figures change, `what_if`.
  public var report: Report {
    Report(
      title: text("Skygge av publiserte plasser: ", "Shadow of published places: ")
        + "\(figures.composite.title[language]), \(figures.composite.year.value)",
      tables: [fitTable, errorTable] + (changes.isEmpty ? [] : [outcomeTable]),
      notes: [verdict] + (changes.isEmpty ? [] : outcomeNotes) + [sourceNote, notes.method]
        + notes.shortEnd
    )
  }

  /// What the gate decides, in a sentence.
  public var verdict: String {
    let count = fit.comparisons.count
    switch fit.verdict {
    case .places:
      return text(
        "Skyggen følger de publiserte plassene godt nok til å si plasser.",
        "The shadow follows the published places well enough to say places."
      )
    case .tooFew:
      return text(
        "Bare \(count) enheter har både publisert plass og poeng; minst \(gate.units) trengs. Skyggen "
          + "sier derfor ingen plasser.",
        "Only \(count) units have both a published place and a score; at least \(gate.units) are needed. "
          + "So the shadow says no places."
      )
    case .directionOnly:
      return text(
        "Skyggen følger de publiserte plassene for dårlig (\(shownFit)) til å si plasser: bare "
          + "retningen vises.",
        "The shadow follows the published places too poorly (\(shownFit)) to say places: only the "
          + "direction is shown."
      )
    }
  }

  private func number(_ value: Double, _ decimals: Int) -> String {
    value.isNaN ? "–" : NumberText.fixed(value, decimals: decimals, language)
  }

  private var shownFit: String {
    let error = number(fit.meanError, 1)
    return "ρ \(number(fit.spearman ?? .nan, 3)), "
      + text("gjennomsnittlig feil \(error) plasser", "mean error \(error) places")
  }

  private var fitTable: Table {
    var table = Table(
      name: "fit",
      title: text("Hvor godt skyggen følger de publiserte", "How well the shadow follows"),
      columns: [
        Table.Column("measure", Wording.measure[language]),
        Table.Column("value", Wording.value[language]),
        Table.Column("required", text("Krav", "Required")),
      ]
    )
    func add(_ key: String, _ shown: String, _ value: Table.Cell, _ required: String) {
      table.add([.word(key, shown: shown), value, .text(required)])
    }
    add(
      "units",
      text("enheter", "units"),
      .integer(fit.comparisons.count),
      "≥ \(gate.units)"
    )
    add(
      "spearman",
      "Spearman ρ",
      .value(fit.spearman ?? .nan, decimals: 3),
      "≥ \(CompositeWording.written(gate.correlation, language))"
    )
    add("kendall", "Kendall τ_b", .value(fit.kendall ?? .nan, decimals: 3), "")
    add(
      "mean_error",
      text("gjennomsnittlig |feil|, plasser", "mean |error|, places"),
      .value(fit.meanError, decimals: 1),
      "≤ \(CompositeWording.written(gate.error, language))"
    )
    return table
  }

  private var errorTable: Table {
    var table = Table(
      name: "errors",
      title: text("De største feilene", "The largest errors"),
      columns: [
        Table.Column("unit_code", Wording.code[language]),
        Table.Column("unit_name", Wording.municipality[language]),
        Table.Column("published", text("Publisert", "Published")),
        Table.Column("shadow", text("Skygge", "Shadow")),
        Table.Column("error", text("Feil", "Error")),
      ]
    )
    let largest = fit.comparisons.sorted { left, right in
      let (a, b) = (left.error.magnitude, right.error.magnitude)
      return a == b ? left.unit < right.unit : a > b
    }
    for item in largest.prefix(10) {
      table.add([
        .text(figures.units[item.unit].code),
        .text(figures.units[item.unit].name),
        .place(item.published),
        .place(item.shadow),
        .signed(item.error, decimals: 0),
      ])
    }
    return table
  }

  // MARK: - What-if

  private var outcomes: [ShadowFit.Outcome] {
    var values: [Int: [Int: Double]] = [:]
    for change in changes { values[change.unit, default: [:]][change.component] = change.value }
    return fit.outcomes(of: values)
  }

  private var outcomeTable: Table {
    var table = Table(
      name: "what_if",
      title: text("Hva om", "What if"),
      columns: [
        Table.Column("unit_code", Wording.code[language]),
        Table.Column("unit_name", Wording.municipality[language]),
        Table.Column("changes", text("Endring", "Change")),
        Table.Column("published", text("Publisert plass", "Published place")),
        Table.Column("score_change", text("Poeng", "Score")),
        Table.Column("direction", text("Retning", "Direction")),
        Table.Column("place", text("Plass med endring", "Place with change")),
        Table.Column("spearman", "ρ"),
        Table.Column("mean_error", text("± plasser", "± places"), meaning: "mean error of the fit"),
      ]
    )
    for outcome in outcomes {
      let unit = figures.units[outcome.unit]
      table.add([
        .text(unit.code),
        .text(unit.name),
        .text(changed(outcome.unit)),
        .integer(outcome.published),
        .signed(outcome.change, decimals: CompositeWording.decimals(figures.composite)),
        direction(outcome.change),
        outcome.place.map { .integer($0) } ?? .missing(text("sies ikke", "not said")),
        .value(fit.spearman ?? .nan, decimals: 3),
        .value(fit.meanError, decimals: 1),
      ])
    }
    return table
  }

  private func changed(_ unit: Int) -> String {
    changes.filter { $0.unit == unit }.map { change in
      let component = figures.components[change.component]
      let indicator = component.indicator
      let before = component.values[unit]
      let decimals = indicator.decimals + 1
      return "\(indicator.id) \(number(before, decimals)) → \(number(change.value, decimals))"
    }
    .joined(separator: "; ")
  }

  private func direction(_ change: Double) -> Table.Cell {
    if change > 0 { return .word("up", shown: text("opp", "up")) }
    return change < 0 ? .word("down", shown: text("ned", "down")) : .word("none", shown: "–")
  }

  private var outcomeNotes: [String] {
    [
      text(
        "Publisert plass gjøres om til poeng med skyggens fordeling, endringen legges til, og enheten "
          + "rangeres på nytt blant de publiserte; de andre står stille. ±: skyggens gjennomsnittlige "
          + "feil.",
        "A published place becomes a score by the shadow's distribution, the change is added, and the "
          + "unit is ranked anew among the published; the others stand still. ±: the mean error of the "
          + "shadow."
      )
    ]
  }

  private var sourceNote: String {
    let known = fit.published.places.count
    return text(
      "Publiserte plasser: \(fit.published.source); \(known) av \(fit.published.ranked) rangerte.",
      "Published places: \(fit.published.source); \(known) of \(fit.published.ranked) ranked."
    )
  }
}
