import Cubes
import Datasets
import Fetching
import FixtureServer
import Foundation
import Synchronization
import TestSupport

/// A clock that does not wait: waiting moves it on.
final class SteppingClock: Sendable {
  private let moment = Mutex(Date(timeIntervalSince1970: 1_795_680_000))
  private let waits = Mutex<[Double]>([])

  var clock: FetchClock {
    FetchClock(
      now: { self.moment.withLock { $0 } },
      wait: { seconds in
        self.waits.withLock { $0.append(seconds) }
        self.moment.withLock { $0 += seconds }
      }
    )
  }

  /// The waits so far, in seconds.
  var waited: [Double] { waits.withLock { $0 } }
}

/// A server with table 11618 in small, and a client for it.
struct MadeUpFetch {
  let server: FixtureServer
  let clock = SteppingClock()
  var settings = FetchSettings()
  var limits = Transfer.Limits()

  /// 4 municipalities × 2 sexes × 3 ages × 2 contents × 3 years; values count up from 1.
  static func table(id: String = "11618", updated: String = "2026-11-26T07:00:00Z") -> FixtureTable
  {
    let regions = ["3103", "3112", "3114", "3216"]
    let dimensions = [
      CubeDimension(
        id: "Region",
        label: "region",
        role: .geo,
        categories: regions.map { CubeCategory($0) }
      ),
      CubeDimension(
        id: "Kjonn",
        categories: [CubeCategory("1", label: "Menn"), CubeCategory("2", label: "Kvinner")],
        isEliminable: true
      ),
      CubeDimension(
        id: "Alder",
        categories: [CubeCategory("15-19"), CubeCategory("20-66"), CubeCategory("67+")]
      ),
      CubeDimension(
        id: "ContentsCode",
        role: .metric,
        categories: [
          CubeCategory("BefolkningBosted", label: "Befolkning"),
          CubeCategory("SysselBosted", label: "Sysselsatte"),
        ]
      ),
      CubeDimension(
        id: "Tid",
        role: .time,
        categories: (2022...2024).map { CubeCategory("\($0)") }
      ),
    ]
    let cube = Cube(
      title: "\(id): Sysselsatte per 4. kvartal",
      table: id,
      source: "Statistisk sentralbyrå",
      updated: updated,
      dimensions: dimensions,
      values: (1...144).map(Double.init)
    )
    return FixtureTable(
      cube,
      codelists: ["agg_KommSummer": regions.map { CubeCategory("K-\($0)", label: "Name of \($0)") }]
    )
  }

  /// The sources of the two series that the table is for, changed as a test wishes.
  static func sources(
    selection: String = "Alder=20-66",
    times: String = "from(2023)",
    title: String = "sysselsatte",
    contents: [String] = ["SysselBosted", "BefolkningBosted"],
    codelist: String = "agg_KommSummer",
    region: String = "Region"
  ) throws -> [UpdateSource] {
    let fixture = try FixtureDataset()
    let header = """
      series,method,table,contents,contents_words,region_variable,region_codelist,selection,times,\
      title_words,factor,status,url,instruction,note

      """
    let rows = zip(["employed.20_66", "employment.base"], contents).map { series, content in
      "\(series),pxwebapi,11618,\(content),,\(region),\(codelist),\(selection),\(times),\(title),1,verified,,,"
    }
    try fixture.directory.write(
      header + rows.joined(separator: "\n") + "\n",
      to: "update_sources.csv"
    )
    try fixture.replace(
      "\"resources\": [",
      with: "\"resources\": [{\"path\": \"update_sources.csv\"},",
      in: "datapackage.json"
    )
    return try fixture.dataset().updateSources()
  }

  init() throws {
    server = try FixtureServer([Self.table()])
    limits.connectMilliseconds = 5_000
    limits.totalMilliseconds = 5_000
  }

  /// A client for the server.
  var client: PxWebClient {
    PxWebClient(
      base: server.base,
      transfer: Transfer(userAgent: "regionsim/test", limits: limits),
      settings: settings,
      clock: clock.clock
    )
  }

  /// The requests of figures so far.
  var dataCalls: [FixtureServer.Request] { server.log.filter { $0.target.contains("/data") } }
}
