public import Forecasts
public import Regions

/// How far a growth model could be trusted in earlier years.
public struct BacktestReport: Sendable {
  private let backtest: Backtest
  private let apartAfter: Int
  private let vintage: String
  private let language: Language

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - backtest: The backtest.
  ///   - apartAfter: Windows that end after this year are shown apart.
  ///   - vintage: Name and version of the dataset.
  ///   - language: The language of labels.
  public init(_ backtest: Backtest, apartAfter: Int, vintage: String, language: Language) {
    self.backtest = backtest
    self.apartAfter = apartAfter
    self.vintage = vintage
    self.language = language
  }

  /// Which table is shown.
  public enum Part: String, Sendable, CaseIterable {
    /// The pooled scores.
    case pooled
    /// The scores of each origin.
    case origins
    /// Probabilities of events by class.
    case reliability
  }

  /// The report.
  ///
  /// - Parameters:
  ///   - part: The table.
  ///   - notes: Notes on sources.
  /// - Returns: The report.
  public func report(_ part: Part = .pooled, notes: [String]) -> Report {
    let basis =
      backtest.options.basis == .level
      ? text("plasser etter nivå", "places by level")
      : text("plasser etter vekst", "places by growth")
    let tables: [Table] =
      switch part {
      case .pooled: [pooledTable]
      case .origins: [originTable]
      case .reliability: [reliabilityTable]
      }
    return Report(
      title: "\(backtest.indicator.name[language]), "
        + "\(text("etterprøving", "backtest")), \(basis)",
      tables: tables,
      notes: verdicts + explanations + notes + [Wording.dataset(vintage, language)]
    )
  }

  private func text(_ nb: String, _ en: String) -> String { language == .nb ? nb : en }

  private var windows: [(name: String, years: ClosedRange<Int>)] {
    [
      (text("til \(apartAfter)", "to \(apartAfter)"), 0...apartAfter),
      (text("etter \(apartAfter)", "after \(apartAfter)"), apartAfter + 1...9999),
    ]
  }

  private func pools() -> [(window: String, level: Level, horizon: Int, pool: Backtest.Pool)] {
    windows.flatMap { window in
      Level.allCases.flatMap { level in
        backtest.options.horizons.compactMap { horizon in
          backtest.pool(level, horizon: horizon, endingIn: window.years)
            .map { (window.name, level, horizon, $0) }
        }
      }
    }
  }

  private var pooledTable: Table {
    var table = Table(
      name: Part.pooled.rawValue,
      title: "",
      columns: [
        Table.Column("windows", text("Slutt", "Ends")),
        Table.Column("level", text("Nivå", "Level")),
        Table.Column("horizon", text("År", "Years")),
        Table.Column("origins", text("Utg.år", "Origins")),
        Table.Column("coverage_50", "50 %", meaning: "Share covered by 50 % intervals, per cent"),
        Table.Column("coverage_80", "80 %", meaning: "Share covered by 80 % intervals, per cent"),
        Table.Column("coverage_90", "90 %", meaning: "Share covered by 90 % intervals, per cent"),
        Table.Column(
          "width_90",
          text("Bredde", "Width"),
          meaning: "Mean width of 90 % intervals, places"
        ),
        Table.Column(
          "crps",
          "CRPS",
          meaning: "Mean continuous ranked probability score, places"
        ),
        Table.Column(
          "skill_trend",
          text("Mot trend", "Over trend"),
          meaning: "Share by which CRPS is smaller than that of each unit's own trend with noise"
        ),
        Table.Column(
          "skill_nothing",
          text("Mot stillstand", "Over nothing"),
          meaning: "Share by which CRPS is smaller than when nothing changes"
        ),
        Table.Column(
          "brier_skill_top_quarter",
          text("Kvartil", "Quarter"),
          meaning: "Brier skill over the base rate of a place in the best quarter"
        ),
        Table.Column(
          "brier_skill_up_5",
          text("5 opp", "5 up"),
          meaning: "Brier skill over the base rate of five places up, by level"
        ),
        Table.Column(
          "winner_probability",
          text("Vinner", "Winner"),
          meaning: "Mean probability of the unit that moved best"
        ),
        Table.Column(
          "winner_among_5",
          text("Blant 5", "Among 5"),
          meaning: "Share of those that were among the model's five likeliest"
        ),
      ] + trailing
    )
    for item in pools() {
      let pool = item.pool
      table.add(
        [
          .text(item.window), level(item.level), .integer(item.horizon), .integer(pool.origins),
        ] + pool.model.coverage.map { .number(100 * $0, decimals: 1) } + [
          .number(pool.model.meanWidth, decimals: 0), .number(pool.model.meanScore, decimals: 1),
          number(pool.skillAgainstTrend), number(pool.skillAgainstNothing),
          number(pool.events[.topQuarter]?.skill), number(pool.events[.upFive]?.skill),
          number(pool.meanWinnerProbability), number(pool.winnersAmongFive),
        ] + trailingCells
      )
    }
    return table
  }

  private var originTable: Table {
    var table = Table(
      name: Part.origins.rawValue,
      title: "",
      columns: [
        Table.Column("origin", text("Utg.år", "Origin")),
        Table.Column("level", text("Nivå", "Level")),
        Table.Column("horizon", text("År", "Years")),
        Table.Column("units", text("Enheter", "Units")),
        Table.Column("coverage_50", "50 %"), Table.Column("coverage_80", "80 %"),
        Table.Column("coverage_90", "90 %"),
        Table.Column("width_90", text("Bredde", "Width")),
        Table.Column("crps", "CRPS"),
        Table.Column("skill_trend", text("Mot trend", "Over trend")),
        Table.Column("winner_probability", text("Vinner", "Winner")),
      ] + trailing
    )
    for cell in backtest.cells {
      table.add(
        [
          .integer(cell.origin), level(cell.level), .integer(cell.horizon),
          .integer(cell.model.count),
        ] + cell.model.coverage.map { .number(100 * $0, decimals: 1) } + [
          .number(cell.model.meanWidth, decimals: 0), .number(cell.model.meanScore, decimals: 1),
          number(cell.trend.count == 0 ? nil : 1 - cell.model.meanScore / cell.trend.meanScore),
          number(cell.winner?.probability),
        ] + trailingCells
      )
    }
    return table
  }

  private var reliabilityTable: Table {
    var table = Table(
      name: Part.reliability.rawValue,
      title: text("Slo sannsynlighetene til?", "Did the probabilities come true?"),
      columns: [
        Table.Column("event", text("Hendelse", "Event")),
        Table.Column("level", text("Nivå", "Level")),
        Table.Column("horizon", text("År", "Years")),
        Table.Column("class", text("Klasse, %", "Class, %")),
        Table.Column("forecasts", text("Varsler", "Forecasts")),
        Table.Column("mean_probability", text("Sagt, %", "Said, %")),
        Table.Column("observed_share", text("Kom, %", "Came, %")),
      ] + trailing
    )
    for item in pools() where item.window == windows[0].name {
      for event in Backtest.Event.allCases {
        guard let score = item.pool.events[event] else { continue }
        for (index, part) in score.reliability.enumerated() where part.count > 0 {
          let count = Double(part.count)
          table.add(
            [
              .word(event.rawValue, shown: name(event)), level(item.level),
              .integer(item.horizon), .text("\(10 * index)–\(10 * index + 10)"),
              .integer(part.count), .number(100 * part.probabilities / count, decimals: 1),
              .number(100 * Double(part.events) / count, decimals: 1),
            ] + trailingCells
          )
        }
      }
    }
    return table
  }

  private var trailing: [Table.Column] {
    [
      Table.Column("indicator", nil), Table.Column("basis", nil), Table.Column("draws", nil),
      Table.Column("seed", nil), Table.Column("dataset", nil),
    ]
  }

  private var trailingCells: [Table.Cell] {
    [
      .text(backtest.indicator.id), .text(backtest.options.basis.rawValue),
      .integer(backtest.options.draws), .text("\(backtest.options.seed)"), .text(vintage),
    ]
  }

  private func level(_ level: Level) -> Table.Cell {
    let name = level == .region ? Wording.region : Wording.municipality
    return .word(level.rawValue, shown: name[language].lowercased())
  }

  private func name(_ event: Backtest.Event) -> String {
    switch event {
    case .topQuarter: text("beste kvartil", "best quarter")
    case .upFive: text("minst 5 opp", "at least 5 up")
    }
  }

  private func number(_ value: Double?) -> Table.Cell {
    guard let value, value.isFinite else { return .missing("–") }
    return .number(value, decimals: 2)
  }

  // MARK: - Sentences

  private var verdicts: [String] {
    let judged = pools().filter { $0.window == windows[0].name }
    let off = judged.filter { !(0.87...0.94).contains($0.pool.model.coverage[2]) }
    var notes: [String] = []
    if judged.isEmpty {
      notes.append(
        text(
          "Alle vinduer slutter etter \(apartAfter).",
          "All windows end after \(apartAfter)."
        )
      )
    } else if off.isEmpty {
      notes.append(
        text(
          "90 %-intervallene traff som de skulle: fra 87 til 94 % av utfallene lå innenfor.",
          "The 90 % intervals held: from 87 to 94 % of the outcomes lay within."
        )
      )
    } else {
      let worst = off.map {
        NumberText.fixed(100 * $0.pool.model.coverage[2], decimals: 0, language)
      }
      notes.append(
        text(
          "90 %-intervaller traff ikke overalt: \(worst.joined(separator: ", ")) % der det avviker. "
            + "Les sannsynlighetene deretter.",
          "The 90 % intervals did not hold everywhere: \(worst.joined(separator: ", ")) % where they "
            + "are off. Read the probabilities accordingly."
        )
      )
    }
    if judged.contains(where: { $0.horizon == judged[0].horizon && $0.pool.isCloseToLottery }) {
      notes.append(
        text(
          "Hvem som går mest fram, er nær et lotteri: den som gjorde det, hadde i snitt under 10 % "
            + "sannsynlighet.",
          "Who moves best is close to a lottery: those that did had a mean probability below 10 %."
        )
      )
    }
    return notes
  }

  private var explanations: [String] {
    let late = backtest.cells.contains { $0.outcomeYear > apartAfter }
    let draws = NumberText.fixed(Double(backtest.options.draws), decimals: 0, language)
    return [
      text(
        "Fra hvert utgangsår er modellen beregnet på det som da var kjent, og \(draws) framtider er "
          + "trukket (frø \(backtest.options.seed)). Andel av utfallene innenfor intervallet skal være "
          + "50, 80 og 90 %. Mot trend og stillstand: hvor mye mindre feilen (CRPS, i plasser) er enn "
          + "når egen trend fortsetter med støy, og når ingenting skjer.",
        "From each origin the model is estimated on what was known then, and \(draws) futures are "
          + "drawn (seed \(backtest.options.seed)). The share of outcomes within an interval should be "
          + "50, 80 and 90 %. Over trend and nothing: how much smaller the error (CRPS, in places) is "
          + "than when each unit's own trend goes on with noise, and when nothing changes."
      )
    ]
      + (late
        ? [
          text(
            "Vinduer som slutter etter \(apartAfter), vises for seg: mottak av flyktninger.",
            "Windows that end after \(apartAfter) are shown apart: reception of refugees."
          )
        ] : [])
  }
}
