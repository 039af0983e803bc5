internal import Regions

// The readers of the small tables of a dataset. Each checks what a later step relies on: codes that
// differ, references that lead somewhere, values among those allowed.

extension DatasetFiles {
  func readRegister() throws(DatasetError) -> MunicipalityRegister {
    var table = try table(
      "municipalities.csv",
      ["code", "name", "county_code", "county_name"]
    )
    var municipalities: [Municipality] = []
    var positions: [String: Int] = [:]
    while try table.next() {
      let code = table.text("code")
      guard code.utf8.count == 4, code.utf8.allSatisfy({ (48...57).contains($0) }) else {
        throw table.error(
          "code",
          "must have four digits with the leading zero kept, not \"\(code)\""
        )
      }
      guard positions.updateValue(municipalities.count, forKey: code) == nil else {
        throw table.error("code", "has \(code) twice")
      }
      if let last = municipalities.last, last.code > code {
        throw table.error("code", "must ascend; \(code) stands after \(last.code)")
      }
      municipalities.append(
        Municipality(
          code: code,
          name: table.text("name"),
          countyCode: table.text("county_code"),
          countyName: table.text("county_name"),
          centrality: table.has("centrality_index") ? try table.number("centrality_index") : nil
        )
      )
    }
    let combined = try readCombinedUnits(positions)
    return MunicipalityRegister(municipalities: municipalities, combinedUnits: combined)
  }

  private func readCombinedUnits(
    _ positions: [String: Int]
  ) throws(DatasetError) -> [CombinedUnit] {
    var table = try table(
      "combined_units.csv",
      ["code", "name", "members", "is_municipality", "reason"]
    )
    var units: [CombinedUnit] = []
    while try table.next() {
      var members: [Int] = []
      for code in table.text("members").split(separator: " ") {
        guard let position = positions[String(code)] else {
          throw table.error("members", "names \(code), which is not a municipality")
        }
        members.append(position)
      }
      guard members.count > 1 else {
        throw table.error("members", "must name at least two municipalities")
      }
      let code = table.text("code")
      if positions[code] != nil || units.contains(where: { $0.code == code }) {
        throw table.error("code", "has \(code), which another unit bears")
      }
      units.append(
        CombinedUnit(
          code: code,
          name: table.text("name"),
          members: members.sorted(),
          isMunicipality: try table.flag("is_municipality", yes: "true", no: "false"),
          reason: table.text("reason")
        )
      )
    }
    return units
  }

  func readDivisions(register: MunicipalityRegister) throws(DatasetError) -> [Division] {
    var memberships = try readMemberships(register: register)
    var table = try table(
      "divisions.csv",
      ["id", "kind", "name_nb", "name_en", "source", "note"]
    )
    var divisions: [Division] = []
    while try table.next() {
      let id = table.text("id")
      guard !divisions.contains(where: { $0.id == id }) else {
        throw table.error("id", "has \(id) twice")
      }
      guard let regions = memberships.removeValue(forKey: id) else {
        throw table.error("id", "has \(id), which memberships.csv does not")
      }
      let kind = try table.choice("kind", of: Division.Kind.self)
      if kind == .partition {
        try checkPartition(id, regions, register: register)
      }
      divisions.append(
        Division(
          id: id,
          kind: kind,
          name: LocalizedText(nb: table.text("name_nb"), en: table.text("name_en")),
          source: table.text("source"),
          note: table.text("note"),
          regions: regions
        )
      )
    }
    if let stray = memberships.keys.min() {
      throw DatasetError(
        .invalid,
        file: path("memberships.csv"),
        "The division \(stray) is not in divisions.csv."
      )
    }
    return divisions
  }

  private func checkPartition(
    _ id: String,
    _ regions: [Region],
    register: MunicipalityRegister
  ) throws(DatasetError) {
    var regionOf: [Int: String] = [:]
    for region in regions {
      for member in region.members {
        guard let other = regionOf.updateValue(region.code, forKey: member) else { continue }
        let unit = register.unit(at: member)
        throw DatasetError(
          .invalid,
          file: path("memberships.csv"),
          """
          \(unit.code) \(unit.name) is in two regions of \(id): \(other) and \(region.code). \
          In a partition each municipality is in exactly one.
          """
        )
      }
    }
    for position in register.municipalities.indices where regionOf[position] == nil {
      let unit = register.unit(at: position)
      throw DatasetError(
        .invalid,
        file: path("memberships.csv"),
        "\(unit.code) \(unit.name) is in no region of \(id). In a partition each is in one."
      )
    }
  }

  private func readMemberships(
    register: MunicipalityRegister
  ) throws(DatasetError) -> [String: [Region]] {
    struct Draft {
      var name: String
      var members: [(position: Int, basis: Region.MembershipBasis)] = []
    }
    var table = try table(
      "memberships.csv",
      ["division", "region", "region_name", "municipality", "basis"]
    )
    var drafts: [String: [String: Draft]] = [:]
    while try table.next() {
      let code = table.text("municipality")
      guard let position = register.position(ofCode: code),
        position < register.municipalities.count
      else {
        throw table.error("municipality", "has \"\(code)\", which is not in municipalities.csv")
      }
      let name = table.text("region_name")
      let (division, region) = (table.text("division"), table.text("region"))
      var draft = drafts[division]?[region] ?? Draft(name: name)
      guard draft.name == name else {
        throw table.error(
          "region_name",
          "calls \(region) \"\(name)\"; above it is \"\(draft.name)\""
        )
      }
      guard !draft.members.contains(where: { $0.position == position }) else {
        throw table.error("municipality", "has \(code) twice in \(division)/\(region)")
      }
      draft.members.append((position, try table.choice("basis", of: Region.MembershipBasis.self)))
      drafts[division, default: [:]][region] = draft
    }
    return drafts.mapValues { regions in
      regions.sorted { $0.key < $1.key }.map { code, draft in
        let members = draft.members.sorted { $0.position < $1.position }
        return Region(
          code: code,
          name: draft.name,
          members: members.map(\.position),
          bases: members.map(\.basis)
        )
      }
    }
  }

  func readSeries() throws(DatasetError) -> [Series] {
    var table = try table(
      "series.csv",
      [
        "id", "name_nb", "name_en", "unit", "decimals", "minimum", "maximum", "file", "first_year",
        "last_year", "coverage", "country_total", "source", "vintage", "licence", "note",
      ]
    )
    var all: [Series] = []
    while try table.next() {
      let id = table.text("id")
      guard !all.contains(where: { $0.id == id }) else {
        throw table.error("id", "has \(id) twice")
      }
      all.append(
        Series(
          id: id,
          name: LocalizedText(nb: table.text("name_nb"), en: table.text("name_en")),
          unit: try table.choice("unit", of: MeasureUnit.self),
          decimals: try table.integer("decimals"),
          minimum: try table.number("minimum"),
          maximum: try table.number("maximum"),
          file: table.text("file"),
          years: try table.years(),
          isComplete: try table.flag("coverage", yes: "all", no: "partial"),
          isSummable: try table.flag("country_total", yes: "sum", no: "none"),
          source: table.text("source"),
          vintage: table.text("vintage"),
          licence: table.text("licence"),
          note: table.text("note")
        )
      )
    }
    return all
  }

  func readIndicators(series: Set<String>) throws(DatasetError) -> [Indicator] {
    var table = try table(
      "indicators.csv",
      [
        "id", "name_nb", "name_en", "unit", "decimals", "direction", "numerator", "denominator",
        "scale", "aggregation", "weight", "relative_to", "bounds", "source", "note",
      ]
    )
    var all: [Indicator] = []
    while try table.next() {
      let id = table.text("id")
      guard !all.contains(where: { $0.id == id }) else {
        throw table.error("id", "has \(id) twice")
      }
      for column in ["numerator", "denominator", "weight"] {
        if let name = table.optionalText(column), !series.contains(name) {
          let hint = nearestMatch(to: name, among: series.sorted())
          throw table.error(
            column,
            "names \"\(name)\", which is not a series." + (hint.map { " Is it \($0)?" } ?? "")
          )
        }
      }
      let aggregation = try table.choice("aggregation", of: Indicator.Aggregation.self)
      if aggregation == .ratioOfSums, table.optionalText("denominator") == nil {
        throw table.error("denominator", "is empty; a ratio of sums needs one")
      }
      if aggregation == .weightedMean, table.optionalText("weight") == nil {
        throw table.error("weight", "is empty; a weighted mean needs one")
      }
      all.append(
        Indicator(
          id: id,
          name: LocalizedText(nb: table.text("name_nb"), en: table.text("name_en")),
          unit: try table.choice("unit", of: MeasureUnit.self),
          decimals: try table.integer("decimals"),
          direction: try table.choice("direction", of: Indicator.Direction.self),
          numerator: table.text("numerator"),
          denominator: table.optionalText("denominator"),
          scale: try table.number("scale") ?? 1,
          aggregation: aggregation,
          weight: table.optionalText("weight"),
          isRelativeToCountry: try table.flag("relative_to", yes: "country"),
          isShare: try table.flag("bounds", yes: "share"),
          source: table.text("source"),
          note: table.text("note")
        )
      )
    }
    return all
  }

  func readBreaks(_ catalogue: Catalogue) throws(DatasetError) -> [SeriesBreak] {
    var table = try table("breaks.csv", ["series", "municipality", "year", "reason"])
    var all: [SeriesBreak] = []
    let known = Set(catalogue.series.map(\.id))
    while try table.next() {
      try table.checkSeries(among: known)
      if let code = table.optionalText("municipality"),
        catalogue.register.position(ofCode: code) == nil
      {
        throw table.error("municipality", "has \"\(code)\", which is not in municipalities.csv")
      }
      all.append(
        SeriesBreak(
          series: table.text("series"),
          municipality: table.optionalText("municipality"),
          year: try table.integer("year"),
          reason: table.text("reason")
        )
      )
    }
    return all
  }

  func readSubstitutes(_ catalogue: Catalogue) throws(DatasetError) -> [Substitute] {
    var table = try table("substitutes.csv", ["series", "substitute", "note"])
    var all: [Substitute] = []
    let known = Set(catalogue.series.map(\.id))
    let lenders = known.union(catalogue.indicators.map(\.id))
    while try table.next() {
      try table.checkSeries(among: known)
      let (series, lender) = (table.text("series"), table.text("substitute"))
      guard !all.contains(where: { $0.series == series }) else {
        throw table.error("series", "has \(series) twice")
      }
      guard lenders.contains(lender) else {
        let hint = nearestMatch(to: lender, among: lenders.sorted()).map { " Is it \($0)?" } ?? ""
        throw table.error("substitute", "names \"\(lender)\", no series or indicator.\(hint)")
      }
      all.append(Substitute(series: series, lender: lender, note: table.text("note")))
    }
    return all
  }

  func readPublishedRankings(
    _ catalogue: Catalogue
  ) throws(DatasetError) -> [PublishedRanking] {
    var table = try table("published_rankings.csv", ["series", "year", "ranked"])
    var all: [PublishedRanking] = []
    let known = Set(catalogue.series.map(\.id))
    while try table.next() {
      try table.checkSeries(among: known)
      all.append(
        PublishedRanking(
          series: table.text("series"),
          year: try table.integer("year"),
          ranked: try table.integer("ranked")
        )
      )
    }
    return all
  }
}

extension CSVTable {
  /// The first and last year of a series; `nil` where neither they nor a file is stated.
  fileprivate func years() throws(DatasetError) -> ClosedRange<Int>? {
    let stated = ["first_year", "last_year"].filter { optionalText($0) != nil }
    if stated.isEmpty, optionalText("file") == nil { return nil }
    let (first, last) = (try integer("first_year"), try integer("last_year"))
    guard first <= last else { throw error("last_year", "is before first_year") }
    return first...last
  }

  /// Refuses a row whose series is not among those known.
  func checkSeries(among known: Set<String>) throws(DatasetError) {
    let id = text("series")
    guard !known.contains(id) else { return }
    let hint = nearestMatch(to: id, among: known.sorted()).map { " Is it \($0)?" } ?? ""
    throw error("series", "names \"\(id)\", which is not in series.csv.\(hint)")
  }
}
