internal import CKernels

/// Adds to counts, for each entry, in how many columns of places its place is smaller than that of one
/// entry.
///
/// A missing place is 0, which is smaller than any other.
///
/// - Parameters:
///   - unit: The entry that the others are compared with.
///   - places: The first place of the first column.
///   - stride: From one column to the next.
///   - columns: How many columns there are, at most 65,535.
///   - counts: What is counted is added to these, one per entry.
///   - kernel: What counts; the counts are the same.
/// - Complexity: O(*s* *n*), with *s* columns and *n* entries.
public func countSmaller(
  than unit: Int,
  _ places: UnsafePointer<UInt16>,
  stride: Int,
  columns: Int,
  into counts: UnsafeMutableBufferPointer<UInt32>,
  kernel: Kernel = .best
) {
  precondition(
    counts.indices.contains(unit) && columns <= UInt16.max,
    "The entry is one of those that are counted."
  )
  if let kernels = kernel.table {
    return kernels.count_smaller(
      places,
      stride,
      columns,
      unit,
      counts.count,
      counts.baseAddress
    )
  }
  // It is counted in as many bits as a place has, several entries at a time.
  withUnsafeTemporaryAllocation(of: UInt16.self, capacity: counts.count) { smaller in
    smaller.initialize(repeating: 0)
    for column in 0..<columns {
      let places = places + column &* stride
      let mine = places[unit]
      for entry in 0..<smaller.count { smaller[entry] &+= places[entry] < mine ? 1 : 0 }
    }
    for entry in 0..<smaller.count { counts[entry] &+= UInt32(smaller[entry]) }
  }
}
