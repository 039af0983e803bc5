/// How much memory what is made of a file may take: ten times the file, and what any table may take.
struct MemoryBudget: Sendable {
  /// What any file may take, whatever its size.
  static let floor = 64 << 20
  /// What the file may take per byte of its own.
  static let ratio = 10

  let file: String
  let limit: Int
  private(set) var used = 0

  init(file: String, size: Int) {
    self.file = file
    let (product, isOver) = size.multipliedReportingOverflow(by: Self.ratio)
    limit = max(Self.floor, isOver ? .max : product)
  }

  /// Notes that a number of bytes is taken.
  ///
  /// - Throws: `CubeError` where the sum is above the limit.
  mutating func take(_ count: Int, for what: @autoclosure () -> String) throws(CubeError) {
    let (sum, isOver) = used.addingReportingOverflow(count)
    guard !isOver, sum <= limit else {
      throw CubeError(
        .tooLarge,
        file: file,
        "With \(what()) the file would take more than \(limit >> 20) MB of memory, ten times its size "
          + "and more than any table needs. Ask the publisher for a part of it."
      )
    }
    used = sum
  }

  /// The size of a table with a number of categories per dimension.
  ///
  /// - Throws: `CubeError` where one value of eight bytes for each is above the limit.
  func cells(_ sizes: [Int]) throws(CubeError) -> Int {
    var count = 1
    for size in sizes {
      let (product, isOver) = count.multipliedReportingOverflow(by: size)
      guard !isOver, product <= (limit - used) / 9 else {
        throw CubeError(
          .tooLarge,
          file: file,
          "The table has \(sizes.map(String.init).joined(separator: " × ")) combinations, most of "
            + "them without a row: more than \(limit >> 20) MB of memory. Read it in parts, or say "
            + "which columns hold values."
        )
      }
      count = product
    }
    return count
  }
}
