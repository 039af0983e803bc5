public import Statistics

/// How hard a required change is, judged by what units have in fact achieved over as many years.
///
/// The change is placed among the changes of five groups of windows: those of all units, of units of
/// the same group (such as a KOSTRA group), of units with about as many inhabitants, of the unit
/// itself, and of units that started from about the same place. The last is the reference class of
/// D. Kahneman and A. Tversky (1979), as B. Flyvbjerg (2006) uses it,
/// https://doi.org/10.1177/875697280603700302: regression to the mean is in it.
///
/// That few have achieved something does not say that it cannot be done, only that it is rare.
public struct Difficulty: Sendable, Hashable {
  /// What is to be achieved over the span.
  public enum Requirement: Sendable, Hashable {
    /// A change of the value over the whole span, on the scale of the history: points, or growth as
    /// a fraction. Where lower values are better, an improvement is negative.
    case change(Double)
    /// Places to climb.
    case movement(Double)
  }

  /// Who has to achieve it, and whom it resembles.
  public struct Subject: Sendable, Hashable {
    /// The unit.
    public var unit: Unit
    /// Its place at the start, or `nil` where unknown.
    public var startPlace: Double?
    /// Its inhabitants at the start, or `nil` where unknown.
    public var inhabitants: Double?
    /// The codes of the units of the same group, itself among them.
    public var group: Set<String>

    /// Creates a subject.
    public init(
      unit: Unit,
      startPlace: Double? = nil,
      inhabitants: Double? = nil,
      group: Set<String> = []
    ) {
      self.unit = unit
      self.startPlace = startPlace
      self.inhabitants = inhabitants
      self.group = group
    }
  }

  /// Whose changes the required one is compared with.
  public enum Peers: String, Sendable, Hashable, CaseIterable {
    /// All units of the level.
    case all
    /// The units of the subject's group.
    case group
    /// Units with at most 30 % more or fewer inhabitants than the subject, at the start of theirs.
    case inhabitants
    /// The subject itself.
    case own
    /// Units that started within 15 places of the subject's, regions within 5.
    case startPlace = "start_place"
  }

  /// A word for the difficulty.
  public enum Grade: String, Sendable, Hashable, CaseIterable {
    /// Below the middle of what was achieved.
    case common
    /// In the third quarter.
    case demanding
    /// In the fourth quarter, below the ninth tenth.
    case ambitious
    /// In the last tenth.
    case rare
    /// More than anybody achieved.
    case withoutParallel = "without_parallel"

    /// The grade of a percentile; one above the largest change is without parallel.
    public init(percentile: Double, isAboveAll: Bool) {
      self =
        switch percentile {
        case _ where isAboveAll: .withoutParallel
        case ..<50: .common
        case ..<75: .demanding
        case ..<90: .ambitious
        default: .rare
        }
    }
  }

  /// The comparison with one group of windows.
  public struct Comparison: Sendable, Hashable {
    /// Whose windows they are.
    public let peers: Peers
    /// How many windows there are.
    public let windows: Int
    /// How many of them at most do not overlap.
    public let effectiveWindows: Int
    /// How many units they are of.
    public let units: Int
    /// In how many windows at least the required change was achieved.
    public let achievedWindows: Int
    /// How many units have achieved it in some window.
    public let achievedUnits: Int
    /// The share of the changes that is smaller than the required one, and half of those equal, in
    /// per cent.
    public let percentile: Double
    /// The largest improvement, signed as the requirement is.
    public let best: Double
    /// The 95 % interval of the share of windows in which it was achieved: Wilson's for the windows
    /// that do not overlap, the successes scaled down in proportion.
    public let interval: WilsonInterval
    /// The word for it.
    public let grade: Grade

    /// The share of windows in which it was achieved, 0–1.
    public var achievedShare: Double { Double(achievedWindows) / Double(windows) }
  }

  /// The subject.
  public let subject: Subject
  /// What is required.
  public let requirement: Requirement
  /// Over how many years.
  public let span: Int
  /// The indicator whose history was used.
  public let indicator: Indicator
  /// The indicator it stands in for, when that has no such history.
  public let substitutedFor: Indicator?
  /// The comparisons, `all` first; one with no window is left out.
  public let comparisons: [Comparison]
  /// What is required on the scale of `achieved`, plus is better: places, points, or growth as a
  /// fraction.
  public let required: Double
  /// What every window of the history achieved, ascending, plus is better.
  public let achieved: [Double]
  /// Whether these are growth as a fraction, rather than places or points.
  public let isGrowth: Bool

  /// Judges a requirement.
  ///
  /// - Parameters:
  ///   - requirement: The change over the span of the history.
  ///   - subject: Who has to achieve it.
  ///   - history: The changes of the indicator.
  ///   - substitute: The changes of another indicator over as many years at the same level, used
  ///     where `history` has no window. Only movements in places are compared across indicators.
  /// - Throws: `NoHistoryError` when there is no window to compare with.
  /// - Complexity: O(*w*), with *w* windows.
  public init(
    of requirement: Requirement,
    for subject: Subject,
    history: ChangeHistory,
    substitute: ChangeHistory? = nil
  ) throws(NoHistoryError) {
    let used = try Self.chosen(requirement, history, substitute)
    self.subject = subject
    self.requirement = requirement
    span = used.span
    indicator = used.indicator
    substitutedFor = history.windows.isEmpty ? history.indicator : nil
    let sign = used.indicator.direction == .lower ? -1.0 : 1.0
    switch requirement {
    case .movement(let places):
      (required, isGrowth) = (places, false)
      achieved = used.windows.map(\.movement).sorted()
    case .change(let change):
      (required, isGrowth) = (sign * change, used.scale == .growth)
      achieved = used.windows.map { sign * $0.change }.sorted()
    }
    comparisons = Peers.allCases.compactMap { peers in
      let windows = used.windows.filter { used.includes($0, among: peers, of: subject) }
      return Comparison(peers, windows, in: used, requirement)
    }
  }

  /// The comparison with some peers, or `nil` when they have no window.
  public subscript(_ peers: Peers) -> Comparison? {
    comparisons.first { $0.peers == peers }
  }

  private static func chosen(
    _ requirement: Requirement,
    _ history: ChangeHistory,
    _ substitute: ChangeHistory?
  ) throws(NoHistoryError) -> ChangeHistory {
    guard history.windows.isEmpty else { return history }
    let error = NoHistoryError(
      indicator: history.indicator.id,
      span: history.span,
      substitute: substitute?.indicator.id,
      isOfValue: substitute.map { !$0.windows.isEmpty } ?? false
    )
    guard let substitute, !substitute.windows.isEmpty else { throw error }
    precondition(
      substitute.span == history.span && substitute.level == history.level,
      "A substitute is of the same span and level."
    )
    guard case .movement = requirement else { throw error }
    return substitute
  }
}

/// Why the difficulty of a change cannot be judged.
public struct NoHistoryError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The indicator.
  public let indicator: String
  /// The years of the change.
  public let span: Int
  /// The substitute that was offered.
  public let substitute: String?
  /// Whether the substitute has a history, but the requirement is one of the value.
  public let isOfValue: Bool

  /// The sentence shown to the user.
  public var description: String {
    let years = span == 1 ? "1 year" : "\(span) years"
    let what = "\(indicator) has no change over \(years) without a break"
    guard let substitute else { return "\(what), and no substitute is named." }
    return isOfValue
      ? "\(what). The values of \(substitute) are no measure of it; ask for a movement in places."
      : "\(what), and neither has its substitute \(substitute)."
  }
}

extension ChangeHistory {
  /// How near the place at the start must be: 15 of some 357 municipalities, 5 of some 73 regions.
  ///
  /// The same share of the regions would be 3 places, which leaves too few windows.
  public var nearbyPlaces: Double { level == .municipality ? 15 : 5 }

  fileprivate func includes(
    _ window: Window,
    among peers: Difficulty.Peers,
    of subject: Difficulty.Subject
  ) -> Bool {
    switch peers {
    case .all: true
    case .group: subject.group.contains(units[window.unit].code)
    case .inhabitants:
      subject.inhabitants.map { abs(window.inhabitants - $0) <= 0.3 * $0 } ?? false
    case .own: units[window.unit].code == subject.unit.code
    case .startPlace:
      subject.startPlace.map { abs(window.startPlace - $0) <= nearbyPlaces } ?? false
    }
  }
}

extension Difficulty.Comparison {
  fileprivate init?(
    _ peers: Difficulty.Peers,
    _ windows: [ChangeHistory.Window],
    in history: ChangeHistory,
    _ requirement: Difficulty.Requirement
  ) {
    var sign = 1.0
    let required: Double
    let achieved: [Double]
    switch requirement {
    case .movement(let places):
      required = places
      achieved = windows.map(\.movement)
    case .change(let change):
      sign = history.indicator.direction == .lower ? -1 : 1
      required = sign * change
      achieved = windows.map { sign * $0.change }
    }
    guard let percentile = percentileRank(of: required, among: achieved), let best = achieved.max()
    else { return nil }
    let successes = windows.indices.filter { achieved[$0] >= required }
    self.peers = peers
    self.windows = windows.count
    effectiveWindows = history.nonOverlapping(windows)
    units = Set(windows.map(\.unit)).count
    achievedWindows = successes.count
    achievedUnits = Set(successes.map { windows[$0].unit }).count
    self.percentile = percentile
    self.best = sign * best
    let effective = Double(effectiveWindows)
    // The quotient first: with every window a success it is exactly the number of trials.
    interval = WilsonInterval(
      successes: Double(successes.count) / Double(windows.count) * effective,
      trials: effective
    )
    grade = Difficulty.Grade(percentile: percentile, isAboveAll: required > best)
  }
}
