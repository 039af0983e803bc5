/// How much memory may still be taken for what a file holds, so that a small file cannot claim a large
/// table.
///
/// With the file itself a reader stays near ten times the file's size, and small files below a fixed
/// amount. What is taken is said before it is allocated.
struct MemoryBudget: Sendable {
  /// No table has more cells: more than sixty times what Statistics Norway gives in one answer.
  static let maximumCells = 50_000_000
  /// What every file may take, in bytes: a table of 800,000 cells that is nearly empty fits.
  static let floor = 32 << 20
  /// What larger files may take for each byte of theirs.
  static let bytesPerByte = 8
  /// What a byte of a compressed file counts for, as the parts of workbooks shrink to a quarter and less.
  static let compression = 4
  /// What one category may take: itself, its place in a dictionary, and room to grow.
  static let category = 256
  /// What one note or one entry of a short list may take.
  static let entry = 64
  /// What one cell of a cube takes while it is filled: its value, its status and whether it is there.
  static let cell = 10

  private var left: Int

  /// Starts with all that a file of a size may take.
  init(fileSize: Int, isCompressed: Bool = false) {
    let factor = isCompressed ? Self.bytesPerByte * Self.compression : Self.bytesPerByte
    let (product, overflows) = fileSize.multipliedReportingOverflow(by: factor)
    left = overflows ? .max : max(Self.floor, product)
  }

  /// Takes memory.
  ///
  /// - Parameters:
  ///   - count: How many things are to be held.
  ///   - size: How many bytes each needs; twice that in an array that grows, which doubles its room.
  /// - Returns: Whether there was that much left; if not, nothing is taken.
  mutating func take(_ count: Int, of size: Int) -> Bool {
    let (total, overflows) = count.multipliedReportingOverflow(by: size)
    guard !overflows, total <= left else { return false }
    left -= total
    return true
  }

  /// Takes memory, or says what the file has too much of.
  ///
  /// - Throws: `CubeError` where there was not that much left.
  mutating func take(
    _ count: Int,
    of size: Int,
    for what: @autoclosure () -> String,
    file: String
  ) throws(CubeError) {
    guard take(count, of: size) else {
      throw CubeError(
        .tooLarge,
        file: file,
        "With \(what()) the file would take more memory than any table of its size needs. Ask the "
          + "publisher for a part of it."
      )
    }
  }

  /// Takes what a table with a number of categories per dimension needs.
  ///
  /// - Returns: How many cells it has.
  /// - Throws: `CubeError` where there are too many.
  mutating func takeCells(_ sizes: [Int], file: String) throws(CubeError) -> Int {
    var count = 1
    var isOver = false
    for size in sizes where !isOver {
      (count, isOver) = count.multipliedReportingOverflow(by: size)
    }
    guard !isOver, count <= Self.maximumCells, take(count, of: Self.cell) else {
      throw CubeError(
        .tooLarge,
        file: file,
        "The table has \(sizes.map(String.init).joined(separator: " × ")) combinations, most of them "
          + "without a row: more than can be held. Read it in parts, or say which columns hold values."
      )
    }
    return count
  }
}
