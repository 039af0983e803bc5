internal import Regions
internal import Statistics

/// What is counted of an indicator over all draws: whole numbers, so that the order does not
/// matter.
struct DrawTally: Sendable {
  private let years: Int
  private let municipalities: Int
  private let regions: Int
  private let viewed: [TargetEvaluator.Part]
  /// How often each municipality had each place: years × entries × (places + 1), the place fastest;
  /// the place 0 is none.
  private(set) var municipalityCounts: [UInt32]
  /// The same of the regions.
  private(set) var regionCounts: [UInt32]
  /// How often each entry of a level was strictly better at the horizon than each unit in view.
  private(set) var betterCounts: [[UInt32]]
  /// How many figures broke a limit and were put on it.
  var clipped = 0

  init(_ plan: IndicatorDraws) {
    years = plan.years
    (municipalities, regions) = (plan.levels.municipalities, plan.levels.regions)
    viewed = plan.viewed
    municipalityCounts = Array(repeating: 0, count: years * municipalities * (municipalities + 1))
    regionCounts = Array(repeating: 0, count: years * regions * (regions + 1))
    betterCounts = plan.viewed.map { part in
      let entries =
        part.level == .municipality ? plan.levels.municipalities : plan.levels.regions
      return Array(repeating: 0, count: entries)
    }
  }

  /// Lets a ranking count the places of a year.
  ///
  /// - Parameters:
  ///   - year: The year, from 0.
  ///   - level: The level that is ranked.
  ///   - body: What counts, with entries × (places + 1) counts, the place fastest.
  mutating func withCounts(
    _ year: Int,
    _ level: Level,
    _ body: (UnsafeMutableBufferPointer<UInt32>) -> Void
  ) {
    func call(_ counts: inout [UInt32], _ units: Int) {
      let size = units * (units + 1)
      counts.withUnsafeMutableBufferPointer {
        body(UnsafeMutableBufferPointer(rebasing: $0[year * size..<(year + 1) * size]))
      }
    }
    switch level {
    case .municipality: call(&municipalityCounts, municipalities)
    case .region: call(&regionCounts, regions)
    }
  }

  /// Counts the places of a year in some draws.
  ///
  /// - Parameters:
  ///   - places: Draws × entries of both levels.
  ///   - draws: The draws that count.
  ///   - year: The year, from 0.
  mutating func count(_ places: UnsafePointer<UInt16>, _ draws: Range<Int>, _ year: Int) {
    let entries = municipalities + regions
    for (level, first, units) in [
      (Level.municipality, 0, municipalities), (.region, municipalities, regions),
    ] {
      withCounts(year, level) { counts in
        for draw in draws {
          let places = places + draw * entries + first
          for unit in 0..<units { counts[unit * (units + 1) + Int(places[unit])] &+= 1 }
        }
      }
    }
  }

  /// Counts who was better than the units in view at the horizon.
  ///
  /// - Parameters:
  ///   - places: Years × draws of a block × entries of both levels.
  ///   - slots: The draws that count.
  mutating func countBetter(_ places: DrawBuffer<UInt16>, slots: Range<Int>) {
    let entries = municipalities + regions
    let last = places.start + (years - 1) * PathSampler.blockSize * entries
    for (index, part) in viewed.enumerated() {
      let first = part.level == .municipality ? 0 : municipalities
      betterCounts[index].withUnsafeMutableBufferPointer { counts in
        countSmaller(
          than: part.index,
          last + slots.lowerBound * entries + first,
          stride: entries,
          columns: slots.count,
          into: counts
        )
      }
    }
  }

  /// Adds the counts of other draws.
  mutating func merge(_ other: DrawTally) {
    for index in municipalityCounts.indices {
      municipalityCounts[index] &+= other.municipalityCounts[index]
    }
    for index in regionCounts.indices { regionCounts[index] &+= other.regionCounts[index] }
    for unit in betterCounts.indices {
      for index in betterCounts[unit].indices {
        betterCounts[unit][index] &+= other.betterCounts[unit][index]
      }
    }
    clipped += other.clipped
  }
}
