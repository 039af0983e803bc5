internal import Regions

extension DatasetFiles {
  /// Reads the rates of the income equalisation: rates whole or blank, years of one series apart,
  /// revenue in kroner.
  func readEqualisation(_ catalogue: Catalogue) throws(DatasetError) -> [EqualisationRule] {
    var table = try table(
      "equalisation_rates.csv",
      [
        "id", "series", "population", "published", "first_year", "last_year", "alpha", "beta",
        "threshold", "basis", "source", "note",
      ]
    )
    var all: [EqualisationRule] = []
    while try table.next() {
      let id = table.text("id")
      guard !id.isEmpty, !all.contains(where: { $0.id == id }) else {
        throw table.error("id", id.isEmpty ? "is empty" : "has \(id) twice")
      }
      for column in ["series", "population", "published"] {
        try table.checkSeries(in: column, among: catalogue)
      }
      let series = table.text("series")
      let years = try table.years()
      if let years,
        let other = all.first(where: { $0.series == series && $0.years?.overlaps(years) ?? false })
      {
        throw table.error("first_year", "begins years that \(other.id) has too")
      }
      let basis = try table.choice("basis", of: EqualisationRule.Basis.self)
      let rates = try table.rates()
      guard (rates == nil) == (basis == .unknown) else {
        throw table.error(
          "basis",
          "must be unknown where there are no rates, and only there, not \"\(basis.rawValue)\""
        )
      }
      all.append(
        EqualisationRule(
          id: id,
          series: series,
          population: table.text("population"),
          published: table.optionalText("published"),
          years: years,
          rates: rates,
          basis: basis,
          source: table.text("source"),
          note: table.text("note")
        )
      )
    }
    return all
  }
}

extension CSVTable {
  fileprivate func checkSeries(
    in column: String,
    among catalogue: Catalogue
  ) throws(DatasetError) {
    guard let id = optionalText(column) else {
      if column == "published" { return }
      throw error(column, "is empty")
    }
    guard let series = catalogue.series.first(where: { $0.id == id }) else {
      let hint = nearestMatch(to: id, among: catalogue.series.map(\.id))
      throw error(
        column,
        "names \"\(id)\", which is not in series.csv." + (hint.map { " Is it \($0)?" } ?? "")
      )
    }
    if column != "population", series.unit != .nok {
      throw error(column, "names \(id), which is in \(series.unit.rawValue); it must be in NOK")
    }
  }

  fileprivate func years() throws(DatasetError) -> ClosedRange<Int>? {
    guard optionalText("first_year") != nil || optionalText("last_year") != nil else { return nil }
    let (first, last) = (try integer("first_year"), try integer("last_year"))
    guard first <= last else { throw error("last_year", "is before first_year") }
    return first...last
  }

  fileprivate func rates() throws(DatasetError) -> EqualisationRates? {
    let numbers = [try number("alpha"), try number("beta"), try number("threshold")]
    guard numbers.contains(where: { $0 != nil }) else { return nil }
    guard let alpha = numbers[0], let beta = numbers[1], let threshold = numbers[2] else {
      throw error("alpha", "must have a number where beta or threshold has one, as must these")
    }
    do {
      return try EqualisationRates(alpha: alpha, beta: beta, threshold: threshold)
    } catch {
      throw self.error("alpha", "has rates that cannot be. \(error.description)")
    }
  }
}
