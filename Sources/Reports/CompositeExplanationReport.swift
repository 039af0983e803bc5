public import Composites
internal import Documents
public import Regions

/// Why a unit has its place in a composite, as tables.
public struct CompositeExplanationReport: Sendable {
  private let explanation: CompositeExplanation
  private let step: CompositeExplanation.Step
  private let notes: CompositeNotes
  private let language: Language

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - explanation: The explanation.
  ///   - step: By how much an indicator is moved to see what that is worth.
  ///   - panel: The panel the scores were computed from.
  ///   - vintage: Name and version of the dataset.
  ///   - language: The language of labels.
  public init(
    _ explanation: CompositeExplanation,
    step: CompositeExplanation.Step,
    panel: Panel,
    vintage: String,
    language: Language
  ) {
    self.explanation = explanation
    self.step = step
    self.language = language
    notes = CompositeNotes(explanation.scores, panel, vintage, language)
  }

  private var scores: CompositeScores { explanation.scores }
  private var figures: CompositeFigures { scores.figures }
  private var decimals: Int { CompositeWording.decimals(figures.composite) }
  private func text(_ nb: String, _ en: String) -> String { language == .nb ? nb : en }
  private func name(_ unit: Int) -> String { figures.units[unit].name }

  /// The report, with the tables `contributions`, `areas`, `differences` (with another unit) and
  /// `worth`.
  public var report: Report {
    let composite = figures.composite
    let whom = name(explanation.unit) + (explanation.other.map { " · \(name($0))" } ?? "")
    return Report(
      title: "\(whom): \(composite.title[language]), \(composite.year.value)",
      tables: [contributionTable, areaTable]
        + [differenceTable, worthTable].compactMap { $0 },
      notes: placeNotes + sumNotes + worthNotes + [notes.method, notes.missingRule] + notes.end
    )
  }

  // MARK: - Contributions

  private var contributionTable: Table {
    var table = Table(
      name: "contributions",
      title: text("Hva hver indikator bidrar med", "What each indicator contributes"),
      columns: [
        Table.Column("area", CompositeWording.area[language]),
        Table.Column("indicator", nil),
        Table.Column("name", Wording.indicator[language]),
        Table.Column("unit_code", nil),
        Table.Column("year", Wording.year[language]),
        Table.Column("basis", Wording.basis[language]),
        Table.Column("value", Wording.value[language]),
        Table.Column("normalised", CompositeWording.normalised[language]),
        Table.Column("weight", CompositeWording.weight[language]),
        Table.Column("contribution", CompositeWording.contribution[language]),
      ]
    )
    let unit = explanation.unit
    let contributions = explanation.contributions(of: unit)
    let shares = scores.weighting.shares(present: scores.terms.map { !$0[unit].isNaN })
    for (index, component) in figures.components.enumerated() {
      table.add([
        .text(figures.composite.areas[component.area].name[language]),
        .text(component.indicator.id),
        .text(component.indicator.name[language]),
        .text(figures.units[unit].code),
        year(component, unit),
        .status(component.statuses[unit], language),
        .value(component.values[unit], decimals: component.indicator.decimals),
        .value(scores.normalised[index][unit], decimals: decimals),
        shares.map { .share($0[index], decimals: 1) } ?? .missing("–"),
        .signedValue(contributions?[index] ?? .nan, decimals: decimals),
      ])
    }
    return table
  }

  /// The year of a unit's own figure.
  private func year(_ component: CompositeFigures.Component, _ unit: Int) -> Table.Cell {
    let code = figures.units[unit].code
    let entry = component.levels.entries.first { $0.unit.code == code }
    guard let entry, !entry.value.isNaN else { return .missing("–") }
    return .integer(entry.oldestYear)
  }

  private var areaTable: Table {
    let other = explanation.other
    let mine = explanation.areaContributions(of: explanation.unit)
    let theirs = other.flatMap(explanation.areaContributions)
    var columns = [
      Table.Column("area", CompositeWording.area[language]),
      Table.Column("weight", CompositeWording.weight[language]),
      Table.Column("contribution", name(explanation.unit)),
    ]
    if let other {
      columns += [
        Table.Column("other_contribution", name(other)),
        Table.Column("difference", CompositeWording.difference[language]),
      ]
    }
    var table = Table(
      name: "areas",
      title: text("Områdene", "The areas"),
      columns: columns
    )
    func cells(_ share: Double, _ own: Double, _ others: Double) -> [Table.Cell] {
      [.share(share, decimals: 1), .signedValue(own, decimals: decimals)]
        + (other == nil
          ? []
          : [
            .signedValue(others, decimals: decimals),
            .signedValue(own - others, decimals: decimals),
          ])
    }
    for (index, area) in figures.composite.areas.enumerated() {
      let row = cells(
        scores.weighting.areaShares[index],
        mine?[index] ?? .nan,
        theirs?[index] ?? .nan
      )
      table.add([.text(area.name[language])] + row)
    }
    let row = cells(1, scores.sums[explanation.unit], other.map { scores.sums[$0] } ?? .nan)
    table.add([.text(CompositeWording.inAll[language])] + row, marked: true)
    return table
  }

  // MARK: - Differences

  private var differenceTable: Table? {
    guard let other = explanation.other, let differences = explanation.differences else {
      return nil
    }
    var table = Table(
      name: "differences",
      title: text(
        "Hvorfor \(name(explanation.unit)) og \(name(other)) har ulik plass",
        "Why \(name(explanation.unit)) and \(name(other)) differ"
      ),
      columns: [
        Table.Column("indicator", nil),
        Table.Column("name", Wording.indicator[language]),
        Table.Column("value", name(explanation.unit)),
        Table.Column("other_value", name(other)),
        Table.Column("difference", text("Forskjell i poeng", "Difference in score")),
        Table.Column("cumulated", text("Samlet hittil", "In all so far")),
      ]
    )
    var sum = 0.0
    for (index, difference) in differences {
      let component = figures.components[index]
      sum += difference
      table.add([
        .text(component.indicator.id),
        .text(component.indicator.name[language]),
        .value(component.values[explanation.unit], decimals: component.indicator.decimals),
        .value(component.values[other], decimals: component.indicator.decimals),
        .signed(difference, decimals: decimals),
        .signed(sum, decimals: decimals),
      ])
    }
    return table
  }

  // MARK: - What a step is worth

  private var worthTable: Table? {
    guard !scores.sums[explanation.unit].isNaN else { return nil }
    var table = Table(
      name: "worth",
      title: text("Hva mer er verdt, alt annet uendret", "What more is worth, all else unchanged"),
      columns: [
        Table.Column("indicator", nil),
        Table.Column("name", Wording.indicator[language]),
        Table.Column("measure", Wording.measure[language]),
        Table.Column("step", text("Endring", "Change")),
        Table.Column("score_gain", text("Poeng", "Score")),
        Table.Column("places_gain", Wording.places[language]),
        Table.Column(
          "next_place",
          Wording.toNext[language],
          meaning: "change of the indicator that gives the next place"
        ),
      ]
    )
    let prices = explanation.prices
    for (index, worth) in explanation.worths(step).enumerated() {
      let indicator = figures.components[index].indicator
      let size = worth.step.magnitude
      let stepDecimals = size == size.rounded() ? 0 : max(indicator.decimals, 1)
      table.add([
        .text(indicator.id),
        .text(indicator.name[language]),
        .text(Wording.unitName(indicator.unit)[language]),
        .signed(worth.step, decimals: stepDecimals),
        .signedValue(worth.score, decimals: max(decimals, 3)),
        .movement(worth.places),
        price(prices.isEmpty ? nil : prices[index].change, indicator),
      ])
    }
    return table
  }

  /// A price, rounded away from zero so that what is shown is enough.
  private func price(_ change: Double?, _ indicator: Indicator) -> Table.Cell {
    guard let change else { return .missing("–") }
    let decimals = indicator.decimals + 1
    var factor = 1.0
    for _ in 0..<decimals { factor *= 10 }
    let size = (change.magnitude * factor).rounded(.up) / factor
    return .signed(change < 0 ? -size : size, decimals: decimals)
  }

  // MARK: - Notes

  private var placeNotes: [String] {
    [explanation.unit, explanation.other].compactMap { $0 }.map { unit in
      guard !scores.sums[unit].isNaN else {
        let lacking = scores.lacking(unit).map { figures.components[$0].indicator.id }
        return text(
          "\(name(unit)) har ikke poeng: \(lacking.joined(separator: ", ")) mangler.",
          "\(name(unit)) has no score: \(lacking.joined(separator: ", ")) missing."
        )
      }
      let score = NumberText.fixed(scores.scores[unit], decimals: decimals, language)
      let place = NumberText.place(scores.places[unit], language)
      return text(
        "\(name(unit)): plass \(place) av \(scores.ranked), \(score) poeng.",
        "\(name(unit)): place \(place) of \(scores.ranked), score \(score)."
      )
    }
  }

  private var sumNotes: [String] {
    guard !scores.sums[explanation.unit].isNaN else { return [] }
    return scores.isGeometric
      ? [
        text(
          "Bidragene er i logaritmer og summerer seg til logaritmen av poengene.",
          "Contributions are in logarithms and sum to the logarithm of the score."
        )
      ]
      : [
        text("Bidragene summerer seg til poengene.", "Contributions sum to the score.")
      ]
  }

  private var worthNotes: [String] {
    guard !scores.sums[explanation.unit].isNaN else { return [] }
    let moved =
      switch step {
      case .unit:
        text("én enhet av indikatorens eget mål", "one unit of the indicator's own measure")
      case .sigma:
        text("ett standardavvik (σ) i målestokken", "one standard deviation (σ) of the scale")
      }
    let next = explanation.next.map { next in
      text(
        "«Til neste plass» er endringen i én indikator alene som gir like mange poeng som "
          + "\(name(next)), avrundet oppover; – der den ikke er nok.",
        "\"To next place\" is the change in one indicator alone that gives the score of "
          + "\(name(next)), rounded up; – where it is not enough."
      )
    }
    return [
      text(
        "Endring: \(moved), i retning av det bedre, mens de andre enhetene står stille.",
        "Change: \(moved), towards the better, while the other units stand still."
      )
    ] + [next].compactMap { $0 }
  }
}

extension Table.Cell {
  /// A number with its sign, or a dash where it is missing.
  static func signedValue(_ value: Double, decimals: Int) -> Table.Cell {
    value.isNaN ? .missing("–") : .signed(value, decimals: decimals)
  }
}
