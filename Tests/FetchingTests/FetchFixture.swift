internal import Cubes
internal import FixtureServer
internal import Synchronization

@testable internal import Datasets
@testable internal import Fetching

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A clock that does not wait: time passes when somebody waits.
final class TestClock: Sendable {
  private let state: Mutex<(now: Double, waits: [Double])>

  /// Creates a clock that stands at seconds after 1970; by default at 2026-02-01 12:00 UTC.
  init(_ now: Double = 1_769_947_200) { state = Mutex((now, [])) }

  /// The waits so far.
  var waits: [Double] { state.withLock { $0.waits } }

  /// The clock as a client takes it.
  var clock: FetchClock {
    FetchClock(
      now: { Date(timeIntervalSince1970: self.state.withLock { $0.now }) },
      wait: { seconds in
        self.state.withLock {
          $0.now += seconds
          $0.waits.append(seconds)
        }
      }
    )
  }
}

/// A table like 07459: population by region, age, sex, content and year.
func populationTable(years: ClosedRange<Int> = 2015...2024, updated: String = "v1") -> FixtureTable
{
  let regions = [("0", "Norge"), ("3001", "Halden (-2023)"), ("3101", "Halden"), ("3103", "Moss")]
  let dimensions = [
    CubeDimension(
      id: "Region",
      label: "region",
      role: .geo,
      categories: regions.map { CubeCategory($0.0, label: $0.1) },
      isEliminable: true
    ),
    CubeDimension(
      id: "Alder",
      label: "alder",
      categories: (18...24).map { CubeCategory("0\($0)", label: "\($0) år") },
      isEliminable: true
    ),
    CubeDimension(
      id: "ContentsCode",
      label: "statistikkvariabel",
      role: .metric,
      categories: [
        CubeCategory("Personer1", label: "Personer", unit: "personer", decimals: 0),
        CubeCategory("Kvinner", label: "Kvinner", unit: "personer", decimals: 0),
      ]
    ),
    CubeDimension(
      id: "Tid",
      label: "år",
      role: .time,
      categories: years.map { CubeCategory("\($0)") }
    ),
  ]
  let count = dimensions.reduce(1) { $0 * $1.categories.count }
  return FixtureTable(
    cube: Cube(
      title: "07459: Befolkning, etter region, alder, statistikkvariabel og år",
      table: "07459",
      source: "Statistisk sentralbyrå",
      updated: updated,
      dimensions: dimensions,
      values: (0..<count).map { Double($0 % 997) }
    )
  )
}

/// Municipalities today, with those before added up.
let municipalities = FixtureCodelist(
  "agg_KommSummer",
  values: [
    .init("K-3101", label: "Halden", members: ["3001", "3101"]),
    .init("K-3103", label: "Moss", members: ["3103"]),
  ]
)

/// A source of the population, with what differs.
func source(
  _ series: String = "population.total",
  table: String = "07459",
  contents: String? = "Personer1",
  contentsWords: String? = nil,
  region: String = "Region",
  codelist: String? = "agg_KommSummer",
  selection: [UpdateSource.Choice] = [],
  times: String = "from(2015)",
  titleWords: String = "befolkning"
) -> UpdateSource {
  UpdateSource(
    series: series,
    method: .pxwebapi,
    table: table,
    contents: contents,
    contentsWords: contentsWords,
    regionVariable: region,
    regionCodelist: codelist,
    selection: selection,
    times: times,
    titleWords: titleWords,
    factor: 1,
    status: .verified,
    url: "",
    instruction: "",
    note: ""
  )
}

/// Ages that are added up.
func ages(_ first: String, _ last: String) -> UpdateSource.Choice {
  UpdateSource.Choice(variable: "Alder", terms: [.range(first, last)])
}

/// A server with the population, and a client of it whose time does not pass by itself.
struct FetchFixture {
  let server: FixtureServer
  let clock = TestClock()
  var settings = FetchSettings()
  var limits = Transfer.Limits()

  init(_ table: FixtureTable = populationTable()) throws {
    server = try FixtureServer(tables: [table], codelists: [municipalities])
  }

  var transfer: Transfer {
    Transfer(userAgent: "regionsim/test", limits: limits, usesProxies: false)
  }

  /// A client that has asked nothing yet.
  func client(_ progress: @escaping (String) -> Void = { _ in }) -> PxWebClient {
    PxWebClient(
      base: server.pxWebURL,
      transfer: transfer,
      settings: settings,
      clock: clock.clock,
      progress: progress
    )
  }

  func fetch(_ sources: [UpdateSource] = [source()]) throws -> FetchedTable {
    try client().fetch(sources)
  }

  /// The error that fetching gives, `nil` for none.
  func error(_ sources: [UpdateSource] = [source()]) -> FetchError? {
    do throws(FetchError) {
      _ = try client().fetch(sources)
      return nil
    } catch {
      return error
    }
  }

  /// The requests for figures so far.
  var dataRequests: [FixtureRequest] { server.log.filter { $0.path.hasSuffix("/data") } }
}

extension FetchFixture {
  /// The names of the files that are kept.
  func keptFiles() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: settings.cache ?? "").sorted()
  }
}
