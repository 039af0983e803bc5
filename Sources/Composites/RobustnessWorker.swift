internal import LinearAlgebra
internal import Statistics

/// The parameters of some draws, as they are drawn.
struct RobustnessBatch {
  /// One of the two independent samples.
  enum Sample: UInt32 {
    case a = 0
    case b = 1
  }

  /// The weights before one is left out: indicators × draws.
  var weights: [Double]
  /// The choices.
  var choices: [RobustnessChoice]

  private let robustness: Robustness
  private let numbers: CounterNormals
  private let indicators: Int

  init(_ robustness: Robustness, count: Int, kernel: Kernel = .best) {
    self.robustness = robustness
    indicators = robustness.sampler.weights.count
    numbers = CounterNormals(seed: robustness.settings.seed, kernel: kernel)
    weights = [Double](repeating: 0, count: indicators * count)
    choices = [RobustnessChoice](repeating: RobustnessChoice(), count: count)
  }

  /// Draws the parameters of one sample.
  mutating func fill(_ range: Range<Int>, sample: Sample) {
    let factors = robustness.settings.factors
    let varies = factors.contains(.weights)
    let isOnlyWeights = factors == [.weights]
    weights.withUnsafeMutableBufferPointer { all in
      for (column, draw) in range.enumerated() {
        let part = all[column * indicators..<(column + 1) * indicators]
        let place = UnsafeMutableBufferPointer(rebasing: part)
        if varies {
          robustness.sampler.write(UInt64(draw), stream: sample.rawValue, into: place, numbers)
        } else {
          for index in 0..<indicators { place[index] = robustness.sampler.weights[index] }
        }
      }
    }
    guard !isOnlyWeights else { return }
    for (column, draw) in range.enumerated() { choices[column] = choice(draw, sample) }
  }

  private func choice(_ draw: Int, _ sample: Sample) -> RobustnessChoice {
    let variants = robustness.variants
    let factors = robustness.settings.factors
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 5) { uniforms in
      // The last of the streams that a sample's weights leave free.
      numbers.fillUniforms(uniforms, stream: sample.rawValue << 8 | 255, draw: UInt64(draw))
      func chosen(_ index: Int, _ count: Int) -> Int {
        min(Int(uniforms[index] * Double(count)), count - 1)
      }
      var choice = RobustnessChoice(
        normalisation: chosen(0, variants.normalisations.count),
        winsorising: chosen(1, variants.winsorisings.count),
        base: chosen(2, variants.usesBaseWindow.count),
        aggregation: chosen(3, variants.aggregations.count)
      )
      if factors.contains(.leftOut), !robustness.removable.isEmpty {
        let left = chosen(4, robustness.removable.count + 1)
        choice.leftOut = left == 0 ? -1 : robustness.removable[left - 1]
      }
      return choice
    }
  }

  /// Takes one factor from another batch.
  mutating func take(_ factor: RobustnessSettings.Factor, from other: RobustnessBatch) {
    switch factor {
    case .weights: weights = other.weights
    case .normalisation:
      for index in choices.indices {
        choices[index].normalisation = other.choices[index].normalisation
      }
    case .aggregation:
      for index in choices.indices { choices[index].aggregation = other.choices[index].aggregation }
    case .winsorising:
      for index in choices.indices { choices[index].winsorising = other.choices[index].winsorising }
    case .leftOut:
      for index in choices.indices { choices[index].leftOut = other.choices[index].leftOut }
    case .base:
      for index in choices.indices { choices[index].base = other.choices[index].base }
    }
  }

  /// The weights of a draw after one is left out; they sum to 1.
  func effectiveWeights(_ column: Int) -> [Double] {
    [Double](unsafeUninitializedCapacity: indicators) { buffer, count in
      writeEffective(column, into: buffer)
      count = indicators
    }
  }

  /// Writes the weights of a draw after one is left out: its area keeps its share, divided among the
  /// others in proportion to their weights; an area without others passes its share to the other areas.
  func writeEffective(_ column: Int, into place: UnsafeMutableBufferPointer<Double>) {
    for index in 0..<indicators { place[index] = weights[column * indicators + index] }
    let left = choices[column].leftOut
    guard left >= 0 else { return }
    let part = robustness.scores.weighting.parts.first { $0.contains(left) } ?? 0..<0
    var others = 0.0
    for index in part where index != left { others += place[index] }
    let lost = place[left]
    place[left] = 0
    if others > 0 {
      for index in part { place[index] *= (others + lost) / others }
    } else if lost < 1 {
      for index in 0..<indicators { place[index] /= 1 - lost }
    }
  }
}

/// Draws, scores and ranks on one thread.
struct RobustnessWorker {
  private let robustness: Robustness
  private let kernel: Kernel
  private let focusRow: Int?
  private let targets: [RobustnessTarget]
  private let reference: [UInt16]
  private let rowOfUnit: [Int: Int]
  private var ranks: BatchRanks
  private var places: [UInt16]
  /// How often each unit had each place in the sample A.
  private(set) var counts: [UInt32]

  init(
    _ robustness: Robustness,
    _ focus: Int?,
    _ targets: [RobustnessTarget],
    _ kernel: Kernel
  ) {
    self.robustness = robustness
    self.kernel = kernel
    self.targets = targets
    let units = robustness.units
    let rows = Dictionary(uniqueKeysWithValues: zip(units, units.indices))
    rowOfUnit = rows
    focusRow = focus.map { focus in
      guard let row = rows[focus] else { preconditionFailure("The unit in view has a score.") }
      return row
    }
    reference = units.map { UInt16(robustness.scores.places[$0]) }
    ranks = BatchRanks(count: units.count, kernel: kernel)
    places = [UInt16](repeating: 0, count: units.count * Robustness.block)
    counts = [UInt32](repeating: 0, count: units.count * (units.count + 1))
  }

  /// The results of some draws.
  mutating func block(_ range: Range<Int>, isExplained: Bool) -> Robustness.Block {
    var block = Robustness.Block()
    var a = RobustnessBatch(robustness, count: range.count, kernel: kernel)
    a.fill(range, sample: .a)
    block.held = targets.map { _ in [Bool](repeating: false, count: range.count) }
    block.samples.append(evaluate(a, isCounted: true, &block.held))
    guard isExplained else { return block }
    var none: [[Bool]] = []
    var b = RobustnessBatch(robustness, count: range.count, kernel: kernel)
    b.fill(range, sample: .b)
    block.samples.append(evaluate(b, isCounted: false, &none))
    for factor in robustness.settings.orderedFactors {
      var mixed = a
      mixed.take(factor, from: b)
      block.samples.append(evaluate(mixed, isCounted: false, &none))
    }
    return block
  }

  /// Scores and ranks a batch; draws of one variant together, so that their scores are one product.
  private mutating func evaluate(
    _ batch: RobustnessBatch,
    isCounted: Bool,
    _ held: inout [[Bool]]
  ) -> (places: [Double], shifts: [Double]) {
    let variants = robustness.variants
    let count = batch.choices.count
    var columns = [[Int]](repeating: [], count: variants.all.count)
    for column in 0..<count { columns[variants.index(batch.choices[column])].append(column) }
    var result = (
      places: [Double](repeating: .nan, count: count),
      shifts: [Double](repeating: .nan, count: count)
    )
    for (variant, chosen) in zip(variants.all, columns) where !chosen.isEmpty {
      rank(batch, variant, chosen, isCounted: isCounted)
      for (position, column) in chosen.enumerated() {
        let first = position * robustness.units.count
        if let focusRow { result.places[column] = Double(places[first + focusRow]) }
        result.shifts[column] = shift(first)
        for index in held.indices { held[index][column] = holds(targets[index], first) }
      }
    }
    return result
  }

  /// The mean over the units of |place by the composite − place in a draw|.
  private func shift(_ first: Int) -> Double {
    var sum: UInt32 = 0
    places.withUnsafeBufferPointer { places in
      reference.withUnsafeBufferPointer { reference in
        guard let places = places.baseAddress, let reference = reference.baseAddress else { return }
        // Without a check of overflow, which cannot happen, the loop is done by vectors.
        for row in 0..<self.reference.count {
          let (a, b) = (reference[row], places[first &+ row])
          sum &+= UInt32(a > b ? a &- b : b &- a)
        }
      }
    }
    return Double(sum) / Double(reference.count)
  }

  private func holds(_ target: RobustnessTarget, _ first: Int) -> Bool {
    func place(_ unit: Int) -> UInt16 { rowOfUnit[unit].map { places[first + $0] } ?? .max }
    return switch target {
    case .place(let unit, let wanted): Int(place(unit)) <= wanted
    case .above(let unit, let other): place(unit) < place(other)
    }
  }

  private mutating func rank(
    _ batch: RobustnessBatch,
    _ variant: RobustnessVariants.Variant,
    _ chosen: [Int],
    isCounted: Bool
  ) {
    let units = robustness.units.count
    var drawn = Matrix(rows: variant.terms.columns, columns: chosen.count)
    drawn.elements.withUnsafeMutableBufferPointer { all in
      for (position, column) in chosen.enumerated() {
        let part = all[position * drawn.rows..<(position + 1) * drawn.rows]
        batch.writeEffective(column, into: UnsafeMutableBufferPointer(rebasing: part))
      }
    }
    var scores = variant.terms.multiplied(by: drawn)
    let gaps = robustness.variants.gaps
    let stride = scores.rows
    scores.elements.withUnsafeMutableBufferPointer { values in
      guard let first = values.baseAddress, !gaps.all.isEmpty else { return }
      for column in 0..<chosen.count { gaps.settle(first + column * stride) }
    }
    scores.elements.withUnsafeBufferPointer { values in
      places.withUnsafeMutableBufferPointer { places in
        counts.withUnsafeMutableBufferPointer { counts in
          ranks.rank(
            columns: chosen.count,
            of: values,
            stride: stride,
            into: places,
            placeStride: units,
            counts: isCounted ? counts : nil
          )
        }
      }
    }
  }
}
