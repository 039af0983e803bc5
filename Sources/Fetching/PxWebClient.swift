public import Cubes
public import Datasets
internal import Regions

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A table as fetched.
public struct FetchedTable: Sendable {
  /// Its figures.
  public let cube: Cube
  /// From where they are.
  public let provenance: Provenance
}

/// Fetches tables over PxWebApi 2 as Statistics Norway runs it
/// (https://www.ssb.no/api/api-mot-statistikkbanken--brukerveiledning).
///
/// The metadata are read first, and what is asked is checked against them: an unknown code is an error
/// before any figure is asked for. A query is cut into calls below the limits of cells and addresses;
/// their answers must be of one version of the table.
public final class PxWebClient {
  private let base: String
  private let server: StatisticsServer
  private let clock: FetchClock
  private let settings: FetchSettings
  private var maximumCells: Int?
  private let progress: (String) -> Void

  /// Prepares a client.
  ///
  /// - Parameters:
  ///   - base: The address of the service.
  ///   - transfer: What speaks HTTP.
  ///   - settings: How the server is asked.
  ///   - clock: The time.
  ///   - progress: Told what is being fetched.
  public init(
    base: String = "https://data.ssb.no/api/pxwebapi/v2",
    transfer: Transfer,
    settings: FetchSettings = FetchSettings(),
    clock: FetchClock = .system,
    progress: @escaping (String) -> Void = { _ in }
  ) {
    self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
    self.settings = settings
    self.clock = clock
    self.progress = progress
    server = StatisticsServer(settings, transfer: transfer, clock: clock)
  }

  /// Fetches what some series need of one table.
  ///
  /// - Parameter sources: The sources, all of the same table, variable of regions and code list.
  /// - Returns: One cube with all contents and codes that they choose, and from where it is.
  /// - Throws: `FetchError` when it cannot be fetched, or is not as the sources say.
  public func fetch(_ sources: [UpdateSource]) throws(FetchError) -> FetchedTable {
    guard let first = sources.first else {
      preconditionFailure("At least one series is fetched.")
    }
    let url = "\(base)/tables/\(first.table)"
    progress("\(first.table): metadata")
    let answer = try server.answer(to: Transfer.Request(url: "\(url)/metadata?lang=no"))
    let metadata: CubeMetadata
    do {
      metadata = try JSONStatReader(file: "\(url)/metadata", bytes: answer.body).metadata()
    } catch {
      throw FetchError(.invalidContent, url: "\(url)/metadata", "\(error.message)")
    }
    let checked = try TableSelection(sources, metadata: metadata, url: url) {
      list throws(FetchError) in
      try codelist(list)
    }
    let query = checked.query
    do {
      return try data(query, metadata, url: url, table: first)
    } catch  where error.kind == .interrupted && error.message == Self.changed {
      return try data(query, metadata, url: url, table: first)
    }
  }

  private static let changed = "The table changed while it was fetched. Fetch it again."

  private func data(
    _ query: TableQuery,
    _ metadata: CubeMetadata,
    url: String,
    table: UpdateSource
  ) throws(FetchError) -> FetchedTable {
    let parts = query.parts(of: try cellLimit())
    var merged = MergedTable(query, metadata)
    var digests: [UInt8] = []
    var (bytes, isFromCache, retrieved, updated) = (0, true, "", metadata.updated)
    for (index, part) in parts.enumerated() {
      progress("\(table.table): \(index + 1)/\(parts.count)")
      let request = part.request("\(url)/data", maximumAddress: settings.maximumAddress)
      let answer = try server.answer(to: request, updated: metadata.updated)
      let cube: Cube
      do {
        cube = try JSONStatReader(file: "\(url)/data", bytes: answer.body).cube()
      } catch {
        throw FetchError(
          .invalidContent,
          url: "\(url)/data",
          "The answer is not the table: \(error.message)"
        )
      }
      if index == 0 { updated = cube.updated ?? updated }
      guard cube.updated == nil || cube.updated == updated else {
        throw FetchError(.interrupted, url: "\(url)/data", Self.changed)
      }
      if let problem = merged.add(cube, of: part) {
        throw FetchError(.invalidContent, url: "\(url)/data", problem)
      }
      digests += answer.sha256.utf8
      bytes += answer.body.count
      isFromCache = isFromCache && answer.isFromCache
      if retrieved.isEmpty { retrieved = answer.retrieved }
      if parts.count == 1 { digests = Array(answer.sha256.utf8) }
    }
    let digest = String(decoding: digests, as: UTF8.self)
    return FetchedTable(
      cube: merged.cube(table: table.table, updated: updated),
      provenance: Provenance(
        url: "\(url)/data",
        query: query.summary,
        table: table.table,
        updated: updated ?? "",
        retrieved: retrieved,
        sha256: parts.count == 1 ? digest : SHA256.hexadecimal(of: digest.utf8),
        bytes: bytes,
        isFromCache: isFromCache,
        isUnrevised: table.regionVariable.hasPrefix("KOK") && Self.isBeforeRevision(retrieved)
      )
    )
  }

  /// Whether a date is between 15 March and 15 June.
  private static func isBeforeRevision(_ date: String) -> Bool {
    let day = date.dropFirst(5).prefix(5)
    return "03-15" <= day && day < "06-15"
  }

  private func cellLimit() throws(FetchError) -> Int {
    if let maximumCells { return maximumCells }
    struct Config: Decodable {
      let maxDataCells: Int?
    }
    var stated: Int?
    // A server without it has the usual limit; one that cannot be reached says so at the next call.
    if !settings.isOffline,
      let answer = try? server.answer(to: Transfer.Request(url: "\(base)/config"))
    {
      stated = try? JSONDecoder().decode(Config.self, from: Data(answer.body)).maxDataCells
    }
    let limit = max(1, min(stated ?? settings.maximumCells, settings.maximumCells))
    maximumCells = limit
    return limit
  }

  private func codelist(_ id: String) throws(FetchError) -> [CubeCategory] {
    struct List: Decodable {
      struct Value: Decodable {
        let code: String
        let label: String?
      }
      let values: [Value]
    }
    let url = "\(base)/codelists/\(id)?lang=no"
    progress(id)
    let answer = try server.answer(to: Transfer.Request(url: url))
    guard let list = try? JSONDecoder().decode(List.self, from: Data(answer.body)) else {
      throw FetchError(.invalidContent, url: url, "The answer is not a code list.")
    }
    return list.values.map { CubeCategory($0.code, label: $0.label) }
  }
}
