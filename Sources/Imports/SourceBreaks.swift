internal import Regions

/// The breaks where imported figures meet those of another source.
struct SourceBreaks {
  /// The breaks to be added.
  private(set) var added: [SeriesBreak] = []
  /// The breaks beneath that stood over years without figures, which are filled now.
  private(set) var lifted: [SeriesBreak] = []

  /// Finds the breaks.
  ///
  /// - Parameters:
  ///   - series: What is known of the series beneath.
  ///   - new: The years of the imported figures.
  ///   - existing: The columns that are there, by year.
  ///   - known: The breaks that are there.
  ///   - isOfSameTable: Whether the observed figures that are there are of the same table.
  init(
    series: Series,
    new: Set<Int>,
    existing: [Int: Column],
    known: [SeriesBreak],
    isOfSameTable: Bool
  ) {
    let years = new.union(existing.keys).sorted()
    func isSameSource(_ year: Int) -> Bool {
      guard isOfSameTable, let column = existing[year] else { return false }
      return column.statuses.allSatisfy { status in
        status.basis == nil || status.basis == .observed || status.basis == .provisional
      }
    }
    for (year, next) in zip(years, years.dropFirst()) {
      let edge: Int
      switch (new.contains(year), new.contains(next)) {
      case (false, true): edge = year
      case (true, false): edge = next
      default: continue
      }
      if !isSameSource(edge) {
        added.append(
          SeriesBreak(
            series: series.id,
            municipality: nil,
            year: next,
            reason: "another source than in \(year): \(series.source)"
          )
        )
      }
    }
    let old = existing.keys.sorted()
    lifted = known.filter { item in
      guard item.series == series.id, new.contains(item.year),
        let before = years.last(where: { $0 < item.year }), new.contains(before)
      else { return false }
      return old.last { $0 < item.year } != before
    }
  }
}
