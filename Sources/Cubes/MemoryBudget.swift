/// How much memory may still be taken for what a file holds, so that a small file cannot claim a large
/// table.
///
/// With the file itself a reader stays below ten times the file's size, and small files below a fixed
/// amount. What is taken is said before it is allocated.
struct MemoryBudget {
  /// No table has more cells: more than sixty times what Statistics Norway gives in one answer.
  static let maximumCells = 50_000_000
  /// What every file may take, in bytes: a table of 800,000 cells that is nearly empty fits.
  static let floor = 32 << 20
  /// What larger files may take for each byte of theirs.
  static let bytesPerByte = 8
  /// What one category may take: itself, its place in a dictionary, and room to grow.
  static let category = 256
  /// What one note or one entry of a short list may take.
  static let entry = 64

  private var left: Int

  /// Starts with all that a file of a size may take.
  init(fileSize: Int) {
    left = max(Self.floor, fileSize.multipliedReportingOverflow(by: Self.bytesPerByte).partialValue)
  }

  /// Takes memory.
  ///
  /// - Parameters:
  ///   - count: How many things are to be held.
  ///   - size: How many bytes each needs.
  /// - Returns: Whether there was that much left; if not, nothing is taken.
  mutating func take(_ count: Int, of size: Int) -> Bool {
    let (total, overflows) = count.multipliedReportingOverflow(by: size)
    guard !overflows, total <= left else { return false }
    left -= total
    return true
  }
}
