import Datasets
import Regions
import Statistics
import TestSupport
import Testing

@Suite struct FigureCarrierTests {
  private static let read = Result { try NorwayDataset.dataset().municipalityHistory() }

  private func carry(
    _ figures: [(String, Double)],
    _ year: Int,
    isSummable: Bool = true,
    missing: [String: MissingReason] = [:],
    basis: Basis = .observed
  ) throws -> (
    figures: [String: Double], statuses: [String: FigureStatus], report: FigureCarrier.Report
  ) {
    let register = try NorwayDataset.catalogue().register
    let carrier = FigureCarrier(register: register, history: try Self.read.get())
    let all = figures + missing.keys.sorted().map { ($0, Double.nan) }
    let (column, report) = carrier.carry(
      codes: all.map(\.0),
      values: all.map(\.1),
      statuses: all.map { code, _ in missing[code].map { .missing($0) } ?? .present(basis) },
      year: year,
      isSummable: isSummable
    )
    var result: (figures: [String: Double], statuses: [String: FigureStatus]) = ([:], [:])
    for position in 0..<register.count where column.statuses[position] != .missing(.notInSeries) {
      let code = register.unit(at: position).code
      if !column.values[position].isNaN { result.figures[code] = column.values[position] }
      result.statuses[code] = column.statuses[position]
    }
    return (result.figures, result.statuses, report)
  }

  @Test func todaysNumbersAreNotCarried() throws {
    let found = try carry([("3103", 5), ("0301", 7)], 2016)
    #expect(found.figures == ["3103": 5, "0301": 7])
    #expect(found.report.isUntouched)
  }

  @Test func mergedCountsAreSummed() throws {
    let found = try carry([("0104", 30), ("0136", 14), ("0137", 5)], 2019)
    #expect(found.figures == ["3103": 44, "3114": 5])
    #expect(found.statuses["3103"] == .present(.observed))
    #expect(found.report.merged == ["3103": ["0104", "0136"]])
    #expect(found.report.renumbered == ["0137"])
  }

  @Test func aSumWithoutAPartIsMissing() throws {
    let found = try carry([("0104", 30), ("0137", 5)], 2019, missing: ["0136": .suppressed])
    #expect(found.figures == ["3114": 5])
    #expect(found.statuses["3103"] == .missing(.suppressed))
    // A part without a row is as little known.
    #expect(try carry([("0104", 30), ("0137", 5)], 2019).figures == ["3114": 5])
  }

  @Test func mergedSharesAreMissingAndRenumberedOnesStay() throws {
    let found = try carry([("0104", 70), ("0136", 80), ("0137", 75)], 2019, isSummable: false)
    #expect(found.figures == ["3114": 75])
    #expect(found.statuses["3103"] == .missing(.notComputable))
    #expect(found.report.notComputable == ["3103"])
  }

  /// A share that was merged is the ratio of the sums of its parts, each carried for itself.
  @Test func aShareIsRecomputedFromItsParts() throws {
    let part = try carry([("0104", 70), ("0136", 40)], 2019).figures["3103"]
    let whole = try carry([("0104", 100), ("0136", 50)], 2019).figures["3103"]
    #expect(part == 110)
    #expect(whole == 150)
  }

  @Test func aSplitWithoutWeightsIsMissing() throws {
    let found = try carry([("1850", 10), ("1805", 100), ("1854", 7), ("1849", 3)], 2019)
    #expect(found.figures.isEmpty)
    #expect(found.statuses == ["1806": .missing(.split), "1875": .missing(.split)])
    #expect(found.report.split == ["1850"])
  }

  @Test func whatASplitRestoresIsExact() throws {
    let parts = [
      ("1504", 10.0), ("1523", 2), ("1529", 3), ("1534", 4), ("1546", 1), ("0104", 1), ("0136", 1),
    ]
    let found = try carry(parts, 2019)
    #expect(found.figures == ["1508": 16, "1580": 4, "3103": 2])
    #expect(found.statuses["1580"] == .present(.observed))
  }

  @Test func aCombinedUnitKeepsItsFigure() throws {
    let found = try carry([("1507", 66), ("3002", 50)], 2022)
    #expect(found.figures == ["1507": 66, "3103": 50])
    #expect(found.statuses["1508"] == .missing(.combined))
    #expect(found.report.combined == ["1507"])
  }

  @Test func numbersOfSeveralYearsStandInTheirOwn() throws {
    let mixed = try carry(
      [("0104", 30), ("0136", 14)],
      2019,
      missing: ["3002": .notApplicable, "3103": .notApplicable]
    )
    #expect(mixed.figures == ["3103": 44])
    let wrong = try carry([("0104", 30), ("0136", 14), ("3103", 1)], 2019)
    #expect(wrong.report.outOfUse == ["3103"])
  }

  @Test func twoFiguresOfOneNumberAreReported() throws {
    #expect(try carry([("3103", 5), ("3103", 6)], 2024).report.repeated == ["3103"])
    #expect(try carry([("3103", 5), ("3103", 5)], 2024).report.repeated.isEmpty)
  }

  /// Against a slow oracle that walks the steps year by year; whole numbers, so sums are exact.
  @Test(arguments: [2013, 2016, 2017, 2018, 2019])
  func carriesAsTheStepsSay(year: Int) throws {
    let history = try Self.read.get()
    var generator = SeededGenerator(seed: UInt64(year))
    var current: [String: Double] = [:]
    for code in history.codes(on: year) {
      current[code] = Double(Int.random(in: 0...100_000, using: &generator))
    }
    let given = current.map { ($0.key, $0.value) }
    let splits = Set(history.changes.filter { $0.kind == .split }.map(\.oldCode))
    for step in Set(history.changes.map(\.year)).sorted() where step > year && step < 2024 {
      var next = current
      let changes = history.changes.filter { $0.year == step }
      for change in changes { next[change.oldCode] = nil }
      for change in changes {
        let value = splits.contains(change.oldCode) ? Double.nan : current[change.oldCode] ?? .nan
        next[change.newCode, default: 0] += value
      }
      current = next
    }
    for change in history.changes where change.year == 2024 && change.kind == .renumbered {
      current[change.newCode] = current.removeValue(forKey: change.oldCode)
    }
    let found = try carry(given, year).figures
    for (code, value) in current where !value.isNaN && !["1507", "1508", "1580"].contains(code) {
      #expect(found[code] == value, "\(code)")
    }
    #expect(found.count >= 345)
  }
}
