/// The rates of an income equalisation, found from a settlement: who got what.
///
/// At or above the threshold u = α (N − s) − f is a straight line in s, so that the least-squares line
/// of u on s over these municipalities gives α, minus its slope, and f = α N − its intercept. Below it
/// what is left, u − α (N − s) + f, is β (t N − s): β is the least-squares slope through the origin.
/// The threshold is given, not found.
public struct EqualisationCalibration: Sendable {
  /// One municipality of a settlement.
  public struct Row: Sendable, Hashable {
    /// The position of the municipality in a register.
    public let position: Int
    /// Its inhabitants.
    public let population: Double
    /// Its revenue per inhabitant before.
    public let before: Double
    /// Its supplement per inhabitant; negative for those who give.
    public let supplement: Double

    /// Creates a row.
    public init(position: Int, population: Double, before: Double, supplement: Double) {
      self.position = position
      self.population = population
      self.before = before
      self.supplement = supplement
    }
  }

  /// The fewest municipalities at or above the threshold, and below it, that rates are found from.
  public static let fewest = 5
  /// The least share of the variance that the lines must explain: a settlement follows a formula, so
  /// that anything less means other columns, another year or another formula.
  public static let leastFit = 0.9999

  /// The rates found; β is 0 where none was below the threshold.
  public let rates: EqualisationRates
  /// Whether enough municipalities below the threshold were there to find β.
  public let isBetaKnown: Bool
  /// The country's average N.
  public let average: Double
  /// The deduction f.
  public let deduction: Double
  /// What f must be for the supplements to sum to zero, with the rates found; it means something when
  /// all municipalities are there.
  public let balancingDeduction: Double
  /// How many municipalities are at or above the threshold, and below it.
  public let counts: (above: Int, below: Int)
  /// The share of the variance explained at or above the threshold.
  public let fitAbove: Double
  /// The share explained below it, by α and β together; `nil` where β is not known.
  public let fitBelow: Double?
  /// The largest difference between a supplement and that by the rates found, in kroner per
  /// inhabitant, and whose it is.
  public let largestResidual: (position: Int, value: Double)

  /// Finds the rates.
  ///
  /// - Parameters:
  ///   - rows: The municipalities, in any order.
  ///   - average: The country's average N.
  ///   - threshold: The threshold t, such as 0.9.
  /// - Throws: `EqualisationError` for too few municipalities at or above the threshold, for a poor
  ///   fit, and for rates that are not possible.
  /// - Complexity: O(*n*).
  public init(
    _ rows: [Row],
    average: Double,
    threshold: Double
  ) throws(EqualisationError) {
    let line = threshold * average
    let above = rows.filter { $0.before >= line }
    let below = rows.filter { $0.before < line }
    guard above.count >= Self.fewest else {
      throw EqualisationError(
        .figures,
        "Only \(above.count) of \(rows.count) municipalities have at least "
          + "\((threshold * 100).brief) % of the country's average \(average.rounded().brief); "
          + "the rates are found from \(Self.fewest) or more."
      )
    }
    let fit = Line(above.map { ($0.before, $0.supplement) })
    let alpha = -fit.slope
    let deduction = alpha * average - fit.intercept
    try Self.check(fit.share, of: "at or above the threshold")
    func rest(_ row: Row) -> Double {
      row.supplement - alpha * (average - row.before) + deduction
    }
    let isBetaKnown = below.count >= Self.fewest
    let slope =
      isBetaKnown ? Self.slopeThroughOrigin(below.map { (line - $0.before, rest($0)) }) : 0
    let shareBelow = Self.share(
      of: below.map(\.supplement),
      left: below.map { rest($0) - slope * (line - $0.before) }
    )
    if isBetaKnown { try Self.check(shareBelow, of: "below the threshold") }
    rates = try EqualisationRates(
      alpha: alpha,
      beta: slope > -1e-6 ? max(0, slope) : slope,
      threshold: threshold
    )
    self.isBetaKnown = isBetaKnown
    self.average = average
    self.deduction = deduction
    counts = (above.count, below.count)
    fitAbove = fit.share
    fitBelow = isBetaKnown ? shareBelow : nil
    var sums = (cost: 0.0, population: 0.0)
    var largest = (position: rows.first?.position ?? 0, value: 0.0)
    for row in rows {
      let further = slope * max(0, line - row.before)
      sums.cost += row.population * further
      sums.population += row.population
      let residual = row.supplement - (alpha * (average - row.before) + further - deduction)
      let counts = row.before >= line || isBetaKnown
      if counts, residual.magnitude > largest.value.magnitude { largest = (row.position, residual) }
    }
    balancingDeduction = sums.cost / sums.population
    largestResidual = largest
  }

  /// The least-squares slope of a line through the origin.
  private static func slopeThroughOrigin(_ points: [(x: Double, y: Double)]) -> Double {
    let squares = points.reduce(into: (xx: 0.0, xy: 0.0)) { sums, point in
      sums.xx += point.x * point.x
      sums.xy += point.x * point.y
    }
    return squares.xy / squares.xx
  }

  /// The share of the variance of some values that is not left.
  private static func share(of values: [Double], left: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    let all = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return 1 - left.reduce(0) { $0 + $1 * $1 } / all
  }

  private static func check(_ share: Double, of what: String) throws(EqualisationError) {
    guard !(share >= leastFit) else { return }
    throw EqualisationError(
      .figures,
      "The supplements \(what) do not lie on a line: it explains "
        + "\(((share * 10000).rounded() / 100).brief) % of their variance, and at least "
        + "\((leastFit * 100).brief) % is expected of a formula. Are the columns the right ones, and "
        + "are all amounts per inhabitant and of one year?"
    )
  }
}

/// A least-squares line.
private struct Line {
  let slope: Double
  let intercept: Double
  /// The share of the variance of y that it explains.
  let share: Double

  /// The line y = intercept + slope x.
  init(_ points: [(x: Double, y: Double)]) {
    let count = Double(points.count)
    let middle = (
      x: points.reduce(0) { $0 + $1.x } / count, y: points.reduce(0) { $0 + $1.y } / count
    )
    var squares = (xx: 0.0, xy: 0.0, yy: 0.0)
    for point in points {
      let (x, y) = (point.x - middle.x, point.y - middle.y)
      squares.xx += x * x
      squares.xy += x * y
      squares.yy += y * y
    }
    slope = squares.xy / squares.xx
    intercept = middle.y - slope * middle.x
    share = squares.xy * squares.xy / (squares.xx * squares.yy)
  }
}
