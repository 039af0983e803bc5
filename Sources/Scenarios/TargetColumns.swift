internal import Regions

/// The values and places of one indicator in one year, as plain columns: what a target is read in.
///
/// The order is that of the entries of the `Levels` at the baseline. A run gives them by
/// `init(_:)`; a draw fills the arrays in place.
struct TargetColumns: Sendable {
  /// The columns of one level.
  struct LevelColumns: Sendable {
    /// The values in the indicator's unit; NaN where missing.
    var values: [Double]
    /// The places, equal values sharing the best (competition); NaN where missing.
    var places: [Double]
    /// The places to be summed, equal values sharing the mean (fractional). Without ties, as in
    /// draws of continuous values, they are the same.
    var placesForSums: [Double]
  }

  /// The municipalities.
  var municipality: LevelColumns
  /// The regions; `nil` for an indicator without values for regions.
  var region: LevelColumns?
  /// The country's value in the indicator's unit; NaN where it is not defined.
  var country: Double

  /// The columns of a level; `nil` when the indicator has no values there.
  func columns(_ level: Level) -> LevelColumns? { level == .municipality ? municipality : region }
}

extension TargetColumns {
  /// The columns of both rankings of a year.
  init(_ standings: Standings) {
    municipality = LevelColumns(standings.municipality)
    region = standings.region.map(LevelColumns.init)
    country = standings.municipality.levels.country ?? .nan
  }
}

extension TargetColumns.LevelColumns {
  fileprivate init(_ ranking: Ranking) {
    values = ranking.levels.values
    places = ranking.places
    placesForSums = ranking.placesForSums
  }
}
