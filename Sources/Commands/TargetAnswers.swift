internal import Datasets
internal import Documents
internal import Regions
internal import Reports
internal import Scenarios

/// What is known of the targets of a scenario: what they take, how hard that is, how likely.
struct TargetAnswers {
  let scenario: Scenario
  let dataset: Dataset
  /// The figures, with those of `series(of:dataset:futures:)`.
  let panel: Panel
  /// Which series changes, and whose.
  var means = RequiredChange.Means()

  /// The series that the answers need.
  static func series(
    of scenario: Scenario,
    dataset: Dataset,
    futures: Bool
  ) throws -> Set<String> {
    let catalogue = dataset.catalogue
    let indicators = scenario.indicators.compactMap { try? catalogue.indicator($0.value) }
    var needed = try Simulation.series(of: scenario, catalogue: catalogue, futures: futures)
    for indicator in indicators {
      needed.formUnion(RequiredChange.historySeries(of: indicator, catalogue: catalogue))
    }
    return needed
  }

  /// The answers, without futures.
  func answers() throws -> [TargetReport.Answer] {
    let catalogue = dataset.catalogue
    let moving = try Simulation(scenario, catalogue: catalogue, panel: panel)
    let holding = try Simulation(scenario.withOthersHolding, catalogue: catalogue, panel: panel)
    let changes: [(holding: RequiredChange, moving: RequiredChange)]
    let paths: [CheapestPath]
    do throws(DocumentError) {
      changes = Array(zip(try holding.requiredChanges(means), try moving.requiredChanges(means)))
      paths = means.member == nil ? try moving.cheapestPaths(means.series) : []
    } catch {
      guard error.place?.file.hasPrefix("--") == true else { throw error }
      throw CommandLineError(message: error.description)
    }
    let division = try catalogue.division(scenario.division.value)
    return try changes.map { pair in
      func difficulty(_ change: RequiredChange) -> Difficulty? {
        change.difficulty(catalogue: catalogue, panel: panel, division: division)
      }
      return TargetReport.Answer(
        holding: pair.holding,
        moving: pair.moving,
        difficulty: (difficulty(pair.holding), difficulty(pair.moving)),
        path: paths.first { $0.target.id == pair.moving.target.id },
        warnings: try warnings(pair.moving, scenario, catalogue, panel)
      )
    }
  }

  /// Draws futures and adds them to the answers.
  ///
  /// - Parameters:
  ///   - answers: The answers, one a target.
  ///   - options: How many futures, and with which seed; nothing is drawn without a number.
  ///   - language: The language of the notes.
  /// - Returns: The futures, and from which history each movement is and how far it can be trusted.
  /// - Throws: `DocumentError` when the scenario cannot be drawn, `DatasetError` when figures cannot be
  ///   read.
  func draw(
    _ answers: inout [TargetReport.Answer],
    _ options: DrawOptions,
    _ language: Language
  ) throws -> (futures: Futures?, notes: [String]) {
    guard let draws = options.draws else { return (nil, []) }
    let simulation = try Simulation(scenario, catalogue: dataset.catalogue, panel: panel)
      .estimated()
    let progress = ProgressLine(language == .nb ? "Trekker framtider" : "Drawing futures")
    defer { progress.end() }
    let futures: Futures
    if answers.isEmpty {
      futures = try simulation.futures(
        draws: draws,
        seed: options.seed,
        threads: options.chosenThreads,
        progress: { progress.show($0) }
      )
    } else {
      let (drawn, curves) = try simulation.requiredChangeCurves(
        means,
        draws: draws,
        seed: options.seed,
        threads: options.chosenThreads,
        progress: { progress.show($0) }
      )
      for index in answers.indices {
        answers[index].futures = drawn.targets[index]
        answers[index].curve = curves[index]
        answers[index].seed = options.seed
      }
      futures = drawn
    }
    return (futures, try notes(simulation, options, language))
  }

  private func notes(
    _ simulation: Simulation,
    _ options: DrawOptions,
    _ language: Language
  ) throws -> [String] {
    let models = try simulation.growthModels()
    let trust = TrustCheck(
      dataset: dataset,
      division: try dataset.catalogue.division(scenario.division.value),
      draws: options
    )
    return try trust.notes(models, years: scenario.years.count, language)
      + GrowthReport.originNotes(
        [models],
        register: dataset.catalogue.register,
        language: language
      )
  }

  private func warnings(
    _ change: RequiredChange,
    _ scenario: Scenario,
    _ catalogue: Catalogue,
    _ panel: Panel
  ) throws -> [FeasibilityWarning] {
    let division = try catalogue.division(scenario.division.value)
    var circumstances = FeasibilityWarning.Circumstances()
    let indicator = change.indicator
    switch change.target.kind {
    case .rank, .climb, .best, .sum: circumstances.isOfPlaces = true
    case .level, .improve, .country: break
    }
    let reading: TargetReading =
      switch change.result {
      case .change(let found): found.reading
      case .alreadyMet, .impossible: change.projected
      }
    if let part = reading.parts.first {
      let ranking = try panel.ranking(
        RankingRequest(
          indicator: indicator,
          year: scenario.baselineYear.value,
          level: part.unit.level,
          division: division,
          fill: scenario.fill
        )
      )
      circumstances.ranked = ranking.ranked
      circumstances.carried = ranking.carried
      circumstances.startPlace = part.place.baseline.isNaN ? nil : part.place.baseline
      if indicator.isShare { circumstances.targetShare = part.value.year / indicator.scale }
    }
    let members =
      division.regions.first { change.unit.level == .region && $0.code == change.unit.code }?
      .members
      ?? catalogue.register.position(ofCode: change.unit.code).map { [$0] } ?? []
    if let year = panel.years(of: "population.total").last(where: { $0 <= change.year }) {
      let column = panel.column("population.total", year: year)
      for member in members where !column.values[member].isNaN {
        circumstances.municipalities[catalogue.register.unit(at: member).name] =
          column.values[member]
      }
    }
    circumstances.denominator = indicator.denominator.flatMap { panel.series[$0]?.name }
    circumstances.isOfAmounts = indicator.aggregation == .sum
    circumstances.direction = indicator.direction
    return FeasibilityWarning.all(in: circumstances)
  }
}
