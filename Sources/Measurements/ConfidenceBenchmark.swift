internal import Statistics

/// Measures confidence sets for places, the drawing of the errors included.
public struct ConfidenceBenchmark {
  /// How many draws of the errors there are.
  public static let draws = 1000
  /// The probability of covering.
  public static let level = 0.95
  /// The most units: every pair of them is compared in every draw.
  public static let mostUnits = 2000

  let values: [Double]
  let standardErrors: [Double]
  private let settings: BenchmarkSettings

  /// Prepares a measurement.
  ///
  /// - Parameters:
  ///   - values: The values, without any that are missing.
  ///   - standardErrors: Their standard errors.
  ///   - settings: The seed and the repeats.
  public init(values: [Double], standardErrors: [Double], settings: BenchmarkSettings) {
    self.values = values
    self.standardErrors = standardErrors
    self.settings = settings
  }

  /// Made-up standard errors of shares, of between 500 and 50,000 persons each.
  public static func standardErrors(of shares: [Double], seed: UInt64) -> [Double] {
    let numbers = ShareColumns.uniforms(shares.count, stream: 5, seed: seed)
    return zip(shares, numbers).map { share, number in
      (share * (1 - share) / (500 + 49_500 * number * number * number)).squareRoot()
    }
  }

  /// The sets of a scope.
  func sets(_ scope: RankConfidenceSets.Scope, threads: Int = 1) -> RankConfidenceSets {
    let errors = ErrorDraws(
      standardErrors: standardErrors,
      count: Self.draws,
      seed: settings.seed,
      threads: threads
    )
    return RankConfidenceSets(
      values,
      errors: errors,
      level: Self.level,
      scope: scope,
      threads: threads
    )
  }

  /// Checks, then measures simultaneous and marginal sets.
  ///
  /// A set must hold the place by the values themselves, and be the same when it is made again.
  ///
  /// - Parameter done: Called after each measurement.
  /// - Returns: The measurements.
  /// - Throws: `MeasurementError` when a set is wrong.
  public func measurements(done: () -> Void = {}) throws(MeasurementError) -> [Measurement] {
    let places = ColumnRanks(of: values).places
    var results: [Measurement] = []
    for scope in [RankConfidenceSets.Scope.simultaneous, .marginal] {
      let first = sets(scope)
      let holds = places.indices.allSatisfy { unit in
        guard let low = first.lower[unit], let high = first.upper[unit] else { return false }
        return Double(low) <= places[unit] && places[unit] <= Double(high)
      }
      for threads in settings.threads {
        guard holds, sets(scope, threads: threads) == first else {
          throw MeasurementError(
            .wrongResult,
            "The \(scope.rawValue) confidence sets do not hold the places, or are others when made "
              + "again."
          )
        }
        results.append(measurement(scope, threads))
        done()
      }
    }
    return results
  }

  private func measurement(
    _ scope: RankConfidenceSets.Scope,
    _ threads: Int
  ) -> Measurement {
    let (timing, peak) = PeakMemory.during {
      settings.stopwatch.time(isWarm: true) { _ = sets(scope, threads: threads) }
    }
    var result = Measurement(
      .confidence,
      "regionsim stepdown \(scope.rawValue)",
      size: Measurement.Size(units: values.count, columns: Self.draws, threads: threads),
      timing: timing,
      unit: .seconds
    )
    result.peakMegabytes = peak
    result.isChecked = true
    return result
  }
}
