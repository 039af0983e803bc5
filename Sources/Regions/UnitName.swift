/// Why a unit that a user named is not known.
public enum UnitNameError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Nothing at the level, or at either, has this code or name; the nearest name is given if one is
  /// near.
  case unknown(String, level: Level?, nearest: String?)
  /// Several units have this name.
  case ambiguous(String, candidates: [String])

  /// The sentence shown to the user.
  public var description: String {
    switch self {
    case .unknown(let text, let level, let nearest):
      let hint = nearest.map { " Did you mean \($0)?" } ?? ""
      let what = level?.rawValue ?? "municipality or region"
      return "No \(what) is called \"\(text)\".\(hint)"
    case .ambiguous(let text, let candidates):
      return """
        "\(text)" is the name of several units: \(candidates.joined(separator: ", ")). \
        Give the code.
        """
    }
  }
}

/// Finds municipalities and regions by code or name.
///
/// A municipality's name may be followed by its county in brackets, as in `Våler (Østfold)`. A name
/// that a municipality and a region share means the municipality at the level `municipality`, the
/// region at the level `region`, and is ambiguous when no level is given.
public struct UnitNames: Sendable {
  private struct Candidate {
    let unit: Unit
    let spellings: [String]
    let label: String
  }

  private let candidates: [Candidate]

  /// Prepares the names of all municipalities and of the regions of a division.
  public init(register: MunicipalityRegister, division: Division?) {
    let municipalities = (0..<register.count).map { position in
      let unit = register.unit(at: position)
      guard position < register.municipalities.count else {
        return Candidate(unit: unit, spellings: [unit.name], label: "\(unit.code) \(unit.name)")
      }
      let full = "\(unit.name) (\(register.municipalities[position].countyName))"
      return Candidate(unit: unit, spellings: [unit.name, full], label: "\(unit.code) \(full)")
    }
    let regions = (division?.regions ?? []).map { region in
      Candidate(
        unit: Unit(level: .region, code: region.code, name: region.name),
        spellings: [region.name],
        label: "\(region.code) \(region.name) (region)"
      )
    }
    candidates = municipalities + regions
  }

  /// The unit with a code or name.
  ///
  /// - Parameters:
  ///   - text: The code or name; upper and lower case are alike.
  ///   - level: The level to look at, or `nil` for both.
  /// - Returns: The unit.
  /// - Throws: `UnitNameError` when none or several match.
  /// - Complexity: O(*n*), with *n* units.
  public func unit(_ text: String, level: Level? = nil) throws(UnitNameError) -> Unit {
    let searched = candidates.filter { level == nil || $0.unit.level == level }
    let wanted = text.lowercased()
    let byCode = searched.filter { $0.unit.code.lowercased() == wanted }
    let matches =
      byCode.isEmpty
      ? searched.filter { $0.spellings.contains { $0.lowercased() == wanted } } : byCode
    switch matches.count {
    case 1: return matches[0].unit
    case 0:
      let nearest = nearestMatch(to: text, among: searched.flatMap(\.spellings))
      throw .unknown(text, level: level, nearest: nearest)
    default: throw .ambiguous(text, candidates: matches.map(\.label))
    }
  }
}
