internal import Cubes
internal import Regions

/// The figures of one series as its publisher gives them: by place and year.
struct SelectedFigures: Sendable {
  /// The years, ascending.
  let years: [Int]
  /// The values of each year, one per category of the dimension of places; NaN where missing.
  private(set) var values: [[Double]]
  /// Their statuses.
  private(set) var statuses: [[FigureStatus]]
  /// The symbols whose meaning is not known, with how often each was met.
  private(set) var unknownSymbols: [String: Int] = [:]

  /// Takes the figures of a selection out of a cube.
  ///
  /// A sum of which a part is missing is missing, for the reason of the first such part; its status is
  /// else that of its weakest part.
  ///
  /// - Parameters:
  ///   - cube: The cube.
  ///   - selection: The cells.
  ///   - basis: The basis of the figures; `nil` for as published.
  /// - Complexity: O(number of cells that are taken).
  init(_ cube: Cube, _ selection: SeriesSelection, basis: Basis?) {
    let strides = cube.strides
    let offsets = Self.offsets(selection.chosen, strides)
    let places = cube.dimensions[selection.regions].categories.count
    let placeStride = strides[selection.regions]
    let taken = selection.years.enumerated().compactMap { index, year in
      year.map { (year: $0, offset: selection.times.map { index * strides[$0] } ?? 0) }
    }.sorted { $0.year < $1.year }
    years = taken.map(\.year)
    values = []
    statuses = []
    for (_, start) in taken {
      var column = [Double](repeating: .nan, count: places)
      var states = [FigureStatus](repeating: .missing(.notInSeries), count: places)
      for place in 0..<places {
        let base = start + place * placeStride
        let (sum, status) = sum(cube, base: base, offsets, basis: basis)
        column[place] = sum * selection.factor
        states[place] = status
      }
      values.append(column)
      statuses.append(states)
    }
  }

  /// How far from the first cell of a place and year the cells are that are added up.
  private static func offsets(_ chosen: [Int: [Int]], _ strides: [Int]) -> [Int] {
    chosen.sorted { $0.key < $1.key }.reduce([0]) { offsets, choice in
      offsets.flatMap { start in choice.value.map { start + $0 * strides[choice.key] } }
    }
  }

  private mutating func sum(
    _ cube: Cube,
    base: Int,
    _ offsets: [Int],
    basis: Basis?
  ) -> (Double, FigureStatus) {
    var total = 0.0
    var weakest: FigureStatus?
    for offset in offsets {
      let index = base + offset
      let status = status(cube.values[index], cube.statuses[index], basis: basis)
      guard status.basis != nil else { return (.nan, status) }
      total += cube.values[index]
      weakest = weakest.map { $0.combined(with: status) } ?? status
    }
    return (total, weakest ?? .missing(.notInSeries))
  }

  private mutating func status(
    _ value: Double,
    _ status: CellStatus?,
    basis: Basis?
  ) -> FigureStatus {
    guard value.isNaN else {
      if let basis { return .present(basis) }
      guard let status else { return .present(.observed) }
      switch status.meaning {
      case .provisional: return .present(.provisional)
      case .zero: return .present(.observed)
      default: break
      }
      // The words of the project's own files.
      if let own = Basis(rawValue: status.symbol) { return .present(own) }
      unknownSymbols[status.symbol, default: 0] += 1
      return .present(.observed)
    }
    // A combination that the source does not have, as in a long table without such a row.
    guard let status else { return .missing(.notInSeries) }
    switch status.meaning {
    case .notApplicable: return .missing(.notApplicable)
    case .lacking, .zero, .provisional: return .missing(.notPublished)
    case .suppressed: return .missing(.suppressed)
    case .pending: return .missing(.pending)
    case .other:
      let word = status.symbol.split(separator: ":", maxSplits: 1).last.map(String.init) ?? ""
      if status.symbol.hasPrefix("missing:"), let own = MissingReason(rawValue: word) {
        return .missing(own)
      }
      unknownSymbols[status.symbol, default: 0] += 1
      return .missing(.notPublished)
    }
  }
}
