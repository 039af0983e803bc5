internal import Composites
internal import LinearAlgebra
internal import Statistics

/// Measures the places under many draws of a composite's weights.
public struct WeightsBenchmark {
  /// How many indicators the composite has.
  public static let indicators = 20
  /// The most units: each thread counts places in units² numbers.
  public static let mostUnits = 4096
  static let spread = 0.25

  private let units: Int
  private let draws: Int
  private let settings: BenchmarkSettings
  /// The indicators as they come: units × indicators.
  let values: [Double]
  /// The weights around which is drawn; they sum to 1.
  let base: [Double]

  /// Prepares a measurement.
  ///
  /// - Parameters:
  ///   - units: How many units there are, 2 to `mostUnits`.
  ///   - draws: How many draws are made.
  ///   - settings: Threads, kernels and repeats.
  public init(units: Int, draws: Int, settings: BenchmarkSettings) {
    precondition((2...Self.mostUnits).contains(units), "There are units to rank.")
    self.units = units
    self.draws = draws
    self.settings = settings
    let count = Self.indicators
    let raw = ShareColumns.uniforms(units * count, stream: 3, seed: settings.seed)
    values = raw.enumerated().map { 10 * Double(1 + $0 / units) * $1 }
    let weights = ShareColumns.uniforms(count, stream: 4, seed: settings.seed).map { 0.5 + $0 }
    let total = weights.reduce(0, +)
    base = weights.map { $0 / total }
  }

  /// The indicators from 0 to 1: value minus the least, over the range.
  private var normalised: Matrix {
    var matrix = Matrix(rows: units, columns: Self.indicators, columnMajor: values)
    for column in 0..<matrix.columns {
      let range = column * units..<(column + 1) * units
      let (low, high) = (values[range].min() ?? 0, values[range].max() ?? 1)
      for index in range { matrix.elements[index] = (values[index] - low) / (high - low) }
    }
    return matrix
  }

  private var weightDraws: WeightDraws {
    WeightDraws(
      indicators: normalised,
      weights: base,
      spread: Self.spread,
      seed: settings.seed
    )
  }

  /// Checks, then measures every kernel with every number of threads.
  ///
  /// The counts of some draws must be those of a plain loop, but for one place in 100,000 that the
  /// last digit of a product may move, and those of all draws the same for every kernel and number of
  /// threads.
  ///
  /// - Parameters:
  ///   - limits: What the machine can do.
  ///   - done: Called after each measurement.
  /// - Returns: The measurements.
  /// - Throws: `MeasurementError` when a count is wrong.
  public func measurements(
    _ limits: MachineLimits,
    done: () -> Void = {}
  ) throws(MeasurementError) -> [Measurement] {
    let composite = weightDraws
    let expected = try check(composite)
    var results: [Measurement] = []
    for kernel in settings.kernels {
      for threads in settings.threads {
        let tally = composite.placeTally(draws: draws, threads: threads, kernel: kernel)
        guard tally == expected else {
          throw MeasurementError(
            .wrongResult,
            "The places under drawn weights by the kernel \(kernel.rawValue) on \(threads) threads "
              + "differ from those on one."
          )
        }
        let (timing, peak) = PeakMemory.during {
          settings.stopwatch.time(isWarm: true) {
            _ = composite.placeTally(draws: draws, threads: threads, kernel: kernel)
          }
        }
        var result = Measurement(
          .weights,
          "regionsim \(kernel.rawValue)",
          kernel: kernel,
          size: Measurement.Size(units: units, columns: draws, threads: threads),
          timing: timing,
          unit: .drawsPerSecond
        )
        result.rate(operations: 2 * Double(units) * Double(Self.indicators), limits: limits)
        result.peakMegabytes = peak
        result.isChecked = true
        result.note = "\(Self.indicators) indicators"
        results.append(result)
        done()
      }
    }
    return results
  }

  /// Compares some draws with a plain loop; gives the tally of all.
  private func check(_ composite: WeightDraws) throws(MeasurementError) -> PlaceTally {
    let count = min(draws, max(4, 100_000 / units))
    let indicators = composite.indicators
    var counts = [Int](repeating: 0, count: units * (units + 1))
    for draw in 0..<count {
      let weights = composite.weights(ofDraw: UInt64(draw))
      let scores = (0..<units).map { unit in
        weights.indices.reduce(0.0) { $0 + indicators[unit, $1] * weights[$1] }
      }
      for (unit, place) in ColumnRanks(of: scores).places.enumerated() {
        counts[unit * (units + 1) + Int(place)] += 1
      }
    }
    let tally = composite.placeTally(draws: count, threads: 1)
    var moved = 0
    for unit in 0..<units {
      for place in 0...units {
        moved += max(0, tally.count(ofPlace: place, unit) - counts[unit * (units + 1) + place])
      }
    }
    guard moved <= 2 + count * units / 100_000 else {
      throw MeasurementError(
        .wrongResult,
        "\(moved) places under drawn weights are not those of a plain loop."
      )
    }
    return composite.placeTally(draws: draws, threads: 1)
  }

  /// The mean place of each unit and its Monte Carlo standard error.
  func expected() -> (places: [Double], errors: [Double]) {
    let tally = weightDraws.placeTally(draws: draws, threads: settings.threads.max() ?? 1)
    return ((0..<units).map(tally.mean), (0..<units).map(tally.standardError))
  }
}
