import Foundation
import TestSupport
import Testing

/// The report to the councils holds what the plan prints, and its HTML is whole.
@Suite struct PlanReportTests {
  /// A figure as the plan prints it.
  private struct Printed {
    let series: String
    let unit: String
    let year: String
    let value: String
  }

  /// The cells of a line of CSV whose cells hold no line breaks.
  private func cells(_ line: Substring) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == ",", !isQuoted {
        cells.append("")
      } else {
        cells[cells.count - 1].append(character)
      }
    }
    return cells
  }

  private func rows(_ file: String) throws -> [[String: String]] {
    let lines = try text(ofFile: repositoryRoot + "/datasets/norway/" + file).split(separator: "\n")
    let header = cells(try #require(lines.first))
    return lines.dropFirst().map { line in
      Dictionary(zip(header, cells(line)), uniquingKeysWith: { first, _ in first })
    }
  }

  private func printed() throws -> [Printed] {
    let names = Dictionary(
      try rows("municipalities.csv").map { ($0["code"] ?? "", $0["name"] ?? "") },
      uniquingKeysWith: { first, _ in first }
    )
    let parts = try rows("values/plan.csv").map { row in
      Printed(
        series: row["series"] ?? "",
        unit: names[row["municipality"] ?? ""] ?? "",
        year: row["year"] ?? "",
        value: row["value"] ?? ""
      )
    }
    let regions = try rows("region_figures.csv").map { row in
      Printed(
        series: row["series"] ?? "",
        unit: "Total",
        year: row["year"] ?? "",
        value: row["value"] ?? ""
      )
    }
    return parts + regions
  }

  /// The tables of a Markdown text, cells without marks.
  private func tables(_ text: String) -> [[[String]]] {
    var tables: [[[String]]] = [[]]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("|") else {
        if tables.last?.isEmpty == false { tables.append([]) }
        continue
      }
      let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst()
        .dropLast()
        .map { $0.trimmingCharacters(in: .whitespaces).replacing("**", with: "") }
      tables[tables.count - 1].append(cells)
    }
    return tables
  }

  /// A number in the style of a language: thousands apart, a comma or point, a true minus sign.
  private func styled(_ value: String, decimals: Int, nb: Bool) throws -> String {
    let number = try #require(Double(value))
    let fixed = String(format: "%.\(decimals)f", abs(number)).split(separator: ".")
    var whole = ""
    for (index, digit) in fixed[0].enumerated() {
      if index > 0, (fixed[0].count - index).isMultiple(of: 3) { whole += nb ? "\u{A0}" : "," }
      whole.append(digit)
    }
    let decimals = fixed.count > 1 ? (nb ? "," : ".") + fixed[1] : ""
    return (number < 0 ? "\u{2212}" : "") + whole + decimals
  }

  @Test(arguments: ["nb", "en"])
  func everyPrintedFigureIsInTheReport(language: String) async throws {
    let nb = language == "nb"
    let run = try await RegionsimProcess.run(words("plan report --language \(language)"))
    let tables = tables(run.output)
    let series = Dictionary(
      try rows("series.csv").map { ($0["id"] ?? "", $0) },
      uniquingKeysWith: { first, _ in first }
    )
    let figures = try printed()
    #expect(figures.count == 92)
    for figure in figures {
      let series = try #require(series[figure.series])
      let name = try #require(series["name_\(language)"])
      let decimals = try #require(Int(series["decimals"] ?? ""))
      let expected = try styled(figure.value, decimals: decimals, nb: nb)
      let unit = figure.unit == "Total" ? (nb ? "Samlet, trykt" : "Total, printed") : figure.unit
      let found = tables.contains { table in
        guard let header = table.first,
          let column = header.firstIndex(where: { $0.hasPrefix("\(figure.year), \(name) (") })
        else { return false }
        return table.contains { $0.first == unit && $0[column] == expected }
      }
      #expect(found, "\(figure.series) of \(unit) in \(figure.year): \(expected)")
    }
  }

  /// The totals and consequences that decide how the targets are read.
  @Test func theGoldenFiguresAreInTheReport() async throws {
    let run = try await RegionsimProcess.run(words("plan report --language en"))
    for text in [
      "52,051 (shown 52,671)", "19,493 (shown 19,974)", "7,883 (shown 7,873)",
      "6,145 (shown 6,176)",
      "35,112", "38,240 and 38,590", "91.0–91.8", "16,700,895", "61,784 too low (0.37%)", "73.9967",
      "place 148 of 356", "place 51 of 73", "place 58 of 73", "10.6", "48.5", "31.0", "+20", "−67",
      "3419", "402 in 2023 and 469 in 2024", "67.8 per cent of the 12,453",
    ] {
      #expect(run.output.contains(text), "\(text)")
    }
  }

  // MARK: - HTML

  /// The names of the elements that are open at the end, or the first that is closed wrongly.
  private func unbalanced(_ html: String) -> [String] {
    let empty: Set = ["meta", "hr", "br"]
    var open: [String] = []
    for tag in html.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
      let name = tag.prefix { $0.isLetter || $0.isNumber || $0 == "/" || $0 == "!" }
      guard tag.contains(">") else { return ["<" + tag] }
      if name.hasPrefix("!") || empty.contains(String(name)) { continue }
      if name.hasPrefix("/") {
        guard open.popLast() == String(name.dropFirst()) else { return [String(name)] }
      } else {
        open.append(String(name))
      }
    }
    return open
  }

  @Test(arguments: [("mosseregionen", "nb"), ("mosseregionen", "en"), ("hamarregionen", "nb")])
  func theHTMLIsWhole(plan: String, language: String) async throws {
    let run = try await RegionsimProcess.run(
      words("plan report \(plan) --format html --language \(language)")
    )
    #expect(run.code == 0)
    let html = run.output
    #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"\(language)\">\n"))
    #expect(unbalanced(html) == [])
    #expect(html.contains("<meta charset=\"utf-8\">"))
    for outside in ["http:", "https:", "src=", "href=", "url(", "@import", "<script", "<link"] {
      #expect(!html.contains(outside), "\(outside)")
    }
    #expect(html.ranges(of: "<h1>").count == 1)
    #expect(html.ranges(of: "<table>").count == html.ranges(of: "<thead>").count)
    // As the Markdown, row by row.
    let markdown = try await RegionsimProcess.run(
      words("plan report \(plan) --language \(language)")
    )
    let rows = tables(markdown.output).map { $0.count - 2 }.filter { $0 > 0 }.reduce(0, +)
    #expect(html.ranges(of: "<tr").count == rows + html.ranges(of: "<thead>").count)
  }

  @Test func balancedTags() {
    #expect(unbalanced("<p>a<b>c</b></p>") == [])
    #expect(unbalanced("<p><b></p></b>") == ["/p"])
    #expect(unbalanced("<p>") == ["p"])
  }
}
