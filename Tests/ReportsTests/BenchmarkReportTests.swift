import Regions
import Testing

@testable import Measurements
@testable import Reports

@Suite struct BenchmarkReportTests {
  private static let settings = BenchmarkSettings(units: [10], columns: [1000], threads: [1])

  private static func measurement(
    _ work: BenchmarkWork,
    _ name: String,
    seconds: [Double],
    unit: Measurement.Unit,
    processorSeconds: Double? = nil
  ) -> Measurement {
    Measurement(
      work,
      name,
      size: Measurement.Size(units: 10, columns: 1000, threads: 1),
      timing: Timing(
        seconds: seconds,
        processorSeconds: processorSeconds ?? seconds.reduce(0, +)
      ),
      unit: unit
    )
  }

  private static func report(
    _ measurements: [Measurement],
    peers: [Measurement] = [],
    core: String = "SkylakeX",
    flags: String = "avx2 avx512f avx512dq avx512bw avx512vl",
    _ language: Language = .en
  ) -> BenchmarkReport {
    var limits = MachineLimits(threads: [], isQuick: true)
    limits.core = core
    limits.processor = Processor(
      information: "model name : One\nflags : \(flags)",
      cache: "1M",
      cores: 2
    )
    var result = BenchmarkResult(limits: limits)
    result.comparisons = BenchmarkRun.comparisons(measurements, peers)
    result.measurements = measurements + result.comparisons.flatMap(\.peers)
    result.skipped = [BenchmarkResult.Skipped(work: "rank", implementation: "R", reason: "no R")]
    return BenchmarkReport(
      result,
      settings: settings,
      program: "regionsim 0",
      vintage: "data 1",
      language: language
    )
  }

  private static let own = [
    measurement(.rank, "regionsim fast", seconds: [1.0, 2, 3], unit: .nanosecondsPerElement),
    measurement(.commands, "regionsim --version", seconds: [0.25], unit: .milliseconds),
  ]

  @Test(arguments: [
    ("Prescott", "avx2 avx512f avx512dq avx512bw avx512vl", "4 times", "SkylakeX"),
    ("Haswell", "avx2 avx512f avx512dq avx512bw avx512vl", "2 times", "SkylakeX"),
    ("Prescott", "avx2", "2 times", "Haswell"),
  ])
  func openBLASBelowTheProcessor(core: String, flags: String, times: String, wanted: String) {
    let notes = Self.report(Self.own, core: core, flags: flags).report().notes
    let note = notes.first { $0.hasPrefix("OpenBLAS uses \(core)") }
    #expect(note?.contains("up to \(times) as fast with OPENBLAS_CORETYPE=\(wanted)") == true)
  }

  @Test(arguments: [
    ("SkylakeX", "avx2 avx512f avx512dq avx512bw avx512vl"), ("Haswell", "avx2"), ("Zen", "avx2"),
    ("Prescott", "sse2"), ("NEOVERSEN1", ""),
  ])
  func openBLASAsGoodAsTheProcessor(core: String, flags: String) {
    let notes = Self.report(Self.own, core: core, flags: flags).report().notes
    #expect(!notes.contains { $0.hasPrefix("OpenBLAS uses") })
  }

  @Test func tablesHaveNoEmptyColumns() throws {
    let tables = Self.report(Self.own).report().tables
    #expect(tables.map(\.name) == ["machine", "rank", "commands"])
    let rank = try #require(tables.first { $0.name == "rank" })
    #expect(
      rank.columns.compactMap(\.title) == [
        "By", "Units", "Columns", "Threads", "Median", "Least", "Most", "Unit", "Columns/s",
      ]
    )
    #expect(rank.text(.en, isStyled: false).contains("200,000"))
    // 2 seconds for 1,000 columns of 10 units.
    #expect(rank.rows.first?.contains(.number(500, decimals: 0)) == true)
  }

  @Test func peersFromTheFastestDown() throws {
    var peers = [3.0, 1.5, 8].map {
      Self.measurement(.rank, "peer \($0)", seconds: [$0], unit: .nanosecondsPerElement)
    }
    for index in peers.indices { peers[index].isPeer = true }
    let report = Self.report(Self.own, peers: peers)
    let table = try #require(report.report(.peers).tables.first)
    #expect(table.marked == [0])
    #expect(
      table.rows.map { $0[1] } == [
        .text("regionsim fast"), .text("peer 1.5"), .text("peer 3.0"), .text("peer 8.0"),
      ]
    )
    let times = try #require(table.columns.firstIndex { $0.key == "times_regionsim" })
    #expect(
      table.rows.map { $0[times] } == [
        .number(1, decimals: 2), .number(0.75, decimals: 3), .number(1.5, decimals: 2),
        .number(4, decimals: 2),
      ]
    )
    #expect(report.file.tables.first?.rows.count == 5)
    #expect(report.report(.measurements).tables.map(\.name) == ["rank", "commands"])
  }

  @Test func disturbancesAreTold() {
    let busy = Self.measurement(
      .rank,
      "regionsim slow",
      seconds: [4],
      unit: .nanosecondsPerElement,
      processorSeconds: 2
    )
    let notes = Self.report(Self.own + [busy]).report(.measurements).notes
    #expect(
      notes.first?.hasPrefix(
        "Other programs used the processor meanwhile: 1 of 2 measurements had below 85 % of it"
      ) == true
    )
    let calm = Self.report(Self.own).report().notes
    #expect(!calm.contains { $0.hasPrefix("Other programs") })
    #expect(calm.contains("Left out: rank, R: no R."))
  }

  @Test func jsonOfAMeasurement() throws {
    guard case .object(let document) = Self.report(Self.own).json,
      case .array(let measurements) = document["measurements"],
      case .object(let first) = measurements.first, case .object = document["machine"]
    else {
      Issue.record("The document is no object with measurements.")
      return
    }
    #expect(measurements.count == 2)
    #expect(first["work"] == .string("rank"))
    #expect(first["implementation"] == .string("regionsim fast"))
    #expect(first["units"] == .integer(10) && first["columns"] == .integer(1000))
    #expect(first["threads"] == .integer(1) && first["unit"] == .string("ns/element"))
    #expect(first["min"] == .integer(100_000) && first["max"] == .integer(300_000))
    #expect(first["median"] == .integer(200_000) && first["checked"] == .null)
    #expect(document["seed"] == .string("1"))
    #expect(try Self.report(Self.own, .nb).json.text().contains("Målinger av regionsim 0"))
  }
}
