/// How good forecasts of places were, over units and origins.
///
/// - The continuous ranked probability score of a place is the sum over all places of
///   (*F* − [place reached])² (Gneiting & Raftery 2007, https://doi.org/10.1198/016214506000001437).
/// - As places are whole, an interval covers by parts: the share of the outcome's own probability
///   that lies within it (randomised probability transform; Czado, Gneiting & Held 2009,
///   https://doi.org/10.1111/j.1541-0420.2009.01191.x).
public struct ForecastScore: Sendable, Hashable {
  /// The probabilities of the intervals that are looked at.
  public static let intervals = [0.5, 0.8, 0.9]

  /// The number of forecasts.
  public private(set) var count = 0
  private var scores = 0.0
  private var covered = [0.0, 0.0, 0.0]
  private var widths = 0.0

  /// Creates a score of nothing.
  public init() {}

  /// The mean continuous ranked probability score, in places; smaller is better.
  public var meanScore: Double { scores / Double(count) }
  /// The share covered by the 50, 80 and 90 % intervals.
  public var coverage: [Double] { covered.map { $0 / Double(count) } }
  /// The mean width of the 90 % interval, in places.
  public var meanWidth: Double { widths / Double(count) }

  /// Scores the forecast of one place.
  ///
  /// - Parameters:
  ///   - cumulative: The probability of at most each place, from place 1.
  ///   - place: The place that came, from 1.
  public mutating func add(_ cumulative: [Double], place: Int) {
    count += 1
    for (index, probability) in cumulative.enumerated() {
      let step = probability - (index + 1 >= place ? 1 : 0)
      scores += step * step
    }
    let low = place > 1 ? cumulative[place - 2] : 0
    let high = cumulative[place - 1]
    for (index, level) in Self.intervals.enumerated() {
      let (from, to) = ((1 - level) / 2, (1 + level) / 2)
      if high > low {
        covered[index] += max(min(high, to) - max(low, from), 0) / (high - low)
      } else if low > from, low < to {
        covered[index] += 1
      }
    }
    widths += Double(cumulative.count { $0 < 0.95 } - cumulative.count { $0 < 0.05 })
  }

  /// Adds the forecasts of another score.
  public static func + (left: ForecastScore, right: ForecastScore) -> ForecastScore {
    var sum = left
    sum.count += right.count
    sum.scores += right.scores
    sum.widths += right.widths
    for index in sum.covered.indices { sum.covered[index] += right.covered[index] }
    return sum
  }
}

/// How good probabilities of an event were.
public struct EventScore: Sendable, Hashable {
  /// The number of classes of probability in the reliability table.
  public static let classes = 10

  /// The forecasts by class of their probability: how many, the sum of the probabilities, and how
  /// often the event came.
  public private(set) var reliability = [Class](repeating: Class(), count: classes)
  private var squares = 0.0

  /// The forecasts whose probability lies in one tenth.
  public struct Class: Sendable, Hashable {
    /// The number of forecasts.
    public var count = 0
    /// The sum of their probabilities.
    public var probabilities = 0.0
    /// How often the event came.
    public var events = 0
  }

  /// Creates a score of nothing.
  public init() {}

  /// The number of forecasts.
  public var count: Int { reliability.reduce(0) { $0 + $1.count } }
  /// How often the event came, as a share.
  public var baseRate: Double {
    Double(reliability.reduce(0) { $0 + $1.events }) / Double(count)
  }
  /// The mean squared distance of probability and outcome (Brier 1950,
  /// https://doi.org/10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2).
  public var brier: Double { squares / Double(count) }
  /// The Brier skill against always forecasting the base rate.
  public var skill: Double { 1 - brier / (baseRate * (1 - baseRate)) }

  /// Scores one probability.
  public mutating func add(_ probability: Double, came: Bool) {
    let index = min(Int(probability * Double(Self.classes)), Self.classes - 1)
    reliability[index].count += 1
    reliability[index].probabilities += probability
    reliability[index].events += came ? 1 : 0
    let miss = probability - (came ? 1 : 0)
    squares += miss * miss
  }

  /// Adds the forecasts of another score.
  public static func + (left: EventScore, right: EventScore) -> EventScore {
    var sum = left
    sum.squares += right.squares
    for (index, other) in right.reliability.enumerated() {
      sum.reliability[index].count += other.count
      sum.reliability[index].probabilities += other.probabilities
      sum.reliability[index].events += other.events
    }
    return sum
  }
}
