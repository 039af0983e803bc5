internal import Statistics

/// Measures the ranking of many columns.
public struct RankBenchmark {
  /// Ranks so many of the columns on so many threads by a kernel.
  typealias Ranker = (
    _ data: ShareColumns,
    _ columns: Int,
    _ places: UnsafeMutableBufferPointer<UInt16>,
    _ threads: Int,
    _ kernel: Kernel
  ) -> Void

  private let data: ShareColumns
  private let columns: Int
  private let settings: BenchmarkSettings
  private let ranker: Ranker

  /// Prepares a measurement.
  ///
  /// - Parameters:
  ///   - data: The columns, or a block of them.
  ///   - columns: How many columns are ranked; the block is passed over until they are done.
  ///   - settings: Threads, kernels and repeats.
  public init(_ data: ShareColumns, columns: Int, settings: BenchmarkSettings) {
    self.init(data, columns: columns, settings: settings, ranker: Self.rank)
  }

  init(
    _ data: ShareColumns,
    columns: Int,
    settings: BenchmarkSettings,
    ranker: @escaping Ranker
  ) {
    self.data = data
    self.columns = columns
    self.settings = settings
    self.ranker = ranker
  }

  /// Checks, then measures every kernel with every number of threads.
  ///
  /// The places of some columns must be those of `ColumnRanks`, and those of all columns the same for
  /// every kernel and number of threads.
  ///
  /// - Parameters:
  ///   - limits: What the machine can do.
  ///   - done: Called after each measurement.
  /// - Returns: The measurements.
  /// - Throws: `MeasurementError` when a place is wrong.
  public func measurements(
    _ limits: MachineLimits,
    done: () -> Void = {}
  ) throws(MeasurementError) -> [Measurement] {
    var places = [UInt16](repeating: 0, count: data.units * data.columns)
    var digest: Int?
    var results: [Measurement] = []
    for kernel in settings.kernels {
      for threads in settings.threads {
        let size = Measurement.Size(units: data.units, columns: columns, threads: threads)
        for index in places.indices { places[index] = .max }
        places.withUnsafeMutableBufferPointer { ranker(data, data.columns, $0, threads, kernel) }
        try check(places, kernel)
        let found = places.withUnsafeBytes { Self.digest($0) }
        guard digest ?? found == found else {
          throw MeasurementError(
            .wrongResult,
            "The places by the kernel \(kernel.rawValue) on \(threads) threads differ from those "
              + "by \(settings.kernels[0].rawValue)."
          )
        }
        digest = found
        let (timing, peak) = PeakMemory.during {
          settings.stopwatch.time(isWarm: true) {
            places.withUnsafeMutableBufferPointer { places in
              data.forEachPass(of: columns) { ranker(data, $0, places, threads, kernel) }
            }
          }
        }
        var result = Measurement(
          .rank,
          "regionsim \(kernel.rawValue)",
          kernel: kernel,
          size: size,
          timing: timing,
          unit: .nanosecondsPerElement
        )
        result.rate(bytes: 10 * Double(data.units), limits: limits)
        result.peakMegabytes = peak
        result.isChecked = true
        result.note = data.note(of: columns)
        results.append(result)
        done()
      }
    }
    return results
  }

  private func check(_ places: [UInt16], _ kernel: Kernel) throws(MeasurementError) {
    for column in data.checked(seed: settings.seed) {
      let expected = ColumnRanks(of: data.column(column)).places
      for unit in 0..<data.units {
        let found = places[column * data.units + unit]
        guard Double(found) != expected[unit] else { continue }
        throw MeasurementError(
          .wrongResult,
          "The kernel \(kernel.rawValue) gives unit \(unit + 1) of column \(column + 1) the place "
            + "\(found) instead of \(Int(expected[unit]))."
        )
      }
    }
  }

  private static func digest(_ bytes: UnsafeRawBufferPointer) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: bytes)
    return hasher.finalize()
  }

  /// Ranks as the product does.
  private static func rank(
    _ data: ShareColumns,
    _ columns: Int,
    _ places: UnsafeMutableBufferPointer<UInt16>,
    _ threads: Int,
    _ kernel: Kernel
  ) {
    let count = columns * data.units
    data.values.withUnsafeBufferPointer { values in
      BatchRanks.rank(
        count: data.units,
        columns: columns,
        of: UnsafeBufferPointer(rebasing: values[..<count]),
        into: UnsafeMutableBufferPointer(rebasing: places[..<count]),
        threads: threads,
        kernel: kernel
      )
    }
  }

  /// The places of the first columns, one after another.
  func firstPlaces(_ count: Int) -> [UInt16] {
    var places = [UInt16](repeating: 0, count: data.units * count)
    places.withUnsafeMutableBufferPointer { Self.rank(data, count, $0, 1, .best) }
    return places
  }
}

extension ShareColumns {
  /// What is to be said where a block is passed over several times.
  func note(of total: Int) -> String {
    total <= columns ? "" : "a block of \(columns) columns, passed over until \(total) were done"
  }
}
