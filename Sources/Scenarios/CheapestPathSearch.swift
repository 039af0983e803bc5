public import Documents
internal import Regions
internal import Statistics

extension Simulation {
  /// Where in their regions units do most for the targets of the scenario, spread freely.
  ///
  /// - Parameter series: The series that changes; `nil` for each indicator's numerator.
  /// - Returns: One answer per target that is about a region and whose indicator is computed from
  ///   the series, in their order; the series of rates have none.
  /// - Throws: `DocumentError` as `requiredChanges(_:)`.
  /// - Complexity: Per target O(*G* *u*), with *G* twice the places that can be won and *u*
  ///   municipalities; for `best` by sum or mean some ten times that.
  public func cheapestPaths(
    _ series: Located<String>? = nil
  ) throws(DocumentError) -> [CheapestPath] {
    let means = RequiredChange.Means(series: series)
    try check(means, nil)
    var years: [TargetYear.Key: TargetYear] = [:]
    var paths: [CheapestPath] = []
    for target in resolution.targets where target.unit.level == .region {
      let key = TargetYear.Key(indicator: target.indicator.id, year: target.year)
      let year = try self.year(key, target.indicator, &years)
      let search = try RequiredChangeSearch(target, means: means, member: nil, year, self)
      if let path = try CheapestPathSearch(search)?.path() { paths.append(path) }
    }
    return paths
  }
}

/// The search for the cheapest path to one target.
struct CheapestPathSearch {
  private let search: RequiredChangeSearch
  private let layout: ChangeLayout
  private let solver: RequiredChangeSolver
  private let members: [CheapestPath.Member]
  private let columns: TargetColumns

  /// Prepares a search; `nil` when units of the series cannot be added.
  init?(_ search: RequiredChangeSearch) {
    guard search.obstacle == nil, let layout = search.layout else { return nil }
    self.search = search
    self.layout = layout
    let (figures, standings) = search.year.projected
    let columns = TargetColumns(standings)
    self.columns = columns
    func loaded(_ evaluator: TargetEvaluator?) -> RequiredChangeSolver {
      var solver = search.solver(layout, isStrict: true, evaluator)
      solver.load(
        numerator: figures.numerator.values,
        denominator: figures.denominator?.values,
        columns: columns
      )
      return solver
    }
    let solver = loaded(nil)
    self.solver = solver
    let sums = loaded(search.reader.evaluator.summing(search.unitPart))
    let register = search.simulation.panel.register
    members = layout.positions.indices.map { member in
      CheapestPath.Member(
        unit: register.unit(at: layout.positions[member]),
        valuePerUnit: solver.figures.memberValue(member, 1) - solver.figures.memberValue(member, 0),
        // A member without a place of its own wins none.
        steps: layout.entries[member] < 0 ? [] : sums.steps(of: member)
      )
    }
  }

  /// The answer.
  func path() throws(DocumentError) -> CheapestPath {
    let result: CheapestPath.Result
    if search.reader.evaluator.isMet(columns) {
      result = .alreadyMet
    } else if let found = try spread() {
      result = .spread(
        CheapestPath.Spread(
          units: found.shares.map { Int(layout.sign) * $0 },
          places: CheapestPath.places(of: found.shares, members),
          lowerBound: found.lowerBound
        )
      )
    } else {
      result = .impossible
    }
    let hasRegion = columns.region != nil
    return CheapestPath(
      target: search.target.target,
      unit: search.target.unit,
      series: search.series,
      sign: Int(layout.sign),
      valuePerUnit: hasRegion
        ? solver.figures.regionValue(1) - solver.figures.regionValue(0) : .nan,
      members: members,
      result: result
    )
  }

  /// A spread that meets the target by the ordinary way, everybody ranked anew.
  private func spread() throws(DocumentError) -> FreeSpread? {
    let found: FreeSpread?
    switch search.target.target.kind {
    case .sum: found = sum()
    case .best:
      found = search.reader.evaluator.measure == .place ? bestByPlace() : bestBySum()
    case .rank, .climb, .level, .improve, .country: found = solver.freeSpread()
    }
    guard let found, try search.reading(found.shares, layout).isMet else { return nil }
    return found
  }

  private func sum() -> FreeSpread? {
    let evaluator = search.reader.evaluator
    let lacking = evaluator.value - evaluator.statistic(0, columns)
    let knapsack = StepKnapsack(members.map(\.knapsackSteps))
    let gain = Int((2 * lacking).rounded(.up))
    guard let shares = knapsack.shares(ofGain: gain) else { return nil }
    return FreeSpread(shares: shares, lowerBound: shares.reduce(0, +))
  }

  /// The region's own place depends on the total alone.
  private func bestByPlace() -> FreeSpread? {
    let figures = search.year.projected.figures
    var free = search.solver(layout, isStrict: false)
    let needed = free.smallest(
      numerator: figures.numerator.values,
      denominator: figures.denominator?.values,
      columns: columns
    )
    guard let needed, let shares = solver.clipped(needed) else { return nil }
    return FreeSpread(shares: shares, lowerBound: needed)
  }

  // MARK: - Best by the movements of members

  /// A spread that makes the region the best by sum, mean or headroom.
  ///
  /// What rivals lose depends on which of their municipalities are passed, so gains do not simply add
  /// up. Against one rival they do, by sum and mean: the cheapest way to be ahead of it is exact, and
  /// a lower bound. When such a way beats all others too, it is the answer; else the cheapest way to
  /// some sum of places that does.
  private func bestBySum() -> FreeSpread? {
    var contest = solver.contest
    let scores = members.indices.map { solver.direction * solver.figures.memberValue($0, 0) }
    contest.load(columns, in: solver.field, own: scores)
    let rivals = contest.ahead(in: columns)
    var lowerBound = 1
    var best: [Int]?
    func consider(_ shares: [Int]) {
      let own = shares.indices.map {
        solver.direction * solver.figures.memberValue($0, shares[$0])
      }
      guard shares.reduce(0, +) < best?.reduce(0, +) ?? .max,
        contest.isMet(own, in: solver.field)
      else { return }
      best = shares
    }
    if search.reader.evaluator.measure != .headroom {
      for rival in rivals.prefix(Self.rivals) {
        guard let shares = ahead(of: rival, contest) else { return nil }
        lowerBound = max(lowerBound, shares.reduce(0, +))
        consider(shares)
      }
    }
    if best.map({ $0.reduce(0, +) == lowerBound }) != true {
      let knapsack = StepKnapsack(members.map(\.knapsackSteps))
      for gain in 0...knapsack.largestGain {
        guard let shares = knapsack.shares(ofGain: gain) else { continue }
        if let best, shares.reduce(0, +) >= best.reduce(0, +) { break }
        consider(shares)
      }
      lowerBound = max(lowerBound, looseBound(&contest, knapsack))
    }
    return best.map { FreeSpread(shares: $0, lowerBound: lowerBound) }
  }

  /// How many of the rivals are looked at one by one, those with the largest movement first.
  private static let rivals = 8

  /// The cheapest way to be ahead of one rival by sum or mean; `nil` when there is none.
  private func ahead(of rival: ContestField.Rival, _ contest: ContestField) -> [Int]? {
    let isMean = search.reader.evaluator.measure == .mean
    let own = isMean ? Int(rival.members) : 1
    let theirs = isMean ? members.count : 1
    let steps = members.indices.map { member in
      members[member].steps.compactMap { step -> StepKnapsack.Step? in
        let loss = contest.loss(
          of: rival,
          from: solver.direction * solver.figures.memberValue(member, 0),
          to: solver.direction * solver.figures.memberValue(member, step.units)
        )
        return StepKnapsack.Step(
          cost: step.units,
          gain: own * Int(2 * step.places) + theirs * loss
        )
      }
    }
    let evaluator = search.reader.evaluator
    let movement = evaluator.movement(of: evaluator.parts[0].index, .region, columns, .sum)
    let gap = theirs * Int(2 * rival.movement) - own * Int(2 * movement)
    return StepKnapsack(steps).shares(ofGain: gap + 1)
  }

  /// The smallest number of units with which the region could be best if every member got all of them
  /// for what rivals lose, and the units were spread best for what it wins itself.
  private func looseBound(_ contest: inout ContestField, _ knapsack: StepKnapsack) -> Int {
    let evaluator = search.reader.evaluator
    let movement = evaluator.movement(of: evaluator.parts[0].index, .region, columns, .sum)
    let least = firstWhole(in: 1..<(ChangeFigures.most + 1), step: solver.step) { units in
      let gain = Double(knapsack.gain(forCost: units)) / 2
      let own = members.indices.map { member in
        let most = min(units, solver.rooms[member])
        return solver.direction * solver.figures.memberValue(member, most)
      }
      return contest.isAhead(with: movement + gain, own)
    }
    return least ?? 1
  }
}

extension RequiredChangeSearch {
  /// The unit of the target as a part of it.
  var unitPart: TargetEvaluator.Part {
    let ranking = year.baseline.standings.ranking(at: target.unit.level)
    return TargetEvaluator.Part(
      level: target.unit.level,
      index: ranking?.index(of: target.unit) ?? 0
    )
  }
}

extension TargetEvaluator {
  /// The sum of the places of a region's members, with the same baseline.
  func summing(_ part: Part) -> TargetEvaluator {
    TargetEvaluator(
      kind: .sum,
      measure: .sum,
      value: 0,
      lowerIsBetter: lowerIsBetter,
      parts: [part],
      peers: peers,
      ranked: ranked,
      baseline: baseline
    )
  }
}
