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

  /// Divides sources into those that one cube can serve: of one table, with the same variable and code
  /// list of regions, which choose of the same variables by the same code lists.
  ///
  /// A variable that a series leaves out is added up by the server, which it cannot be in the same cube
  /// in which another series chooses of it.
  ///
  /// - Parameter sources: Sources over PxWebApi.
  /// - Returns: The groups, in the order of their first sources; each can be given to `fetch`.
  public static func groups(of sources: [UpdateSource]) -> [[UpdateSource]] {
    var groups: [[UpdateSource]] = []
    for source in sources {
      if let index = groups.firstIndex(where: { TableSelection.canJoin(source, $0[0]) }) {
        groups[index].append(source)
      } else {
        groups.append([source])
      }
    }
    return groups
  }

  /// Fetches what some series need of one table.
  ///
  /// - Parameter sources: The sources, one of `groups(of:)`.
  /// - Returns: One cube with all contents and codes that they choose, and from where it is.
  /// - Throws: `FetchError` when it cannot be fetched, or is not as the sources say.
  public func fetch(_ sources: [UpdateSource]) throws(FetchError) -> FetchedTable {
    guard let first = sources.first else {
      preconditionFailure("At least one series is fetched.")
    }
    do {
      return try fetch(sources, of: first)
    } catch  where error.kind == .interrupted && error.message == Self.changed {
      // The metadata may have changed with the figures, so all is asked again.
      return try fetch(sources, of: first)
    }
  }

  private static let changed = "The table changed while it was fetched. Fetch it again."

  private func fetch(
    _ sources: [UpdateSource],
    of first: UpdateSource
  ) throws(FetchError) -> FetchedTable {
    let url = "\(base)/tables/\(TableQuery.escaped(first.table))"
    progress("\(first.table): metadata")
    let address = "\(url)/metadata?lang=no"
    let request = Transfer.Request(url: address)
    let answer = try server.answer(to: request) { (body) throws(FetchError) in
      do throws(CubeError) {
        let metadata = try JSONStatReader(file: address, bytes: body).metadata()
        return (metadata, metadata.updated)
      } catch {
        throw Self.unreadable(error, body, address, "metadata")
      }
    }
    let checked = try TableSelection(sources, metadata: answer.content, url: url) {
      list throws(FetchError) in
      try codelist(list, url)
    }
    return try data(checked.query, answer.content, url: url, table: first)
  }

  private static func unreadable(
    _ error: CubeError,
    _ body: [UInt8],
    _ url: String,
    _ what: String
  ) -> FetchError {
    let start = body.first { $0 > 0x20 }
    let message =
      start == UInt8(ascii: "<")
      ? "A page for people came instead of \(what), as a proxy or a login gives it. Check the network."
      : "The answer cannot be read as \(what): \(error.message)"
    return FetchError(.invalidContent, url: url, message)
  }

  private func data(
    _ query: TableQuery,
    _ metadata: CubeMetadata,
    url: String,
    table: UpdateSource
  ) throws(FetchError) -> FetchedTable {
    guard query.cells <= Self.mostCells else {
      throw FetchError(
        .notAsExpected,
        url: url,
        "The series need more than \(Self.mostCells) cells of the table. Choose less of it."
      )
    }
    let parts = query.parts(of: cellLimit())
    var merged = MergedTable(query, metadata)
    var (all, requests, retrieved): ([UInt8], [String], [String]) = ([], [], [])
    var (isFromCache, updated) = (true, metadata.updated)
    for (index, part) in parts.enumerated() {
      progress("\(table.table): \(index + 1)/\(parts.count)")
      let (request, answer) = try figures(part, url, updated: metadata.updated)
      let cube = answer.content
      if index == 0 { updated = cube.updated ?? updated }
      guard cube.updated == nil || cube.updated == updated else {
        throw FetchError(.interrupted, url: "\(url)/data", Self.changed)
      }
      guard merged.add(cube) else {
        throw FetchError(
          .invalidContent,
          url: "\(url)/data",
          "The answer has more than 255 different symbols."
        )
      }
      all += answer.body
      requests.append(request.text)
      retrieved.append(answer.retrieved)
      isFromCache = isFromCache && answer.isFromCache
    }
    let first = retrieved.min() ?? ""
    return FetchedTable(
      cube: merged.cube(table: table.table, updated: updated),
      provenance: Provenance(
        url: "\(url)/data",
        query: query.summary,
        requests: requests,
        table: table.table,
        updated: updated ?? "",
        retrieved: first,
        sha256: SHA256.hexadecimal(of: all),
        bytes: all.count,
        isFromCache: isFromCache,
        isUnrevised: table.regionVariable.hasPrefix("KOK") && Self.isBeforeRevision(first)
      )
    )
  }

  /// The most cells that are put together.
  private static let mostCells = 50_000_000

  /// The figures of one part, by GET or, where the address is too long for the server, by POST.
  private func figures(
    _ part: TableQuery,
    _ url: String,
    updated: String?
  ) throws(FetchError) -> (Transfer.Request, StatisticsServer.Answer<Cube>) {
    func ask(
      _ request: Transfer.Request
    ) throws(FetchError) -> (Transfer.Request, StatisticsServer.Answer<Cube>) {
      let answer = try server.answer(to: request, updated: updated) { (body) throws(FetchError) in
        let cube: Cube
        do throws(CubeError) {
          cube = try JSONStatReader(file: "\(url)/data", bytes: body).cube()
        } catch {
          throw Self.unreadable(error, body, request.url, "figures")
        }
        if let problem = MergedTable.problem(cube, of: part) {
          throw FetchError(.invalidContent, url: request.url, problem)
        }
        return (cube, cube.updated)
      }
      return (request, answer)
    }
    let request = part.request("\(url)/data", maximumAddress: settings.maximumAddress)
    do {
      return try ask(request)
    } catch {
      // A proxy may take shorter addresses than the server, which says 404 to those too long.
      let isTooLong = error.status == 404 || error.status == 414
      let isLong = request.body == nil && request.url.utf8.count > 1_000
      let isMissing = settings.isOffline && error.kind == .offline && request.body == nil
      guard (isTooLong && isLong) || isMissing else { throw error }
      do {
        return try ask(part.request("\(url)/data", maximumAddress: 0))
      } catch  where isMissing {
        throw error
      }
    }
  }

  /// Whether a date is between 15 March and 15 June.
  private static func isBeforeRevision(_ date: String) -> Bool {
    let day = date.dropFirst(5).prefix(5)
    return "03-15" <= day && day < "06-15"
  }

  private func cellLimit() -> Int {
    if let maximumCells { return maximumCells }
    struct Config: Decodable {
      let maxDataCells: Int?
    }
    // A server without it has the usual limit; one that cannot be reached says so at the next call.
    let url = "\(base)/config"
    let answer = try? server.answer(to: Transfer.Request(url: url)) { (body) throws(FetchError) in
      guard let config = try? JSONDecoder().decode(Config.self, from: Data(body)) else {
        throw FetchError(.invalidContent, url: url, "The answer is not a configuration.")
      }
      return (config.maxDataCells, nil)
    }
    // A limit of 0 is one that is not in use.
    let stated = answer?.content.flatMap { $0 > 0 ? $0 : nil } ?? settings.maximumCells
    let limit = min(stated, settings.maximumCells)
    maximumCells = limit
    return limit
  }

  private func codelist(_ id: String, _ table: String) throws(FetchError) -> [CubeCategory] {
    struct List: Decodable {
      struct Value: Decodable {
        let code: String
        let label: String?
      }
      let values: [Value]
    }
    let url = "\(base)/codelists/\(TableQuery.escaped(id))?lang=no"
    progress(id)
    do {
      return try server.answer(to: Transfer.Request(url: url)) { (body) throws(FetchError) in
        guard let list = try? JSONDecoder().decode(List.self, from: Data(body)) else {
          throw FetchError(.invalidContent, url: url, "The answer is not a code list.")
        }
        return (list.values.map { CubeCategory($0.code, label: $0.label) }, nil)
      }.content
    } catch  where error.status == 404 || error.status == 400 {
      throw FetchError(
        .notAsExpected,
        url: url,
        status: error.status,
        "There is no code list \"\(id)\"; capital and small letters differ in it. The metadata of the "
          + "table, \(table)/metadata, name those that there are. The catalogue has to be changed "
          + "(update_sources.csv)."
      )
    }
  }
}
