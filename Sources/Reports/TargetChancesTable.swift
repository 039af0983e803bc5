internal import Regions
internal import Scenarios

/// How likely the targets are met, and what it takes to be sure of them.
struct TargetChancesTable {
  let answers: [TargetReport.Answer]
  let language: Language

  /// The probabilities for which the change is shown.
  let levels: [Double]

  private var nb: Bool { language == .nb }

  /// The probability of each target, and the change that suffices with each of three probabilities.
  var chances: Table {
    var table = Table(
      name: "chances",
      title: nb
        ? "Hvor sannsynlig målene nås, og hva som skal til" : "How likely, and what it takes",
      columns: [
        Table.Column("target", nb ? "Mål" : "Target"),
        Table.Column("unit_code", nil), Table.Column("unit_name", Wording.unit[language]),
        Table.Column("year", nil), Table.Column("series", nil),
        Table.Column(
          "probability",
          nb ? "Sannsynlig, %" : "Probability, %",
          meaning: "probability that the target is met as the scenario is, 0-1"
        ),
        Table.Column("probability_error", "±", meaning: "Monte Carlo standard error"),
      ]
        + levels.flatMap { level in
          let percent = NumberText.exact(100 * level)
          return [
            Table.Column(
              "units_\(percent)",
              nb ? "\(percent) % sikkert" : "\(percent)% sure",
              meaning: "smallest number of units more that meets it with that probability"
            ),
            Table.Column(
              "growth_\(percent)",
              nb ? "vekst/år, %" : "growth/yr, %",
              meaning: "growth of the unit's series per year with them, per cent"
            ),
          ]
        } + [
          Table.Column(
            "impossible",
            nb ? "Aldri, %" : "Never, %",
            meaning: "share of the futures in which no number of units suffices, 0-1"
          )
        ] + trailing
    )
    for answer in answers {
      guard let futures = answer.futures else { continue }
      let change = answer.moving
      table.add(
        [
          .text(change.target.id), .text(change.unit.code), .text(change.unit.name),
          .integer(change.year), .text(change.series),
          .share(futures.probability.value, decimals: 1),
          .share(futures.probability.standardError, decimals: 2),
        ] + levels.flatMap { cells(answer, $0) } + [
          answer.curve.map { .share(Double($0.impossible) / Double($0.draws), decimals: 1) }
            ?? .missing("–")
        ] + trailingCells(answer)
      )
    }
    return table
  }

  private func cells(_ answer: TargetReport.Answer, _ level: Double) -> [Table.Cell] {
    guard let curve = answer.curve else { return [.missing("–"), .missing("–")] }
    guard let units = curve.units(atProbability: level) else {
      return [.missing(nb ? "umulig" : "impossible"), .missing("–")]
    }
    return [
      .signed(Double(units), decimals: 0),
      curve.figure.map { .value($0.growth(adding: units), decimals: 2) } ?? .missing("–"),
    ]
  }

  /// The change and the probability that it suffices, in at most two hundred steps. Only for files.
  var curves: Table {
    var table = Table(
      name: "curve",
      title: nb ? "Endring og sannsynlighet" : "Change and probability",
      columns: [
        Table.Column("target", nb ? "Mål" : "Target"), Table.Column("unit_code", nil),
        Table.Column("unit_name", Wording.unit[language]),
        Table.Column("series", Wording.series[language]),
        Table.Column("units", nb ? "Endring" : "Change", meaning: "units more; minus is fewer"),
        Table.Column(
          "growth",
          nb ? "Vekst/år, %" : "Growth/yr, %",
          meaning: "of the unit's series, per cent"
        ),
        Table.Column("probability", nb ? "Sannsynlig, %" : "Probability, %"),
        Table.Column("probability_error", "±", meaning: "Monte Carlo standard error"),
      ] + trailing
    )
    for answer in answers {
      guard let curve = answer.curve else { continue }
      for step in curve.thinned(to: 200) {
        table.add(
          [
            .text(curve.target.id), .text(curve.unit.code), .text(curve.unit.name),
            .text(curve.series), .signed(Double(step.units), decimals: 0),
            curve.figure.map { .value($0.growth(adding: step.units), decimals: 2) }
              ?? .missing("–"),
            .share(step.probability.value, decimals: 1),
            .share(step.probability.standardError, decimals: 2),
          ] + trailingCells(answer)
        )
      }
    }
    return table
  }

  private var trailing: [Table.Column] { [Table.Column("draws", nil), Table.Column("seed", nil)] }

  private func trailingCells(_ answer: TargetReport.Answer) -> [Table.Cell] {
    [
      answer.futures.map { .integer($0.probability.draws) } ?? .missing(""),
      answer.seed.map { .text("\($0)") } ?? .missing(""),
    ]
  }
}
