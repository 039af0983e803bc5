/// One of today's municipalities.
public struct Municipality: Sendable, Hashable {
  /// The four-digit code of Statistics Norway, with its leading zero, such as `0301`.
  public let code: String
  /// The short name, such as `Våler`. Two names are borne by two municipalities each.
  public let name: String
  /// The code of the county, such as `31`.
  public let countyCode: String
  /// The name of the county, such as `Østfold`.
  public let countyName: String
  /// Statistics Norway's index of centrality, up to 1,000 for the most central; `nil` where unknown.
  public let centrality: Double?

  /// Creates a municipality.
  public init(
    code: String,
    name: String,
    countyCode: String,
    countyName: String,
    centrality: Double? = nil
  ) {
    self.code = code
    self.name = name
    self.countyCode = countyCode
    self.countyName = countyName
    self.centrality = centrality
  }
}

/// Several municipalities of today for which a source gives one figure together, such as Ålesund
/// and Haram in 2020–2023.
public struct CombinedUnit: Sendable, Hashable {
  /// The code under which the figure stands, such as `1507`.
  public let code: String
  /// The name, such as `Ålesund (2020–2023)`.
  public let name: String
  /// The positions of the members among the municipalities.
  public let members: [Int]
  /// Whether it was a municipality of its own, and so has a place among the municipalities.
  public let isMunicipality: Bool
  /// Why the figures are combined.
  public let reason: String

  /// Creates a combined unit.
  public init(code: String, name: String, members: [Int], isMunicipality: Bool, reason: String) {
    self.code = code
    self.name = name
    self.members = members
    self.isMunicipality = isMunicipality
    self.reason = reason
  }
}

/// The units for which a panel holds figures: the municipalities, then the combined units.
///
/// Every column of figures has one value per position of this register.
public struct MunicipalityRegister: Sendable {
  /// The municipalities, in the order of their codes.
  public let municipalities: [Municipality]
  /// The combined units; their positions follow those of the municipalities.
  public let combinedUnits: [CombinedUnit]
  private let positions: [String: Int]

  /// Creates a register.
  ///
  /// - Parameters:
  ///   - municipalities: The municipalities, with codes that differ.
  ///   - combinedUnits: The combined units, whose members are positions in `municipalities`.
  public init(municipalities: [Municipality], combinedUnits: [CombinedUnit]) {
    self.municipalities = municipalities
    self.combinedUnits = combinedUnits
    let codes = municipalities.map(\.code) + combinedUnits.map(\.code)
    positions = Dictionary(zip(codes, codes.indices), uniquingKeysWith: { first, _ in first })
  }

  /// The number of positions.
  public var count: Int { municipalities.count + combinedUnits.count }

  /// The position of a code, or `nil` when there is none.
  ///
  /// - Complexity: O(1).
  public func position(ofCode code: String) -> Int? { positions[code] }

  /// The combined unit at a position, or `nil` when a municipality stands there.
  public func combinedUnit(at position: Int) -> CombinedUnit? {
    position < municipalities.count ? nil : combinedUnits[position - municipalities.count]
  }

  /// The code and name at a position.
  public func unit(at position: Int) -> Unit {
    if let combined = combinedUnit(at: position) {
      return Unit(level: .municipality, code: combined.code, name: combined.name)
    }
    let municipality = municipalities[position]
    return Unit(level: .municipality, code: municipality.code, name: municipality.name)
  }
}
