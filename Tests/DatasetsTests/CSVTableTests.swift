import TestSupport
import Testing

@testable import Datasets

@Suite struct CSVTableTests {
  private enum Colour: String, CaseIterable { case red, green }

  private func table(_ text: String, _ required: [String]) throws -> CSVTable {
    try CSVTable(file: "a.csv", bytes: Array(text.utf8), required: required)
  }

  @Test func columnsAreFoundByNameInAnyOrder() throws {
    var table = try table("other,b,a\nx,2,\"1, 2\"\ny,,-7.5\n", ["a", "b"])
    #expect(try table.next())
    #expect(table.text("a") == "1, 2")
    #expect(try table.integer("b") == 2)
    #expect(table.line == 2)
    #expect(try table.next())
    #expect(table.optionalText("b") == nil)
    #expect(try table.number("b") == nil)
    #expect(try table.number("a") == -7.5)
    #expect(try !table.next())
  }

  @Test(arguments: [
    ("", "a.csv:1: The file is empty; its first line must be colour,number."),
    ("color,number\n", "a.csv:1: The column \"colour\" is missing. Is it \"color\"?"),
    ("colour,x\n", "a.csv:1: The column \"number\" is missing."),
    ("colour,a,colour\n", "a.csv:1:10: The column \"colour\" stands twice in the header."),
    ("colour,number\nred\n", "a.csv:2: The line has 1 fields; the header has 2."),
    (
      "colour,number\n\nrot,1\n",
      "a.csv:3:1: The column \"colour\" must be one of red, green, not \"rot\"."
    ),
    (
      "colour,number\nrad,1\n",
      "a.csv:2:1: The column \"colour\" must be one of red, green, not \"rad\". Did you mean red?"
    ),
    (
      "colour,number\ngreen,x\n",
      "a.csv:2:7: The column \"number\" must be a number, not \"x\"."
    ),
    (
      "colour,number\nred,\"1,5\"\n",
      """
      a.csv:2:6: The column "number" must be a number, not "1,5". Write the decimals after a point.
      """
    ),
  ])
  func refusals(text: String, message: String) {
    let found = errorText {
      var table = try table(text, ["colour", "number"])
      while try table.next() {
        _ = try table.choice("colour", of: Colour.self)
        _ = try table.number("number")
      }
    }
    #expect(found == message)
  }

  @Test(arguments: ["x", "", "1.0", "1e3", "99999999999999999999"])
  func wholeNumbers(text: String) throws {
    var table = try table("a,b\n\(text),\n", ["a"])
    #expect(try table.next())
    #expect(
      errorText { try table.integer("a") }
        == "a.csv:2:1: The column \"a\" must be a whole number, not \"\(text)\""
    )
  }
}
