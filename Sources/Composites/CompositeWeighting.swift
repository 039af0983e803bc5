/// The weights of a composite, and how they are divided where a figure is missing.
public struct CompositeWeighting: Sendable, Hashable {
  /// The share of each area; they sum to 1.
  public let areaShares: [Double]
  /// The positions of the indicators of each area.
  public let parts: [Range<Int>]
  /// The weight of each indicator within its area, as written.
  public let weights: [Double]
  private let missing: Composite.MissingRule

  /// The weights of a composite.
  public init(_ composite: Composite) {
    areaShares = composite.areaShares
    var parts: [Range<Int>] = []
    for area in composite.areas {
      let first = parts.last?.upperBound ?? 0
      parts.append(first..<first + area.components.count)
    }
    self.parts = parts
    weights = composite.areas.flatMap { $0.components.map(\.weight) }
    missing = composite.missing
  }

  /// The weight of each indicator in the score of a unit that lacks none; they sum to 1.
  public var shares: [Double] {
    zip(areaShares, parts).flatMap { share, part in
      let total = weights[part].reduce(0, +)
      return weights[part].map { share * $0 / total }
    }
  }

  /// The weight of each indicator in the score of a unit.
  ///
  /// - Parameter isPresent: Whether the unit has a figure, for each indicator.
  /// - Returns: The weights, 0 where a figure is missing; `nil` when the unit has no score. An area of
  ///   no weight is not asked for.
  public func shares(present isPresent: [Bool]) -> [Double]? {
    var result = [Double](repeating: 0, count: weights.count)
    for (share, part) in zip(areaShares, parts) where share > 0 {
      guard let total = presentWeight(part, isPresent) else { return nil }
      for index in part where isPresent[index] { result[index] = share * weights[index] / total }
    }
    return result
  }

  /// The sum of the weights that are there within an area; `nil` when the area is missing.
  private func presentWeight(_ part: Range<Int>, _ isPresent: [Bool]) -> Double? {
    let total = weights[part].reduce(0, +)
    let there = part.reduce(0.0) { $0 + (isPresent[$1] ? weights[$1] : 0) }
    switch missing.kind {
    case .renormalise:
      // A hair less, so that rounding of a sum of weights does not decide.
      return there > 0 && there >= missing.least * total * (1 - 1e-12) ? there : nil
    case .refuse:
      return part.allSatisfy { isPresent[$0] } ? there : nil
    }
  }

  /// The areas' values and T of a unit.
  ///
  /// - Parameter terms: What is weighed, for each indicator; NaN where missing.
  /// - Returns: The values of the areas and T, NaN where missing.
  public func score(_ terms: [Double]) -> (areas: [Double], sum: Double) {
    let isPresent = terms.map { !$0.isNaN }
    var areas: [Double] = []
    var sum = 0.0
    for (share, part) in zip(areaShares, parts) {
      guard let total = presentWeight(part, isPresent) else {
        areas.append(.nan)
        if share > 0 { sum = .nan }
        continue
      }
      var value = 0.0
      for index in part where isPresent[index] && weights[index] > 0 {
        value += weights[index] * terms[index]
      }
      areas.append(value / total)
      if share > 0 { sum += share * (value / total) }
    }
    return (areas, sum)
  }
}
