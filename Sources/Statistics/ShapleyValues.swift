/// Each player's share of what all players achieve together, independent of their order.
///
/// The share of player *i* is the mean, over all orders in which the players can join, of what *i*
/// adds on joining:
///
///     φᵢ = Σ_{S ∌ i} |S|! (n − |S| − 1)! / n! · (v(S ∪ {i}) − v(S))
///
/// The shares sum to v(all) − v(none), up to rounding in the last digits. Source: L. S. Shapley
/// (1953), A Value for n-Person Games, https://doi.org/10.1515/9781400881970-018.
///
/// **Missing values**: a NaN from `worth` makes the shares of that component NaN.
///
/// - Parameters:
///   - players: The number of players, 0 to 10.
///   - worth: The worth of a coalition, several components at once. Bit *i* of the argument says
///     whether player *i* takes part. Called once for each of the 2ⁿ coalitions.
/// - Throws: What `worth` throws.
/// - Returns: For each player the share of each component.
/// - Complexity: O(2ⁿ (*n* *k* + *w*)), with *k* components and *w* the cost of `worth`.
public func shapleyValues<Failure: Error>(
  players: Int,
  worth: (UInt) throws(Failure) -> [Double]
) throws(Failure) -> [[Double]] {
  precondition(
    (0...10).contains(players),
    "Exact Shapley values are computed for up to 10 players."
  )
  var worths: [[Double]] = []
  for coalition in 0..<(UInt(1) << UInt(players)) {
    worths.append(try worth(coalition))
  }
  let components = worths[0].count
  let factorials = (0...max(players, 1)).reduce(into: [Double]()) { result, n in
    result.append(n == 0 ? 1 : (result.last ?? 1) * Double(n))
  }
  return (0..<players).map { player in
    var shares = [Double](repeating: 0, count: components)
    let bit = UInt(1) << UInt(player)
    for coalition in worths.indices where UInt(coalition) & bit == 0 {
      let size = coalition.nonzeroBitCount
      let weight = factorials[size] * factorials[players - size - 1] / factorials[players]
      for component in 0..<components {
        let gain = worths[coalition | Int(bit)][component] - worths[coalition][component]
        shares[component] += weight * gain
      }
    }
    return shares
  }
}
