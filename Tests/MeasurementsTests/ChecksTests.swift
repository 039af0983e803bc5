import Datasets
import Regions
import Statistics
import TestSupport
import Testing

@testable import Measurements

/// Results are compared with the reference before they are timed.
@Suite struct ChecksTests {
  private static let limits = MachineLimits(threads: [1, 2], isQuick: true)
  private static let settings = BenchmarkSettings(
    units: [40],
    columns: [50],
    threads: [1, 2],
    repeats: 1,
    isQuick: true
  )
  private static let data = ShareColumns(
    base: ShareColumns.base(units: 40, seed: 1),
    columns: 50,
    seed: 1
  )

  private static func expectGood(_ found: [Measurement], _ count: Int) {
    #expect(found.count == count)
    for measurement in found {
      #expect(measurement.isChecked == true)
      #expect(measurement.min <= measurement.median && measurement.median <= measurement.max)
      #expect(measurement.median > 0 && measurement.repeats == 1)
    }
  }

  @Test func goodResultsAreMeasured() throws {
    let (data, settings, limits) = (Self.data, Self.settings, Self.limits)
    let kernels = Kernel.available.count
    // 120 columns: two passes over the block and a part of one.
    let rank = RankBenchmark(data, columns: 120, settings: settings)
    Self.expectGood(try rank.measurements(limits), 2 * kernels)
    let top = TopBenchmark(data, columns: 120, settings: settings)
    Self.expectGood(try top.measurements(limits), 2 * kernels)
    let aggregate = AggregateBenchmark(
      data,
      parts: AggregateBenchmark.parts(units: 40, seed: 1),
      columns: 120,
      settings: settings
    )
    Self.expectGood(try aggregate.measurements(limits), 2 * kernels + 2)
    let weights = WeightsBenchmark(units: 40, draws: 300, settings: settings)
    Self.expectGood(try weights.measurements(limits), 2 * kernels)
  }

  @Test func aWrongRankerIsCaught() {
    let wrong = RankBenchmark(Self.data, columns: 50, settings: Self.settings) {
      data,
      columns,
      places,
      _,
      _ in
      for column in 0..<columns {
        let right = ColumnRanks(of: data.column(column)).places
        for unit in 0..<data.units { places[column * data.units + unit] = UInt16(right[unit]) }
      }
      places[17 * data.units + 5] += 1
    }
    let error = #expect(throws: MeasurementError.self) { try wrong.measurements(Self.limits) }
    #expect(error?.kind == .wrongResult)
    #expect(error?.description.contains("unit 6 of column 18") == true)
  }

  @Test func aRankerThatWritesNothingIsCaught() {
    let idle = RankBenchmark(Self.data, columns: 50, settings: Self.settings) { _, _, _, _, _ in }
    let error = #expect(throws: MeasurementError.self) { try idle.measurements(Self.limits) }
    #expect(error?.kind == .wrongResult)
  }

  /// Beyond the columns that are compared with the reference, kernels are compared with each other.
  @Test func aKernelThatDiffersLateIsCaught() throws {
    let data = ShareColumns(base: ShareColumns.base(units: 9, seed: 1), columns: 4000, seed: 1)
    var settings = Self.settings
    settings.kernels = [.reference, .reference]
    settings.threads = [1]
    var calls = 0
    let late = try #require((200..<4000).first { !data.checked(seed: settings.seed).contains($0) })
    let wrong = RankBenchmark(data, columns: 4000, settings: settings) {
      data,
      columns,
      places,
      _,
      kernel in
      var ranks = BatchRanks(count: data.units, kernel: kernel)
      data.values.withUnsafeBufferPointer {
        ranks.rank(
          columns: columns,
          of: $0,
          stride: data.units,
          into: places,
          placeStride: data.units
        )
      }
      calls += 1
      // The first kernel is called to be checked, and once to be timed.
      if calls == 3 { places[late * data.units] ^= 1 }
    }
    let error = #expect(throws: MeasurementError.self) { try wrong.measurements(Self.limits) }
    #expect(error?.description.contains("differ from those") == true)
  }

  @Test func confidenceSetsHoldThePlaces() throws {
    let base = ShareColumns.base(units: 12, seed: 1)
    let benchmark = ConfidenceBenchmark(
      values: base,
      standardErrors: ConfidenceBenchmark.standardErrors(of: base, seed: 1),
      settings: Self.settings
    )
    let found = try benchmark.measurements()
    Self.expectGood(found, 4)
    #expect(
      found.map(\.implementation.lastWord) == [
        "simultaneous", "simultaneous", "marginal", "marginal",
      ]
    )
    #expect(found.map(\.size.threads) == [1, 2, 1, 2])
  }

  @Test func theEngineAgreesWithPlainLoops() throws {
    let catalogue = try NorwayDataset.catalogue()
    let figures = try EmploymentFigures(catalogue: catalogue, panel: try NorwayDataset.panel())
    #expect(figures.year == 2019)
    #expect(figures.municipalities == 357)
    var settings = Self.settings
    settings.threads = [1, 3]
    let benchmark = try SimulationBenchmark(figures, settings: settings)
    #expect(benchmark.units == 356)
    Self.expectGood(try benchmark.measurements(columns: 100), 2)
    let arrays = benchmark.model.arrays
    #expect(arrays.value.allSatisfy { (0.5...1).contains($0) })
    #expect(arrays.regionOf.allSatisfy { (0..<73).contains($0) })
  }

  @Test func dataOfTheMunicipalities() throws {
    let catalogue = try NorwayDataset.catalogue()
    let figures = try EmploymentFigures(catalogue: catalogue, panel: try NorwayDataset.panel())
    let base = figures.base(units: 357, seed: 1)
    let oslo = try #require(catalogue.register.position(ofCode: "0301"))
    let entry = try #require(figures.levels.entries.first { $0.unit.code == "0301" })
    #expect(base[oslo] == entry.value / 100)
    #expect(base.allSatisfy { (0.5...1).contains($0) })
    #expect(figures.parts(units: 357, seed: 1).count == 73)
    #expect(figures.parts(units: 50, seed: 1).count == 10)
    #expect(try figures.confidence(units: 357, seed: 1).values.count == 356)
    #expect(try figures.confidence(units: 20, seed: 1).errors.allSatisfy { $0 > 0 })
  }
}

extension String {
  /// The last word.
  fileprivate var lastWord: String { split(separator: " ").last.map(String.init) ?? "" }
}
