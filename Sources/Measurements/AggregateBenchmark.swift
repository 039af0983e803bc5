internal import LinearAlgebra
internal import Statistics

/// Measures the sums over the parts of many columns: added one after the other, against a matrix
/// product.
public struct AggregateBenchmark {
  private let data: ShareColumns
  private let columns: Int
  private let parts: [[Int]]
  private let settings: BenchmarkSettings

  /// How many bytes the columns hold that are multiplied; they must lie in matrices of their own.
  private static let productBytes = 96_000_000
  /// How many columns a matrix has.
  private static let chunk = 512

  /// Prepares a measurement.
  ///
  /// - Parameters:
  ///   - data: The columns, or a block of them.
  ///   - parts: The units of each part.
  ///   - columns: How many columns are summed.
  ///   - settings: Threads, kernels and repeats.
  public init(
    _ data: ShareColumns,
    parts: [[Int]],
    columns: Int,
    settings: BenchmarkSettings
  ) {
    self.data = data
    self.parts = parts
    self.columns = columns
    self.settings = settings
  }

  /// A made-up partition: one part to five units, each unit in one of them.
  public static func parts(units: Int, seed: UInt64) -> [[Int]] {
    let count = max(1, units / 5)
    var parts = [[Int]](repeating: [], count: count)
    let numbers = ShareColumns.uniforms(units, stream: 2, seed: seed)
    for (unit, number) in numbers.enumerated() {
      // The first units go one to each part, so that none is empty.
      parts[unit < count ? unit : Int(number * Double(count))].append(unit)
    }
    return parts
  }

  /// Checks, then measures the sums by every kernel and by the product, with every number of threads.
  ///
  /// The sums of some columns must be those of plain loops to the last bit, those of all columns the
  /// same for every kernel, and the products within 10⁻¹² of them.
  ///
  /// - Parameters:
  ///   - limits: What the machine can do.
  ///   - done: Called after each measurement.
  /// - Returns: The measurements.
  /// - Throws: `MeasurementError` when a sum is wrong.
  public func measurements(
    _ limits: MachineLimits,
    done: () -> Void = {}
  ) throws(MeasurementError) -> [Measurement] {
    let reference = sums(data.columns)
    var results: [Measurement] = []
    for kernel in settings.kernels {
      for threads in settings.threads {
        results.append(try segmentSums(reference, kernel, threads, limits))
        done()
      }
    }
    if data.units * parts.count <= 50_000_000 {
      for threads in settings.threads {
        results.append(try products(reference, threads, limits))
        done()
      }
    }
    return results
  }

  /// The sums of the first columns by plain loops, column after column.
  private func sums(_ columns: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: parts.count * columns)
    for column in 0..<columns {
      for (part, members) in parts.enumerated() {
        var sum = 0.0
        for unit in members { sum += data.values[column * data.units + unit] }
        sums[column * parts.count + part] = sum
      }
    }
    return sums
  }

  /// The sums of the first columns, one after another.
  func firstSums(_ count: Int) -> [Double] { sums(count) }

  /// The part of each unit, from 0; −1 for none.
  var regionOf: [Int32] {
    var result = [Int32](repeating: -1, count: data.units)
    for (part, members) in parts.enumerated() {
      for unit in members { result[unit] = Int32(part) }
    }
    return result
  }

  private func measurement(
    _ implementation: String,
    _ kernel: Kernel?,
    _ threads: Int,
    _ limits: MachineLimits,
    _ body: () -> Void
  ) -> Measurement {
    let (timing, peak) = PeakMemory.during { settings.stopwatch.time(isWarm: true, body) }
    var result = Measurement(
      .aggregate,
      implementation,
      kernel: kernel,
      size: Measurement.Size(units: data.units, columns: columns, threads: threads),
      timing: timing,
      unit: .nanosecondsPerScenario
    )
    let operations = 2 * Double(data.units) * Double(parts.count)
    result.rate(
      bytes: 8 * Double(data.units + parts.count),
      operations: kernel == nil ? operations : nil,
      limits: limits
    )
    result.peakMegabytes = peak
    result.isChecked = true
    result.note = data.note(of: columns)
    return result
  }

  // MARK: - Sums one after the other

  private func segmentSums(
    _ reference: [Double],
    _ kernel: Kernel,
    _ threads: Int,
    _ limits: MachineLimits
  ) throws(MeasurementError) -> Measurement {
    let layout = PartSums(parts, positions: data.units, missing: .carried, kernel: kernel)
    var sums = [Double](repeating: .nan, count: parts.count * data.columns)
    func run(_ count: Int) {
      sums.withUnsafeMutableBufferPointer { sum(layout, count, threads, into: $0) }
    }
    run(data.columns)
    guard sums == reference else {
      throw MeasurementError(
        .wrongResult,
        "The sums by the kernel \(kernel.rawValue) on \(threads) threads are not those of a plain "
          + "loop."
      )
    }
    return measurement("regionsim segment sum \(kernel.rawValue)", kernel, threads, limits) {
      data.forEachPass(of: columns, run)
    }
  }

  private func sum(
    _ layout: PartSums,
    _ count: Int,
    _ threads: Int,
    into sums: UnsafeMutableBufferPointer<Double>
  ) {
    data.values.withUnsafeBufferPointer { values in
      layout.sum(
        columns: count,
        of: UnsafeBufferPointer(rebasing: values[..<(count * data.units)]),
        into: UnsafeMutableBufferPointer(rebasing: sums[..<(count * parts.count)]),
        threads: threads
      )
    }
  }

  // MARK: - The matrix product

  private func products(
    _ reference: [Double],
    _ threads: Int,
    _ limits: MachineLimits
  ) throws(MeasurementError) -> Measurement {
    var matrix = Matrix(rows: parts.count, columns: data.units)
    for (part, members) in parts.enumerated() {
      for unit in members { matrix[part, unit] = 1 }
    }
    let membership = matrix
    let units = data.units
    let most = max(1, Self.productBytes / (8 * units))
    let held = min(data.columns, columns, most)
    let size = min(Self.chunk, (held + threads - 1) / threads)
    let starts = stride(from: 0, to: held, by: size)
    let chunks = starts.map { first in
      let count = min(size, held - first)
      let part = data.values[first * units..<(first + count) * units]
      return Matrix(rows: units, columns: count, columnMajor: Array(part))
    }
    var products = chunks.map { Matrix(rows: parts.count, columns: $0.columns) }
    func multiply(_ count: Int) {
      products.withUnsafeMutableBufferPointer { products in
        // Each thread writes matrices of its own.
        nonisolated(unsafe) let products = products
        ChunkQueue.share(count, by: 1, threads: threads) { queue in
          while let taken = queue.next() {
            for chunk in taken { membership.multiply(chunks[chunk], into: &products[chunk]) }
          }
        }
      }
    }
    multiply(chunks.count)
    let found = products.lazy.flatMap(\.elements)
    guard zip(found, reference).allSatisfy({ abs($0 - $1) <= 1e-12 * max(abs($0), abs($1)) })
    else {
      throw MeasurementError(
        .wrongResult,
        "The matrix product by OpenBLAS (\(limits.core)) is not within 10⁻¹² of the sums."
      )
    }
    var result = measurement("regionsim dgemm \(limits.core)", nil, threads, limits) {
      var left = columns
      while left > 0 {
        // A last pass takes whole matrices, the fewest that hold what is left.
        multiply(min(chunks.count, (left + size - 1) / size))
        left -= held
      }
    }
    if columns > held {
      result.note = "dgemm on a block of \(held) columns, passed over until \(columns) were done"
    }
    return result
  }
}
