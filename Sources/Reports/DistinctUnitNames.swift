internal import Regions

/// What units are called where they stand beside each other: their names, with the level behind it
/// where a region and a municipality have the same (Oslo), and the code where two of a level have
/// (Våler, Herøy).
struct DistinctUnitNames {
  private let names: [Unit: String]

  /// Names units.
  ///
  /// - Complexity: O(units).
  init(_ units: some Sequence<Unit>, _ language: Language) {
    var names: [Unit: String] = [:]
    for (name, alike) in Dictionary(grouping: Set(units), by: \.name) where alike.count > 1 {
      let isByLevel = Set(alike.map(\.level)).count == alike.count
      for unit in alike {
        let level = (unit.level == .region ? Wording.region : Wording.municipality)[language]
        names[unit] = "\(name) (\(isByLevel ? level.lowercased() : unit.code))"
      }
    }
    self.names = names
  }

  /// The name of a unit among the others.
  subscript(unit: Unit) -> String { names[unit] ?? unit.name }
}
