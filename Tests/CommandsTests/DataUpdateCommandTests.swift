import Cubes
import FixtureServer
import TestSupport
import Testing

/// The catalogue's series fetched from a server on the loopback interface.
@Suite struct DataUpdateCommandTests {
  private let place: Workplace
  private let server: FixtureServer
  private let table: Cube

  init() throws {
    place = try Workplace()
    let reading = try CubeFile.read(file: "11618.json", bytes: Array(Workplace.text.utf8))
    var cube = try #require(reading.cubes.first)
    cube.table = "11618"
    table = cube
    let region = try #require(cube.dimensions.first { $0.id == "Region" })
    let today = FixtureCodelist(
      "agg_KommSummer",
      values: region.categories.map { .init($0.code, label: $0.label, members: [$0.code]) }
    )
    server = try FixtureServer(tables: [FixtureTable(cube: cube)], codelists: [today])
  }

  private func update(_ series: String, _ flags: String = "") async throws -> RegionsimProcess {
    let addresses = "--server \(server.pxWebURL) --klass \(server.klassURL) --cache cache"
    return try await place.run("data update \(series) \(addresses) \(flags)")
  }

  @Test func oneCommandBringsTheNewestFigures() async throws {
    let fetched = try await update("employed.20_66 employment.base")
    #expect(fetched.code == 0, "\(fetched.errors)")
    #expect(
      row("employed.20_66", "2024", "352", "stored", in: fetched.output) != nil,
      "\(fetched.output)"
    )
    let rank = try await place.run("rank employment.share --around Mosseregionen --format csv")
    #expect(rank.output.contains("2024"))
    #expect(rank.output.contains("regionsim-data"))
    // Again, without the network: the answers are kept, and nothing is new.
    server.clearLog()
    let offline = try await update("employed.20_66 employment.base", "--offline")
    #expect(offline.code == 0, "\(offline.errors)")
    #expect(row("employed.20_66", "0", "356", "unchanged", in: offline.output) != nil)
    #expect(offline.output.contains("Nothing is stored."))
    #expect(server.log.isEmpty)
  }

  @Test func aFailedSeriesLeavesTheRest() async throws {
    // The server has no table 07459.
    let run = try await update("employed.20_66 employment.base population.total")
    #expect(run.code == 69)
    #expect((run.output + run.errors).contains("population.total"))
    #expect(place.hasLayer)
    let list = try await place.run("data list --format csv")
    func isMine(_ id: String) -> Bool {
      list.output.split(separator: "\n").contains {
        $0.hasPrefix("\(id),") && $0.contains("regionsim-data")
      }
    }
    #expect(isMine("employed.20_66"))
    #expect(!isMine("population.total"))
  }

  @Test func revisedFiguresAreTakenAndCompared() async throws {
    _ = try await update("employed.20_66 employment.base")
    let vintage = try #require(
      try await place.run("rank employment.share").output.firstMatch(of: /2026-11-26-[0-9a-f]{8}/)
    )
    var revised = table
    revised.updated = "2026-12-01T07:00:00Z"
    // The first cell is Oslo's population aged 20-66.
    revised.values[0] += 1_000
    server.set(FixtureTable(cube: revised))
    let run = try await update("employed.20_66 employment.base")
    #expect(run.code == 0, "\(run.errors)")
    #expect(row("employment.base", "1", "355", "stored", in: run.output) != nil, "\(run.output)")
    #expect(row("employment.base", "0301", "461,399", "462,399", in: run.output) != nil)
    let diff = try await place.run(
      "data diff --vintage \(vintage.output) --format csv --what figures"
    )
    #expect(diff.code == 0, "\(diff.errors)")
    #expect(diff.output.split(separator: "\n").filter { $0.contains("0301") }.count == 1)
  }
}
