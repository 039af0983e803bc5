/// The numbers of municipalities through time, and how one leads to another.
///
/// The history is an acyclic graph whose nodes are numbers in the period of their use, followed as
/// Statistics Norway's package klassR does (https://github.com/statisticsnorway/ssb-klassr): along the
/// steps to the latest year, undefined where a node splits, unless weights are given. Two things are
/// added: weights can be those of a municipality that was merged into the split one, so that what was
/// merged and comes out whole is exact; and a year after the latest step has the latest numbering.
///
/// Transfers of land between municipalities that keep their numbers are not in the steps and so not
/// in what is carried.
public struct MunicipalityHistory: Sendable {
  private struct Period: Sendable {
    let years: ClosedRange<Int>
    let codes: [String]
    var successors: [String: Successor] = [:]
    /// The old numbers of which each of today's holds a part, ascending.
    var origins: [String: [String]] = [:]
  }

  /// The first year whose numbering is known.
  public let firstYear: Int
  /// The year of the latest step; later years have the same numbering.
  public let latestYear: Int
  /// The steps, as they were given.
  public let changes: [CodeChange]
  private var periodList: [Period]
  private let validities: [String: [ClosedRange<Int>]]

  /// Creates a history by going back from today's numbers.
  ///
  /// - Parameters:
  ///   - current: The numbers in use after the last step.
  ///   - firstYear: The first year whose numbering is known.
  ///   - changes: The steps after that year, in any order.
  ///   - weights: How counts of split municipalities are shared out, where it is known.
  /// - Throws: `MunicipalityHistoryError` for a step that does not fit the numbering of its year, a kind
  ///   that does not fit the steps, and weights that belong to no split or do not sum to 1.
  /// - Complexity: O(*p* (*n* + *c*)) for *p* periods of *n* numbers and *c* steps.
  public init(
    current: some Sequence<String>,
    firstYear: Int,
    changes: [CodeChange],
    weights: [SplitWeight] = []
  ) throws(MunicipalityHistoryError) {
    var steps = NumberingSteps(changes: changes)
    try steps.check(after: firstYear)
    let numberings = try steps.numberings(endingWith: Set(current))
    try steps.add(weights)

    self.firstYear = firstYear
    self.changes = changes
    latestYear = steps.years.last ?? firstYear
    var starts = [firstYear] + steps.years
    starts.append(.max)
    var periods: [Period] = []
    for (index, codes) in numberings.enumerated() {
      let end = index + 1 == numberings.count ? Int.max : starts[index + 1] - 1
      periods.append(Period(years: starts[index]...end, codes: codes.sorted()))
    }
    periodList = periods
    validities = Self.validities(of: periods)
    for index in periodList.indices { Self.follow(&periodList[index], along: steps) }
  }

  private static func validities(of periods: [Period]) -> [String: [ClosedRange<Int>]] {
    var result: [String: [ClosedRange<Int>]] = [:]
    for period in periods {
      for code in period.codes {
        guard let last = result[code]?.last, last.upperBound == period.years.lowerBound - 1 else {
          result[code, default: []].append(period.years)
          continue
        }
        result[code]?.removeLast()
        result[code]?.append(last.lowerBound...period.years.upperBound)
      }
    }
    return result
  }

  private static func follow(_ period: inout Period, along steps: NumberingSteps) {
    var parts: [String: [SplitPart]] = [:]
    for code in period.codes {
      let found = steps.parts(of: code, since: period.years.lowerBound)
      parts[code] = found
      for part in found { period.origins[part.code, default: []].append(code) }
    }
    for code in period.codes {
      let found = parts[code] ?? []
      guard found.count == 1, let only = found.first, only.weight == 1, only.isExact else {
        period.successors[code] = .split(found)
        continue
      }
      let isAlone = period.origins[only.code]?.count == 1
      period.successors[code] = isAlone ? .one(only.code) : .merged(into: only.code)
    }
  }

  private func period(of year: Int) -> Period? {
    periodList.last { $0.years.contains(year) }
  }

  /// The periods of one numbering each, the earliest first. The last has no end: its upper bound is
  /// `Int.max`.
  public var periods: [ClosedRange<Int>] { periodList.map(\.years) }

  /// The numbers in use on 1 January of a year, ascending; none for a year before the history.
  ///
  /// - Complexity: O(number of periods).
  public func codes(on year: Int) -> [String] { period(of: year)?.codes ?? [] }

  /// The years in which a number was in use on 1 January; none for a number of no year.
  ///
  /// - Complexity: O(1).
  public func years(of code: String) -> [ClosedRange<Int>] { validities[code] ?? [] }

  /// Whether a number is in use on 1 January of a year.
  ///
  /// - Complexity: O(1).
  public func isInUse(_ code: String, on year: Int) -> Bool {
    years(of: code).contains { $0.contains(year) }
  }

  /// Which years' numbering a set of numbers belongs to.
  ///
  /// - Parameter codes: Numbers as found in a file.
  /// - Returns: The periods that hold all numbers which any year has, and the numbers that none has.
  /// - Complexity: O(*k* *p*) for *k* numbers and *p* periods.
  public func guessDivision(of codes: some Sequence<String>) -> DivisionGuess {
    let codes = Set(codes)
    let known = codes.filter { validities[$0] != nil }
    let fitting = periodList.map(\.years).filter { years in
      !known.isEmpty && known.allSatisfy { isInUse($0, on: years.lowerBound) }
    }
    return DivisionGuess(periods: fitting, unknown: codes.subtracting(known).sorted())
  }

  /// Where the municipality that had a number in a year is today.
  ///
  /// - Parameters:
  ///   - code: The number, of four digits.
  ///   - year: The year on whose 1 January it had the number.
  /// - Returns: Its successor, or why it cannot be followed.
  /// - Complexity: O(number of periods); for a number of no year also that of `nearestMatch`.
  public func successor(of code: String, from year: Int) -> Successor {
    guard let period = period(of: year) else { return .beforeHistory(first: firstYear) }
    if let successor = period.successors[code] { return successor }
    let years = years(of: code)
    if let next = years.first(where: { $0.lowerBound > year }) {
      return .notYet(from: next.lowerBound)
    }
    if let last = years.last { return .noLonger(last: last.upperBound) }
    return .unknown(nearest: nearestMatch(to: code, among: period.codes))
  }

  /// The numbers of a year of which one of today's municipalities holds a part, ascending.
  ///
  /// - Complexity: O(number of periods).
  public func origins(of code: String, in year: Int) -> [String] {
    period(of: year)?.origins[code] ?? []
  }
}
