internal import Regions

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

extension ReportDocument {
  /// The document as one HTML file that needs nothing else: no script, no font, no picture from
  /// outside.
  public var html: String {
    let body = blocks.map { block in
      switch block {
      case .heading(let level, let text): "<h\(level)>\(Self.escaped(text))</h\(level)>"
      case .paragraph(let text): "<p>\(Self.escaped(text))</p>"
      case .quote(let text): "<blockquote>\(Self.escaped(text))</blockquote>"
      case .list(let items):
        "<ul>\n" + items.map { "<li>\(Self.escaped($0))</li>\n" }.joined() + "</ul>"
      case .table(let table): html(table)
      case .note(let text): "<p class=\"note\">\(Self.escaped(text))</p>"
      case .picture(let chart, let svg): Self.html(chart, svg)
      case .pageBreak: "<hr class=\"page\">"
      }
    }
    return """
      <!DOCTYPE html>
      <html lang="\(language.rawValue)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(Self.escaped(title))</title>
      <style>
      \(Self.style)
      </style>
      </head>
      <body>
      <main>
      \(body.joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }

  /// A picture within the page; each keeps its names to itself, so that several can stand together.
  private static func html(_ chart: Chart, _ svg: [UInt8]?) -> String {
    guard let svg else { return "<p class=\"note\">\(escaped(chart.description))</p>" }
    return """
      <figure><img alt="\(escaped(chart.description))" src="data:image/svg+xml;base64,\
      \(Data(svg).base64EncodedString())"></figure>
      """
  }

  private func html(_ table: Table) -> String {
    let shown = table.columns.indices.filter { table.columns[$0].title != nil }
    func isRight(_ column: Int) -> Bool {
      table.rows.contains { $0[column].isNumber }
    }
    func row(_ cells: [String], _ tag: String, marked: Bool = false) -> String {
      let cells = zip(shown, cells).map { column, text in
        let isShort = tag == "td" && text.count <= 24
        let alignment =
          isRight(column) ? " class=\"number\"" : isShort ? " class=\"short\"" : ""
        let scope = tag == "th" ? " scope=\"col\"" : ""
        return "<\(tag)\(scope)\(alignment)>\(Self.escaped(text))</\(tag)>"
      }
      return "<tr\(marked ? " class=\"marked\"" : "")>\(cells.joined())</tr>"
    }
    let head = row(shown.map { table.columns[$0].title ?? "" }, "th")
    let rows = table.rows.enumerated().map { index, cells in
      row(shown.map { cells[$0].text(language) }, "td", marked: table.marked.contains(index))
    }
    let caption =
      table.title.isEmpty ? "" : "<caption>\(Self.escaped(table.title))</caption>\n"
    return """
      <div class="\(table.rows.count > 16 ? "wide long" : "wide")"><table>
      \(caption)<thead>\(head)</thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table></div>
      """
  }

  static func escaped(_ text: String) -> String {
    text.replacingScalars(["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;"])
  }

  /// Readable on a screen, light or dark, and on paper.
  private static let style = """
    :root { color-scheme: light dark; --line: #c9ccd1; --soft: #f2f4f7; --mark: #fff4d6; }
    @media (prefers-color-scheme: dark) {
      :root { --line: #4a4f57; --soft: #22262c; --mark: #3b3420; }
    }
    body { margin: 0; font: 16px/1.5 system-ui, "Segoe UI", Arial, sans-serif; }
    main { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
    h1 { font-size: 1.7rem; line-height: 1.2; }
    h2 { font-size: 1.35rem; margin-top: 2.2rem; border-bottom: 2px solid var(--line); }
    h3 { font-size: 1.1rem; margin-top: 1.8rem; }
    h4 { font-size: 1rem; margin-bottom: 0.3rem; }
    blockquote { margin: 0.5rem 0; padding: 0.3rem 1rem; border-left: 4px solid var(--line); }
    .wide { overflow-x: auto; }
    table { border-collapse: collapse; margin: 0.8rem 0; font-size: 0.92rem; }
    caption { text-align: left; font-weight: 600; padding: 0.3rem 0; }
    th, td { padding: 0.3rem 0.6rem; border-bottom: 1px solid var(--line); text-align: left;
      vertical-align: top; }
    th { background: var(--soft); }
    th { vertical-align: bottom; }
    .number { text-align: right; font-variant-numeric: tabular-nums; }
    td.number, td.short { white-space: nowrap; }
    .marked td { background: var(--mark); font-weight: 600; }
    .note { font-size: 0.88rem; }
    figure { margin: 1rem 0; break-inside: avoid; }
    figure img { max-width: 100%; height: auto; background: white; }
    hr.page { border: 0; margin: 2rem 0; }
    @page { size: A4; margin: 16mm 14mm; }
    @media print {
      :root { color-scheme: light; --line: #c9ccd1; --soft: #f2f4f7; --mark: #fff4d6; }
      body { font-size: 9pt; line-height: 1.35; }
      main { max-width: none; padding: 0; }
      h1 { font-size: 16pt; margin: 0 0 0.5rem; }
      h2 { font-size: 13pt; margin-top: 1.2rem; }
      h3 { font-size: 11pt; margin-top: 1rem; }
      h4 { font-size: 9.5pt; }
      p, ul { margin: 0.3rem 0; }
      ul { padding-left: 1.2rem; }
      table { font-size: 8pt; line-height: 1.25; margin: 0.4rem 0; }
      th, td { padding: 0.15rem 0.35rem; }
      .note { font-size: 8pt; }
      figure { margin: 0.4rem 0; }
      figure img { max-height: 125mm; }
      .wide { overflow: visible; break-inside: avoid; }
      .long { break-inside: auto; }
      hr.page { break-after: page; margin: 0; }
      h2, h3, h4, caption { break-after: avoid; }
      tr, blockquote { break-inside: avoid; }
    }
    """
}
