internal import CKernels

/// The values of some entries as quotients of figures, in sixteen draws side by side.
///
/// A value is numerator / denominator / what it is relative to · scale, each step rounded by itself;
/// NaN with a denominator of 0.
public struct RowQuotients: Sendable, Hashable {
  private let rows: [Int32]
  private let scale: Double
  private let kernel: Kernel

  /// How many entries there are.
  public var count: Int { rows.count }

  /// Lays out the entries.
  ///
  /// - Parameters:
  ///   - rows: For each entry the row of its figures; `nil` for none, whose value is NaN.
  ///   - scale: What values are multiplied by.
  ///   - kernel: What divides; the values are the same.
  public init(rows: [Int?], scale: Double, kernel: Kernel = .best) {
    self.rows = rows.map { $0.map { Int32($0) } ?? -1 }
    self.scale = scale
    self.kernel = kernel
  }

  /// Divides.
  ///
  /// - Parameters:
  ///   - tops: The numerators.
  ///   - bottoms: The denominators; `nil` where nothing is divided by.
  ///   - ratio: What all values are relative to; `nil` for nothing.
  ///   - values: A row for each entry.
  /// - Complexity: O(*n*), with *n* entries.
  public func divide(
    _ tops: UnsafePointer<DrawRow>,
    by bottoms: UnsafePointer<DrawRow>?,
    relativeTo ratio: DrawRow?,
    into values: UnsafeMutablePointer<DrawRow>
  ) {
    guard let kernels = kernel.table else { return divide(tops, bottoms, ratio, values) }
    rows.withUnsafeBufferPointer { rows in
      withUnsafeTemporaryAllocation(
        byteCount: MemoryLayout<DrawRow>.size,
        alignment: 64
      ) { place in
        let ratios = place.baseAddress?.assumingMemoryBound(to: DrawRow.self)
        if let ratio { ratios?.initialize(to: ratio) }
        var quotients = ckernels_quotients(
          tops: tops.numbers,
          bottoms: bottoms?.numbers,
          rows: rows.baseAddress,
          count: UInt32(rows.count),
          ratios: ratio == nil ? nil : ratios.map { UnsafePointer($0.numbers) },
          scale: scale
        )
        kernels.divide_rows(&quotients, values.numbers)
      }
    }
  }

  private func divide(
    _ tops: UnsafePointer<DrawRow>,
    _ bottoms: UnsafePointer<DrawRow>?,
    _ ratio: DrawRow?,
    _ values: UnsafeMutablePointer<DrawRow>
  ) {
    for (entry, row) in rows.enumerated() {
      guard row >= 0 else {
        values[entry] = DrawRow(repeating: .nan)
        continue
      }
      var value = tops[Int(row)]
      if let bottom = bottoms?[Int(row)] {
        value /= bottom
        value.replace(with: .nan, where: bottom .== 0)
      }
      if let ratio { value /= ratio }
      values[entry] = value * scale
    }
  }
}
