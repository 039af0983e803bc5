internal import Statistics

/// The forecast that every municipality's own trend goes on: the median of its latest five changes,
/// with normal noise as large as the same forecast's errors have been.
struct NaiveTrend {
  /// The yearly change of each municipality; the median of the others where fewer than two are known.
  let changes: [Double]
  private let history: QuantityHistory

  init(_ history: QuantityHistory) {
    self.history = history
    let own = Self.trends(history, upTo: history.years.upperBound)
    let middle = median(of: own) ?? 0
    changes = own.map { $0.isNaN ? middle : $0 }
  }

  private static func trends(_ history: QuantityHistory, upTo year: Int) -> [Double] {
    (0..<history.units).map { unit in
      var latest: [Double] = []
      for past in (history.years.lowerBound...year).reversed() where latest.count < 5 {
        let change = history.change(unit, into: past)
        if change.isFinite { latest.append(change) }
      }
      return latest.count < 2 ? .nan : median(of: latest) ?? .nan
    }
  }

  /// The standard deviation of the forecast's errors after some years, less what all had in common, in
  /// all earlier windows; scaled from the longest span that has been tried when this one has not.
  func deviation(years: Int) -> Double? {
    for span in (1...years).reversed() {
      var (squares, count) = (0.0, 0)
      let last = history.years.upperBound - span
      for origin in history.years where origin >= history.years.lowerBound + 2 && origin <= last {
        let trends = Self.trends(history, upTo: origin)
        let errors = (0..<history.units).compactMap { unit -> Double? in
          let steps = (origin + 1...origin + span).map { history.change(unit, into: $0) }
          let error = steps.reduce(0, +) - Double(span) * trends[unit]
          return error.isFinite ? error : nil
        }
        guard 2 * errors.count >= history.units, let middle = median(of: errors) else { continue }
        for error in errors { squares += (error - middle) * (error - middle) }
        count += errors.count
      }
      guard count > 0 else { continue }
      return (squares / Double(count) * Double(years) / Double(span)).squareRoot()
    }
    return nil
  }
}
