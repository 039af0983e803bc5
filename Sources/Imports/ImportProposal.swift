public import Regions

/// The figures of one series as they would be stored, with all that a user must see before they are.
public struct ImportProposal: Sendable {
  /// How far a year is covered.
  public struct Coverage: Sendable, Hashable {
    /// The year.
    public let year: Int
    /// How many of today's municipalities have a figure, alone or in a combined unit.
    public let municipalities: Int
    /// How many figures rest on each basis.
    public let bases: [Basis: Int]
    /// How many are missing for each reason.
    public let missing: [MissingReason: Int]
    /// The sum over all places.
    public let sum: Double
    /// The country's figure as published, if it is.
    public let country: Double?
  }

  /// Which cells of the cube they are.
  public let selection: SeriesSelection
  /// The series as it would be described.
  public let description: Series
  /// The indicator of a series that the dataset does not know.
  public let indicator: Indicator?
  /// The figures by year, one per position of the register.
  public let columns: [Int: Column]
  /// What each place of the cube is.
  public let places: PlaceAssignment
  /// How far each year is covered, ascending.
  public let coverage: [Coverage]
  /// How they differ from the figures that are there.
  public let changes: SeriesChanges
  /// The breaks at the edges of these figures, where the source changes.
  public let breaks: [SeriesBreak]
  /// The breaks beneath that are none any more, as their years are filled.
  public let liftedBreaks: [SeriesBreak]
  /// Whether the observed figures that are there are of the table that these are of.
  public let isOfSameTable: Bool
  /// What else the user must know: carried codes, notes of the publisher, symbols of no known meaning.
  public let remarks: [String]
  /// The years whose sum of municipalities is not the country's figure, with all municipalities there.
  ///
  /// Sums may differ by half a unit a municipality, as published figures are rounded.
  public var wrongTotals: [Coverage] {
    guard description.isSummable else { return [] }
    let tolerance = 0.5 * Double(places.municipalities) * selection.factor.magnitude
    return coverage.filter { year in
      guard let country = year.country, year.missing.isEmpty else { return false }
      return (year.sum - country).magnitude > min(tolerance, 0.001 * country.magnitude)
    }
  }

  /// The figures that would change or be lost and are not of the same table.
  ///
  /// - Parameter isUpdate: Whether the publisher's own newer figures are wanted, so that a figure of the
  ///   same table, an estimate or one printed in a plan may be replaced.
  /// - Returns: The changes, the revised ones first.
  public func conflicts(isUpdate: Bool) -> [SeriesChanges.Change] {
    let changed = changes.revised + changes.lost
    guard isUpdate else { return changed }
    return changed.filter { change in
      switch change.statusBefore.basis {
      case .observed?, .provisional?: !isOfSameTable
      default: change.after.isNaN
      }
    }
  }
}

/// Tells what the figures of a year cover.
extension ImportProposal.Coverage {
  init(year: Int, column: Column, register: MunicipalityRegister, country: Double?) {
    var bases: [Basis: Int] = [:]
    var missing: [MissingReason: Int] = [:]
    var covered: Set<Int> = []
    var sum = 0.0
    for position in 0..<register.count {
      switch column.statuses[position] {
      case .present(let basis):
        bases[basis, default: 0] += 1
        covered.formUnion(register.combinedUnit(at: position)?.members ?? [position])
        sum += column.values[position]
      case .missing(.notInSeries), .missing(.combined): break
      case .missing(let reason): missing[reason, default: 0] += 1
      }
    }
    self.init(
      year: year,
      municipalities: covered.count,
      bases: bases,
      missing: missing,
      sum: sum,
      country: country
    )
  }
}

/// What each category of a cube's dimension of places is.
public struct PlaceAssignment: Sendable, Hashable {
  /// One place.
  public enum Place: Sendable, Hashable {
    /// A municipality of some year, by its code.
    case municipality(String)
    /// The whole country.
    case country
    /// Something else that is known, such as a county.
    case other(String)
    /// Nothing that is known, with what was meant if that is near.
    case unknown(label: String, hint: String)
  }

  /// The places, one per category.
  public let places: [Place]
  /// How many codes got back a leading zero that a spreadsheet took.
  public let zerosRestored: Int

  /// How many are municipalities.
  public var municipalities: Int {
    places.count { if case .municipality = $0 { true } else { false } }
  }

  /// Those of which nothing is known.
  public var unknown: [(label: String, hint: String)] {
    places.compactMap { place in
      guard case .unknown(let label, let hint) = place else { return nil }
      return (label, hint)
    }
  }

  /// How many there are of each other kind.
  public var others: [String: Int] {
    places.reduce(into: [:]) { counts, place in
      if case .other(let kind) = place { counts[kind, default: 0] += 1 }
    }
  }
}
