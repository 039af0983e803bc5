/// The income equalisation of municipalities (løpende inntektsutjevning).
///
/// With s the tax revenue per inhabitant and N the country's average, the ratio of the sums of revenue
/// and inhabitants, a municipality gets per inhabitant
///
///     u = α (N − s) + β max(0, t N − s) − f
///
/// α evens out a share of every distance to the average; those below the threshold t N get β of their
/// distance to it too, which an equal deduction f from everybody pays for:
///
///     f = (1/P) Σ p β max(0, t N − s),   so that Σ p u = 0.
///
/// Source: Kommunal Rapport, November 2016,
/// http://kommunal-rapport.no/2016/11/sjekk-skattetall-og-skatteutjevningen-i-kommune-norge.
///
/// **Shapes**: every column has one value per position, as those given.
/// **Missing values**: a position without revenue or without inhabitants (NaN, or none) is left out of
/// all sums and is NaN in every result. All sums are taken in the order of the positions, without BLAS.
public struct IncomeEqualisation: Sendable, Hashable {
  /// What is taken as given for the country where the figures are of some municipalities only.
  public struct Country: Sendable, Hashable {
    /// The country's average N, in kroner per inhabitant.
    public let average: Double
    /// The deduction f, in kroner per inhabitant.
    public let deduction: Double

    /// Creates it.
    public init(average: Double, deduction: Double) {
      self.average = average
      self.deduction = deduction
    }
  }

  /// The rates.
  public let rates: EqualisationRates
  /// The tax revenue in kroner, as given.
  public let tax: [Double]
  /// The inhabitants, as given.
  public let population: [Double]
  /// What was given for the country, for figures of some municipalities only.
  public let given: Country?
  /// The country's average N, in kroner per inhabitant; NaN without figures.
  public let average: Double
  /// The deduction f, in kroner per inhabitant.
  public let deduction: Double
  /// The inhabitants of all municipalities with figures.
  public let inhabitants: Double
  /// The share of them who live below the threshold.
  public let shareBelow: Double
  /// The revenue s per inhabitant before the equalisation.
  public let before: [Double]
  /// The supplement u per inhabitant; negative for those who give.
  public let supplement: [Double]
  /// The revenue per inhabitant after it, s + u.
  public let after: [Double]

  /// Equalises the revenue of all municipalities, or of some within a country that is given.
  ///
  /// - Parameters:
  ///   - tax: The revenue of each position in kroner.
  ///   - population: The inhabitants of each position.
  ///   - rates: The rates.
  ///   - country: Average and deduction, when the figures are not of all municipalities; `nil` computes
  ///     them from the figures.
  /// - Complexity: O(*n*).
  public init(
    tax: [Double],
    population: [Double],
    rates: EqualisationRates,
    country: Country? = nil
  ) {
    precondition(tax.count == population.count, "Both columns have one value per position.")
    self.rates = rates
    self.tax = tax
    self.population = population
    given = country
    let present = tax.indices.filter { !tax[$0].isNaN && population[$0] > 0 }
    var sums = (tax: 0.0, population: 0.0)
    var before = [Double](repeating: .nan, count: tax.count)
    for position in present {
      sums.tax += tax[position]
      sums.population += population[position]
      before[position] = tax[position] / population[position]
    }
    let average = country?.average ?? sums.tax / sums.population
    let line = rates.threshold * average
    var cost = 0.0
    var below = 0.0
    for position in present where before[position] < line {
      cost += population[position] * rates.beta * (line - before[position])
      below += population[position]
    }
    let deduction = country?.deduction ?? cost / sums.population
    var supplement = before
    var after = before
    for position in present {
      let own = before[position]
      let further = rates.beta * max(0, line - own)
      supplement[position] = rates.alpha * (average - own) + further - deduction
      after[position] = own + supplement[position]
    }
    self.average = average
    self.deduction = deduction
    inhabitants = sums.population
    shareBelow = below / sums.population
    self.before = before
    self.supplement = supplement
    self.after = after
  }

  /// The revenue per inhabitant below which the further share β is given.
  public var line: Double { rates.threshold * average }

  /// Whether a position has figures.
  public func isPresent(_ position: Int) -> Bool { !before[position].isNaN }

  /// Whether a position is below the threshold.
  public func isBelow(_ position: Int) -> Bool { before[position] < line }

  /// The same municipalities with other revenue, everything computed anew.
  ///
  /// - Complexity: O(*n*).
  public func with(tax: [Double]) -> IncomeEqualisation {
    IncomeEqualisation(tax: tax, population: population, rates: rates, country: given)
  }
}

// MARK: - What is kept

extension IncomeEqualisation {
  /// What municipalities keep of a change of their revenue, N, f and every supplement computed anew.
  public struct Retention: Sendable, Hashable {
    /// The change of their own revenue, in kroner.
    public let own: Double
    /// The change of their revenue after equalisation, in kroner.
    public let kept: Double
    /// The change of their own revenue per inhabitant.
    public let ownPerInhabitant: Double
    /// The change of their revenue after equalisation per inhabitant.
    public let keptPerInhabitant: Double

    /// The share that is kept; `nil` where their own revenue has not changed.
    public var share: Double? { own == 0 ? nil : kept / own }
  }

  /// The share κ of one more krone of its own revenue that a municipality keeps, as long as it does not
  /// cross the threshold:
  ///
  ///     κ = 1 − α (1 − w) − [below] β (1 − t w) − β w (t b − [below])
  ///
  /// with w its share of the country's inhabitants, by which its growth lifts N, b the share of all who
  /// live below the threshold, and [below] 1 for a municipality below it, else 0. The last term is the
  /// change of f. Where the country is given, w counts as 0.
  ///
  /// - Parameters:
  ///   - position: The municipality.
  ///   - isBelow: On which side of the threshold it is taken to be; `nil` where it is. Above it, the
  ///     share is that of the krone after it has been reached.
  /// - Returns: The share; NaN where there are no figures.
  /// - Complexity: O(1).
  public func shareKept(at position: Int, isBelow: Bool? = nil) -> Double {
    guard isPresent(position) else { return .nan }
    let weight = given == nil ? population[position] / inhabitants : 0
    let below = isBelow ?? self.isBelow(position) ? 1.0 : 0
    let common = given == nil ? shareBelow : 0
    return 1 - rates.alpha * (1 - weight) - below * rates.beta * (1 - rates.threshold * weight)
      - rates.beta * weight * (rates.threshold * common - below)
  }

  /// By how much per inhabitant a municipality's own revenue must grow to reach the threshold, which it
  /// lifts itself: d with s + d = t (N + w d).
  ///
  /// - Returns: Kroner per inhabitant; `nil` where it is not below the threshold.
  /// - Complexity: O(1).
  public func distanceToThreshold(at position: Int) -> Double? {
    guard isPresent(position), isBelow(position) else { return nil }
    let weight = given == nil ? population[position] / inhabitants : 0
    return (line - before[position]) / (1 - rates.threshold * weight)
  }

  /// What some municipalities keep together when their own revenue is multiplied, everything computed
  /// anew, so that crossing the threshold counts.
  ///
  /// - Parameters:
  ///   - factor: What the revenue of each is multiplied by.
  ///   - positions: The municipalities; those without figures are left out.
  /// - Returns: What they keep.
  /// - Complexity: O(*n*).
  public func retention(growingBy factor: Double, at positions: [Int]) -> Retention {
    var tax = tax
    for position in positions { tax[position] *= factor }
    return with(tax: tax).retention(at: positions, since: self)
  }

  /// What some municipalities keep together when their own revenue grows by an amount per inhabitant,
  /// everything computed anew.
  ///
  /// - Parameters:
  ///   - kroner: The growth per inhabitant of each.
  ///   - positions: The municipalities; those without figures are left out.
  /// - Returns: What they keep.
  /// - Complexity: O(*n*).
  public func retention(addingPerInhabitant kroner: Double, at positions: [Int]) -> Retention {
    var tax = tax
    for position in positions { tax[position] += kroner * population[position] }
    return with(tax: tax).retention(at: positions, since: self)
  }

  /// What some municipalities keep together of the change from an earlier equalisation to this one.
  ///
  /// - Parameters:
  ///   - positions: The municipalities; those without figures in either are left out.
  ///   - earlier: The equalisation before the change, of the same positions.
  /// - Returns: What they keep.
  /// - Complexity: O(number of municipalities).
  public func retention(at positions: [Int], since earlier: IncomeEqualisation) -> Retention {
    let now = sums(at: positions.filter { earlier.isPresent($0) })
    let then = earlier.sums(at: positions.filter { isPresent($0) })
    return Retention(
      own: now.before - then.before,
      kept: now.after - then.after,
      ownPerInhabitant: now.before / now.population - then.before / then.population,
      keptPerInhabitant: now.after / now.population - then.after / then.population
    )
  }

  /// The revenue before and after, the supplement in kroner, and the inhabitants of some positions
  /// together; those without figures are left out.
  public func sums(
    at positions: [Int]
  ) -> (before: Double, supplement: Double, after: Double, population: Double) {
    var sums = (before: 0.0, supplement: 0.0, after: 0.0, population: 0.0)
    for position in positions where isPresent(position) {
      sums.before += tax[position]
      sums.supplement += population[position] * supplement[position]
      sums.population += population[position]
    }
    sums.after = sums.before + sums.supplement
    return sums
  }
}
