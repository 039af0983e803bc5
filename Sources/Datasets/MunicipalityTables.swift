public import Regions

extension Dataset {
  /// The numbers of the municipalities through time, from `code_changes.csv` and `split_weights.csv`.
  ///
  /// The tables are read when they are asked for; a dataset without them has today's numbers only.
  ///
  /// - Throws: `DatasetError` naming file, line and column; also for changes that do not lead to the
  ///   municipalities of the dataset.
  /// - Complexity: O(size of the tables × number of periods).
  public func municipalityHistory() throws(DatasetError) -> MunicipalityHistory {
    var changes: (steps: [CodeChange], lines: [Int]) = ([], [])
    var weights: (shares: [SplitWeight], lines: [Int]) = ([], [])
    if has("code_changes.csv") { changes = try readChanges() }
    if has("split_weights.csv") { weights = try readWeights() }
    do {
      return try MunicipalityHistory(
        current: catalogue.register.municipalities.map(\.code),
        firstYear: Self.firstYear,
        changes: changes.steps,
        weights: weights.shares
      )
    } catch {
      let lines = error.table == .changes ? changes.lines : weights.lines
      let file = error.table == .changes ? "code_changes.csv" : "split_weights.csv"
      throw DatasetError(
        .invalid,
        file: files.path(file),
        line: lines.indices.contains(error.index) ? lines[error.index] : nil,
        error.message
      )
    }
  }

  /// The names of the municipalities and counties, from `municipality_names.csv` and `counties.csv`.
  ///
  /// - Parameter history: The numbers through time.
  /// - Returns: The names, today's first.
  /// - Throws: `DatasetError` naming file, line and column.
  /// - Complexity: O(size of the tables).
  public func municipalityLabels(
    _ history: MunicipalityHistory
  ) throws(DatasetError) -> MunicipalityLabels {
    var names = catalogue.register.municipalities.map { municipality in
      MunicipalityName(
        code: municipality.code,
        years: history.latestYear...Int.max,
        name: municipality.name
      )
    }
    var counties = Dictionary(
      catalogue.register.municipalities.map { ($0.countyCode, $0.countyName) },
      uniquingKeysWith: { first, _ in first }
    ).map { CountyName(code: $0.key, name: $0.value) }
    if has("municipality_names.csv") { names += try readNames() }
    if has("counties.csv") { counties += try readCounties() }
    return MunicipalityLabels(
      history: history,
      names: names,
      counties: counties.sorted { ($0.code, $0.name) < ($1.code, $1.name) }
    )
  }

  /// The first year whose numbers are known.
  private static var firstYear: Int { 2013 }

  private func has(_ file: String) -> Bool { description.files.contains { $0.path == file } }

  private func readChanges() throws(DatasetError) -> (steps: [CodeChange], lines: [Int]) {
    var table = try files.table(
      "code_changes.csv",
      ["old_code", "old_name", "new_code", "new_name", "date", "kind"]
    )
    var (steps, lines): ([CodeChange], [Int]) = ([], [])
    while try table.next() {
      steps.append(
        CodeChange(
          oldCode: table.text("old_code"),
          oldName: table.text("old_name"),
          newCode: table.text("new_code"),
          newName: table.text("new_name"),
          year: try table.firstOfJanuary("date"),
          kind: try table.choice("kind", of: CodeChange.Kind.self)
        )
      )
      lines.append(table.line)
    }
    return (steps, lines)
  }

  private func readWeights() throws(DatasetError) -> (shares: [SplitWeight], lines: [Int]) {
    var table = try files.table(
      "split_weights.csv",
      ["old_code", "new_code", "date", "weight", "basis", "source"]
    )
    var (shares, lines): ([SplitWeight], [Int]) = ([], [])
    while try table.next() {
      guard let weight = try table.number("weight"), (0...1).contains(weight) else {
        throw table.error("weight", "must be from 0 to 1, not \"\(table.text("weight"))\"")
      }
      shares.append(
        SplitWeight(
          oldCode: table.text("old_code"),
          newCode: table.text("new_code"),
          year: try table.firstOfJanuary("date"),
          weight: weight,
          basis: try table.choice("basis", of: SplitWeight.Basis.self),
          source: table.text("source")
        )
      )
      lines.append(table.line)
    }
    return (shares, lines)
  }

  private func readNames() throws(DatasetError) -> [MunicipalityName] {
    var table = try files.table(
      "municipality_names.csv",
      ["code", "valid_from", "valid_to", "name"]
    )
    var names: [MunicipalityName] = []
    while try table.next() {
      let first = try table.integer("valid_from")
      let last = table.optionalText("valid_to") == nil ? Int.max : try table.integer("valid_to")
      guard first <= last else { throw table.error("valid_to", "is before valid_from") }
      names.append(
        MunicipalityName(code: table.text("code"), years: first...last, name: table.text("name"))
      )
    }
    return names
  }

  private func readCounties() throws(DatasetError) -> [CountyName] {
    var table = try files.table("counties.csv", ["code", "name"])
    var counties: [CountyName] = []
    while try table.next() {
      counties.append(CountyName(code: table.text("code"), name: table.text("name")))
    }
    return counties
  }
}

extension CSVTable {
  /// The year of a date that must be a 1 January.
  fileprivate func firstOfJanuary(_ name: String) throws(DatasetError) -> Int {
    let date = text(name)
    guard date.hasSuffix("-01-01"), date.count == 10, let year = Int(date.prefix(4)) else {
      throw error(name, "must be a 1 January, such as 2024-01-01, not \"\(date)\"")
    }
    return year
  }
}
