import Cubes
import TestSupport
import Testing

@Suite struct PXReaderTests {
  private func cube(_ text: String) throws -> Cube {
    try PXReader(file: "a.px", bytes: Array(text.utf8)).cube()
  }

  private func file(_ data: String, more: String = "") -> String {
    """
    CHARSET="ANSI";
    LANGUAGE="no";
    LANGUAGES="no","en";
    MATRIX="M";
    TABLEID="11618";
    TITLE="Sysselsatte, "
    "etter region";
    TITLE[en]="Employed";
    CONTENTS="Sysselsatte";
    UNITS="personer";
    SHOWDECIMALS=1;
    STUB="region";
    HEADING="år";
    VALUES("region")="Moss","Råde",
    "Våler";
    VALUES[en]("region")="Moss","Rade","Valer";
    VALUES("år")="2022","2023";
    CODES("region")="3103","3112","3114";
    TIMEVAL("år")=TLIST(A1,"2022"-"2023");
    MAP("region")="kommuner";
    ELIMINATION("region")=YES;
    AGGREGALLOWED=NO;
    NOTEX="All;#of it";
    VALUENOTE("region","Råde")="small";
    CELLNOTE("Moss","2022")="odd";
    DATASYMBOL3=":";
    \(more)DATA=\(data)
    """
  }

  @Test func keywords() throws {
    let cube = try cube(file("1 2.5\n\"..\" \"...\" \n-3,\"-\";\n"))
    #expect(cube.title == "Sysselsatte, etter region" && cube.table == "11618")
    #expect(cube.dimensions.map(\.role) == [.geo, .time, .metric])
    #expect(cube.dimensions[0].categories.map(\.code) == ["3103", "3112", "3114"])
    #expect(cube.dimensions[0].categories[1].notes == [CubeNote("small")])
    #expect(cube.dimensions[0].isEliminable && !cube.isSummable)
    #expect(
      cube.notes == [CubeNote("All;\nof it", isMandatory: true), CubeNote("Moss, 2022: odd")]
    )
    #expect(
      cube.dimensions[2].categories
        == [CubeCategory("Sysselsatte", unit: "personer", decimals: 1)]
    )
    #expect(isSame(cube.values, [1, 2.5, .nan, .nan, -3, 0]))
    #expect((0..<6).map { cube.statuses[$0]?.symbol } == [nil, nil, "..", ":", nil, "-"])
  }

  @Test("rows with keys; those that are left out are of zeros")
  func keys() throws {
    let cube = try cube(file("\"3114\",5 6\n\"3103\",\"..\" 1;", more: "KEYS(\"region\")=CODES;\n"))
    #expect(isSame(cube.values, [.nan, 1, 0, 0, 5, 6]))
    let texts = try self.cube(file("\"Råde\",5 6;", more: "KEYS(\"region\")=VALUES;\n"))
    #expect(texts.values == [0, 0, 5, 6, 0, 0])
  }

  @Test("keys of two variables name the row; a row that stands twice is refused")
  func keysOfTwoVariables() throws {
    let head = """
      STUB="a","b";HEADING="c";VALUES("a")="p","q";VALUES("b")="x","y","z";VALUES("c")="1";
      KEYS("a")=VALUES;KEYS("b")=VALUES;DATA=
      """
    #expect(try cube(head + #""q","y",5 "p","z",7;"#).values == [0, 0, 7, 0, 5, 0])
    #expect(
      errorText { try cube(head + #""q","y",5 "q","y",7;"#) }
        == "a.px:2:50: The row with these keys stands here a second time."
    )
    #expect(
      errorText { try cube(head + #""q","w",5;"#) }
        == #"a.px:2:44: The key "w" is no category of "b"."#
    )
  }

  @Test("a small file cannot claim many cells")
  func limits() {
    let values = (0..<5000).map { "\"\($0)\"" }.joined(separator: ",")
    let text = """
      STUB="a";HEADING="b";VALUES("a")=\(values);VALUES("b")=\(values);KEYS("a")=VALUES;DATA=;
      """
    do throws(CubeError) {
      _ = try PXReader(file: "a.px", bytes: Array(text.utf8)).cube()
      Issue.record("No error")
    } catch {
      #expect(error.kind == .tooLarge, "\(error)")
    }
  }

  @Test("symbols beside values, by codes")
  func cellSymbols() throws {
    let more = "DATANOTECELL(\"3103\",\"*\")=\"*\";\n"
    let cube = try cube(file("1 2 3 4 5 6;", more: more))
    #expect((0..<6).map { cube.statuses[$0]?.symbol } == ["*", "*", nil, nil, nil, nil])
    #expect(cube.values == [1, 2, 3, 4, 5, 6])
  }

  @Test("a category called * is no wildcard, and more than six reasons are kept")
  func symbolsBesideCells() throws {
    let codes = ["a", "*", "c", "d", "e", "f", "g", "h"]
    var cube = Cube(
      title: "",
      dimensions: [CubeDimension(id: "x", categories: codes.map { CubeCategory($0) })],
      values: [.nan, 2, .nan, .nan, .nan, .nan, .nan, .nan]
    )
    var statuses = CellStatuses(count: codes.count)
    for (index, code) in codes.enumerated() { _ = statuses.set("reason \(code)", at: index) }
    cube.statuses = statuses
    let again = try PXReader(file: "a.px", bytes: PXWriter().bytes(of: cube)).cube()
    for index in codes.indices {
      #expect(again.statuses[index]?.symbol == "reason \(codes[index])")
    }
    #expect(again.values[1] == 2)
  }

  @Test("Windows-1252 is taken where the text is no UTF-8, and UTF-8 is held to it")
  func encodings() throws {
    let text = "TITLE=\"\u{1}\";HEADING=\"a\";VALUES(\"a\")=\"x\";DATA=1;"
    let latin = Array(text.utf8).flatMap { $0 == 1 ? [0x4D, 0xF8, 0x80] : [$0] }
    #expect(try PXReader(file: "a.px", bytes: latin).cube().title == "Mø€")
    #expect(try cube(text.replacing("\u{1}", with: "Mø€")).title == "Mø€")
    let wrong = Array("CODEPAGE=\"utf-8\";".utf8) + latin
    #expect(
      errorText { try PXReader(file: "a.px", bytes: wrong).cube() }
        == "a.px:1:25: The text is not in UTF-8, as the file says it is."
    )
  }

  @Test(arguments: [
    ("1 2 3 4 5;", "There are 5 values instead of the 6 that STUB and HEADING make."),
    ("1 2 3 4 5 6 7;", "There are more values than the 6 that STUB and HEADING make."),
    (
      "1 2 x 4 5 6;",
      "a.px:27:10: A value must be a number, - or one to six dots in quotes, not \"x\"."
    ),
    ("1 2 \"3;", "This text is not closed before the end of the file."),
  ])
  func data(data: String, message: String) {
    let found = errorText { try cube(file(data)) }
    #expect(found.contains(message), "\(found)")
  }

  @Test(arguments: [
    ("", "a.px:1:1: The file holds no keywords of PX."),
    ("TITLE=\"a\";", "a.px:1:11: The file ends before DATA."),
    ("TITLE=\"a", "a.px:1:7: This text is not closed before the end of the file."),
    ("TITLE \"a\";", "a.px:1:7: Expected = after the keyword \"TITLE\", found \"\"a\"\"."),
    ("DATA=1;", "a.px:1:1: STUB and HEADING must name 1 to 64 variables, not 0."),
    (
      "STUB=\"regon\";VALUES(\"region\")=\"x\";DATA=1;",
      "a.px:1:1: There is no VALUES(\"regon\"). Did you mean \"region\"?"
    ),
    (
      "STUB=\"a\";VALUES(\"a\")=\"x\",\"y\";CODES(\"a\")=\"x\";DATA=1;",
      "a.px:1:30: \"a\" has 1 codes for 2 values."
    ),
    (
      "STUB=\"a\";VALUES(\"a\")=\"x\",\"x\";DATA=1;",
      "a.px:1:10: \"x\" stands twice among the values of \"a\"."
    ),
  ])
  func malformed(text: String, message: String) {
    #expect(errorText { try cube(text) } == message)
  }
}
