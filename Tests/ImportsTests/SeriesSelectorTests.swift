import Cubes
import Datasets
import Imports
import Regions
import TestSupport
import Testing

@Suite struct SeriesSelectorTests {
  @Test func theCatalogueKnowsTheTable() throws {
    let cube = MadeUpCube.table(
      ages: [("15-74", "15-74 år"), ("20-66", "20-66 år")],
      contents: [("BefolkningBosted", "Befolkning"), ("SysselBosted", "Sysselsatte")]
    )
    let selections = try MadeUpCube.selections(cube)
    #expect(selections.map(\.series) == ["employed.20_66", "employment.base"])
    #expect(selections.map { $0.chosen[1] } == [[1], [1]])
    #expect(selections.map { $0.chosen[2] } == [[1], [0]])
    #expect(selections[0].years == [2023, 2024])
  }

  @Test func theTableMayStandInTheTitle() throws {
    var cube = MadeUpCube.table(table: nil)
    cube.title = "11618: Sysselsatte per 4. kvartal"
    #expect(try MadeUpCube.selections(cube).map(\.series) == ["employed.20_66"])
  }

  @Test func whatIsToldGoesFirst() throws {
    let cube = MadeUpCube.table(ages: [("a", "a"), ("b", "b"), ("c", "c")])
    let selections = try MadeUpCube.selections(cube) { options in
      options.assignments = [.init(series: "employment.base")]
      options.choices = [UpdateSource.Choice("alder=a..b")].compactMap(\.self)
    }
    #expect(selections.map(\.series) == ["employment.base"])
    #expect(selections[0].chosen[1] == [0, 1])
  }

  @Test func aTotalIsTakenWhereNothingIsSaid() throws {
    let cube = MadeUpCube.table(ages: [("F", "Kvinner"), ("T", "Begge kjønn")], table: "99999")
    let selections = try MadeUpCube.selections(cube) {
      $0.assignments = [.init(series: "employed.20_66")]
    }
    #expect(selections[0].chosen[1] == [1])
  }

  @Test func idsOfSeriesAreTheirOwn() throws {
    let cube = MadeUpCube.table(contents: [("jobs.private", "jobs.private")], table: nil)
    #expect(try MadeUpCube.selections(cube).map(\.series) == ["jobs.private"])
  }

  @Test(arguments: [
    ("1000 kr", MeasureUnit.nok, 1000.0), ("1 000 kr", .nok, 1000), ("kr", .nok, 1),
    ("mill. kr", .nok, 1_000_000), ("kr", .thousandNOK, 0.001), ("1000 kr", .thousandNOK, 1),
    ("mill. kr", .thousandNOK, 1000), ("personer", .persons, 1), ("1000 kr", .persons, 1),
  ])
  func unitsAreCarriedOver(unit: String, target: MeasureUnit, factor: Double) throws {
    let cube = MadeUpCube.table(unit: unit)
    let selections = try MadeUpCube.selections(cube) { options in
      options.assignments = [.init(series: "new")]
      options.newSeries = .init(name: "New", unit: target, direction: .higher)
    }
    #expect(selections[0].factor == factor)
  }

  /// What is not clear in a cube, with what a user said of it.
  struct Unclear: Sendable {
    let cube: Cube
    let change: @Sendable (inout ImportOptions) -> Void
    let message: String

    init(
      _ cube: Cube,
      _ change: @escaping @Sendable (inout ImportOptions) -> Void,
      _ message: String
    ) {
      self.cube = cube
      self.change = change
      self.message = message
    }
  }

  static let unclear: [Unclear] = [
    Unclear(
      MadeUpCube.table(table: "99999"),
      { _ in },
      """
      file.json: Which series is this? It is table 99999, "Sysselsatte". Its contents: SysselBosted \
      (Sysselsatte). Say it with --as SERIES; `regionsim data list` shows the series.
      """
    ),
    Unclear(
      MadeUpCube.table(),
      { $0.assignments = [.init(series: "employd.20_66")] },
      """
      file.json: There is no series "employd.20_66". Is it employed.20_66? `regionsim data list` shows \
      them; a new one is made with --new-series NAME and --unit.
      """
    ),
    Unclear(
      MadeUpCube.table(ages: [("a", "Unge"), ("b", "Gamle")]),
      { $0.assignments = [.init(series: "jobs.private")] },
      """
      file.json: alder has 2 values: a (Unge), b (Gamle). Say which are added up, as in --map Alder=a \
      or --map "Alder=*" for all.
      """
    ),
    Unclear(
      MadeUpCube.table(),
      { options in
        options.assignments = [.init(series: "jobs.private")]
        options.choices = [UpdateSource.Choice("Alders=a")].compactMap(\.self)
      },
      """
      file.json: The table has no dimension "Alders". Is it Alder? It has: Region, Alder, \
      ContentsCode, Tid.
      """
    ),
    Unclear(
      MadeUpCube.table(times: ["2024K1", "2024K4"]),
      { _ in },
      """
      file.json: The table has several periods a year (K1, K4). Say which is taken, as in --period K4.
      """
    ),
    Unclear(
      MadeUpCube.table(times: ["2024", "x"]),
      { _ in },
      "file.json: \"x\" is no period of one year, such as 2024, 2024M11 or 2024K4."
    ),
    Unclear(
      MadeUpCube.table(contents: [("a", "A"), ("b", "B")]),
      { $0.assignments = [.init(series: "jobs.private")] },
      """
      file.json: The table has 2 contents: a (A), b (B). Say which is jobs.private, as in --as \
      "a=jobs.private".
      """
    ),
  ]

  @Test(arguments: unclear)
  func whatIsNotClearIsSaid(unclear: Unclear) {
    #expect(
      errorText { try MadeUpCube.selections(unclear.cube, unclear.change) } == unclear.message
    )
  }

  @Test func onePeriodAYearIsTaken() throws {
    let cube = MadeUpCube.table(times: ["2023K4", "2024K3", "2024K4"])
    let selections = try MadeUpCube.selections(cube) { $0.period = "k4" }
    #expect(selections[0].years == [2023, nil, 2024])
  }
}
