internal import Documents
internal import Regions
internal import Scenarios

/// Whether a scenario's targets are met, one row for each unit that must meet one.
struct TargetsTable {
  let outcome: Outcome
  let language: Language

  func table(title: String) -> Table {
    var table = Table(
      name: "targets",
      title: title,
      columns: [
        Table.Column("target", language == .nb ? "Mål" : "Target", meaning: "id of the target"),
        Table.Column("kind", "", meaning: "what is claimed"),
        Table.Column("level", nil, meaning: "municipality or region"),
        Table.Column("unit_code", nil, meaning: "code of the unit; leading zeros belong to it"),
        Table.Column("unit_name", Wording.unit[language], meaning: "name of the unit"),
        Table.Column("indicator", nil, meaning: "id of the indicator"),
        Table.Column("year", Wording.year[language], meaning: "year in which it is read"),
        Table.Column(
          "threshold",
          language == .nb ? "Kreves" : "Needed",
          meaning: "what must be reached; for best, the best movement of the others, to be passed"
        ),
        Table.Column("reached", language == .nb ? "Nådd" : "Reached", meaning: "what is reached"),
        Table.Column(
          "is_met",
          language == .nb ? "Oppfylt" : "Met",
          meaning: "yes or no, when all move as the scenario says"
        ),
        Table.Column(
          "best",
          outcome.targets.contains { $0.target.kind == .best }
            ? (language == .nb ? "Best" : "Best") : nil,
          meaning: "for best: who has the best movement"
        ),
      ]
    )
    for reading in outcome.targets {
      for part in reading.parts {
        table.add([
          .text(reading.target.id),
          .word(reading.target.kind.rawValue, shown: Wording.kind(reading.target.kind)[language]),
          .text(part.unit.level.rawValue), .text(part.unit.code), .text(part.unit.name),
          .text(reading.indicator.id), .integer(reading.year),
          amount(part.threshold, reading), amount(part.reached, reading),
          .word(part.isMet ? "yes" : "no", shown: yesOrNo(part.isMet)),
          .text(best(reading)),
        ])
      }
    }
    return table
  }

  /// For targets of movement the plan's measure and others beside it, a row each: the region's own, its
  /// place among the peers, and who has the best.
  func contests(title: String) -> Table {
    let nb = language == .nb
    var table = Table(
      name: "contests",
      title: title,
      columns: [
        Table.Column("target", nb ? "Mål" : "Target", meaning: "id of the target"),
        Table.Column("measure", "", meaning: "F1, F2, F5, F6 or Z"),
        Table.Column("measure_name", Wording.measure[language]),
        Table.Column("unit_code", nil), Table.Column("unit_name", Wording.unit[language]),
        Table.Column("indicator", nil), Table.Column("year", Wording.year[language]),
        Table.Column("own", nb ? "Egen" : "Own", meaning: "the region's own movement"),
        Table.Column("place", Wording.place[language], meaning: "its place among the peers"),
        Table.Column("compared", Wording.of[language], meaning: "peers with a movement"),
        Table.Column("best", nb ? "Beste" : "Best", meaning: "the best movement"),
        Table.Column("winners", nb ? "Hvem" : "Who", meaning: "who has it; several when they tie"),
      ]
    )
    for reading in outcome.targets where reading.unit.level == .region {
      let order: [Target.Measure] = [.sum, .mean, .headroom, .place]
      let contests = order.compactMap { measure in
        reading.contests.first { $0.measure == measure }
      }
      for (index, contest) in contests.enumerated() {
        table.add(
          start(reading, isFirst: index == 0, contest.measure) + [
            contest.own.isNaN ? .missing("–") : .signed(contest.own, decimals: decimals(contest)),
            .rank(contest.place), .integer(contest.compared),
            .signed(contest.best, decimals: decimals(contest)),
            .word(
              contest.winners.map(\.name).joined(separator: ", "),
              shown: shortened(contest.winners.map(\.name))
            ),
          ]
        )
      }
      if let score = reading.score {
        table.add(
          start(reading, isFirst: contests.isEmpty, nil) + [
            .signed(score, decimals: 2), .missing("–"), .missing("–"), .missing("–"), .text(""),
          ]
        )
      }
    }
    return table
  }

  private func start(
    _ reading: TargetReading,
    isFirst: Bool,
    _ measure: Target.Measure?
  ) -> [Table.Cell] {
    let nb = language == .nb
    let (id, name): (String, String) =
      switch measure {
      case .sum: ("F1", Wording.movementMeasures[0].name[language])
      case .mean: ("F2", Wording.movementMeasures[1].name[language])
      case .headroom: ("F5", Wording.movementMeasures[4].name[language])
      case .place: ("F6", Wording.movementMeasures[5].name[language])
      case nil: ("Z", nb ? "sum mot tilfeldigheter" : "sum against chance")
      }
    return [
      .word(reading.target.id, shown: isFirst ? reading.target.id : ""), .text(id), .text(name),
      .text(reading.unit.code), .word(reading.unit.name, shown: isFirst ? reading.unit.name : ""),
      .text(reading.indicator.id), .integer(reading.year),
    ]
  }

  private func decimals(_ contest: TargetReading.Contest) -> Int {
    switch contest.measure {
    case .place: 0
    case .sum:
      contest.own == contest.own.rounded() && contest.best == contest.best.rounded() ? 0 : 1
    case .mean: 2
    case .headroom: 3
    }
  }

  private func yesOrNo(_ isMet: Bool) -> String {
    switch language {
    case .nb: isMet ? "ja" : "nei"
    case .en: isMet ? "yes" : "no"
    }
  }

  private func amount(_ amount: Double, _ reading: TargetReading) -> Table.Cell {
    guard !amount.isNaN else { return .missing("–") }
    switch reading.target.kind {
    case .rank: return .rank(amount)
    case .climb, .sum: return .movement(amount)
    case .best:
      let measure = reading.target.measure?.value ?? .place
      return measure == .place || measure == .sum
        ? .movement(amount) : .signed(amount, decimals: measure == .mean ? 2 : 3)
    case .level: return .value(amount, decimals: reading.indicator.decimals)
    case .improve: return .signed(amount, decimals: reading.indicator.decimals)
    case .country: return .value(amount, decimals: 1)
    }
  }

  private func best(_ reading: TargetReading) -> String {
    guard reading.target.kind == .best, let contest = reading.contests.first else { return "" }
    return shortened(contest.winners.map(\.name))
  }

  private func shortened(_ names: [String]) -> String {
    guard names.count > 3 else { return names.joined(separator: ", ") }
    let rest = names.count - 2
    return names.prefix(2).joined(separator: ", ")
      + (language == .nb ? " og \(rest) til" : " and \(rest) more")
  }
}
