public import Regions

/// Which municipalities move together: the region and the county of each.
public struct GrowthGroups: Sendable, Hashable {
  /// The region of each municipality, an index; −1 for none.
  public let regions: [Int]
  /// The municipalities of each region.
  public let members: [[Int]]
  /// The county of most of a region's municipalities, an index.
  public let counties: [Int]
  /// The index of centrality of each municipality; `nil` when one of them has none.
  public let centrality: [Double]?

  /// Reads the groups from a division.
  ///
  /// - Parameters:
  ///   - division: The division; of a municipality in several regions, the first counts.
  ///   - register: The register of the municipalities.
  public init(_ division: Division, register: MunicipalityRegister) {
    var regions = [Int](repeating: -1, count: register.municipalities.count)
    for (index, region) in division.regions.enumerated() {
      for member in region.members where regions[member] < 0 { regions[member] = index }
    }
    self.regions = regions
    members = division.regions.indices.map { index in
      regions.indices.filter { regions[$0] == index }
    }
    let codes = Set(register.municipalities.map(\.countyCode)).sorted()
    counties = members.map { members in
      var counts = [Int](repeating: 0, count: codes.count)
      for member in members {
        if let county = codes.firstIndex(of: register.municipalities[member].countyCode) {
          counts[county] += 1
        }
      }
      return counts.indices.max { counts[$0] < counts[$1] } ?? 0
    }
    let known = register.municipalities.compactMap(\.centrality)
    centrality = known.count == register.municipalities.count ? known.map { $0 / 1000 } : nil
  }

  /// The correlation of the regions' shocks: *G* × *G*.
  func correlation(withinCounty value: Double) -> [Double] {
    let count = members.count
    var matrix = [Double](repeating: 0, count: count * count)
    for row in 0..<count {
      for column in 0..<count {
        matrix[row + column * count] =
          row == column ? 1 : counties[row] == counties[column] ? value : 0
      }
    }
    return matrix
  }
}
