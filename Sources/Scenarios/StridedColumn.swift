internal import Statistics

/// The numbers of one draw where those of other draws may lie between them.
struct StridedColumn {
  private let start: UnsafeMutablePointer<Double>
  private let step: Int

  /// Contiguous numbers.
  init(_ numbers: UnsafeMutablePointer<Double>) {
    start = numbers
    step = 1
  }

  /// The numbers of a draw in some rows.
  init(_ rows: UnsafeMutablePointer<DrawRow>, draw: Int) {
    start = UnsafeMutableRawPointer(rows).assumingMemoryBound(to: Double.self) + draw
    step = DrawRow.scalarCount
  }

  /// The number at an index.
  subscript(index: Int) -> Double {
    @inline(__always) get { start[index &* step] }
    @inline(__always) nonmutating set { start[index &* step] = newValue }
  }

  /// The numbers from an index on.
  func dropFirst(_ count: Int) -> Self { Self(start: start + count * step, step: step) }

  private init(start: UnsafeMutablePointer<Double>, step: Int) {
    self.start = start
    self.step = step
  }

  /// Writes the first numbers over an array.
  func copy(into numbers: inout [Double]) {
    numbers.withUnsafeMutableBufferPointer { numbers in
      for index in 0..<numbers.count { numbers[index] = self[index] }
    }
  }
}
