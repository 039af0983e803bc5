public import Regions

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Fetches changes of municipality numbers from Statistics Norway's Klass (classification 131,
/// https://www.ssb.no/klass/klassifikasjoner/131).
public struct KlassClient {
  private let base: String
  private let server: StatisticsServer

  /// Prepares a client.
  ///
  /// - Parameters:
  ///   - base: The address of the service.
  ///   - transfer: What speaks HTTP.
  ///   - settings: How the server is asked.
  ///   - clock: The time.
  public init(
    base: String = "https://data.ssb.no/api/klass/v1",
    transfer: Transfer,
    settings: FetchSettings = FetchSettings(),
    clock: FetchClock = .system
  ) {
    self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
    server = StatisticsServer(settings, transfer: transfer, clock: clock)
  }

  /// One change as Klass states it.
  public struct Change: Sendable, Hashable, Decodable {
    /// The number until then; `nil` for a new one.
    public let oldCode: String?
    /// The name until then.
    public let oldName: String?
    /// The number from then; `nil` for one that ends.
    public let newCode: String?
    /// The name from then.
    public let newName: String?
    /// The date, such as `2024-01-01`.
    public let changeOccurred: String
  }

  /// The changes of numbers between two dates; changes of names alone are left out.
  ///
  /// - Parameters:
  ///   - first: The first date, such as `2024-01-01`.
  ///   - last: The day after the last one.
  /// - Returns: The changes in the order of the server.
  /// - Throws: `FetchError` when they cannot be fetched.
  public func changes(from first: String, to last: String) throws(FetchError) -> [Change] {
    struct Answer: Decodable {
      let codeChanges: [Change]
    }
    let url = "\(base)/classifications/131/changes?from=\(first)&to=\(last)"
    let request = Transfer.Request(url: url)
    let answer = try server.answer(to: request) {
      (body) throws(FetchError) -> ([Change], String?) in
      guard let found = try? JSONDecoder().decode(Answer.self, from: Data(body)) else {
        throw FetchError(.invalidContent, url: url, "The answer is not a list of changes.")
      }
      return (found.codeChanges, nil)
    }
    return answer.content.filter { $0.oldCode != $0.newCode }
  }

  /// The changes that a history does not have, such as those of a later year.
  ///
  /// - Parameters:
  ///   - history: The history.
  ///   - last: The day after the last one that is asked for.
  /// - Returns: The changes in the order of the server.
  /// - Throws: `FetchError` when they cannot be fetched.
  public func changes(
    missingIn history: MunicipalityHistory,
    to last: String
  ) throws(FetchError) -> [Change] {
    let known = Set(history.changes.map { "\($0.year) \($0.oldCode) \($0.newCode)" })
    return try changes(from: "\(history.firstYear + 1)-01-01", to: last).filter { change in
      let year = change.changeOccurred.prefix(4)
      return !known.contains("\(year) \(change.oldCode ?? "") \(change.newCode ?? "")")
    }
  }
}
