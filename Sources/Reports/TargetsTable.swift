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
    let names = contest.winners.map(\.name)
    guard names.count > 3 else { return names.joined(separator: ", ") }
    let rest = names.count - 2
    return names.prefix(2).joined(separator: ", ")
      + (language == .nb ? " og \(rest) til" : " and \(rest) more")
  }
}
