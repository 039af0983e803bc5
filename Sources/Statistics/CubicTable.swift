internal import CKernels

/// A smooth function as a table of cubic polynomials, one to a cell of equal width.
public struct CubicTable: Sendable, Hashable {
  /// Where the cells begin.
  public let lowest: Double
  /// How many cells there are to a unit.
  public let cellsPerUnit: Double
  /// Four coefficients a cell, the highest power first, of the position in the cell from 0 to 1.
  public let coefficients: [Double]

  /// How many cells there are.
  public var cells: Int { coefficients.count / 4 }

  /// Creates a table.
  ///
  /// - Parameters:
  ///   - lowest: Where the cells begin.
  ///   - cellsPerUnit: How many cells there are to a unit.
  ///   - coefficients: Four a cell, the highest power first.
  public init(lowest: Double, cellsPerUnit: Double, coefficients: [Double]) {
    precondition(
      !coefficients.isEmpty && coefficients.count % 4 == 0,
      "A cell has four coefficients."
    )
    self.lowest = lowest
    self.cellsPerUnit = cellsPerUnit
    self.coefficients = coefficients
  }

  /// The function at a number; outside the table the polynomial of the nearest cell goes on.
  public func value(at number: Double) -> Double {
    let place = (number - lowest) * cellsPerUnit
    let cell = min(max(Int(place), 0), cells - 1)
    return coefficients.withUnsafeBufferPointer { table in
      let (x, first) = (place - Double(cell), 4 * cell)
      return ((table[first] * x + table[first + 1]) * x + table[first + 2]) * x + table[first + 3]
    }
  }

  /// Replaces each number by the function at it.
  ///
  /// - Parameters:
  ///   - numbers: Numbers within the table, replaced in place.
  ///   - kernel: What computes; the results are the same.
  /// - Complexity: O(*n*), with *n* numbers.
  public func replace(_ numbers: UnsafeMutableBufferPointer<Double>, kernel: Kernel = .best) {
    coefficients.withUnsafeBufferPointer { table in
      guard let table = table.baseAddress, let start = numbers.baseAddress else { return }
      if let kernels = kernel.table {
        return kernels.interpolate(start, numbers.count, lowest, cellsPerUnit, table)
      }
      for index in 0..<numbers.count {
        let place = (start[index] - lowest) * cellsPerUnit
        let cell = Int(place)
        let (x, row) = (place - Double(cell), table + 4 &* cell)
        start[index] = ((row[0] * x + row[1]) * x + row[2]) * x + row[3]
      }
    }
  }
}
