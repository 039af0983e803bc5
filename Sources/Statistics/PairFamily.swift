internal import CKernels

/// The pairs (j, k) for which it is not yet settled that j is above k.
struct PairFamily {
  private typealias Pair = ckernels_pair

  /// Pairs for which neither order is settled: both (j, k) and (k, j) belong to the family.
  private var open: [Pair] = []
  /// Pairs for which only (first, second) is left.
  private var oneWay: [Pair] = []
  /// For each unit how many others are surely below it.
  private(set) var surelyBelow: [Int]
  /// For each unit how many others are surely above it.
  private(set) var surelyAbove: [Int]
  /// The units whose sets are asked for.
  let targets: [Int]
  private let values: [Double]
  private let errors: ErrorDraws
  private let kernels: ckernels_table?

  /// The family {(j, k): j or k among `targets`}; a difference without error is settled at once.
  init(
    values: [Double],
    errors: ErrorDraws,
    present: [Int],
    targets: [Int],
    kernel: Kernel
  ) {
    kernels = kernel.table
    self.targets = targets
    self.values = values
    self.errors = errors
    surelyBelow = Array(repeating: 0, count: values.count)
    surelyAbove = surelyBelow
    var isDone = [Bool](repeating: false, count: values.count)
    for first in targets {
      isDone[first] = true
      for second in present where !isDone[second] {
        let error = errors.standardErrorOfDifference(first, second)
        if error > 0 {
          open.append(Pair(first: first, second: second, precision: 1 / error))
        } else if values[first] > values[second] {
          settle(first, above: second)
        } else if values[first] < values[second] {
          settle(second, above: first)
        }
      }
    }
  }

  var isEmpty: Bool { open.isEmpty && oneWay.isEmpty }

  /// For each draw the largest studentised difference over the family.
  func maxima(threads: Int) -> [Double] {
    let units = max(errors.units, 1)
    let rows = errors.blocks.count / units
    let width = ErrorDraws.Lanes.scalarCount
    return [Double](unsafeUninitializedCapacity: rows * width) { maxima, filled in
      // Each thread writes draws of its own.
      nonisolated(unsafe) let all = maxima
      ChunkQueue.share(rows, by: 4, threads: threads) { queue in
        while let taken = queue.next() {
          for row in taken {
            let largest = largest(row * units)
            for lane in 0..<width {
              all.initializeElement(at: row * width + lane, to: largest[lane])
            }
          }
        }
      }
      filled = errors.count
    }
  }

  /// The largest studentised difference in the draws of a block.
  private func largest(_ start: Int) -> ErrorDraws.Lanes {
    errors.blocks.withUnsafeBufferPointer { blocks in
      if let kernels { return largest(UnsafeBufferPointer(rebasing: blocks[start...]), kernels) }
      var largest = ErrorDraws.Lanes(repeating: -.infinity)
      var smallest = ErrorDraws.Lanes(repeating: .infinity)
      for pair in open {
        let z = (blocks[start + pair.first] - blocks[start + pair.second]) * pair.precision
        largest.replace(with: z, where: z .> largest)
        smallest.replace(with: z, where: z .< smallest)
      }
      for pair in oneWay {
        let z = (blocks[start + pair.first] - blocks[start + pair.second]) * pair.precision
        largest.replace(with: z, where: z .> largest)
      }
      largest.replace(with: -smallest, where: -smallest .> largest)
      return largest
    }
  }

  /// The largest studentised difference in the draws of a block, by a kernel in C.
  private func largest(
    _ block: UnsafeBufferPointer<ErrorDraws.Lanes>,
    _ kernels: ckernels_table
  ) -> ErrorDraws.Lanes {
    let numbers = UnsafeRawPointer(block.baseAddress)?.assumingMemoryBound(to: Double.self)
    var largest = ErrorDraws.Lanes(repeating: -.infinity)
    withUnsafeMutableBytes(of: &largest) { bytes in
      let lanes = bytes.assumingMemoryBound(to: Double.self).baseAddress
      kernels.raise_largest(numbers, open, open.count, 1, lanes)
      kernels.raise_largest(numbers, oneWay, oneWay.count, 0, lanes)
    }
    return largest
  }

  /// Settles and takes out the pairs whose difference has a lower bound above 0.
  ///
  /// - Parameter critical: The multiple of the standard error that is the half-width of the bounds.
  /// - Returns: Whether any pair was taken out.
  mutating func remove(critical: Double) -> Bool {
    var stillOpen: [Pair] = []
    var stillOneWay: [Pair] = []
    for pair in oneWay where !settle(pair, critical) { stillOneWay.append(pair) }
    for pair in open {
      switch (settle(pair, critical), settle(pair.reversed, critical)) {
      case (false, false): stillOpen.append(pair)
      case (true, false): stillOneWay.append(pair.reversed)
      case (false, true): stillOneWay.append(pair)
      case (true, true): break
      }
    }
    let before = 2 * open.count + oneWay.count
    (open, oneWay) = (stillOpen, stillOneWay)
    return 2 * open.count + oneWay.count < before
  }

  /// Counts a pair as settled if the lower bound of its difference is above 0; returns whether it is.
  private mutating func settle(_ pair: Pair, _ critical: Double) -> Bool {
    let error = errors.standardErrorOfDifference(pair.first, pair.second)
    let isSettled = values[pair.first] - values[pair.second] - critical * error > 0
    if isSettled { settle(pair.first, above: pair.second) }
    return isSettled
  }

  private mutating func settle(_ first: Int, above second: Int) {
    surelyBelow[first] += 1
    surelyAbove[second] += 1
  }
}

extension ckernels_pair {
  fileprivate var reversed: ckernels_pair {
    ckernels_pair(first: second, second: first, precision: precision)
  }
}
