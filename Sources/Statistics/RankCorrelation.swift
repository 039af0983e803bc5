/// Spearman's rank correlation of two lists: Pearson's correlation of their ranks, equal values having
/// the mean of their ranks.
///
/// It is `spearmanr` of SciPy. Source: C. Spearman (1904), https://doi.org/10.2307/1412159.
///
/// **Missing values**: a pair with NaN in either list is left out.
///
/// - Parameters:
///   - first: The one list.
///   - second: The other, of the same length.
/// - Returns: The correlation, −1 to 1; `nil` when fewer than two pairs are there or a list is
///   constant.
/// - Complexity: O(*n* log *n*).
public func spearmanCorrelation(_ first: [Double], _ second: [Double]) -> Double? {
  let (a, b) = presentPairs(first, second)
  guard a.count > 1 else { return nil }
  let ranks = [a, b].map { ColumnRanks(of: $0, order: .smallestFirst, ties: .fractional).places }
  let mean = Double(a.count + 1) / 2
  var (product, squares) = (0.0, (0.0, 0.0))
  for (x, y) in zip(ranks[0], ranks[1]) {
    product += (x - mean) * (y - mean)
    squares.0 += (x - mean) * (x - mean)
    squares.1 += (y - mean) * (y - mean)
  }
  guard squares.0 > 0, squares.1 > 0 else { return nil }
  return min(max(product / (squares.0 * squares.1).squareRoot(), -1), 1)
}

/// Kendall's rank correlation τ_b of two lists, which allows for ties.
///
/// With *C* pairs in the same order, *D* in opposite order, and *X* and *Y* pairs that differ in the
/// first and in the second list:
///
///     τ_b = (C − D) / √(X Y)
///
/// It is `kendalltau` of SciPy. Source: M. G. Kendall (1945), https://doi.org/10.2307/2332303.
///
/// **Missing values**: a pair with NaN in either list is left out.
///
/// - Parameters:
///   - first: The one list.
///   - second: The other, of the same length.
/// - Returns: The correlation, −1 to 1; `nil` when a list is constant.
/// - Complexity: O(*n*²).
public func kendallCorrelation(_ first: [Double], _ second: [Double]) -> Double? {
  let (a, b) = presentPairs(first, second)
  var (balance, differing) = (0, (0, 0))
  for i in a.indices {
    for j in 0..<i {
      let x = a[i] == a[j] ? 0 : a[i] > a[j] ? 1 : -1
      let y = b[i] == b[j] ? 0 : b[i] > b[j] ? 1 : -1
      balance += x * y
      differing.0 += x * x
      differing.1 += y * y
    }
  }
  guard differing.0 > 0, differing.1 > 0 else { return nil }
  return Double(balance) / (Double(differing.0) * Double(differing.1)).squareRoot()
}

private func presentPairs(_ first: [Double], _ second: [Double]) -> ([Double], [Double]) {
  precondition(first.count == second.count, "The lists have the same length.")
  let present = first.indices.filter { !first[$0].isNaN && !second[$0].isNaN }
  return (present.map { first[$0] }, present.map { second[$0] })
}
