/// What `work.json` tells the peers' program: sizes, and by kind of work the names of files.
///
/// Files ending in `.f64` hold 64-bit floating-point numbers, `.i32` and `.u16` whole numbers of 32 and
/// 16 bits. Values are column after column, the units fastest.
struct PeerWork: Encodable, Sendable {
  /// What is ranked.
  struct Rank: Encodable, Sendable {
    var values: String
    /// The places of the first columns, from 1 for the largest; equal values share the best.
    var places: String
    /// How many columns have places there.
    var checked: Int
    /// The last place among the first.
    var top: Int
  }

  /// What is summed.
  struct Aggregate: Encodable, Sendable {
    var values: String
    /// The region of each unit, from 0.
    var regionOf: String
    /// The sums of the first columns, the regions fastest.
    var sums: String
    var checked: Int
  }

  /// A model of uncertain shares; see `SimulationModel`.
  struct Simulate: Encodable, Sendable {
    /// What regionsim found, a number per municipality or region.
    struct Expected: Encodable, Sendable {
      var municipalityPlace: String
      var municipalityPlaceError: String
      var regionPlace: String
      var regionPlaceError: String
      var municipalityTop: String
      var regionTop: String
    }

    var draws: Int
    var value: String
    var denominator: String
    var valueDeviation: String
    var denominatorDeviation: String
    var valueGroupDeviation: Double
    var denominatorGroupDeviation: Double
    /// The correlation of the regions' shocks, column after column.
    var correlation: String
    var regionOf: String
    /// The last places among the first, of municipalities and regions.
    var top: [Int]
    var expected: Expected
  }

  /// Indicators whose weights are drawn; see `WeightDraws`.
  struct Weights: Encodable, Sendable {
    struct Expected: Encodable, Sendable {
      var place: String
      var placeError: String
    }

    var draws: Int
    var indicators: Int
    /// Indicator after indicator, as they come.
    var values: String
    var base: String
    var spread: Double
    var expected: Expected
  }

  /// Values whose places get confidence sets.
  struct Confidence: Encodable, Sendable {
    struct Expected: Encodable, Sendable {
      /// The bounds of simultaneous sets.
      var lower: String
      var upper: String
      var marginalLower: String
      var marginalUpper: String
    }

    var values: String
    var standardErrors: String
    var draws: Int
    var level: Double
    var scope = "simultaneous"
    var expected: Expected
  }

  var units: Int
  var columns: Int
  var regions: Int
  var threads: Int
  var seed: UInt64
  var rank: Rank?
  var aggregate: Aggregate?
  var simulate: Simulate?
  var weights: Weights?
  var confidence: Confidence?

  init(units: Int, columns: Int, regions: Int, threads: Int, seed: UInt64) {
    self.units = units
    self.columns = columns
    self.regions = regions
    self.threads = threads
    self.seed = seed
  }
}
