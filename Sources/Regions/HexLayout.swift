/// Where each unit of a level stands on a map of hexagons of one size, one a unit.
///
/// Such a map shows every unit with the same weight, however large its area; positions are as true as
/// they can be, neighbours are mostly neighbours (M. McNeill and S. Hale 2017, "Generating tile maps",
/// https://doi.org/10.1111/cgf.13200).
public struct HexLayout: Sendable, Hashable {
  /// A cell; every other row, from the second on, is half a cell further to the right.
  public struct Cell: Sendable, Hashable {
    /// The column, from 0 in the west.
    public let column: Int
    /// The row, from 0 in the north.
    public let row: Int

    /// Creates a cell.
    public init(column: Int, row: Int) {
      self.column = column
      self.row = row
    }
  }

  /// The cells by the codes of their units.
  public let cells: [String: Cell]

  /// Creates a layout; no two units share a cell.
  public init(cells: [String: Cell]) {
    precondition(Set(cells.values).count == cells.count, "No two units share a cell.")
    self.cells = cells
  }

  /// How many columns there are, those of the rows further right counted in full.
  public var columns: Int { (cells.values.map(\.column).max() ?? -1) + 1 }
  /// How many rows there are.
  public var rows: Int { (cells.values.map(\.row).max() ?? -1) + 1 }
}
