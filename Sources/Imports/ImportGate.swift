public import Regions

/// What a user lets pass when figures are stored.
public struct ImportGate: Sendable, Hashable {
  /// Figures that are there may be changed or lost.
  public var replaces = false
  /// The sum of the municipalities need not be the country's figure.
  public var acceptsTotals = false
  /// Places that are not recognised may be left out.
  public var skipsUnknown = false
  /// The publisher's own newer figures are wanted.
  public var isUpdate = false

  /// Creates a gate that lets nothing doubtful pass.
  public init() {}

  /// Why figures may not be stored; empty when they may.
  ///
  /// - Parameters:
  ///   - proposal: The figures.
  ///   - register: The municipalities.
  /// - Returns: One sentence for each reason, with what would let it pass.
  public func objections(to proposal: ImportProposal, register: MunicipalityRegister) -> [String] {
    let id = proposal.description.id
    var reasons: [String] = []
    if proposal.coverage.allSatisfy({ $0.municipalities == 0 }) {
      reasons.append("\(id): no municipality has a figure.")
    }
    let unknown = proposal.places.unknown
    if !unknown.isEmpty, !skipsUnknown {
      reasons.append(
        "\(id): \(unknown.count) places are not recognised, such as \"\(unknown[0].label)\". Correct them, "
          + "or leave them out with --skip-unknown."
      )
    }
    for year in proposal.wrongTotals where !acceptsTotals {
      reasons.append(
        "\(id): in \(year.year) the municipalities sum to \(year.sum.brief), and the country's figure is "
          + "\((year.country ?? 0).brief). Store it all the same with --accept-totals."
      )
    }
    let conflicts = proposal.conflicts(isUpdate: isUpdate)
    if let first = conflicts.first, !replaces {
      let unit = register.unit(at: first.position)
      let now = first.after.isNaN ? "missing" : first.after.brief
      let source = proposal.isOfSameTable ? "" : " from another source"
      reasons.append(
        "\(id): \(conflicts.count) figures that are there\(source) would change or be lost, such as "
          + "\(unit.code) \(unit.name) in \(first.year): \(first.before.brief), now \(now). Replace them with "
          + "--replace."
      )
    }
    return reasons
  }
}
