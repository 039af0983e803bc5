/// The cheapest way to a gain, and the largest gain for a cost, when each member's gain is a step
/// function of what is spent on it and gains add up.
///
/// This is the multiple-choice knapsack problem, of each member one step, solved exactly by dynamic
/// programming over the gain: costs may be as large as they like. Source: H. Kellerer, U. Pferschy and
/// D. Pisinger (2004), Knapsack Problems, ch. 11, https://doi.org/10.1007/978-3-540-24777-7.
///
/// ```swift
/// let knapsack = StepKnapsack([[.init(cost: 3, gain: 1)], [.init(cost: 2, gain: 2)]])
/// knapsack.cost(ofGain: 2)   // 2
/// knapsack.gain(forCost: 4)  // 2
/// ```
public struct StepKnapsack: Sendable, Hashable {
  /// A step of one member: with at least this cost the gain is this.
  public struct Step: Sendable, Hashable {
    /// What is spent on the member in all.
    public let cost: Int
    /// What it gains in all.
    public let gain: Int

    /// Creates a step.
    public init(cost: Int, gain: Int) {
      self.cost = cost
      self.gain = gain
    }
  }

  private let members: [[Step]]
  /// After each member, the smallest cost at which the members so far gain exactly so much.
  private let exact: [[Int]]
  /// The gain, at least that of the index, that costs least; of equal ones the smallest.
  private let cheapest: [Int]

  private static let never = Int.max / 2

  /// Prepares the answers.
  ///
  /// - Parameters:
  ///   - members: The steps of each member, in any order; costs and gains are above 0. A member may
  ///     also get nothing.
  ///   - limit: Totals above this cost are left out.
  /// - Complexity: O(*G* *s*) in time and O(*G* *m*) in space, with *G* the sum of the members' largest
  ///   gains, *s* steps and *m* members.
  public init(_ members: [[Step]], limit: Int = .max) {
    precondition(
      members.joined().allSatisfy { $0.cost > 0 && $0.gain > 0 },
      "A step costs and gains something."
    )
    let limit = min(limit, Self.never - 1)
    self.members = members.map { steps in steps.filter { $0.cost <= limit } }
    var exact: [[Int]] = []
    var last = [0]
    for steps in self.members {
      var next = last
      next += Array(repeating: Self.never, count: steps.map(\.gain).max() ?? 0)
      for step in steps {
        for gain in last.indices where last[gain] <= limit - step.cost {
          next[gain + step.gain] = min(next[gain + step.gain], last[gain] + step.cost)
        }
      }
      exact.append(next)
      last = next
    }
    self.exact = exact
    var cheapest = Array(last.indices)
    for gain in last.indices.dropLast().reversed()
    where last[cheapest[gain + 1]] < last[gain] {
      cheapest[gain] = cheapest[gain + 1]
    }
    self.cheapest = cheapest
  }

  /// The largest gain that any cost within the limit gives.
  public var largestGain: Int {
    let last = exact.last ?? [0]
    return last.lastIndex { $0 < Self.never } ?? 0
  }

  /// The smallest cost of at least some gain; `nil` when it cannot be had.
  ///
  /// - Complexity: O(1).
  public func cost(ofGain gain: Int) -> Int? {
    guard gain > 0 else { return 0 }
    guard gain < cheapest.count, let cost = exact.last?[cheapest[gain]], cost < Self.never else {
      return nil
    }
    return cost
  }

  /// The largest gain for at most some cost.
  ///
  /// - Complexity: O(log *G*).
  public func gain(forCost cost: Int) -> Int {
    var (low, high) = (0, cheapest.count)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if self.cost(ofGain: middle).map({ $0 <= cost }) ?? false {
        low = middle
      } else {
        high = middle
      }
    }
    return low
  }

  /// What is spent on each member in a cheapest way to at least some gain; `nil` when it cannot be had.
  ///
  /// - Complexity: O(*s*).
  public func shares(ofGain gain: Int) -> [Int]? {
    guard cost(ofGain: gain) != nil else { return nil }
    var shares = members.map { _ in 0 }
    guard gain > 0 else { return shares }
    var rest = cheapest[gain]
    for member in members.indices.reversed() {
      let before = member == 0 ? [0] : exact[member - 1]
      let all = exact[member][rest]
      func leads(_ step: Step) -> Bool {
        rest >= step.gain && rest - step.gain < before.count
          && before[rest - step.gain] == all - step.cost
      }
      if rest < before.count, before[rest] == all { continue }
      guard let step = members[member].first(where: leads) else {
        preconditionFailure("Every cost was reached by a step.")
      }
      shares[member] = step.cost
      rest -= step.gain
    }
    return shares
  }
}
