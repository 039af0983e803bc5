import Regions
import TestSupport
import Testing

@Suite struct IncomeEqualisationTests {
  private static let old = (alpha: 0.6, beta: 0.35)
  private static let new = (alpha: 0.64, beta: 0.35)

  private static func rates(_ pair: (alpha: Double, beta: Double)) throws -> EqualisationRates {
    try EqualisationRates(alpha: pair.alpha, beta: pair.beta, threshold: 0.9)
  }

  // Moss, Vestby, Råde and Våler in 2024: revenue and revenue per inhabitant as printed.
  private static let revenue = [1_858_005_000.0, 696_944_000, 263_399_000, 186_248_000]
  private static let perInhabitant = [35696.0, 35754, 33414, 30309]
  private static let country = IncomeEqualisation.Country(average: 38440, deduction: 0)

  private static func four(
    _ pair: (alpha: Double, beta: Double)
  ) throws -> IncomeEqualisation {
    let population = zip(revenue, perInhabitant).map { $0 / $1 }
    return IncomeEqualisation(
      tax: revenue,
      population: population,
      rates: try rates(pair),
      country: country
    )
  }

  @Test func fourMunicipalitiesOf2024() throws {
    let result = try Self.four(Self.old)
    expectClose(result.population, [52050.79, 19492.76, 7882.89, 6144.97], absolute: 0.005)
    expectClose(result.before, Self.perInhabitant, absolute: 1e-6)
    #expect(result.after.map { $0.rounded() } == [37342, 37366, 36843, 36688])
  }

  @Test(arguments: [
    (IncomeEqualisationTests.old, [143.0, 143, 17, 15], [40.0, 40, 5, 5]),
    (IncomeEqualisationTests.new, [129.0, 129, 3, 3], [36.0, 36, 1, 1]),
  ])
  func keptOfOnePerCent(
    pair: (alpha: Double, beta: Double),
    kept: [Double],
    share: [Double]
  ) throws {
    let result = try Self.four(pair)
    let retentions = (0..<4).map { result.retention(growingBy: 1.01, at: [$0]) }
    #expect(retentions.map { $0.ownPerInhabitant.rounded() } == [357, 358, 334, 303])
    #expect(retentions.map { $0.keptPerInhabitant.rounded() } == kept)
    #expect(retentions.map { (100 * ($0.share ?? .nan)).rounded() } == share)
    let below = 1 - pair.alpha - pair.beta
    let above = 1 - pair.alpha
    expectClose((0..<4).map { result.shareKept(at: $0) }, [above, above, below, below])
  }

  /// KDD's settlement of 2025 has one row that is known: N follows from the ratio, and f from N for
  /// each α that could be.
  @Test func stavanger2025() throws {
    let (own, ratio, supplement) = (53807.396241748436, 1.2729580020083351, -7531.5861946430095)
    let average = own / ratio
    expectClose(average, 42269.58, absolute: 0.005)
    let deductions = [0.60, 0.61, 0.62, 0.63, 0.64].map { $0 * (average - own) - supplement }
    expectClose(deductions, [608.9, 493.5, 378.1, 262.8, 147.4], absolute: 0.05)
    for (index, deduction) in deductions.enumerated() {
      let result = IncomeEqualisation(
        tax: [own * 150_123],
        population: [150_123],
        rates: try EqualisationRates(
          alpha: 0.6 + 0.01 * Double(index),
          beta: 0.35,
          threshold: 0.9
        ),
        country: IncomeEqualisation.Country(average: average, deduction: deduction)
      )
      expectClose(result.supplement, [supplement], absolute: 1e-6)
      #expect(!result.isBelow(0))
    }
  }

  // MARK: - Against the obvious way

  /// Every pair of inhabitants settles on its own: α of the difference between them, and β of the
  /// difference between their distances to the threshold.
  private func supplementsInPairs(
    _ tax: [Double],
    _ population: [Double],
    _ rates: EqualisationRates
  ) -> [Double] {
    let present = tax.indices.filter { !tax[$0].isNaN && population[$0] > 0 }
    let people = present.map { population[$0] }.reduce(0, +)
    let average = present.map { tax[$0] }.reduce(0, +) / people
    func own(_ i: Int) -> Double { tax[i] / population[i] }
    func gap(_ i: Int) -> Double { max(0, rates.threshold * average - own(i)) }
    return tax.indices.map { i in
      guard present.contains(i) else { return .nan }
      let parts = present.map { j in
        population[j] * (rates.alpha * (own(j) - own(i)) + rates.beta * (gap(i) - gap(j)))
      }
      return parts.reduce(0, +) / people
    }
  }

  private struct Random {
    var tax: [Double] = []
    var population: [Double] = []
    let rates: EqualisationRates

    init(seed: UInt64) throws {
      var generator = SplitMix64(seed: seed)
      let count = Int.random(in: 2...60, using: &generator)
      let alpha = Double.random(in: 0...0.7, using: &generator)
      rates = try EqualisationRates(
        alpha: alpha,
        beta: Double.random(in: 0...(0.99 - alpha), using: &generator),
        threshold: Double.random(in: 0.5...1, using: &generator)
      )
      for _ in 0..<count {
        let people = Double(Int.random(in: 200...700_000, using: &generator))
        let isMissing = Int.random(in: 0..<10, using: &generator) == 0
        population.append(isMissing ? 0 : people)
        tax.append(people * Double.random(in: 20_000...90_000, using: &generator))
      }
      tax[0] = .nan
      population[1] = 1000
    }
  }

  @Test(arguments: 1...200)
  func settledInPairs(seed: UInt64) throws {
    let random = try Random(seed: seed)
    let result = IncomeEqualisation(
      tax: random.tax,
      population: random.population,
      rates: random.rates
    )
    let expected = supplementsInPairs(random.tax, random.population, random.rates)
    expectClose(result.supplement, expected, relative: 1e-9, absolute: 1e-6)
    let sums = result.sums(at: Array(random.tax.indices))
    #expect(sums.supplement.magnitude <= 1e-12 * sums.before * Double(random.tax.count))
    #expect(result.supplement[0].isNaN && result.after[0].isNaN && !result.isPresent(0))
    #expect(
      random.population.indices.allSatisfy {
        random.population[$0] > 0 || $0 == 0
          || result.before[$0].isNaN
      }
    )
  }

  /// κ is what a small change really gives, where the threshold is not crossed.
  @Test(arguments: 1...100)
  func theShareKeptIsTheSlope(seed: UInt64) throws {
    let random = try Random(seed: seed)
    let result = IncomeEqualisation(
      tax: random.tax,
      population: random.population,
      rates: random.rates
    )
    for position in random.tax.indices where result.isPresent(position) {
      guard (result.before[position] - result.line).magnitude > 10 else { continue }
      var tax = random.tax
      tax[position] += random.population[position]
      let changed = result.with(tax: tax)
      let crosses = random.tax.indices.contains {
        result.isPresent($0) && changed.isBelow($0) != result.isBelow($0)
      }
      guard !crosses else { continue }
      let slope = changed.after[position] - result.after[position]
      expectClose(result.shareKept(at: position), slope, absolute: 1e-8)
    }
  }

  @Test(arguments: 1...100)
  func theThresholdIsReached(seed: UInt64) throws {
    let random = try Random(seed: seed)
    let result = IncomeEqualisation(
      tax: random.tax,
      population: random.population,
      rates: random.rates
    )
    for position in random.tax.indices {
      guard let distance = result.distanceToThreshold(at: position) else {
        #expect(!result.isPresent(position) || !result.isBelow(position))
        continue
      }
      var tax = random.tax
      tax[position] += distance * random.population[position]
      let changed = result.with(tax: tax)
      expectClose(changed.before[position], changed.line, relative: 1e-12)
    }
  }

  /// Across the threshold the first part is kept at the one rate, the rest at the other; κ at the
  /// start would be far off.
  @Test func crossingTheThreshold() throws {
    let rates = try Self.rates(Self.old)
    let result = IncomeEqualisation(
      tax: [34_000, 1],
      population: [1, 0],
      rates: rates,
      country: IncomeEqualisation.Country(average: 40_000, deduction: 500)
    )
    #expect(result.distanceToThreshold(at: 0) == 2000)
    let retention = result.retention(growingBy: 38_000 / 34_000, at: [0, 1])
    expectClose(retention.own, 4000, relative: 1e-12)
    expectClose(retention.kept, 2000 * 0.05 + 2000 * 0.4, relative: 1e-9)
    #expect(retention.share.map { ($0 * 1000).rounded() } == 225)
    expectClose(result.shareKept(at: 0), 0.05, relative: 1e-12)
  }

  @Test func whatOthersLoseIsWhatIsNotKept() throws {
    let random = try Random(seed: 7)
    let first = IncomeEqualisation(
      tax: random.tax,
      population: random.population,
      rates: random.rates
    )
    var tax = random.tax
    tax[1] *= 1.2
    let second = first.with(tax: tax)
    let all = second.retention(at: Array(tax.indices), since: first)
    expectClose(all.kept, all.own, relative: 1e-9)
    #expect(second.retention(at: [0], since: first).share == nil)
  }

  // MARK: - Computed back

  @Test(arguments: 1...100)
  func computedBack(seed: UInt64) throws {
    let random = try Random(seed: seed)
    let result = IncomeEqualisation(
      tax: random.tax,
      population: random.population,
      rates: random.rates
    )
    let back = try EqualisationInversion(
      after: result.after,
      population: random.population,
      rates: random.rates
    )
    let left = 1 - random.rates.alpha - random.rates.beta
    expectClose(back.average, result.average, relative: 1e-12)
    expectClose(back.deduction, result.deduction, absolute: 1e-6)
    expectClose(back.before, result.before, absolute: 1e-5 / left)
  }

  @Test func roundingCostsTenKronerBelowTheThreshold() throws {
    let rates = try Self.rates(Self.old)
    let population = [1000.0, 1000, 100_000, 5]
    let tax = zip([50_000.0, 30_000, 36_000, .nan], population).map { $0 * $1 }
    let result = IncomeEqualisation(tax: tax, population: population, rates: rates)
    let back = try EqualisationInversion(
      after: result.after.map { $0.rounded() },
      population: population,
      rates: rates
    )
    expectClose(back.margin, [1.25, 10, 1.25, .nan], relative: 1e-9)
  }

  @Test func whatIsNotPossible() throws {
    #expect(
      errorText { try EqualisationRates(alpha: 0.7, beta: 0.35, threshold: 0.9) } == """
        The rates alpha 0.7 and beta 0.35 are not possible: each is a share from 0 to 1, such as \
        0.6, and together they are at most 1.
        """
    )
    #expect(
      errorText { try EqualisationRates(alpha: 0.6, beta: 0.35, threshold: 90) } == """
        The threshold 90 is not possible: it is a share of the country's average above 0 and at \
        most 1, such as 0.9.
        """
    )
    let flat = try EqualisationRates(alpha: 0.65, beta: 0.35, threshold: 0.9)
    #expect(
      errorText { try EqualisationInversion(after: [1], population: [1], rates: flat) } == """
        With alpha 0.65 and beta 0.35 nothing is left of the differences below the threshold, so \
        they cannot be computed back.
        """
    )
    let rates = try Self.rates(Self.old)
    #expect(
      errorText { try EqualisationInversion(after: [.nan], population: [1], rates: rates) }
        == "No municipality has revenue after equalisation."
    )
    let nobody = IncomeEqualisation(tax: [.nan], population: [1], rates: rates)
    #expect(nobody.average.isNaN && nobody.after[0].isNaN)
  }
}
