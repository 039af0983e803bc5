public import LinearAlgebra
internal import Statistics

/// The sums over the regions of one division, compiled once and used for many columns.
///
/// A combined unit counts towards the region that holds all its members, and towards none when its
/// members lie in several. Members are added in the order of their positions, so that the sums are
/// the same on every machine.
public struct Aggregation: Sendable {
  /// The division.
  public let division: Division
  /// The number of positions of a column.
  public let positions: Int
  /// For each region the positions that are added, ascending.
  public let parts: [[Int]]

  /// Compiles the sums over the regions of `division`.
  ///
  /// - Complexity: O(*m* + *r* *c*), with *m* memberships, *r* regions and *c* combined units.
  public init(division: Division, register: MunicipalityRegister) {
    self.division = division
    positions = register.count
    let first = register.municipalities.count
    parts = division.regions.map { region in
      let members = Set(region.members)
      let combined = register.combinedUnits.indices.filter { index in
        register.combinedUnits[index].members.allSatisfy(members.contains)
      }
      return region.members + combined.map { first + $0 }
    }
  }

  /// The sum over each region, adding the present values one after the other.
  ///
  /// **Shapes**: `column` has one value per position; the result has one per region.
  /// **Missing values**: NaN is left out; whether a region may then be shown is decided by
  /// `IndicatorFigures.regionLevels`.
  ///
  /// - Complexity: O(*m*), with *m* memberships.
  public func sums(of column: [Double]) -> [Double] {
    precondition(column.count == positions, "A column has one value per position.")
    return parts.map { part in
      var sum = 0.0
      for position in part where !column[position].isNaN { sum += column[position] }
      return sum
    }
  }

  /// The sum over each region for many columns at once, as segment sums in a fixed order.
  ///
  /// A 0/1 partition is memory work: this is several times faster than a matrix product.
  ///
  /// **Shapes**: `columns` is positions × *s*; the result is regions × *s*.
  /// **Missing values**: NaN is left out.
  ///
  /// - Complexity: O(*m* *s*), with *m* memberships.
  public func sums(of columns: Matrix) -> Matrix {
    precondition(columns.rows == positions, "A column has one value per position.")
    var result = Matrix(rows: parts.count, columns: columns.columns)
    columns.elements.withUnsafeBufferPointer { values in
      result.elements.withUnsafeMutableBufferPointer { sums in
        PartSums(parts, positions: positions).sum(
          columns: columns.columns,
          of: values,
          stride: positions,
          into: sums,
          sumStride: parts.count
        )
      }
    }
    return result
  }

  /// The same sums as a product of the membership matrix and the columns, through OpenBLAS.
  ///
  /// The way for dense or overlapping memberships and simulated values. The order of addition is
  /// that of BLAS, so the last digits may differ from `sums(of:)`.
  ///
  /// **Shapes** and **missing values** as in `sums(of:)`. Values are finite: an infinite one makes
  /// every region's sum NaN here.
  ///
  /// - Complexity: O(*r* *u* *s*), with *r* regions and *u* positions.
  public func productSums(of columns: Matrix) -> Matrix {
    precondition(columns.rows == positions, "A column has one value per position.")
    var present = columns
    for index in present.elements.indices where present.elements[index].isNaN {
      present.elements[index] = 0
    }
    return membership.multiplied(by: present)
  }

  /// The membership matrix: regions × positions, 1 where the position is added to the region.
  public var membership: Matrix {
    var matrix = Matrix(rows: parts.count, columns: positions)
    for (region, part) in parts.enumerated() {
      for position in part { matrix[region, position] = 1 }
    }
    return matrix
  }
}
