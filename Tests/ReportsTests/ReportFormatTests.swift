import Foundation
import Regions
import Reports
import Testing

@Suite struct ReportFormatTests {
  private static func table(_ name: String, title: String) -> Table {
    Table(
      name: name,
      title: title,
      columns: [Table.Column("a", "A"), Table.Column("n", "N")],
      rows: [[.text("x"), .integer(1)]]
    )
  }

  private static let report = Report(
    title: "Title",
    tables: [table("one", title: ""), table("two", title: "Second")],
    notes: ["First note.", "Second note."]
  )

  @Test func table() throws {
    #expect(
      try Self.report.text(.table, .en) == """
        Title

          A  N
          ─  ─
          x  1

        Second
          A  N
          ─  ─
          x  1

        First note.
        Second note.

        """
    )
    let styled = try Self.report.text(.table, .en, isStyled: true)
    #expect(styled.hasPrefix("\u{1B}[1mTitle\u{1B}[0m\n"))
  }

  @Test func csvIsTheFirstTable() throws {
    #expect(try Self.report.text(.csv, .nb) == "a,n\nx,1\n")
    #expect(try Report(title: "", tables: [], notes: []).text(.csv, .en) == "")
  }

  @Test func jsonHasAllTables() throws {
    let data = Data(try Self.report.text(.json, .en).utf8)
    let parsed = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(parsed.keys.sorted() == ["notes", "one", "title", "two"])
    #expect(parsed["notes"] as? [String] == ["First note.", "Second note."])
  }

  @Test func markdown() throws {
    #expect(
      try Self.report.text(.markdown, .en) == """
        ## Title

        | A | N |
        | --- | ---: |
        | x | 1 |

        ### Second

        | A | N |
        | --- | ---: |
        | x | 1 |

        - First note.
        - Second note.

        """
    )
  }

  @Test func withoutNotes() throws {
    let bare = Report(title: "T", tables: [Self.table("one", title: "")], notes: [])
    #expect(try bare.text(.table, .en) == "T\n\n  A  N\n  ─  ─\n  x  1\n")
    #expect(try bare.text(.markdown, .en) == "## T\n\n| A | N |\n| --- | ---: |\n| x | 1 |\n")
  }

  @Test func notesAreWrappedAtAHundredCharacters() throws {
    let words = (0..<60).map { String(repeating: "å", count: 1 + $0 % 13) }
    let note = words.joined(separator: " ")
    let text = try Report(title: "T", tables: [], notes: [note]).text(.table, .en)
    let lines = text.split(separator: "\n").dropFirst()
    #expect(lines.count > 3)
    #expect(lines.allSatisfy { $0.count <= 100 })
    #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("  ") && !$0.hasPrefix("   ") })
    #expect(lines.first?.hasPrefix("  ") == false)
    #expect(lines.joined(separator: " ").split(separator: " ").joined(separator: " ") == note)
    // No line could have taken the first word of the next.
    for (line, next) in zip(lines, lines.dropFirst()) {
      let word = next.split(separator: " ").first ?? ""
      #expect(line.count + 1 + word.count > 100)
    }
  }

  @Test func aWordLongerThanALineStandsAlone() throws {
    let long = String(repeating: "x", count: 130)
    let text = try Report(title: "T", tables: [], notes: ["a \(long) b"]).text(.table, .en)
    #expect(text == "T\n\na\n  \(long)\n  b\n")
  }
}
