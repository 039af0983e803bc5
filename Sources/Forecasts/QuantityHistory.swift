public import Regions

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#endif
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// An amount, or the ratio of two, of which a history is known.
public struct Quantity: Sendable, Hashable {
  /// The series, or that of the numerator.
  public let numerator: String
  /// The series of the denominator; `nil` for an amount.
  public let denominator: String?
  /// The scale on which its changes are looked at.
  public let scale: GrowthScale

  /// Creates a quantity.
  public init(numerator: String, denominator: String? = nil, scale: GrowthScale) {
    self.numerator = numerator
    self.denominator = denominator
    self.scale = scale
  }

  /// The value of an indicator: its ratio, or the series itself.
  ///
  /// Shares are looked at as log odds; amounts, amounts per inhabitant and ratios relative to the
  /// country as logarithms; rates,
  /// indices and what may be negative as they are.
  public init(valueOf indicator: Indicator, in panel: Panel) {
    numerator = indicator.numerator
    denominator = indicator.denominator
    if indicator.isShare {
      scale = .logit
    } else if indicator.isRelativeToCountry, panel.series[indicator.numerator]?.minimum ?? -1 >= 0 {
      scale = .log
    } else {
      scale = ChangeHistory.scale(of: indicator, in: panel) == .growth ? .log : .identity
    }
  }

  /// The ids of its series.
  public var series: [String] { [numerator, denominator].compactMap { $0 } }

  /// The name: that of the series, or `numerator/denominator`.
  public var name: String { series.joined(separator: "/") }
}

/// The values of a quantity on its scale, municipality by municipality and year by year.
///
/// **Missing values**: a figure that is missing, and one that the scale does not have, such as the
/// logarithm of 0, is NaN.
public struct QuantityHistory: Sendable {
  /// The quantity.
  public let quantity: Quantity
  /// The years, without holes; years without figures are all NaN.
  public let years: ClosedRange<Int>
  /// The number of municipalities.
  public let units: Int
  /// The values on the scale: municipalities × years, municipalities fastest.
  public let values: [Double]
  /// Whether the change into the year is a break; shaped like `values`.
  public let isBreak: [Bool]
  /// How large each municipality was in each year: the denominator of a ratio, else the inhabitants,
  /// else the amount itself; shaped like `values`.
  public let sizes: [Double]

  /// Reads the history of a quantity from a panel; `nil` when no year has figures.
  ///
  /// - Parameters:
  ///   - quantity: The quantity, whose series are loaded.
  ///   - panel: The figures.
  ///   - lastYear: The last year that is looked at; `nil` for all.
  /// - Complexity: O(*u* *y*), with *u* municipalities and *y* years.
  public init?(_ quantity: Quantity, in panel: Panel, upTo lastYear: Int? = nil) {
    let series = quantity.series
    let common = series.dropFirst().reduce(panel.years(of: quantity.numerator)) { years, id in
      let other = Set(panel.years(of: id))
      return years.filter(other.contains)
    }
    let years = common.filter { $0 <= lastYear ?? .max }
    guard let first = years.first, let last = years.last else { return nil }
    let count = panel.register.municipalities.count
    self.quantity = quantity
    self.years = first...last
    units = count
    var values: [Double] = []
    var sizes: [Double] = []
    for year in first...last {
      let top = panel.column(quantity.numerator, year: year).values.prefix(count)
      let bottom = quantity.denominator.map { panel.column($0, year: year).values.prefix(count) }
      values +=
        bottom.map { zip(top, $0).map { quantity.scale.transformed($0 / $1) } }
        ?? top.map(quantity.scale.transformed)
      let inhabitants = panel.column("population.total", year: year).values.prefix(count)
      sizes += bottom ?? (inhabitants.allSatisfy(\.isNaN) ? top.map(abs) : Array(inhabitants))[...]
    }
    self.values = values
    self.sizes = sizes
    isBreak = Self.breaks(of: series, first...last, panel)
  }

  private static func breaks(
    of series: [String],
    _ years: ClosedRange<Int>,
    _ panel: Panel
  ) -> [Bool] {
    let count = panel.register.municipalities.count
    var result = [Bool](repeating: false, count: count * years.count)
    for item in panel.breaks where series.contains(item.series) && years.contains(item.year) {
      let start = (item.year - years.lowerBound) * count
      if let code = item.municipality {
        if let position = panel.register.position(ofCode: code), position < count {
          result[start + position] = true
        }
      } else {
        for index in start..<start + count { result[index] = true }
      }
    }
    return result
  }

  /// The history as it was known in an earlier year.
  ///
  /// - Parameter year: A year of the history.
  /// - Returns: The years up to that one.
  public func upTo(_ year: Int) -> QuantityHistory { QuantityHistory(self, upTo: year) }

  private init(_ other: QuantityHistory, upTo year: Int) {
    let count = (year - other.years.lowerBound + 1) * other.units
    precondition(other.years.contains(year), "A year of the history.")
    quantity = other.quantity
    years = other.years.lowerBound...year
    units = other.units
    values = Array(other.values.prefix(count))
    isBreak = Array(other.isBreak.prefix(count))
    sizes = Array(other.sizes.prefix(count))
  }

  /// The value of a municipality in a year, on the scale.
  public func value(_ unit: Int, _ year: Int) -> Double {
    values[(year - years.lowerBound) * units + unit]
  }

  /// The change into a year, on the scale; NaN where either figure is missing or the change is a
  /// break.
  public func change(_ unit: Int, into year: Int) -> Double {
    let index = (year - years.lowerBound) * units + unit
    guard year > years.lowerBound, !isBreak[index] else { return .nan }
    return values[index] - values[index - units]
  }

  /// How many years have a change of at least half of the municipalities.
  public var usableYears: Int {
    years.dropFirst().count { year in
      2 * (0..<units).count { change($0, into: year).isFinite } >= units
    }
  }

  /// The latest known size of each municipality; the median of the others where none is known.
  var latestSizes: [Double] {
    var latest = [Double](repeating: .nan, count: units)
    for (index, size) in sizes.enumerated() where size > 0 { latest[index % units] = size }
    let known = latest.filter { !$0.isNaN }.sorted()
    let middle = known.isEmpty ? 1 : known[known.count / 2]
    return latest.map { $0.isNaN ? middle : $0 }
  }
}

extension GrowthScale {
  /// A value on the scale; NaN where the scale does not have it.
  public func transformed(_ value: Double) -> Double {
    switch self {
    case .log: value > 0 ? logarithm(value) : .nan
    case .logit: value > 0 && value < 1 ? logarithm(value / (1 - value)) : .nan
    case .identity: value
    }
  }

  /// The value *x* after a change *c* on the scale.
  public func value(_ value: Double, changedBy change: Double) -> Double {
    switch self {
    case .log: value * exponential(change)
    case .logit:
      value <= 0 || value >= 1 ? value : 1 / (1 + (1 - value) / value * exponential(-change))
    case .identity: value + change
    }
  }
}

/// The natural logarithm, by a name that no case of `GrowthScale` has.
private func logarithm(_ value: Double) -> Double { log(value) }

private func exponential(_ value: Double) -> Double { exp(value) }
