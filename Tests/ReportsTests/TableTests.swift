import Regions
import Reports
import Testing

@Suite struct TableTests {
  /// Every kind of cell; the second row is marked.
  static var sample: Table {
    var table = Table(
      name: "sample",
      title: "A sample",
      columns: [
        Table.Column("code", "Code"), Table.Column("name", "Name | note"),
        Table.Column("basis", "Basis"), Table.Column("year", "Year"),
        Table.Column("value", "Value"), Table.Column("movement", "Movement"),
        Table.Column("rank", "Place"), Table.Column("hidden", nil),
      ]
    )
    table.add([
      .text("0301"), .text("Oslo"), .word("observed", shown: "observert"), .integer(2024),
      .number(1234.5678, decimals: 1), .signed(-3, decimals: 0), .place(2.5), .text("a"),
    ])
    table.add(
      [
        .text("3103"), .text("Moss; a|b, \"c\""), .word("carried", shown: ""), .integer(2019),
        .missing("–"), .signed(12, decimals: 0), .place(10), .missing(""),
      ],
      marked: true
    )
    table.add([
      .text("1"), .text("two\nlines"), .word("plan", shown: "plan"), .integer(800),
      .number(-0.04, decimals: 1), .missing("no movement"), .missing("–"), .text("b"),
    ])
    return table
  }

  @Test func textAlignsNumbersToTheRight() {
    var table = Self.sample
    table.rows.removeLast()
    #expect(
      table.text(.en, isStyled: false) == """
          Code  Name | note     Basis      Year    Value  Movement  Place
          ────  ──────────────  ─────────  ────  ───────  ────────  ─────
          0301  Oslo            observert  2024  1,234.6        −3    2.5
        ▸ 3103  Moss; a|b, "c"             2019        –       +12     10
        """
    )
  }

  @Test func textInNorwegian() {
    let line = Self.sample.text(.nb, isStyled: false).split(separator: "\n")[2]
    #expect(line == "  0301  Oslo            observert  2024  1\u{A0}234,6           −3    2,5")
  }

  @Test func styleIsBoldForHeadingAndMarkedRows() {
    let styled = Self.sample.text(.en, isStyled: true)
    let plain = Self.sample.text(.en, isStyled: false)
    let lines = styled.split(separator: "\n")
    #expect(lines.indices.filter { lines[$0].hasPrefix("\u{1B}[1m") } == [0, 3])
    #expect(
      styled.replacing("\u{1B}[1m", with: "").replacing("\u{1B}[0m", with: "") == plain
    )
  }

  @Test func textOfATableWithoutRows() {
    let table = Table(name: "t", title: "", columns: [Table.Column("a", "Alpha")])
    #expect(table.text(.en, isStyled: false) == "  Alpha\n  ─────")
    #expect(table.csv() == "a\n")
    #expect(table.json == .array([]))
  }

  @Test func markdown() {
    #expect(
      Self.sample.markdown(.en) == """
        | Code | Name \\| note | Basis | Year | Value | Movement | Place |
        | --- | --- | --- | ---: | ---: | ---: | ---: |
        | 0301 | Oslo | observert | 2024 | 1,234.6 | −3 | 2.5 |
        | **3103** | **Moss; a\\|b, "c"** |  | **2019** | **–** | **+12** | **10** |
        | 1 | two lines | plan | 800 | 0.0 | no movement | – |
        """
    )
  }

  @Test func csv() {
    #expect(
      Self.sample.csv() == """
        code,name,basis,year,value,movement,rank,hidden
        0301,Oslo,observed,2024,1234.5678,-3,2.5,a
        3103,"Moss; a|b, ""c""\",carried,2019,,12,10,
        1,"two
        lines",plan,800,-0.04,,,b

        """
    )
  }

  @Test func csvForNorwegianExcel() {
    let text = Self.sample.csv(.norwegianExcel)
    #expect(
      text == "\u{FEFF}code;name;basis;year;value;movement;rank;hidden\r\n"
        + "0301;Oslo;observed;2024;1234,5678;-3;2,5;a\r\n"
        + "3103;\"Moss; a|b, \"\"c\"\"\";carried;2019;;12;10;\r\n"
        + "1;\"two\nlines\";plan;800;-0,04;;;b\r\n"
    )
    #expect(Array(text.utf8.prefix(3)) == [0xEF, 0xBB, 0xBF])
  }

  @Test func csvQuotesOnlyWhatNeedsIt() {
    let texts = ["plain", "a,b", "a;b", "say \"x\"", "a\rb", " space ", "", "æøå"]
    let table = Table(
      name: "t",
      title: "",
      columns: texts.indices.map { Table.Column("c\($0)", "") },
      rows: [texts.map(Table.Cell.text)]
    )
    let lines = table.csv().split(separator: "\n")
    #expect(lines[1] == "plain,\"a,b\",a;b,\"say \"\"x\"\"\",\"a\rb\", space ,,æøå")
    let norwegian = table.csv(.norwegianExcel).split(separator: "\r\n")
    #expect(norwegian[1] == "plain;a,b;\"a;b\";\"say \"\"x\"\"\";\"a\rb\"; space ;;æøå")
  }

  @Test func json() throws {
    guard case .array(let rows) = Self.sample.json, rows.count == 3 else {
      Issue.record("not three rows")
      return
    }
    #expect(
      rows[1]
        == .object([
          "code": .string("3103"), "name": .string("Moss; a|b, \"c\""),
          "basis": .string("carried"), "year": .integer(2019), "value": .null,
          "movement": .integer(12), "rank": .integer(10), "hidden": .null,
        ])
    )
    guard case .object(let first) = rows[0] else { return }
    #expect(first["value"] == .number(1234.5678))
    #expect(first["rank"] == .number(2.5))
  }
}
