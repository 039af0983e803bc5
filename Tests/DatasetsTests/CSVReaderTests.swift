import TestSupport
import Testing

@testable import Datasets

@Suite struct CSVReaderTests {
  private func rows(_ text: String) throws -> [[String]] { try rows(bytes: Array(text.utf8)) }

  private func rows(bytes: [UInt8]) throws -> [[String]] {
    var reader = try CSVReader(file: "a.csv", bytes: bytes)
    var fields: [CSVReader.Field] = []
    var rows: [[String]] = []
    while try reader.readRow(into: &fields) { rows.append(fields.map(reader.text)) }
    return rows
  }

  @Test(arguments: [
    ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
    ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
    ("a,,\n,,\n", [["a", "", ""], ["", "", ""]]),
    ("\n\na\n\r\n\nb\n\n", [["a"], ["b"]]),
    ("\"a,b\",c\n", [["a,b", "c"]]),
    ("\"say \"\"hi\"\"\",\"\"\n", [["say \"hi\"", ""]]),
    ("\"\"\"\"\n", [["\""]]),
    ("\"two\nlines\",b\r\nc,d\n", [["two\nlines", "b"], ["c", "d"]]),
    ("a,\"b\"\r\n", [["a", "b"]]),
    ("5\" pipe,x\n", [["5\" pipe", "x"]]),
    ("Våler,Ås\n", [["Våler", "Ås"]]),
    ("\u{FEFF}a,b\n", [["a", "b"]]),
    ("a \r,b\n", [["a \r", "b"]]),
    ("", []),
    ("\n", []),
  ])
  func fields(text: String, expected: [[String]]) throws {
    #expect(try rows(text) == expected)
  }

  @Test func linesAreCountedOverQuotedLineBreaks() throws {
    var reader = try CSVReader(file: "a.csv", bytes: Array("a\n\n\"b\n\nc\"\nd\n".utf8))
    var fields: [CSVReader.Field] = []
    var lines: [Int] = []
    while try reader.readRow(into: &fields) { lines.append(reader.line) }
    #expect(lines == [1, 3, 6])
  }

  @Test(arguments: [
    ("Våler,Ås,x\n", 2, "a.csv:1:10: here"),
    ("\u{FEFF}Våler,Ås,x\n", 1, "a.csv:1:7: here"),
    ("a\nåæø,\"Ås\",x\n", 1, "a.csv:2:6: here"),
    ("a\n\"å\nø\",xyz,q\n", 0, "a.csv:2:2: here"),
    ("a\n\"å\nø\",xyz,q\n", 1, "a.csv:3:4: here"),
    ("a\n\"å\nø\",xyz,q\n", 2, "a.csv:3:8: here"),
  ])
  func placeOfAField(text: String, index: Int, expected: String) throws {
    var reader = try CSVReader(file: "a.csv", bytes: Array(text.utf8))
    var fields: [CSVReader.Field] = []
    while try reader.readRow(into: &fields), fields.count == 1 {}
    let field = try #require(fields.indices.contains(index) ? fields[index] : nil)
    #expect(reader.error(field, "here").description == expected)
  }

  @Test(arguments: [
    (
      "a,b\n1,2",
      "a.csv:2: The file ends in the middle of a line, so it is cut off. Fetch or save it again."
    ),
    ("a\nx,\"åb\nc\n", "a.csv:2:3: A quoted field is not closed before the end of the file."),
    ("x\ny\n\"", "a.csv:3: The file ends in the middle of a line, so it is cut off. |"),
    (
      "å,\"b\"c\n",
      "a.csv:1:4: A closing quote must be followed by a comma or the end of the line."
    ),
  ])
  func malformed(text: String, message: String) {
    let expected = message.replacing("|", with: "Fetch or save it again.")
    #expect(errorText { try rows(text) } == expected)
  }

  @Test func otherEncodingsAreNamed() {
    for mark: [UInt8] in [[0xFF, 0xFE], [0xFE, 0xFF]] {
      #expect(
        errorText { try rows(bytes: mark + [0x61, 0, 0x0A, 0]) }
          == "a.csv:1: The file is in UTF-16. Save it as \"CSV UTF-8\"."
      )
    }
    let windows: [UInt8] = Array("code\n3103 Moss\n3114 V".utf8) + [0xE5] + Array("ler\n".utf8)
    #expect(
      errorText { try rows(bytes: windows) } == """
        a.csv:3: The file is not in UTF-8; this line is probably in Windows-1252 or ISO-8859-1. \
        Save it as "CSV UTF-8".
        """
    )
  }
}
