/// What a dataset knows of apart from figures: municipalities, divisions, series and indicators.
public struct Catalogue: Sendable {
  /// The municipalities and combined units.
  public let register: MunicipalityRegister
  /// The divisions, KOSTRA groups and centrality classes among them.
  public let divisions: [Division]
  /// The descriptions of all series.
  public let series: [Series]
  /// The indicators.
  public let indicators: [Indicator]
  /// What is taken for the movement of series with too short a history.
  public var substitutes: [Substitute] = []
  /// The rates of the income equalisation by year.
  public var equalisation: [EqualisationRule] = []

  /// Creates a catalogue.
  public init(
    register: MunicipalityRegister,
    divisions: [Division],
    series: [Series],
    indicators: [Indicator]
  ) {
    self.register = register
    self.divisions = divisions
    self.series = series
    self.indicators = indicators
  }

  /// The indicator with an id.
  ///
  /// - Throws: `UnknownNameError` with the nearest id when there is none.
  public func indicator(_ id: String) throws(UnknownNameError) -> Indicator {
    try find("indicator", id, in: indicators, id: \.id)
  }

  /// The division with an id.
  ///
  /// - Throws: `UnknownNameError` with the nearest id when there is none.
  public func division(_ id: String) throws(UnknownNameError) -> Division {
    try find("division", id, in: divisions, id: \.id)
  }

  /// The series with an id.
  ///
  /// - Throws: `UnknownNameError` with the nearest id when there is none.
  public func series(_ id: String) throws(UnknownNameError) -> Series {
    try find("series", id, in: series, id: \.id)
  }

  /// The region that a text such as `counties/31` or `kostra-groups/EKG13` names, by code or name.
  ///
  /// - Throws: `UnknownNameError` for an unknown division or region.
  public func region(_ path: String) throws(UnknownNameError) -> Region {
    let parts = path.split(separator: "/", maxSplits: 1).map(String.init)
    let division = try division(parts.first ?? "")
    let name = parts.count > 1 ? parts[1] : ""
    let wanted = name.lowercased()
    let found = division.regions.filter {
      $0.code.lowercased() == wanted || $0.name.lowercased() == wanted
    }
    if found.count == 1 { return found[0] }
    let names = division.regions.flatMap { [$0.code, $0.name] }
    throw UnknownNameError(
      what: "region of \(division.id)",
      name: name,
      nearest: nearestMatch(to: name, among: names),
      allowed: division.regions.map { "\($0.code) \($0.name)" }
    )
  }

  /// The municipalities that a text names as peers: a division or peer set, `division/region`, or a
  /// region of a division.
  ///
  /// - Parameters:
  ///   - text: The text, such as `osloregionen`, `counties/31` or `Follo`.
  ///   - division: The division whose regions can be named alone.
  /// - Returns: What they are called, and the positions of the municipalities.
  /// - Throws: `UnknownNameError` when it names nothing.
  public func peers(
    _ text: String,
    regionsOf division: Division
  ) throws(UnknownNameError) -> (name: LocalizedText, members: Set<Int>) {
    if text.contains("/") {
      let region = try region(text)
      return (LocalizedText(nb: region.name, en: region.name), Set(region.members))
    }
    if let set = divisions.first(where: { $0.id == text }) { return (set.name, Set(set.members)) }
    let names = UnitNames(register: register, division: division)
    if let unit = try? names.unit(text, level: .region),
      let region = division.regions.first(where: { $0.code == unit.code })
    {
      return (LocalizedText(nb: region.name, en: region.name), Set(region.members))
    }
    let known = divisions.map(\.id) + division.regions.map(\.name)
    throw UnknownNameError(
      what: "peer set or region",
      name: text,
      nearest: nearestMatch(to: text, among: known),
      allowed: known
    )
  }

  private func find<Item>(
    _ what: String,
    _ name: String,
    in items: [Item],
    id: (Item) -> String
  ) throws(UnknownNameError) -> Item {
    if let found = items.first(where: { id($0) == name }) { return found }
    let ids = items.map(id)
    throw UnknownNameError(
      what: what,
      name: name,
      nearest: nearestMatch(to: name, among: ids),
      allowed: ids
    )
  }
}

/// A name that stands for nothing, with the nearest name that does.
public struct UnknownNameError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What it should have been the name of.
  public let what: String
  /// The name that was given.
  public let name: String
  /// The nearest allowed name.
  public let nearest: String?
  /// All allowed names.
  public let allowed: [String]

  /// Creates an error.
  public init(what: String, name: String, nearest: String?, allowed: [String]) {
    self.what = what
    self.name = name
    self.nearest = nearest
    self.allowed = allowed
  }

  /// The sentence shown to the user; a short list of what is allowed is part of it.
  public var description: String {
    let hint = nearest.map { " Did you mean \($0)?" } ?? ""
    let list = allowed.count > 12 ? "" : " Known are: \(allowed.joined(separator: ", "))."
    return "There is no \(what) \"\(name)\".\(hint)\(list)"
  }
}
