public import Cubes
public import Regions

extension Cube {
  /// The figures of some series as a cube: series × municipality × year.
  ///
  /// The dimension of places has the municipalities, and the combined units where one has a figure of
  /// its own. A figure that is not observed has its basis as status, a missing one `missing:` and the
  /// reason; a combination that the series does not have is missing without a status.
  ///
  /// - Parameters:
  ///   - panel: The figures.
  ///   - ids: The series; one without figures has a category all the same.
  ///   - title: The title.
  ///   - source: Who put the figures together.
  ///   - updated: Of which vintage they are.
  ///   - language: The language of labels.
  /// - Complexity: O(series × positions × years).
  public init(
    _ panel: Panel,
    series ids: [String],
    title: String,
    source: String,
    updated: String,
    language: Language
  ) {
    let register = panel.register
    let years = Set(ids.flatMap { panel.years(of: $0) }).sorted()
    let columns = ids.map { id in years.map { panel.column(id, year: $0) } }
    let positions = (0..<register.count).filter { position in
      position < register.municipalities.count
        || columns.contains { all in
          all.contains { $0.statuses[position] != .missing(.notInSeries) }
        }
    }
    var values: [Double] = []
    values.reserveCapacity(ids.count * positions.count * years.count)
    var statuses = CellStatuses(count: ids.count * positions.count * years.count)
    for all in columns {
      for position in positions {
        for column in all {
          if let symbol = column.statuses[position].symbol {
            // A handful of words: there is always room for one more.
            _ = statuses.set(symbol, at: values.count)
          }
          values.append(column.values[position])
        }
      }
    }
    self.init(
      title: title,
      source: source,
      updated: updated,
      dimensions: [
        CubeDimension(
          id: "series",
          role: .metric,
          categories: ids.map { id in
            let known = panel.series[id]
            return CubeCategory(
              id,
              label: known?.name[language],
              unit: known?.unit.rawValue,
              decimals: known?.decimals
            )
          }
        ),
        CubeDimension(
          id: "municipality",
          role: .geo,
          categories: positions.map { position in
            let unit = register.unit(at: position)
            return CubeCategory(unit.code, label: unit.name)
          }
        ),
        CubeDimension(id: "year", role: .time, categories: years.map { CubeCategory("\($0)") }),
      ],
      values: values,
      statuses: statuses
    )
  }
}

extension FigureStatus {
  /// The status of a cube's cell that stands for this one; `nil` for an observed figure and for one
  /// that the series does not have.
  fileprivate var symbol: String? {
    switch self {
    case .present(.observed), .missing(.notInSeries): nil
    case .present(let basis): basis.rawValue
    case .missing(let reason): "missing:\(reason.rawValue)"
    }
  }
}
