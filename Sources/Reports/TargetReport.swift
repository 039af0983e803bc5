public import Regions
public import Scenarios
internal import Statistics

/// What the targets of a scenario take, how hard that is, and where it is cheapest.
public struct TargetReport: Sendable {
  /// All that is known of one target.
  public struct Answer: Sendable {
    /// What it takes when nobody moves without levers.
    public var holding: RequiredChange
    /// What it takes when all move as the scenario says.
    public var moving: RequiredChange
    /// How hard each is, or `nil`.
    public var difficulty: (holding: Difficulty?, moving: Difficulty?)
    /// The cheapest path when all move as the scenario says; `nil` for a municipality.
    public var path: CheapestPath?
    /// What a reader must be warned of.
    public var warnings: [FeasibilityWarning]
    /// How likely it is met; `nil` when no futures were drawn.
    public var futures: TargetFutures?
    /// What it takes in the futures; `nil` when none were drawn, or the series cannot be changed.
    public var curve: RequiredChangeCurve?
    /// The seed of the futures.
    public var seed: UInt64?

    /// Creates an answer.
    public init(
      holding: RequiredChange,
      moving: RequiredChange,
      difficulty: (holding: Difficulty?, moving: Difficulty?),
      path: CheapestPath?,
      warnings: [FeasibilityWarning]
    ) {
      self.holding = holding
      self.moving = moving
      self.difficulty = difficulty
      self.path = path
      self.warnings = warnings
    }
  }

  private let answers: [Answer]
  private let series: [String: Series]
  private let vintage: String
  private let language: Language
  private let levels: [Double]
  private var nb: Bool { language == .nb }

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - answers: One answer per target.
  ///   - series: The descriptions of the series that change.
  ///   - vintage: Name and version of the dataset.
  ///   - language: The language of labels.
  ///   - levels: The probabilities for which the change that suffices is shown, 0–1.
  public init(
    _ answers: [Answer],
    series: [String: Series],
    vintage: String,
    language: Language,
    levels: [Double] = [0.5, 0.8, 0.95]
  ) {
    self.answers = answers
    self.levels = levels
    self.series = series
    self.vintage = vintage
    self.language = language
  }

  /// The report: what each target takes, how hard that is, and the cheapest path.
  ///
  /// - Parameters:
  ///   - title: The title of the scenario.
  ///   - notes: Notes on sources.
  /// - Returns: The report.
  public func report(title: String, notes: [String]) -> Report {
    let sentences = answers.flatMap { answer in
      [sentence(answer, isMoving: false), sentence(answer, isMoving: true)]
    }
    let warnings = answers.flatMap(\.warnings).map { $0.text[language] }
    var seen: Set<String> = []
    return Report(
      title: title,
      tables: [
        requirements,
        TargetChancesTable(answers: answers, language: language, levels: levels).chances,
        difficulties, paths,
      ].filter { !$0.rows.isEmpty }.map { $0.with(dataset: vintage) },
      notes: sentences + warnings.filter { seen.insert($0).inserted } + explanations + notes
        + [Wording.dataset(vintage, language)]
    )
  }

  /// The changes and the probabilities with which they suffice, for a chart.
  ///
  /// - Parameters:
  ///   - title: The title of the scenario.
  ///   - notes: Notes on sources.
  /// - Returns: The report, with the table `curve`.
  public func curves(title: String, notes: [String]) -> Report {
    Report(
      title: title,
      tables: [TargetChancesTable(answers: answers, language: language, levels: levels).curves].map
      { $0.with(dataset: vintage) },
      notes: notes + [Wording.dataset(vintage, language)]
    )
  }

  private func assumption(_ isMoving: Bool) -> (word: String, shown: String) {
    isMoving
      ? ("scenario", nb ? "som i scenarioet" : "as the scenario says")
      : ("hold", nb ? "står stille" : "hold")
  }

  // MARK: - What it takes

  private var requirements: Table {
    let year = nb ? "i året, %" : "a year, %"
    var table = Table(
      name: "requirements",
      title: nb ? "Hva målene krever" : "What the targets take",
      columns: [
        Table.Column("target", nb ? "Mål" : "Target"),
        Table.Column("others", nb ? "De andre" : "Others"),
        Table.Column("unit_code", Wording.code[language]),
        Table.Column("unit_name", Wording.unit[language]),
        Table.Column("year", nil), Table.Column("series", nil),
        Table.Column("units", nb ? "Endring" : "Change", meaning: "units added; minus is fewer"),
        Table.Column("growth_projected", nb ? "Ellers \(year)" : "Else \(year)"),
        Table.Column("growth_required", nb ? "Kreves \(year)" : "Needed \(year)"),
        Table.Column("value", Wording.value[language]),
        Table.Column("place_before", nb ? "Plass før" : "Place before"),
        Table.Column("place", Wording.place[language]),
        Table.Column("obstacle", nb ? "Merknad" : "Note"),
      ]
    )
    for answer in answers {
      for (isMoving, change) in [(false, answer.holding), (true, answer.moving)] {
        for row in rows(change, isMoving) { table.add(row, marked: false) }
      }
    }
    return table
  }

  private func rows(_ change: RequiredChange, _ isMoving: Bool) -> [[Table.Cell]] {
    let others = assumption(isMoving)
    let head: [Table.Cell] = [
      .text(change.target.id), .word(others.word, shown: others.shown), .text(change.unit.code),
      .text(change.unit.name), .integer(change.year), .text(change.series),
    ]
    let none = [Table.Cell](repeating: .missing("–"), count: 5)
    let wording = TargetWording(change: change, language: language)
    switch change.result {
    case .alreadyMet:
      let met = nb ? "Nådd." : "Met already."
      return [
        head + [.number(0, decimals: 0)] + none + [.word(wording.word, shown: met)]
      ]
    case .impossible:
      return [
        head + [.missing("–")] + none + [.word(wording.word, shown: wording.obstacle ?? "")]
      ]
    case .change(let found):
      let whole = head + cells(found.units, found.figure, found.value, found.place, change)
      guard change.unit.level == .region else { return [whole] }
      return [whole]
        + found.members.map { member in
          [
            .word(change.target.id, shown: ""), .word(others.word, shown: ""),
            .text(member.unit.code), .text(member.unit.name), .integer(change.year),
            .text(change.series),
          ] + cells(member.units, member.figure, member.value, member.place, change)
        }
    }
  }

  private func cells(
    _ units: Int,
    _ figure: RequiredChange.Figure,
    _ value: TargetReading.Span,
    _ place: TargetReading.Span,
    _ change: RequiredChange
  ) -> [Table.Cell] {
    [
      .signed(Double(units), decimals: 0), .value(figure.projectedGrowth, decimals: 2),
      .value(figure.requiredGrowth, decimals: 2),
      .value(value.year, decimals: change.indicator.decimals), .rank(place.baseline),
      .rank(place.year), .text(""),
    ]
  }

  // MARK: - How hard it is

  private var difficulties: Table {
    var table = Table(
      name: "difficulty",
      title: nb ? "Hvor vanskelig det har vært" : "How hard it has been",
      columns: [
        Table.Column("target", nb ? "Mål" : "Target"),
        Table.Column("others", nb ? "De andre" : "Others"),
        Table.Column("unit_name", Wording.unit[language]),
        Table.Column("history", nb ? "Historien til" : "History of"),
        Table.Column("peers", nb ? "Blant" : "Among"),
        Table.Column("achieved", nb ? "Klart av" : "Achieved by"),
        Table.Column("units", Wording.of[language]), Table.Column("windows", nil),
        Table.Column("percentile", Wording.percentile[language]),
        Table.Column("share", nb ? "Andel, %" : "Share, %"),
        Table.Column("share_low", nb ? "95 % fra" : "95% from"),
        Table.Column("share_high", nb ? "til" : "to"),
        Table.Column("grade", nb ? "Vanskelighet" : "Difficulty"),
      ]
    )
    for answer in answers {
      let both = [(false, answer.difficulty.holding), (true, answer.difficulty.moving)]
      for (isMoving, difficulty) in both {
        guard let difficulty else { continue }
        for comparison in difficulty.comparisons {
          table.add(row(comparison, difficulty, answer.moving.target.id, isMoving))
        }
      }
    }
    return table
  }

  private func row(
    _ comparison: Difficulty.Comparison,
    _ difficulty: Difficulty,
    _ target: String,
    _ isMoving: Bool
  ) -> [Table.Cell] {
    let others = assumption(isMoving)
    let isFirst = comparison.peers == difficulty.comparisons.first?.peers
    return [
      .word(target, shown: isFirst ? target : ""),
      .word(others.word, shown: isFirst ? others.shown : ""),
      .word(difficulty.subject.unit.name, shown: isFirst ? difficulty.subject.unit.name : ""),
      .word(difficulty.indicator.id, shown: isFirst ? difficulty.indicator.id : ""),
      .word(comparison.peers.rawValue, shown: name(comparison.peers)),
      .integer(comparison.achievedUnits), .integer(comparison.units),
      .integer(comparison.windows), .number(comparison.percentile, decimals: 0),
      .number(100 * comparison.achievedShare, decimals: 1),
      .number(100 * comparison.interval.lower, decimals: 1),
      .number(100 * comparison.interval.upper, decimals: 1),
      .word(comparison.grade.rawValue, shown: Wording.grade(comparison.grade)[language]),
    ]
  }

  private func name(_ peers: Difficulty.Peers) -> String {
    switch peers {
    case .all: nb ? "alle" : "all"
    case .group: nb ? "samme gruppe" : "the same group"
    case .inhabitants: nb ? "samme størrelse" : "the same size"
    case .own: nb ? "enheten selv" : "the unit itself"
    case .startPlace: nb ? "samme startplass" : "the same start"
    }
  }

  // MARK: - The cheapest path

  private var paths: Table {
    var table = Table(
      name: "paths",
      title: nb
        ? "Billigste vei når enhetene fordeles fritt" : "The cheapest path, units spread freely",
      columns: [
        Table.Column("target", nb ? "Mål" : "Target"),
        Table.Column("unit_code", Wording.code[language]),
        Table.Column("unit_name", Wording.unit[language]),
        Table.Column("units", nb ? "Endring" : "Change"),
        Table.Column("places", nb ? "Sum av plasser" : "Sum of places"),
        Table.Column("best_units", nb ? "Mest per enhet ved" : "Most per unit at"),
        Table.Column("best_places", Wording.places[language]),
        Table.Column("lower_bound", nb ? "Minst" : "At least"),
      ]
    )
    for path in answers.compactMap(\.path) {
      guard case .spread(let spread) = path.result else { continue }
      table.add([
        .text(path.target.id), .text(path.unit.code), .text(path.unit.name),
        .signed(Double(spread.total), decimals: 0), .movement(spread.places), .missing("–"),
        .missing("–"), .signed(Double(path.sign * spread.lowerBound), decimals: 0),
      ])
      for (member, units) in zip(path.members, spread.units) {
        table.add([
          .word(path.target.id, shown: ""), .text(member.unit.code), .text(member.unit.name),
          .signed(Double(units), decimals: 0),
          .movement(member.steps.last { $0.units <= abs(units) }?.places ?? 0),
          member.best.map { .signed(Double(path.sign * $0.units), decimals: 0) } ?? .missing("–"),
          member.best.map { .movement($0.places) } ?? .missing("–"), .missing("–"),
        ])
      }
    }
    return table
  }

  // MARK: - In words

  private func sentence(_ answer: Answer, isMoving: Bool) -> String {
    let change = isMoving ? answer.moving : answer.holding
    let difficulty = isMoving ? answer.difficulty.moving : answer.difficulty.holding
    let name = series[change.series]?.name ?? LocalizedText(nb: change.series, en: change.series)
    let units: Double? =
      switch change.result {
      case .alreadyMet: 0
      case .change(let found): Double(found.units)
      case .impossible: nil
      }
    let sentence = FeasibilitySentence(
      unit: change.unit.name,
      indicator: change.indicator.name,
      target: TargetWording.aim(change),
      requirement: FeasibilitySentence.Requirement(
        change: units,
        unit: series[change.series]?.unit ?? .other,
        counted: LocalizedText(nb: lowered(name.nb), en: lowered(name.en)),
        years: years(change)
      ),
      others: isMoving
        ? LocalizedText(
          nb: "alle beveger seg som scenarioet sier",
          en: "all move as the scenario says"
        )
        : LocalizedText(
          nb: "ingen beveger seg uten scenarioets grep",
          en: "nobody moves but by the scenario's levers"
        ),
      record: difficulty.flatMap { difficulty in
        difficulty[.all].map {
          FeasibilitySentence.Record(
            $0,
            level: difficulty.subject.unit.level,
            substitute: difficulty.substitutedFor == nil ? nil : difficulty.indicator.name
          )
        }
      },
      probability: isMoving ? answer.futures.map { probability($0.probability) } : nil,
      basis: .projected
    )
    let obstacle = TargetWording(change: change, language: language).obstacle
    var texts = sentence.sentences(language)
    if let obstacle { texts.insert(obstacle, at: min(1, texts.count)) }
    return "\(change.target.id): \(texts.joined(separator: " "))"
  }

  private func probability(_ drawn: DrawnProbability) -> FeasibilitySentence.Probability {
    let interval = WilsonInterval(successes: Double(drawn.count), trials: Double(drawn.draws))
    return FeasibilitySentence.Probability(
      share: drawn.value,
      standardError: drawn.standardError,
      interval: interval.lower...interval.upper
    )
  }

  private func years(_ change: RequiredChange) -> Int {
    guard case .change(let found) = change.result else { return 1 }
    return found.figure.years
  }

  private func lowered(_ text: String) -> String { text.prefix(1).lowercased() + text.dropFirst() }

  private var explanations: [String] {
    [
      nb
        ? "Endringen er det minste hele tallet som når målet når alle andre er som forutsatt: personer, "
          + "kroner og så videre i målåret, utover scenarioets grep."
        : "The change is the smallest whole number that meets the target while everybody else is as "
          + "assumed: persons, kroner and so on in the target's year, on top of the scenario's levers.",
      nb
        ? "En region får endringen fordelt etter kommunenes tall ved utgangspunktet (Webster). For "
          + "regionens egen verdi er det likegyldig hvor den kommer; for summer av plasser ikke."
        : "A region's change is spread by its municipalities' figures at the baseline (Webster). For "
          + "the region's own value it is all the same where it comes; for sums of places it is not.",
    ]
  }
}
