internal import Statistics

/// Random futures of an indicator: the changes of its value and denominator at every position.
///
/// A future is a pure function of the seed and its number.
public struct FuturePaths: Sendable {
  /// The changes of one future, on the scales of the forecast: positions × years, positions fastest.
  public struct Changes: Sendable, Hashable {
    /// Those of the value.
    public var value: [Double]
    /// Those of the denominator; empty without one.
    public var denominator: [Double]
  }

  private let forecast: IndicatorForecast
  private let normals: CounterNormals
  private let groupRoot: [Double]
  private let denominatorGroupRoot: [Double]
  private let factors: StudentFactors?
  private let denominatorFactors: StudentFactors?

  /// Prepares the draws of a forecast.
  ///
  /// - Parameters:
  ///   - forecast: The forecast.
  ///   - seed: Equal seeds give equal futures.
  public init(_ forecast: IndicatorForecast, seed: UInt64) {
    self.forecast = forecast
    normals = CounterNormals(seed: seed)
    groupRoot = Self.root(forecast.value)
    factors = Self.factors(forecast.value)
    denominatorGroupRoot = forecast.denominator.map(Self.root) ?? []
    denominatorFactors = forecast.denominator.flatMap(Self.factors)
  }

  private static func factors(_ forecast: PathForecast) -> StudentFactors? {
    forecast.degreesOfFreedom.flatMap {
      $0.isFinite ? StudentFactors(degreesOfFreedom: $0) : nil
    }
  }

  private static func root(_ forecast: PathForecast) -> [Double] {
    let count = forecast.groupCount
    return PathCovariance(forecast.groupCorrelation, count).factor
  }

  /// The changes in one future.
  ///
  /// - Complexity: O(*u* *H*² + *g*² *H*), with *u* positions, *H* years and *g* groups.
  public func changes(draw: Int) -> Changes {
    let count = forecast.value.positions * forecast.value.years
    let own = numbers(count, draw, stream: 0)
    let value = changes(forecast.value, own, factors, groupRoot, draw, stream: 1)
    guard let second = forecast.denominator else { return Changes(value: value, denominator: []) }
    let rest = (1 - forecast.correlation * forecast.correlation).squareRoot()
    var other = numbers(count, draw, stream: 5)
    for index in other.indices {
      other[index] = forecast.correlation * own[index] + rest * other[index]
    }
    let denominator = changes(
      second,
      other,
      denominatorFactors,
      denominatorGroupRoot,
      draw,
      stream: 6
    )
    return Changes(value: value, denominator: denominator)
  }

  private func numbers(_ count: Int, _ draw: Int, stream: UInt32) -> [Double] {
    [Double](unsafeUninitializedCapacity: count) { buffer, filled in
      normals.fill(
        UnsafeMutableBufferPointer(rebasing: buffer[..<count]),
        stream: stream,
        draw: UInt64(draw)
      )
      filled = count
    }
  }

  private func changes(
    _ forecast: PathForecast,
    _ own: [Double],
    _ factors: StudentFactors?,
    _ groupRoot: [Double],
    _ draw: Int,
    stream: UInt32
  ) -> [Double] {
    let (positions, years) = (forecast.positions, forecast.years)
    var changes = forecast.mean
    let groups = forecast.groupCount
    var shared = [Double](repeating: 0, count: groups * years)
    let shocks = numbers(groups * years, draw, stream: stream)
    for year in 0..<years {
      for row in 0..<groups {
        var sum = 0.0
        for column in 0...row {
          sum += groupRoot[row + column * groups] * shocks[column + year * groups]
        }
        shared[row + year * groups] = sum
      }
    }
    let national = numbers(years, draw, stream: stream + 1)
    let turbulence = numbers(positions, draw, stream: stream + 2)
    for position in 0..<positions {
      let scale = factors?.factor(at: turbulence[position]) ?? 1
      let group = forecast.groups[position]
      for row in 0..<years {
        var change = 0.0
        for column in 0...row {
          let factor = forecast.ownFactors[(position * years + column) * years + row]
          change += scale * factor * own[position + column * positions]
          change += forecast.nationalFactor[row + column * years] * national[column]
          if group >= 0 {
            change += forecast.groupFactor[row + column * years] * shared[group + column * groups]
          }
        }
        changes[position + row * positions] += change
      }
    }
    return changes
  }
}
