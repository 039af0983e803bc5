internal import Regions

/// Measures all that the settings ask for on one dataset.
public struct BenchmarkRun {
  private let settings: BenchmarkSettings
  private let figures: EmploymentFigures
  private let peers: PeerProgram?
  private let progress: (Double) -> Void
  private var result: BenchmarkResult
  private var steps = 0.0

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - settings: What is measured.
  ///   - figures: The shares of the dataset.
  ///   - limits: What the machine can do.
  ///   - peers: What measures the peers; `nil` to leave them out.
  ///   - progress: Called now and then with the share that is done, from 0 to 1.
  public init(
    _ settings: BenchmarkSettings,
    figures: EmploymentFigures,
    limits: MachineLimits,
    peers: PeerProgram? = nil,
    progress: @escaping (Double) -> Void = { _ in }
  ) {
    self.settings = settings
    self.figures = figures
    self.peers = peers
    self.progress = progress
    result = BenchmarkResult(limits: limits)
  }

  /// Measures.
  ///
  /// - Returns: The measurements, by kind of work in the order of their kinds.
  /// - Throws: `MeasurementError` when a result is wrong or the peers' program fails; what the
  ///   simulation of the dataset throws.
  public mutating func measure() throws -> BenchmarkResult {
    for units in settings.units {
      for columns in settings.columns {
        if !settings.works.isDisjoint(with: [.rank, .top, .aggregate]) {
          try measure(columns, of: units)
        }
        try weights(units, columns)
      }
      try confidence(units)
    }
    if settings.works.contains(.simulate) {
      for columns in settings.columns { try simulation(columns) }
    }
    progress(1)
    let order = BenchmarkWork.allCases
    result.measurements = order.flatMap { work in
      result.measurements.filter { $0.work == work }
    }
    result.comparisons = order.flatMap { work in
      result.comparisons.filter { $0.own.work == work }
    }
    return result
  }

  /// How many measurements there will be, about.
  private var expectedSteps: Double {
    let kernels = Double(settings.kernels.count)
    let each = settings.works.reduce(0.0) { sum, work in
      switch work {
      case .rank, .top, .weights: sum + kernels
      case .aggregate: sum + kernels + 1
      case .simulate, .confidence: sum + 1
      case .commands: sum
      }
    }
    let sizes = settings.units.count * settings.columns.count * settings.threads.count
    return max(1, each * Double(sizes) * (peers == nil ? 1 : 2))
  }

  private mutating func step() {
    steps += 1
    progress(min(0.99, steps / expectedSteps))
  }

  // MARK: - The kinds of work

  private mutating func measure(_ columns: Int, of units: Int) throws {
    let data = ShareColumns(
      base: figures.base(units: units, seed: settings.seed),
      columns: columns,
      seed: settings.seed,
      threads: settings.threads.max() ?? 1
    )
    let limits = result.limits
    let rank = RankBenchmark(data, columns: columns, settings: settings)
    let parts = figures.parts(units: units, seed: settings.seed)
    let aggregate = AggregateBenchmark(data, parts: parts, columns: columns, settings: settings)
    var own: [Measurement] = []
    if settings.works.contains(.rank) { own += try rank.measurements(limits) { step() } }
    if settings.works.contains(.top) {
      let top = TopBenchmark(data, columns: columns, settings: settings)
      own += try top.measurements(limits) { step() }
    }
    if settings.works.contains(.aggregate) { own += try aggregate.measurements(limits) { step() } }
    result.measurements += own
    guard let peers else { return }
    // One folder for all threads: the values are large.
    let directory = try PeerDirectory()
    try directory.write(data.values, "values.f64")
    var works: [BenchmarkWork] = []
    var work = PeerWork(
      units: units,
      columns: columns,
      regions: parts.count,
      threads: 1,
      seed: settings.seed
    )
    if !settings.works.isDisjoint(with: [.rank, .top]) {
      work.rank = try rank.export(to: directory, columns: columns)
      works.append(.rank)
    }
    if settings.works.contains(.aggregate) {
      work.aggregate = try aggregate.export(to: directory, columns: columns)
      works.append(.aggregate)
    }
    for threads in settings.threads {
      try compare(own.filter { $0.size.threads == threads }, peers, works, work, directory, threads)
    }
  }

  private mutating func weights(_ units: Int, _ draws: Int) throws {
    guard settings.works.contains(.weights) else { return }
    guard (2...WeightsBenchmark.mostUnits).contains(units) else {
      return skip(.weights, "it is measured for 2 to \(WeightsBenchmark.mostUnits) units")
    }
    let benchmark = WeightsBenchmark(units: units, draws: draws, settings: settings)
    let limits = result.limits
    let own = try benchmark.measurements(limits) { step() }
    result.measurements += own
    guard let peers else { return }
    let directory = try PeerDirectory()
    var work = PeerWork(
      units: units,
      columns: draws,
      regions: 0,
      threads: 1,
      seed: settings.seed
    )
    work.weights = try benchmark.export(to: directory, draws: draws)
    for threads in settings.threads {
      let same = own.filter { $0.size.threads == threads }
      try compare(same, peers, [.weights], work, directory, threads)
    }
  }

  private mutating func confidence(_ units: Int) throws {
    guard settings.works.contains(.confidence) else { return }
    guard units <= ConfidenceBenchmark.mostUnits else {
      return skip(
        .confidence,
        "it is measured for up to \(ConfidenceBenchmark.mostUnits) units"
      )
    }
    let (values, errors) = try figures.confidence(units: units, seed: settings.seed)
    let benchmark = ConfidenceBenchmark(
      values: values,
      standardErrors: errors,
      settings: settings
    )
    let own = try benchmark.measurements { step() }
    result.measurements += own
    guard let peers else { return }
    let directory = try PeerDirectory()
    var work = PeerWork(
      units: values.count,
      columns: ConfidenceBenchmark.draws,
      regions: 0,
      threads: 1,
      seed: settings.seed
    )
    work.confidence = try benchmark.export(to: directory)
    let threads = settings.threads.max() ?? 1
    try compare(own, peers, [.confidence], work, directory, threads)
  }

  private mutating func simulation(_ columns: Int) throws {
    let benchmark = try SimulationBenchmark(figures, settings: settings)
    let own = try benchmark.measurements(columns: columns) { step() }
    result.measurements += own
    guard let peers else { return }
    let directory = try PeerDirectory()
    var work = PeerWork(
      units: benchmark.units,
      columns: columns,
      regions: figures.division.regions.count,
      threads: 1,
      seed: settings.seed
    )
    work.simulate = try benchmark.export(
      to: directory,
      draws: columns,
      threads: settings.threads.max() ?? 1
    )
    for threads in settings.threads {
      let same = own.filter { $0.size.threads == threads }
      try compare(same, peers, [.simulate], work, directory, threads)
    }
  }

  // MARK: - Beside the peers

  private mutating func skip(_ work: BenchmarkWork, _ reason: String) {
    let remark = BenchmarkResult.Skipped(work: work.rawValue, reason: reason)
    if !result.skipped.contains(remark) { result.skipped.append(remark) }
  }

  /// Measures the peers on what regionsim was measured on.
  private mutating func compare(
    _ own: [Measurement],
    _ peers: PeerProgram,
    _ works: [BenchmarkWork],
    _ work: PeerWork,
    _ directory: PeerDirectory,
    _ threads: Int
  ) throws {
    var work = work
    work.threads = threads
    try directory.write(work)
    let lines = try peers.lines(works, directory, threads: threads, settings: settings)
    for line in lines {
      guard let skipped = line.skipped else { continue }
      let remark = BenchmarkResult.Skipped(
        work: line.work,
        implementation: line.implementation,
        reason: skipped
      )
      if !result.skipped.contains(remark) { result.skipped.append(remark) }
    }
    let found = try lines.compactMap { line throws(MeasurementError) in try line.measurement() }
      .filter { settings.works.contains($0.work) }
    for comparison in Self.comparisons(own, found) {
      result.comparisons.append(comparison)
      result.measurements += comparison.peers
      for _ in comparison.peers { step() }
    }
  }

  /// The peers beside regionsim's best at the same work: of confidence sets, at those of the same
  /// scope.
  static func comparisons(
    _ own: [Measurement],
    _ peers: [Measurement]
  ) -> [BenchmarkResult.Comparison] {
    var comparisons: [BenchmarkResult.Comparison] = []
    for peer in peers {
      let alike = own.filter { $0.work == peer.work && $0.scope == peer.scope }
      guard let best = alike.min(by: { $0.times($1) < 1 }) else { continue }
      var peer = peer
      peer.timesRegionsim = peer.times(best)
      if let index = comparisons.firstIndex(where: { $0.own == best }) {
        comparisons[index].peers.append(peer)
      } else {
        comparisons.append(BenchmarkResult.Comparison(own: best, peers: [peer]))
      }
    }
    return comparisons
  }
}

extension Measurement {
  /// What the confidence sets are of, the last word of what makes them.
  fileprivate var scope: Substring? {
    work == .confidence ? implementation.split(separator: " ").last : nil
  }
}
