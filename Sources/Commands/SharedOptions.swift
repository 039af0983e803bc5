internal import ArgumentParser
internal import Datasets
internal import Regions
internal import Reports
internal import Statistics

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Where the dataset and the layers over it are.
struct DataOptions: ParsableArguments {
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "A folder with figures: the dataset, or a layer over it. May be repeated; later ones win.",
      discussion: """
        Without it: REGIONSIM_DATA, then datasets/norway in the working directory or a parent, \
        then beside the program; and the layer regionsim-data in the working directory or a parent.
        """,
      valueName: "folder"
    ),
    completion: .directory
  )
  var data: [String] = []

  var locator: DatasetLocator { .current(options: data) }

  func dataset() throws -> Dataset { try Dataset(try locator.folders()) }
}

/// How a command prints.
struct OutputOptions: ParsableArguments {
  @Option(help: "How to print.")
  var format: ReportFormat = .table

  @Option(help: "Without it the language of your system: English unless Norwegian.")
  var language: Language?

  /// The language asked for, else that of the environment.
  var chosenLanguage: Language { Self.chosenLanguage(language) }

  /// A language that was asked for, else that of the environment.
  static func chosenLanguage(_ language: Language?) -> Language {
    if let language { return language }
    let environment = ProcessInfo.processInfo.environment
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { environment[$0] }
      .first { !$0.isEmpty }
    return ["nb", "nn", "no"].contains { locale?.hasPrefix($0) ?? false } ? .nb : .en
  }

  /// Prints a report; bold only on a terminal that has not asked for plain text.
  func show(_ report: Report) throws {
    let environment = ProcessInfo.processInfo.environment
    let isPlain = !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
    let isStyled = isatty(STDOUT_FILENO) == 1 && !isPlain
    try printOutput(try report.text(format, chosenLanguage, isStyled: isStyled))
  }
}

/// Which units are compared.
struct UnitOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The division whose regions are ranked.", valueName: "id"))
  var division: String = "regions-73"

  @Option(
    help: ArgumentHelp(
      "Rank only among these: a peer set, a region, or division/region.",
      discussion: "Examples: osloregionen, counties/31, kostra-groups/EKG13.",
      valueName: "peers"
    )
  )
  var peers: String?

  @Option(
    help: ArgumentHelp(
      "What units without a figure in the year get.",
      discussion: "Nothing, their latest carried forward, or that changed as the country since."
    )
  )
  var fill: FillRule = .none

  /// The set of peers, with a name for headings.
  func peerSet(_ catalogue: Catalogue, _ language: Language) throws -> PeerSet? {
    guard let peers else { return nil }
    let found = try catalogue.peers(peers, regionsOf: try catalogue.division(division))
    return PeerSet(name: found.name[language], members: found.members)
  }
}

extension UnitOptions {
  /// On what the membership of a peer set rests, and which regions are left out as they belong to it
  /// only in part.
  func peerNotes(
    _ request: RankingRequest,
    _ catalogue: Catalogue,
    _ language: Language
  ) -> [String] {
    guard let peers = request.peers else { return [] }
    var notes: [String] = []
    if let set = self.peers, let division = try? catalogue.division(set) {
      let bases = division.regions.flatMap(\.bases)
      let list = Region.MembershipBasis.allCases.compactMap { basis in
        let count = bases.count { $0 == basis }
        return count == 0 ? nil : "\(count) \(basis.rawValue)"
      }
      notes.append("\(peers.name): \(list.joined(separator: ", ")). \(division.note)")
    }
    let partial = request.division.regions.filter { region in
      let inside = region.members.count(where: peers.members.contains)
      return inside > 0 && inside < region.members.count
    }
    if request.level == .region, !partial.isEmpty {
      let names = partial.map(\.name).joined(separator: ", ")
      notes.append(
        language == .nb
          ? "Bare delvis med, og utelatt: \(names)." : "Only partly in it, and left out: \(names)."
      )
    }
    return notes
  }
}
