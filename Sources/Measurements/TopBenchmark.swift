internal import Statistics
internal import Synchronization

/// Measures counting who is among the first in many columns.
public struct TopBenchmark {
  /// The last place that counts.
  public static let top = 10

  private let data: ShareColumns
  private let columns: Int
  private let settings: BenchmarkSettings

  /// Prepares a measurement.
  ///
  /// - Parameters:
  ///   - data: The columns, or a block of them.
  ///   - columns: How many columns are looked at.
  ///   - settings: Threads, kernels and repeats.
  public init(_ data: ShareColumns, columns: Int, settings: BenchmarkSettings) {
    self.data = data
    self.columns = columns
    self.settings = settings
  }

  /// Checks, then measures every kernel with every number of threads.
  ///
  /// The counts over the first columns must be those of `ColumnRanks`, and those over all columns the
  /// same for every kernel and number of threads.
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
    let checked = min(data.columns, 200, max(4, 1_000_000 / data.units))
    let expected = expectedCounts(checked)
    var all: [UInt32]?
    var results: [Measurement] = []
    for kernel in settings.kernels {
      for threads in settings.threads {
        let counts = count(data.columns, threads, kernel)
        guard count(checked, threads, kernel) == expected, all ?? counts == counts else {
          throw MeasurementError(
            .wrongResult,
            "The kernel \(kernel.rawValue) on \(threads) threads miscounts who is among the first "
              + "\(Self.top)."
          )
        }
        all = counts
        let (timing, peak) = PeakMemory.during {
          settings.stopwatch.time(isWarm: true) {
            data.forEachPass(of: columns) { _ = count($0, threads, kernel) }
          }
        }
        var result = Measurement(
          .top,
          "regionsim \(kernel.rawValue)",
          kernel: kernel,
          size: Measurement.Size(units: data.units, columns: columns, threads: threads),
          timing: timing,
          unit: .nanosecondsPerElement
        )
        result.rate(bytes: 8 * Double(data.units), limits: limits)
        result.peakMegabytes = peak
        result.isChecked = true
        result.note = data.note(of: columns)
        results.append(result)
        done()
      }
    }
    return results
  }

  private func expectedCounts(_ columns: Int) -> [UInt32] {
    var counts = [UInt32](repeating: 0, count: data.units)
    for column in 0..<columns {
      let places = ColumnRanks(of: data.column(column)).places
      for (unit, place) in places.enumerated() where place <= Double(Self.top) { counts[unit] += 1 }
    }
    return counts
  }

  private func count(_ columns: Int, _ threads: Int, _ kernel: Kernel) -> [UInt32] {
    let units = data.units
    let total = Mutex([UInt32](repeating: 0, count: units))
    data.values.withUnsafeBufferPointer { values in
      nonisolated(unsafe) let values = values
      ChunkQueue.share(columns, by: 256, threads: threads) { queue in
        var ranks = BatchRanks(count: units, kernel: kernel)
        var counts = [UInt32](repeating: 0, count: units)
        counts.withUnsafeMutableBufferPointer { counts in
          while let chunk = queue.next() {
            ranks.countTop(
              Self.top,
              columns: chunk.count,
              of: UnsafeBufferPointer(
                rebasing: values[chunk.lowerBound * units..<chunk.upperBound * units]
              ),
              stride: units,
              into: counts
            )
          }
        }
        total.withLock { total in
          for unit in 0..<units { total[unit] += counts[unit] }
        }
      }
    }
    return total.withLock { $0 }
  }
}
