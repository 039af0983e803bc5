internal import Regions
internal import Statistics

/// The yearly growth of each unit and of the country, read off a series' or ratio's own history.
///
/// Growth is the median of the latest yearly changes that are growth: changes across a break, from
/// or to a missing figure, and from zero are left out. The median keeps a single odd year, such as
/// the opening of a refugee arrival centre, from becoming a trend. At least two such changes must be
/// known, however short the window is.
struct GrowthHistory {
  /// The growth per year as a fraction, per position; NaN where fewer than two changes are known.
  let units: [Double]
  /// The country's growth per year as a fraction; `nil` when fewer than two changes are known.
  let country: Double?

  /// Reads off the growth of a series, or of the ratio of two.
  ///
  /// - Parameters:
  ///   - numerator: The series, or the numerator of the ratio.
  ///   - denominator: The denominator of the ratio, or `nil`.
  ///   - panel: The figures.
  ///   - lastYear: The latest year that counts; later ones are not known at the baseline.
  ///   - window: How many of the latest changes the median is taken of.
  init(
    numerator: String,
    denominator: String?,
    in panel: Panel,
    upTo lastYear: Int,
    window: Int
  ) {
    let count = panel.register.count
    let years = panel.years(of: numerator).filter { $0 <= lastYear }
    let needed = max(window, 2)
    var changes: [[Double]] = Array(repeating: [], count: count)
    var countryChanges: [Double] = []
    for (earlier, later) in zip(years, years.dropFirst()).reversed() where later == earlier + 1 {
      let before = Self.values(numerator, denominator, in: panel, year: earlier)
      let after = Self.values(numerator, denominator, in: panel, year: later)
      for position in 0..<count where changes[position].count < needed {
        let change = after.ratios[position] / before.ratios[position] - 1
        let isBreak = [numerator, denominator].compactMap { $0 }.contains {
          panel.isBreak($0, year: later, position: position)
        }
        if change.isFinite, !isBreak { changes[position].append(change) }
      }
      let isNational = ![numerator, denominator].compactMap { $0 }.contains { id in
        panel.breaks.contains { $0.series == id && $0.year == later && $0.municipality == nil }
      }
      guard isNational, countryChanges.count < needed else { continue }
      if let change = Self.countryChange(before, after, panel.register) {
        countryChanges.append(change)
      }
    }
    units = changes.map { $0.count < 2 ? .nan : median(of: $0.prefix(window)) ?? .nan }
    country = countryChanges.count < 2 ? nil : median(of: countryChanges.prefix(window))
  }

  private typealias Values = (numerators: [Double], denominators: [Double]?, ratios: [Double])

  private static func values(
    _ numerator: String,
    _ denominator: String?,
    in panel: Panel,
    year: Int
  ) -> Values {
    let top = panel.columnWithCombinedSums(numerator, year: year).values
    guard let denominator else { return (top, nil, top) }
    let bottom = panel.columnWithCombinedSums(denominator, year: year).values
    return (top, bottom, zip(top, bottom).map { $0 / $1 })
  }

  /// The change of the country, over the units with figures in both years. A combined unit counts
  /// where its members do not, so that nobody counts twice.
  private static func countryChange(
    _ before: Values,
    _ after: Values,
    _ register: MunicipalityRegister
  ) -> Double? {
    let isPresent = before.ratios.indices.map {
      before.ratios[$0].isFinite && after.ratios[$0].isFinite
    }
    var sums = [0.0, 0.0, 0.0, 0.0]
    for position in before.ratios.indices where isPresent[position] {
      let members = register.combinedUnit(at: position)?.members
      if let members, members.allSatisfy({ isPresent[$0] }) { continue }
      sums[0] += before.numerators[position]
      sums[1] += before.denominators?[position] ?? 0
      sums[2] += after.numerators[position]
      sums[3] += after.denominators?[position] ?? 0
    }
    let isRatio = before.denominators != nil
    let change = isRatio ? (sums[2] / sums[3]) / (sums[0] / sums[1]) - 1 : sums[2] / sums[0] - 1
    return change.isFinite ? change : nil
  }
}
