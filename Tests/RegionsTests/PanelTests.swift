import Regions
import TestSupport
import Testing

@Suite struct PanelTests {
  @Test func yearsAscendAndUnknownOnesAreMissing() {
    let panel = Sample.panel(["n": [2021: [1, 1, 1, 1, 1, 1], 2019: [2, 2, 2, 2, 2, 2]]])
    #expect(panel.years(of: "n") == [2019, 2021])
    #expect(panel.years(of: "other").isEmpty)
    let column = panel.column("n", year: 2020)
    #expect(column.values.allSatisfy { $0.isNaN })
    #expect(column.statuses == Array(repeating: .missing(.notInSeries), count: 6))
    #expect(panel.column("n", year: 2021).values == [1, 1, 1, 1, 1, 1])
  }

  @Test func combinedSumsTakeTheWeakestStatus() {
    var panel = Panel(register: Sample.register())
    var column = Sample.column([1, 2, 3, 4, 5, nil], year: 2020)
    column.statuses[4] = .present(.estimated)
    panel.add(Sample.series("n"), columns: [2020: column])
    panel.add(Sample.series("rate", isSummable: false), columns: [2020: column])
    let sums = panel.columnWithCombinedSums("n", year: 2020)
    #expect(sums.values == [1, 2, 3, 4, 5, 9])
    #expect(sums.statuses[5] == .present(.estimated))
    #expect(panel.columnWithCombinedSums("rate", year: 2020).values[5].isNaN)
    #expect(panel.column("n", year: 2020).values[5].isNaN)
  }

  @Test func combinedSumsKeepTheFigureOfTheUnit() {
    let panel = Sample.panel(["n": [2020: [1, 2, 3, 4, 5, 10], 2021: [1, 2, 3, nil, 5, nil]]])
    #expect(panel.columnWithCombinedSums("n", year: 2020).values[5] == 10)
    #expect(panel.columnWithCombinedSums("n", year: 2021).values[5].isNaN)
  }

  @Test func breaksHoldForTheirUnitsAndYear() {
    var panel = Panel(register: Sample.register())
    panel.add(
      Sample.series("n"),
      columns: [:],
      breaks: [
        SeriesBreak(series: "n", municipality: "0103", year: 2020, reason: ""),
        SeriesBreak(series: "n", municipality: nil, year: 2022, reason: ""),
      ]
    )
    #expect(
      (0..<6).map { panel.isBreak("n", year: 2020, position: $0) }
        == [false, false, false, true, false, true]
    )
    #expect((0..<6).allSatisfy { panel.isBreak("n", year: 2022, position: $0) })
    #expect(!panel.isBreak("n", year: 2021, position: 3))
    #expect(!panel.isBreak("other", year: 2022, position: 3))
  }

  @Test func columnOfAnotherSizeIsRefused() async {
    await #expect(processExitsWith: .failure) {
      var panel = Panel(register: Sample.register())
      panel.add(Sample.series("n"), columns: [2020: Column(count: 5, year: 2020)])
    }
  }
}
