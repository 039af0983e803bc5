import Statistics
import TestSupport
import Testing

@Suite struct RankConfidenceSetsTests {
  private struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let values: [Double]
    let standardErrors: [Double]
    let lower: [Int?]
    let upper: [Int?]
    var testDescription: String { name }

    init(
      _ name: String,
      _ values: [Double],
      _ standardErrors: [Double],
      _ lower: [Int?],
      _ upper: [Int?]
    ) {
      self.name = name
      self.values = values
      self.standardErrors = standardErrors
      self.lower = lower
      self.upper = upper
    }
  }

  /// Differences far from or near to 2 to 3 times their standard error, √2 where both are 1.
  private static let cases = [
    Case("two near", [10, 9, 0], [1, 1, 1], [1, 1, 3], [2, 2, 3]),
    Case("far apart", [10, 30, 20], [0.1, 0.1, 0.1], [3, 1, 2], [3, 1, 2]),
    Case("all equal", [5, 5, 5, 5], [1, 1, 1, 1], [1, 1, 1, 1], [4, 4, 4, 4]),
    Case("none", [], [], [], []),
    Case("one", [3], [1], [1], [1]),
    Case("one, certain", [3], [0], [1], [1]),
    Case("two apart", [0, 5], [1, 1], [2, 1], [2, 1]),
    Case("two near each other", [0, 1], [1, 1], [1, 1], [2, 2]),
    Case("missing value", [.nan, 9, 0], [1, 1, 1], [nil, 1, 2], [nil, 1, 2]),
    Case("missing error", [5, 9, 0], [.nan, 1, 1], [nil, 1, 2], [nil, 1, 2]),
    Case("all missing", [.nan, 1], [1, .nan], [nil, nil], [nil, nil]),
    Case("certain order", [3, 2, 1], [0, 0, 0], [1, 2, 3], [1, 2, 3]),
    Case("certain tie", [3, 2, 2], [0, 0, 0], [1, 2, 2], [1, 3, 3]),
    Case("one certain", [3, 2, 2.5], [0, 0, 9], [1, 2, 1], [2, 3, 3]),
    Case("negative", [-10, -9, 0], [1, 1, 1], [2, 2, 1], [3, 3, 1]),
  ]

  /// Draws and sets are the same for every number of threads and every kernel.
  @Test(arguments: RankConfidenceSets.Scope.allCases, Kernel.available)
  func threadsAndKernelsDoNotShow(scope: RankConfidenceSets.Scope, kernel: Kernel) {
    let values = (0..<25).map { Double($0 * $0 % 23) }
    let deviations = values.map { 1 + $0 / 10 }
    let sets = [(1, Kernel.reference), (2, kernel), (5, kernel)].map { threads, kernel in
      let errors = ErrorDraws(standardErrors: deviations, count: 203, seed: 7, threads: threads)
      return RankConfidenceSets(
        values,
        errors: errors,
        scope: scope,
        threads: threads,
        kernel: kernel
      )
    }
    #expect(sets[1] == sets[0])
    #expect(sets[2] == sets[0])
    #expect(Set(sets[0].lower.compactMap(\.self)).count > 5)
  }

  @Test(arguments: cases, RankConfidenceSets.Scope.allCases)
  private func byHand(example: Case, scope: RankConfidenceSets.Scope) {
    for isStepdown in [true, false] {
      for seed in 1...3 {
        let errors = ErrorDraws(standardErrors: example.standardErrors, seed: UInt64(seed))
        let sets = RankConfidenceSets(
          example.values,
          errors: errors,
          scope: scope,
          isStepdown: isStepdown
        )
        #expect(sets.lower == example.lower)
        #expect(sets.upper == example.upper)
        #expect(sets.counted == example.lower.count { $0 != nil })
      }
    }
  }

  /// With one shock for all, only the differences' own errors count: ±100 does not hide a
  /// difference of 9.
  @Test func aCommonShockDoesNotMatter() {
    let factor = [100.0, 100, 100, 0, 1, 1, 0, 0, 1]
    let errors = ErrorDraws(factor: factor, units: 3, seed: 1)
    let sets = RankConfidenceSets([10, 1, 0], errors: errors, scope: .simultaneous)
    #expect(sets.lower == [1, 2, 2])
    #expect(sets.upper == [1, 3, 3])
    let alone = ErrorDraws(standardErrors: errors.standardErrors, seed: 1)
    let wide = RankConfidenceSets([10, 1, 0], errors: alone, scope: .simultaneous)
    #expect(wide.lower == [1, 1, 1])
  }

  /// The first and second share all their errors: their order is certain.
  @Test func aCertainDifferenceOfUncertainValues() {
    let errors = ErrorDraws(factor: [5, 5, 0, 0, 0, 0, 0, 0, 5], units: 3, seed: 1)
    let sets = RankConfidenceSets([1, 1.5, 1], errors: errors, scope: .simultaneous)
    #expect(sets.lower == [2, 1, 1])
    #expect(sets.upper == [3, 2, 3])
  }

  @Test func bestAndWorst() {
    let errors = ErrorDraws(standardErrors: [1, 1, 1, 1, 1], seed: 1)
    let values = [0, 10, .nan, 9, 20]
    let sets = RankConfidenceSets(values, errors: errors, scope: .simultaneous)
    #expect(sets.lower == [4, 2, nil, 2, 1])
    #expect(sets.upper == [4, 3, nil, 3, 1])
    #expect((0...5).map { sets.best($0).count } == [0, 1, 3, 3, 4, 4])
    #expect(sets.best(2) == [1, 3, 4])
    #expect(sets.worst(1) == [0])
    #expect(sets.worst(2) == [0, 1, 3])
    #expect(sets.worst(0) == [])
  }

  private struct Sample {
    let values: [Double]
    let errors: ErrorDraws
  }

  /// Values with ties, missing ones and certain ones, independent or correlated.
  private func sample(_ seed: UInt64) -> Sample {
    var generator = SplitMix64(seed: seed)
    let count = Int.random(in: 2...9, using: &generator)
    var values = (0..<count).map { _ in Double(Int.random(in: 0...12, using: &generator)) / 2 }
    let draws = [1, 7, 64, 203][Int(seed) % 4]
    if seed.isMultiple(of: 3) {
      let factor = (0..<count * count).map { index in
        index % count < index / count ? 0 : Double.random(in: -0.4...1, using: &generator)
      }
      let errors = ErrorDraws(factor: factor, units: count, count: draws, seed: seed)
      return Sample(values: values, errors: errors)
    }
    let choices = [0, 0.25, 0.5, 1, 1.5, seed.isMultiple(of: 2) ? .nan : 2]
    let standardErrors = (0..<count).map { _ in choices.randomElement(using: &generator) ?? 1 }
    if seed.isMultiple(of: 5) { values[0] = .nan }
    let errors = ErrorDraws(standardErrors: standardErrors, count: draws, seed: seed)
    return Sample(values: values, errors: errors)
  }

  @Test func agreesWithThePairSetsWrittenOut() {
    var separated = 0
    for seed in 1...120 as ClosedRange<UInt64> {
      let sample = sample(seed)
      for level in [0.05, 0.5, 0.8, 0.95] {
        for isStepdown in [true, false] {
          for scope in RankConfidenceSets.Scope.allCases {
            let sets = RankConfidenceSets(
              sample.values,
              errors: sample.errors,
              level: level,
              scope: scope,
              isStepdown: isStepdown
            )
            let expected = writtenOut(sample, level, scope, isStepdown)
            #expect(sets.lower == expected.lower, "\(seed) \(level) \(scope) \(isStepdown)")
            #expect(sets.upper == expected.upper, "\(seed) \(level) \(scope) \(isStepdown)")
            separated += sets.lower.count { $0 ?? 1 > 1 }
          }
        }
      }
    }
    #expect(separated > 500)
  }

  @Test func someUnitsOnly() {
    let errors = ErrorDraws(standardErrors: [1, 0.5, 1, 2, 0.5], count: 200, seed: 4)
    let sample = Sample(values: [3, 5, 4, 1, 0], errors: errors)
    let all = RankConfidenceSets(sample.values, errors: sample.errors, scope: .marginal)
    let units = [1, 0, 1]
    let some = RankConfidenceSets(
      sample.values,
      errors: sample.errors,
      scope: .marginal,
      units: units
    )
    for unit in sample.values.indices {
      #expect(some.lower[unit] == (unit < 2 ? all.lower[unit] : nil))
      #expect(some.upper[unit] == (unit < 2 ? all.upper[unit] : nil))
    }
    let together = RankConfidenceSets(
      sample.values,
      errors: sample.errors,
      scope: .simultaneous,
      units: units
    )
    let expected = writtenOut(sample, 0.95, .simultaneous, true, units: [0, 1])
    #expect(together.lower == expected.lower)
    #expect(together.upper == expected.upper)
  }

  /// A marginal set is within the simultaneous one, a stepdown set within that of a single step, and
  /// a set within that of a higher level; and each is narrower somewhere.
  @Test func setsAreNested() throws {
    typealias Variant = (scope: RankConfidenceSets.Scope, level: Double, isStepdown: Bool)
    let pairs: [(narrow: Variant, wide: Variant)] = [
      ((.marginal, 0.9, true), (.simultaneous, 0.9, true)),
      ((.simultaneous, 0.9, true), (.simultaneous, 0.9, false)),
      ((.simultaneous, 0.6, true), (.simultaneous, 0.95, true)),
    ]
    for (narrow, wide) in pairs {
      var narrower = 0
      for seed in 1...20 as ClosedRange<UInt64> {
        var generator = SplitMix64(seed: seed)
        let values = (0..<12).map { _ in Double.random(in: 0...8, using: &generator) }
        let errors = ErrorDraws(
          standardErrors: values.map { 0.3 + $0 / 10 },
          count: 200,
          seed: seed
        )
        let sets = [narrow, wide].map {
          RankConfidenceSets(
            values,
            errors: errors,
            level: $0.level,
            scope: $0.scope,
            isStepdown: $0.isStepdown
          )
        }
        for unit in values.indices {
          let lower = try sets.map { try #require($0.lower[unit]) }
          let upper = try sets.map { try #require($0.upper[unit]) }
          #expect(lower[0] >= lower[1] && upper[0] <= upper[1])
          narrower += lower[0] > lower[1] || upper[0] < upper[1] ? 1 : 0
        }
      }
      #expect(narrower > 0, "\(narrow) \(wide)")
    }
  }

  /// Scaling by a power of two is exact, so nothing changes.
  @Test func scaleDoesNotMatter() {
    let sample = sample(8)
    let scaled = ErrorDraws(
      standardErrors: sample.errors.standardErrors.map { 8 * $0 },
      count: sample.errors.count,
      seed: 8
    )
    for scope in RankConfidenceSets.Scope.allCases {
      let one = RankConfidenceSets(sample.values, errors: sample.errors, scope: scope)
      let other = RankConfidenceSets(sample.values.map { 8 * $0 }, errors: scaled, scope: scope)
      #expect(one == other)
    }
  }

  @Test func wrongArgumentsAreRefused() async {
    await #expect(processExitsWith: .failure) {
      let errors = ErrorDraws(standardErrors: [1, 1], seed: 1)
      _ = RankConfidenceSets([1], errors: errors, scope: .marginal)
    }
    await #expect(processExitsWith: .failure) {
      let errors = ErrorDraws(standardErrors: [1], seed: 1)
      _ = RankConfidenceSets([1], errors: errors, level: 1, scope: .marginal)
    }
  }

  /// The procedure as it is written, with sets of pairs.
  private func writtenOut(
    _ sample: Sample,
    _ level: Double,
    _ scope: RankConfidenceSets.Scope,
    _ isStepdown: Bool,
    units: [Int]? = nil
  ) -> (lower: [Int?], upper: [Int?]) {
    struct Pair: Hashable {
      let j: Int
      let k: Int
    }
    let (x, errors) = (sample.values, sample.errors)
    let present = x.indices.filter { !x[$0].isNaN && !errors.standardErrors[$0].isNaN }
    let asked = units ?? present
    var result = (
      lower: [Int?](repeating: nil, count: x.count), upper: [Int?](repeating: nil, count: x.count)
    )
    for targets in scope == .marginal ? asked.map({ [$0] }) : [asked] {
      var family: Set<Pair> = []
      var above: Set<Pair> = []
      for j in present {
        for k in present where j != k && (targets.contains(j) || targets.contains(k)) {
          if errors.standardErrorOfDifference(j, k) > 0 {
            family.insert(Pair(j: j, k: k))
          } else if x[j] > x[k] {
            above.insert(Pair(j: j, k: k))
          }
        }
      }
      while !family.isEmpty {
        let largest = (0..<errors.count).map { draw in
          family.map { pair in
            (errors.error(of: pair.j, draw: draw) - errors.error(of: pair.k, draw: draw))
              / errors.standardErrorOfDifference(pair.j, pair.k)
          }.max() ?? .nan
        }
        let sorted = largest.sorted()
        let h = Double(sorted.count - 1) * level
        let next = min(Int(h) + 1, sorted.count - 1)
        let c = sorted[Int(h)] + (h - h.rounded(.down)) * (sorted[next] - sorted[Int(h)])
        let found = family.filter {
          x[$0.j] - x[$0.k] - c * errors.standardErrorOfDifference($0.j, $0.k) > 0
        }
        above.formUnion(found)
        family.subtract(found)
        if found.isEmpty || !isStepdown { break }
      }
      for unit in targets {
        result.lower[unit] = 1 + above.count { $0.k == unit }
        result.upper[unit] = present.count - above.count { $0.j == unit }
      }
    }
    return result
  }
}
