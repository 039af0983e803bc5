/// The revenue before the income equalisation, computed back from that after it.
///
/// N is the ratio of the sums also after equalisation, as supplements sum to zero. With a the revenue
/// after, at or above the threshold s = (a + f − α N)/(1 − α), below it
/// s = (a + f − α N − β t N)/(1 − α − β); both give the same at the threshold. f is the root of
/// f = (1/P) Σ p β max(0, t N − s(f)), whose right side falls as f rises; it is found by bisection.
///
/// Published figures are whole kroner. An error ε of a becomes ε/(1 − α) at or above the threshold and
/// ε/(1 − α − β) below it: with 0.60 and 0.35 half a krone becomes 1.25 and 10 kroner.
public struct EqualisationInversion: Sendable, Hashable {
  /// The country's average N.
  public let average: Double
  /// The deduction f.
  public let deduction: Double
  /// The revenue per inhabitant before the equalisation; NaN where missing.
  public let before: [Double]
  /// How far each may be off, plus or minus, for the error given of the revenue after; errors of N and
  /// f, which average over all municipalities, are not included.
  public let margin: [Double]

  /// Computes it back.
  ///
  /// - Parameters:
  ///   - after: The revenue per inhabitant after equalisation of each position.
  ///   - population: The inhabitants of each position.
  ///   - rates: The rates.
  ///   - error: How far the revenue after may be off: 0.5 where it is published in whole kroner.
  /// - Throws: `EqualisationError` for rates that leave nothing of a difference, α + β = 1, and when
  ///   there are no figures.
  /// - Complexity: O(*n*), times the 80 steps of the bisection.
  public init(
    after: [Double],
    population: [Double],
    rates: EqualisationRates,
    error: Double = 0.5
  ) throws(EqualisationError) {
    precondition(after.count == population.count, "Both columns have one value per position.")
    let low = 1 - rates.alpha - rates.beta
    guard low > 1e-9 else {
      throw EqualisationError(
        .wrongRates,
        "With alpha \(rates.alpha.brief) and beta \(rates.beta.brief) nothing is left of the "
          + "differences below the threshold, so they cannot be computed back."
      )
    }
    let present = after.indices.filter { !after[$0].isNaN && population[$0] > 0 }
    var sums = (after: 0.0, population: 0.0)
    for position in present {
      sums.after += after[position] * population[position]
      sums.population += population[position]
    }
    guard sums.population > 0 else {
      throw EqualisationError(.figures, "No municipality has revenue after equalisation.")
    }
    let average = sums.after / sums.population
    let line = rates.threshold * average

    func own(_ position: Int, _ deduction: Double) -> Double {
      let rest = after[position] + deduction - rates.alpha * average
      let above = rest / (1 - rates.alpha)
      return above >= line ? above : (rest - rates.beta * line) / low
    }
    var bounds = (low: 0.0, high: rates.beta * line)
    for _ in 0..<80 {
      let middle = (bounds.low + bounds.high) / 2
      var cost = 0.0
      for position in present {
        cost += population[position] * rates.beta * max(0, line - own(position, middle))
      }
      if middle < cost / sums.population { bounds.low = middle } else { bounds.high = middle }
    }
    var before = [Double](repeating: .nan, count: after.count)
    var margin = before
    for position in present {
      before[position] = own(position, bounds.high)
      margin[position] = error / (before[position] < line ? low : 1 - rates.alpha)
    }
    self.average = average
    deduction = bounds.high
    self.before = before
    self.margin = margin
  }
}
