public import Documents
internal import Regions
internal import Statistics

/// The scores and places of the units of a composite.
///
/// With *z* the normalised value of unit *i* in indicator *k* (its logarithm after the shift, for the
/// geometric mean), *w* the weights within area *a*, *W* the areas' shares, which sum to 1:
///
///     A_ia = Σ w_k z_ik / Σ w_k   over the indicators of a that i has
///     T_i  = Σ W_a A_ia
///
/// The score shown is T, for the geometric mean eᵀ. Places are those of T, unrounded, the largest first;
/// T is added in the order in which the composite is written, without BLAS.
///
/// **Missing values**: with the rule `renormalise`, an area is missing when less than a share of its
/// weights is there, and a unit with a missing area has no score; with `refuse`, one that lacks any
/// indicator has none. NaN is no score and no place.
public struct CompositeScores: Sendable {
  /// The figures.
  public let figures: CompositeFigures
  /// The scale of each indicator.
  public let scales: [NormalisationScale]
  /// The normalised values: indicators × units, larger being better.
  public let normalised: [[Double]]
  /// What is weighed: the normalised values, or their logarithms after the shift.
  public let terms: [[Double]]
  /// How the terms are weighed.
  public let weighting: CompositeWeighting
  /// The value of each area, on the scale of the score: areas × units.
  public let areaValues: [[Double]]
  /// What decides the places: T.
  public let sums: [Double]
  /// The score of each unit: T, or eᵀ.
  public let scores: [Double]
  /// The place of each unit among those with a score; equal scores share the best.
  public let places: [Double]
  /// How many units have a score.
  public let ranked: Int

  /// Computes the scores.
  ///
  /// - Parameter figures: The figures.
  /// - Throws: `DocumentError` for an indicator that is constant in the base window, and where the
  ///   geometric mean meets a value that is not positive.
  /// - Complexity: O(*k* *b* log *b* + *k* *n*), with *k* indicators, *b* figures of the base window and
  ///   *n* units.
  public init(_ figures: CompositeFigures) throws(DocumentError) {
    let composite = figures.composite
    self.figures = figures
    var scales: [NormalisationScale] = []
    for component in figures.components {
      scales.append(
        try component.scale(component.base, composite.normalisation, composite.winsorising)
      )
    }
    self.scales = scales
    normalised = zip(figures.components, scales).map { component, scale in
      component.values.map(scale.normalised)
    }
    var terms = normalised
    if composite.aggregation.value == .geometric {
      try Self.checkPositive(normalised, figures)
      terms = normalised.map { $0.map { naturalLogarithm($0 + composite.shift) } }
    }
    self.terms = terms
    let weighting = CompositeWeighting(composite)
    self.weighting = weighting
    let isGeometric = composite.aggregation.value == .geometric
    let rows = figures.units.indices.map { unit in weighting.score(terms.map { $0[unit] }) }
    areaValues = composite.areas.indices.map { area in
      rows.map { isGeometric ? exponential($0.areas[area]) : $0.areas[area] }
    }
    sums = rows.map(\.sum)
    scores = rows.map { isGeometric ? exponential($0.sum) : $0.sum }
    let ranks = ColumnRanks(of: sums)
    places = ranks.places
    ranked = ranks.ranked
  }

  /// Whether logarithms are weighed.
  public var isGeometric: Bool { figures.composite.aggregation.value == .geometric }

  private static func checkPositive(
    _ normalised: [[Double]],
    _ figures: CompositeFigures
  ) throws(DocumentError) {
    let composite = figures.composite
    for (component, values) in zip(figures.components, normalised) {
      for (unit, value) in zip(figures.units, values) where value + composite.shift <= 0 {
        throw DocumentError(
          .impossible,
          at: composite.aggregation.place,
          """
          The geometric mean needs values above 0, but \(unit.name) has \(rounded(value)) in \
          \(component.indicator.id)\(composite.shift == 0 ? "" : " and the shift is too small"). \
          Give a shift that makes all positive, such as shift: \
          \(composite.normalisation == .z ? "10" : "1"), or take the arithmetic mean.
          """
        )
      }
    }
  }

  private static func rounded(_ value: Double) -> String { ((value * 100).rounded() / 100).brief }

  /// The units that have a score, in their order.
  public var scored: [Int] { sums.indices.filter { !sums[$0].isNaN } }

  /// The positions of the indicators that a unit lacks.
  public func lacking(_ unit: Int) -> [Int] {
    normalised.indices.filter { normalised[$0][unit].isNaN }
  }

  /// The order of places: the best first, equal ones in the order of the units, those without last.
  public var sortedIndices: [Int] {
    places.indices.sorted { left, right in
      switch (places[left].isNaN, places[right].isNaN) {
      case (false, true): true
      case (true, false): false
      case (true, true): left < right
      case (false, false): (places[left], left) < (places[right], right)
      }
    }
  }

  /// The term of an indicator for another value than a unit has; −∞ where the geometric mean is not
  /// defined.
  func term(_ value: Double, _ component: Int) -> Double {
    let normalised = scales[component].normalised(value)
    guard isGeometric else { return normalised }
    let shifted = normalised + figures.composite.shift
    return shifted <= 0 ? -.infinity : naturalLogarithm(shifted)
  }

  /// T of a unit when some of its figures are others.
  ///
  /// - Parameters:
  ///   - unit: The position of the unit.
  ///   - values: The figures that change, by the position of their indicator.
  /// - Returns: T; NaN without a score.
  public func sum(of unit: Int, with values: [Int: Double]) -> Double {
    var row = terms.map { $0[unit] }
    for (component, value) in values { row[component] = term(value, component) }
    return weighting.score(row).sum
  }

  /// The place that a unit would have with another T, all others as they are; NaN for NaN.
  public func place(of unit: Int, withSum sum: Double) -> Double {
    guard !sum.isNaN else { return .nan }
    return 1 + Double(sums.indices.count { $0 != unit && sums[$0] > sum })
  }

  /// T as the score is shown.
  public func shown(_ sum: Double) -> Double { isGeometric ? exponential(sum) : sum }
}

extension CompositeFigures.Component {
  /// The frozen scale of the indicator.
  func scale(
    _ base: [Double],
    _ normalisation: Normalisation,
    _ winsorising: Winsorising?
  ) throws(DocumentError) -> NormalisationScale {
    let scale = NormalisationScale(
      base: base,
      isLargerBetter: isLargerBetter,
      normalisation: normalisation,
      winsorising: winsorising
    )
    if let scale { return scale }
    throw DocumentError(
      .impossible,
      at: place,
      """
      \(indicator.id) is constant in the base window\(winsorising == nil ? "" : ", extremes cut off")\
      : it cannot tell units apart (σ = 0).
      """
    )
  }
}

/// eˣ, the same on every machine.
func exponential(_ number: Double) -> Double {
  withUnsafeTemporaryAllocation(of: Double.self, capacity: 1) { buffer in
    buffer[0] = number
    exponentiate(buffer)
    return buffer[0]
  }
}
