internal import Documents
public import Regions
internal import Scenarios
internal import Statistics

/// The report of a scenario to people who decide: what was asked, the answer in a sentence, three
/// pictures, the table, how sure it is, the assumptions and the sources.
///
/// Every sentence is a template with computed figures in it; what is a share of the futures is said to
/// be one.
public struct ScenarioReportDocument: Sendable {
  private let part: ScenarioPart
  private let pictures: [String: [UInt8]]
  private let vintage: String
  private let program: String
  private let language: Language

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - part: The scenario, with its futures and charts.
  ///   - pictures: The charts of `shownCharts` as SVG, by their names; may be empty.
  ///   - vintage: Name and version of the dataset.
  ///   - program: Name and version of the program.
  ///   - language: The language of words and numbers.
  public init(
    _ part: ScenarioPart,
    pictures: [String: [UInt8]],
    vintage: String,
    program: String,
    language: Language
  ) {
    self.part = part
    self.pictures = pictures
    self.vintage = vintage
    self.program = program
    self.language = language
  }

  /// The three charts of a report: where all stand, what the futures may be, and what a target takes
  /// or the movement is due to.
  ///
  /// - Parameter part: The scenario.
  /// - Returns: The charts in the order in which they are shown; those that there are not are left out.
  public static func shownCharts(of part: ScenarioPart) -> [Chart] {
    let last = part.charts.first { $0.name.hasPrefix("curve-") }?.name ?? "waterfall"
    return ["ranked-strip", "fan", last].compactMap { name in
      part.charts.first { $0.name == name }
    }
  }

  private var nb: Bool { language == .nb }
  private func text(_ nb: String, _ en: String) -> String { language == .nb ? nb : en }
  private var outcome: Outcome { part.outcome }
  private var scenario: Scenario { part.scenario }

  /// The document.
  public var document: ReportDocument {
    var blocks: [ReportDocument.Block] = [.heading(1, scenario.title[language])]
    blocks += asked + answer
    blocks += Self.shownCharts(of: part).map { .picture($0, svg: pictures[$0.name]) }
    blocks += [.heading(2, text("Tallene", "The figures"))]
    blocks += outcome.indicators.map { .table(standings($0)) }
    blocks += certainty + assumptions + sources
    return ReportDocument(title: scenario.title[language], blocks: blocks, language: language)
  }

  // MARK: - Question and answer

  private var asked: [ReportDocument.Block] {
    let names = outcome.indicators.map { $0.indicator.name[language] }.joined(separator: ", ")
    let question = text(
      "Hvor havner \(outcome.focus.name) blant landets \(units) i \(scenario.horizon.value), målt med "
        + "\(lowered(names)), hvis det går som beskrevet her?",
      "Where does \(outcome.focus.name) end up among the country's \(units) in "
        + "\(scenario.horizon.value), by \(lowered(names)), if things go as described here?"
    )
    return [.heading(2, text("Hva det er spurt om", "What was asked")), .paragraph(question)]
      + (scenario.note[language].isEmpty ? [] : [.paragraph(scenario.note[language])])
  }

  private var units: String {
    outcome.focus.level == .region
      ? text("regioner", "regions") : text("kommuner", "municipalities")
  }

  private var answer: [ReportDocument.Block] {
    let sentences = outcome.indicators.map(sentence)
    var blocks: [ReportDocument.Block] = [.heading(2, text("Svaret", "The answer"))]
    blocks += sentences.map { .quote($0) }
    blocks += outcome.indicators.compactMap(reservation).map { .note($0) }
    let met = outcome.targets.filter(\.isMet)
    if !outcome.targets.isEmpty {
      blocks.append(
        .paragraph(
          text(
            "På midtlinjen nås \(met.count) av \(outcome.targets.count) mål.",
            "On the central path \(met.count) of \(outcome.targets.count) targets are met."
          )
        )
      )
    }
    return blocks
  }

  /// Where the focus ends up in one indicator, on the central path and in the futures.
  private func sentence(_ result: IndicatorOutcome) -> String {
    let focus = outcome.focus
    let last = result.withLevers.last ?? result.baseline
    let (before, after) = (
      result.baseline.standing(of: focus).place, last.standing(of: focus).place
    )
    guard !before.isNaN, !after.isNaN else {
      return text(
        "\(focus.name) har ingen plass i \(last.year), fordi tall mangler.",
        "\(focus.name) has no place in \(last.year), as figures are missing."
      )
    }
    let ranked = last.ranking(at: focus.level)?.ranked ?? 0
    let (from, to) = (NumberText.place(before, language), NumberText.place(after, language))
    let central =
      before == after
      ? text(
        "I scenarioet blir \(focus.name) på plass \(to) av \(ranked) til \(last.year)",
        "In the scenario \(focus.name) stays at place \(to) of \(ranked) to \(last.year)"
      )
      : text(
        "I scenarioet går \(focus.name) fra plass \(from) til \(to) av \(ranked) innen \(last.year)",
        "In the scenario \(focus.name) goes from place \(from) to \(to) of \(ranked) by \(last.year)"
      )
    guard let span = span(0.9, of: focus, result.indicator) else { return central + "." }
    return central
      + text(
        ", og i 90 av 100 framtider er den på plass \(span).",
        ", and in 90 of 100 futures it is at place \(span)."
      )
  }

  /// On how many figures of today the answer does not rest; `nil` where all are observed.
  private func reservation(_ result: IndicatorOutcome) -> String? {
    guard let ranking = result.baseline.ranking(at: outcome.focus.level) else { return nil }
    let observed = ranking.basisCounts.first { $0.basis == .observed }?.count ?? 0
    guard observed < ranking.ranked else { return nil }
    return text(
      "Forbehold: \(ranking.ranked - observed) av \(ranking.ranked) rangerte bygger ikke på observerte "
        + "tall for \(result.baseline.year), så plassene er anslag.",
      "Reservation: \(ranking.ranked - observed) of \(ranking.ranked) ranked units do not rest on "
        + "figures observed for \(result.baseline.year), so the places are estimates."
    )
  }

  /// Between which places a unit is at the horizon in a share of the futures.
  private func span(_ share: Double, of unit: Unit, _ indicator: Indicator) -> String? {
    guard
      let last = part.futures?.indicators.first(where: { $0.indicator.id == indicator.id })?.years
        .last,
      let places = last.places(unit.level), let index = places.index(of: unit),
      let interval = places.interval(share, index)
    else { return nil }
    return interval.lowerBound == interval.upperBound
      ? "\(interval.lowerBound)" : "\(interval.lowerBound)–\(interval.upperBound)"
  }

  private func lowered(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }

  // MARK: - The figures

  private func standings(_ result: IndicatorOutcome) -> Table {
    let last = result.withLevers.last ?? result.baseline
    let unit = Wording.unitName(result.indicator.unit)[language]
    var table = Table(
      name: "standings",
      title: "\(result.indicator.name[language]) (\(unit))",
      columns: [
        Table.Column("unit_name", Wording.unit[language]),
        Table.Column("value_before", "\(result.baseline.year)"),
        Table.Column("value_after", "\(last.year)"),
        Table.Column("place_before", text("Plass", "Place") + " \(result.baseline.year)"),
        Table.Column("place_after", text("Plass", "Place") + " \(last.year)"),
        Table.Column("ranked", Wording.of[language]),
        Table.Column("movement", Wording.movement[language]),
        Table.Column("span", text("I 90 av 100", "In 90 of 100")),
        Table.Column("basis", text("Grunnlag", "Basis") + " \(result.baseline.year)"),
      ]
    )
    let names = DistinctUnitNames(outcome.unitsInView, language)
    for unit in outcome.unitsInView {
      let (before, after) = (result.baseline.standing(of: unit), last.standing(of: unit))
      let ranking = result.baseline.ranking(at: unit.level)
      let status = ranking.flatMap { ranking in
        ranking.index(of: unit).map { ranking.levels.entries[$0].status }
      }
      table.add(
        [
          .text(names[unit]), .value(before.value, decimals: result.indicator.decimals),
          .value(after.value, decimals: result.indicator.decimals), .rank(before.place),
          .rank(after.place), .integer(last.ranking(at: unit.level)?.ranked ?? 0),
          .movement(before.place - after.place),
          span(0.9, of: unit, result.indicator).map { .text($0) } ?? .missing("–"),
          status.map { .status($0, language) } ?? .missing("–"),
        ],
        marked: unit == outcome.focus
      )
    }
    return table
  }

  // MARK: - How sure

  private var certainty: [ReportDocument.Block] {
    guard let futures = part.futures else { return [] }
    let draws = NumberText.fixed(Double(futures.draws), decimals: 0, language)
    var items = outcome.indicators.compactMap { result -> String? in
      guard let half = span(0.5, of: outcome.focus, result.indicator),
        let most = span(0.9, of: outcome.focus, result.indicator)
      else { return nil }
      return text(
        "\(result.indicator.name[.nb]): plass \(half) i halvparten av framtidene, \(most) i 90 av 100.",
        "\(result.indicator.name[.en]): place \(half) in half of the futures, \(most) in 90 of 100."
      )
    }
    items += part.answers.compactMap(targetSentence)
    return [
      .heading(2, text("Hvor sikkert det er", "How sure it is")),
      .paragraph(
        text(
          "Ingen vet hvordan kommunene vil utvikle seg. Derfor er \(draws) framtider trukket rundt "
            + "midtlinjen, så uvisse som utviklingen har vært til nå (frø \(futures.seed)).",
          "Nobody knows how the municipalities will develop. So \(draws) futures are drawn around the "
            + "central path, as uncertain as the development has been so far (seed \(futures.seed))."
        )
      ), .list(items),
      .note(
        text(
          "Sannsynlighetene gjelder så lenge forutsetningene holder. Hvor langt modellen selv kan ta "
            + "feil, er ikke med.",
          "The probabilities hold as long as the assumptions do. How far the model itself may be wrong "
            + "is not in them."
        )
      ),
    ]
      + (part.origins.isEmpty ? [] : [.list(part.origins)])
  }

  private func targetSentence(_ answer: TargetReport.Answer) -> String? {
    guard let futures = answer.futures else { return nil }
    let aim = TargetWording.aim(answer.moving)[language]
    let share = NumberText.fixed(100 * futures.probability.value, decimals: 1, language)
    let error = NumberText.fixed(100 * futures.probability.standardError, decimals: 1, language)
    var sentence = text(
      "Å \(aim): \(share) % av framtidene (± \(error)).",
      "To \(aim): \(share)% of the futures (± \(error))."
    )
    if let units = answer.curve?.units(atProbability: 0.8), futures.probability.value < 0.8 {
      let shown = NumberText.signed(Double(units), decimals: 0, language)
      let series = part.series.first { $0.id == answer.moving.series }
      let unit = Wording.unitName(series?.unit ?? .other)[language]
      let name = lowered(series?.name[language] ?? answer.moving.series)
      sentence += text(
        " For 80 prosent trengs \(shown) \(unit) til (\(name)).",
        " For 80 per cent it takes \(shown) \(unit) more (\(name))."
      )
    }
    return sentence
  }

  // MARK: - Assumptions and sources

  private var assumptions: [ReportDocument.Block] {
    let wording = ScenarioWording(outcome: outcome, series: part.series, language: language)
    var items = wording.assumptions
    items += outcome.indicators.compactMap {
      $0.baseline.ranking(at: outcome.focus.level)?.basisNote(language)
    }
    items.append(Wording.tieRule(.competition)[language])
    return [.heading(2, text("Forutsetninger", "Assumptions")), .list(items)]
  }

  private var sources: [ReportDocument.Block] {
    let used = Set(outcome.indicators.flatMap(\.indicator.series))
    let notes = part.series.filter { used.contains($0.id) }.map { $0.sourceNote(language) }
    return [
      .heading(2, text("Kilder", "Sources")),
      .list(
        notes + [
          Wording.dataset(vintage, language),
          text("Regnet av \(program).", "Computed by \(program)."),
        ]
      ),
    ]
  }
}
