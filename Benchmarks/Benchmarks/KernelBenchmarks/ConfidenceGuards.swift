import Statistics

/// Guards the confidence sets of all units at once.
func guardConfidenceSets() {
  let units = 357
  Guard("confidence-sets-357", atMost: Ceilings(anywhere: 300)).add(results: 2 * units, of: 0) {
    let values = SampleColumns(units: units, columns: 1).values
    let errors = ErrorDraws(
      standardErrors: SampleColumns(units: units, columns: 1).values.map { 0.02 + 0.1 * $0 },
      count: 200,
      seed: 2026
    )
    let plain = PlainConfidenceSets(values: values, errors: errors)
    return (
      { results in
        let sets = RankConfidenceSets(values, errors: errors, scope: .simultaneous)
        for unit in 0..<units {
          results[unit] = sets.lower[unit] ?? 0
          results[units + unit] = sets.upper[unit] ?? 0
        }
      },
      plain.write
    )
  }
}

/// The sets as their definition says, one pair after the other, draw by draw.
private struct PlainConfidenceSets {
  let values: [Double]
  /// Draws × units.
  let draws: [[Double]]
  /// One over the standard error of each difference, units × units.
  let precisions: [Double]

  init(values: [Double], errors: ErrorDraws) {
    self.values = values
    draws = (0..<errors.count).map { draw in
      values.indices.map { errors.error(of: $0, draw: draw) }
    }
    precisions = values.indices.flatMap { first in
      values.indices.map { 1 / errors.standardErrorOfDifference(first, $0) }
    }
  }

  /// Writes the best ranks, then the worst.
  func write(_ results: UnsafeMutableBufferPointer<Int>) {
    let units = values.count
    var isOpen = (0..<units * units).map { $0 / units != $0 % units }
    var hasChanged = true
    while hasChanged {
      let critical = quantile(0.95, of: draws.map { maximum(of: $0, isOpen) }) ?? .infinity
      hasChanged = false
      for first in 0..<units {
        for second in 0..<units where isOpen[first * units + second] {
          let bound = values[first] - values[second] - critical / precisions[first * units + second]
          guard bound > 0 else { continue }
          isOpen[first * units + second] = false
          hasChanged = true
        }
      }
    }
    for unit in 0..<units {
      let others = (0..<units).filter { $0 != unit }
      results[unit] = 1 + others.count { !isOpen[$0 * units + unit] }
      results[units + unit] = units - others.count { !isOpen[unit * units + $0] }
    }
  }

  private func maximum(of errors: [Double], _ isOpen: [Bool]) -> Double {
    let units = values.count
    var largest = -Double.infinity
    for first in 0..<units {
      for second in 0..<units where isOpen[first * units + second] {
        largest = max(
          largest,
          (errors[first] - errors[second]) * precisions[first * units + second]
        )
      }
    }
    return largest
  }
}
