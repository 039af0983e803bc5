internal import Documents
internal import Forecasts
internal import Regions
internal import Scenarios
internal import Statistics

/// Measures the whole engine: drawing futures, summing them to regions, ranking both levels and
/// counting places.
public struct SimulationBenchmark {
  let model: SimulationModel
  private let simulation: Simulation
  private let settings: BenchmarkSettings

  /// Prepares a measurement on a dataset's shares.
  ///
  /// - Parameters:
  ///   - figures: The shares.
  ///   - settings: Threads, repeats and seed.
  /// - Throws: `DocumentError` where the dataset does not allow it.
  public init(_ figures: EmploymentFigures, settings: BenchmarkSettings) throws {
    self.settings = settings
    model = SimulationModel(figures, seed: settings.seed)
    simulation = try model.simulation()
  }

  /// How many municipalities are drawn.
  public var units: Int { model.figures.present.count }

  /// Checks, then measures with every number of threads.
  ///
  /// The counts must be the same for every number of threads, and the mean places of some draws
  /// within five standard errors of plain loops.
  ///
  /// - Parameters:
  ///   - columns: How many futures are drawn.
  ///   - done: Called after each measurement.
  /// - Returns: The measurements.
  /// - Throws: `MeasurementError` when a count is wrong.
  public func measurements(columns: Int, done: () -> Void = {}) throws -> [Measurement] {
    let draws = settings.isQuick ? 200 : 2000
    try check(try futures(10 * draws, 1), plainDraws: draws)
    let reference = try futures(columns, 1)
    var results: [Measurement] = []
    for threads in settings.threads {
      guard Self.areSame(reference, try futures(columns, threads)) else {
        throw MeasurementError(
          .wrongResult,
          "The places of \(columns) futures drawn on \(threads) threads differ from those on one."
        )
      }
      let (timing, peak) = try PeakMemory.during {
        try settings.stopwatch.time(isWarm: true) { _ = try futures(columns, threads) }
      }
      var result = Measurement(
        .simulate,
        "regionsim engine",
        kernel: .best,
        size: Measurement.Size(units: units, columns: columns, threads: threads),
        timing: timing,
        unit: .microsecondsPerScenario
      )
      result.peakMegabytes = peak
      result.isChecked = true
      result.note =
        "\(units) municipalities with figures in \(model.figures.year), "
        + "\(model.figures.division.regions.count) regions, both levels ranked"
      results.append(result)
      done()
    }
    return results
  }

  /// The places of the only year.
  func futures(_ draws: Int, _ threads: Int) throws -> FutureYear {
    let futures = try simulation.futures(draws: draws, seed: settings.seed, threads: threads)
    return futures.indicators[0].years[0]
  }

  private static func areSame(_ one: FutureYear, _ other: FutureYear) -> Bool {
    let pairs =
      [(one.municipality, other.municipality)]
      + [(one.region, other.region)]
      .compactMap { pair in pair.0.flatMap { first in pair.1.map { (first, $0) } } }
    return (one.region == nil) == (other.region == nil)
      && pairs.allSatisfy { first, second in
        first.units.indices.allSatisfy { unit in
          (0...first.units.count).allSatisfy {
            first.count(ofPlace: $0, unit) == second.count(ofPlace: $0, unit)
          }
        }
      }
  }

  /// Compares mean places with those of plain loops.
  private func check(_ year: FutureYear, plainDraws: Int) throws {
    let plain = try model.plainPlaces(draws: plainDraws, seed: settings.seed)
    let entries = model.arrays.entries
    try compare(year.municipality, entries, plain.units)
    if let region = year.region {
      try compare(region, Array(region.units.indices), plain.regions)
    }
  }

  private func compare(
    _ found: PlaceDistribution,
    _ entries: [Int],
    _ plain: PlainMeans
  ) throws(MeasurementError) {
    for (index, entry) in entries.enumerated() {
      let (mine, expected) = (found.mean(entry), plain[index])
      let error =
        (mine.standardError * mine.standardError
        + expected.standardError * expected.standardError).squareRoot()
      guard !mine.place.isNaN, !(abs(mine.place - expected.place) <= 5 * error) else { continue }
      throw MeasurementError(
        .wrongResult,
        "The mean place of \(found.units[entry].name) is \(mine.place) in drawn futures, but "
          + "\(expected.place) by plain loops, further off than 5 standard errors."
      )
    }
  }
}
