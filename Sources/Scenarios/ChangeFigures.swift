internal import Regions
internal import Statistics

/// The figures that a change touches, and the values that follow from them when units are added.
struct ChangeFigures: Sendable {
  /// A numerator and a denominator; the denominator is 1 where there is none.
  struct Pair: Sendable, Hashable {
    var numerator = 0.0
    var denominator = 0.0
  }

  private let layout: ChangeLayout
  private let hasDenominator: Bool
  /// The figures of each member.
  private(set) var members: [Pair]
  /// The sum of the unit's region.
  private(set) var region = Pair()
  /// The sum of the country; used only where the country's value matters.
  private(set) var country = Pair()

  /// Makes room for the figures of a layout.
  init(_ layout: ChangeLayout, hasDenominator: Bool) {
    self.layout = layout
    self.hasDenominator = hasDenominator
    members = Array(repeating: Pair(), count: layout.positions.count)
  }

  /// Takes the figures of a year.
  ///
  /// - Parameters:
  ///   - numerator: One figure per position; NaN where missing.
  ///   - denominator: One figure per position; `nil` for an indicator without.
  ///   - needsCountry: Whether the country's sum is needed.
  mutating func load(_ numerator: [Double], _ denominator: [Double]?, needsCountry: Bool) {
    for (member, position) in layout.positions.enumerated() {
      members[member] = Pair(
        numerator: numerator[position],
        denominator: denominator?[position] ?? 1
      )
    }
    region = Pair()
    for position in layout.regionPositions {
      region.numerator += numerator[position]
      region.denominator += denominator?[position] ?? 0
    }
    guard needsCountry else { return }
    country = Pair()
    for position in numerator.indices where !numerator[position].isNaN {
      if let denominator {
        guard !denominator[position].isNaN else { continue }
        country.denominator += denominator[position]
      }
      country.numerator += numerator[position]
    }
  }

  /// The pair with units added.
  @inline(__always)
  private func ratio(_ pair: Pair, _ units: Int) -> Double {
    let change = layout.sign * Double(units)
    guard hasDenominator else { return pair.numerator + change }
    return layout.isOfDenominator
      ? pair.numerator / (pair.denominator + change)
      : (pair.numerator + change) / pair.denominator
  }

  /// The country's value with units added anywhere; NaN where it is not defined.
  func countryValue(_ units: Int) -> Double {
    switch layout.aggregation {
    case .notAggregable, .publishedRank: .nan
    case .sum, .ratioOfSums, .weightedMean:
      layout.scale * (layout.isRelative ? 1 : ratio(country, units))
    }
  }

  /// What becomes of a value relative to the country that gets no units itself.
  func countryFactor(_ units: Int) -> Double {
    layout.isRelative ? ratio(country, 0) / ratio(country, units) : 1
  }

  /// A member's value with units added to it, the country's ratio as with `total` added anywhere.
  @inline(__always)
  func memberValue(_ member: Int, _ units: Int, total: Int = 0) -> Double {
    value(ratio(members[member], units), total)
  }

  /// The region's value with units added, the country's ratio as with `total` added anywhere.
  @inline(__always)
  func regionValue(_ units: Int, total: Int = 0) -> Double { value(ratio(region, units), total) }

  @inline(__always)
  private func value(_ own: Double, _ total: Int) -> Double {
    layout.scale * (layout.isRelative ? own / ratio(country, total) : own)
  }

  // MARK: - Limits

  /// How many units a member can get before it breaks a limit.
  ///
  /// - Parameters:
  ///   - member: The member.
  ///   - isStrict: Whether all limits hold; otherwise only that a denominator stays above 0.
  /// - Returns: A number from 0 to `ChangeFigures.most`.
  func room(_ member: Int, isStrict: Bool) -> Int {
    func keeps(_ units: Int) -> Bool { limit(member, units, isStrict: isStrict) == nil }
    guard keeps(0) else { return 0 }
    guard let first = firstWhole(in: 1..<(Self.most + 1), where: { !keeps($0) }) else {
      return Self.most
    }
    return first - 1
  }

  /// The limit that a member breaks with some units; `nil` when it keeps all.
  func limit(_ member: Int, _ units: Int, isStrict: Bool) -> RequiredChange.Limit? {
    let limits = layout.limits
    let change = layout.sign * Double(units)
    let pair = members[member]
    guard layout.isOfDenominator else {
      guard isStrict else { return nil }
      let figure = pair.numerator + change
      if layout.sign > 0 {
        if limits.isShare, figure > pair.denominator { return .fullShare }
        if let maximum = limits.maximum, figure > maximum { return .maximum(maximum) }
      } else if let minimum = limits.minimum, figure < minimum {
        return .minimum(minimum)
      }
      return nil
    }
    guard layout.sign < 0 else { return nil }
    let figure = pair.denominator + change
    if isStrict, limits.isShare, pair.numerator > figure { return .fullShare }
    return figure > 0 ? nil : .emptyDenominator
  }

  /// The most units that are looked at.
  static let most = 1 << 50

  // MARK: - Members that pass each other

  /// A number of units below which a member, getting its part of a spread, cannot yet be as good as
  /// another member that gets its own.
  ///
  /// While *i* holds *k* units, *j* holds at least *w*ⱼ (*k* − ½) / *w*ᵢ − ½ by Webster's method. So
  /// to be as good takes a linear inequality in *k*; rounding is allowed for.
  ///
  /// - Parameters:
  ///   - member: The member, *i*.
  ///   - held: The units it holds, with which it is not as good.
  ///   - other: The other member, *j*.
  /// - Returns: The number; ∞ when it never will be as good again.
  func catchUp(_ member: Int, holding held: Int, with other: Int) -> Double {
    let (mine, theirs) = (members[member], members[other])
    let weight = layout.spread.weights[member]
    guard weight > 0 else { return .infinity }
    let pace = layout.spread.weights[other] / weight
    let lag = pace / 2 + 0.5
    let direction = layout.isOfDenominator ? -layout.sign : layout.sign
    // a + b k is to be at least 0; every term is counted so that rounding errors can be bounded.
    let (a, b): ([Double], [Double])
    if layout.isOfDenominator {
      a = [
        direction * mine.numerator * theirs.denominator,
        -direction * theirs.numerator * mine.denominator, mine.numerator * lag,
      ]
      b = [theirs.numerator, -mine.numerator * pace]
    } else {
      a = [
        direction * mine.numerator / mine.denominator,
        -direction * theirs.numerator / theirs.denominator, lag / theirs.denominator,
      ]
      b = [1 / mine.denominator, -pace / theirs.denominator]
    }
    let intercept = upper(a)
    let slope = upper(b)
    if intercept + slope * Double(held) >= 0 { return 0 }
    return slope > 0 ? -intercept / slope - 1 : .infinity
  }

  /// A sum, made larger by more than its rounding error.
  private func upper(_ terms: [Double]) -> Double {
    let size = terms.reduce(0) { $0 + abs($1) }
    return terms.reduce(0, +) + 16 * size.ulp
  }
}
