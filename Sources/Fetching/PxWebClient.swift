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
    do throws(FetchError) {
      return try fetch(sources, resuming: true)
    } catch {
      // Parts of two versions of the table: once more, and nothing that is kept is believed unasked.
      guard error.kind == .changed else { throw error }
      return try fetch(sources, resuming: false)
    }
  }

  private func fetch(
    _ sources: [UpdateSource],
    resuming: Bool
  ) throws(FetchError) -> FetchedTable {
    guard let first = sources.first else {
      preconditionFailure("At least one series is fetched.")
    }
    let url = "\(base)/tables/\(first.table)"
    progress("\(first.table): metadata")
    let request = Transfer.Request(url: "\(url)/metadata?lang=no")
    let metadata = try server.answer(to: request) { (bytes: [UInt8]) throws(FetchError) in
      try Self.metadata(bytes, url: "\(url)/metadata")
    }.content
    let query = try TableSelection(
      sources,
      metadata: metadata,
      url: url,
      codelist: { (id: String) throws(FetchError) in try codelist(id) }
    ).query
    return try data(query, metadata, url: url, table: first, resuming: resuming)
  }

  private func data(
    _ query: TableQuery,
    _ metadata: CubeMetadata,
    url: String,
    table: UpdateSource,
    resuming: Bool
  ) throws(FetchError) -> FetchedTable {
    let parts = query.parts(of: try cellLimit())
    var merged = MergedTable(query, metadata)
    var digests: [UInt8] = []
    var (bytes, isFromCache, retrieved, updated) = (0, true, "", metadata.updated)
    for (index, part) in parts.enumerated() {
      progress("\(table.table): \(index + 1)/\(parts.count)")
      let request = part.request("\(url)/data", maximumAddress: settings.maximumAddress)
      let version = resuming ? metadata.updated : nil
      let answer = try server.answer(to: request, updated: version) {
        (bytes: [UInt8]) throws(FetchError) in try Self.cube(bytes, url: "\(url)/data")
      }
      let cube = answer.content
      if index == 0 { updated = cube.updated ?? updated }
      guard cube.updated == nil || cube.updated == updated else {
        throw FetchError(
          .changed,
          url: "\(url)/data",
          "The table changed while it was fetched. Fetch it again."
        )
      }
      if let problem = merged.add(cube, of: part) {
        throw FetchError(.invalidContent, url: "\(url)/data", problem)
      }
      digests += answer.sha256.utf8
      bytes += answer.bytes
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

  private static func metadata(
    _ bytes: [UInt8],
    url: String
  ) throws(FetchError) -> CubeMetadata {
    do {
      return try JSONStatReader(file: url, bytes: bytes).metadata()
    } catch {
      throw FetchError(.invalidContent, url: url, "The answer is no metadata: \(error.message)")
    }
  }

  private static func cube(_ bytes: [UInt8], url: String) throws(FetchError) -> Cube {
    do {
      return try JSONStatReader(file: url, bytes: bytes).cube()
    } catch {
      throw FetchError(.invalidContent, url: url, "The answer is not the table: \(error.message)")
    }
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
    let url = "\(base)/config"
    // A server without it has the usual limit; one that cannot be reached says so at the next call.
    let stated = try? server.answer(to: Transfer.Request(url: url)) {
      (bytes: [UInt8]) throws(FetchError) in
      guard let config = try? JSONDecoder().decode(Config.self, from: Data(bytes)) else {
        throw FetchError(.invalidContent, url: url, "The answer is no configuration.")
      }
      return config.maxDataCells
    }.content
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
    return try server.answer(to: Transfer.Request(url: url)) {
      (bytes: [UInt8]) throws(FetchError) in
      guard let list = try? JSONDecoder().decode(List.self, from: Data(bytes)) else {
        throw FetchError(.invalidContent, url: url, "The answer is not a code list.")
      }
      return list.values.map { CubeCategory($0.code, label: $0.label) }
    }.content
  }
}
