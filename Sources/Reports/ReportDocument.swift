public import Regions

/// A report of several pages: headings, texts, lists and tables in their order.
public struct ReportDocument: Sendable, Hashable {
  /// A part of a document.
  public enum Block: Sendable, Hashable {
    /// A heading, of level 1 for the title to 4.
    case heading(Int, String)
    /// A text.
    case paragraph(String)
    /// Words that somebody else wrote.
    case quote(String)
    /// A list.
    case list([String])
    /// A table; its title is a caption.
    case table(Table)
    /// A small print after a table.
    case note(String)
    /// A chart, with its picture as SVG where it was drawn.
    case picture(Chart, svg: [UInt8]?)
    /// On paper what follows begins on a new page.
    case pageBreak
  }

  /// The title.
  public let title: String
  /// The parts.
  public let blocks: [Block]
  /// The language of the words and numbers.
  public let language: Language

  /// Creates a document.
  public init(title: String, blocks: [Block], language: Language) {
    self.title = title
    self.blocks = blocks
    self.language = language
  }

  /// The pictures, by the paths that the Markdown has for them.
  public var pictures: [(path: String, svg: [UInt8])] {
    blocks.compactMap { block in
      guard case .picture(let chart, let svg?) = block else { return nil }
      return ("charts/\(chart.name).svg", svg)
    }
  }

  /// The document as GitHub-flavoured Markdown; pictures are links to `pictures`.
  public var markdown: String {
    let parts = blocks.compactMap { block -> String? in
      switch block {
      case .heading(let level, let text):
        String(repeating: "#", count: level) + " " + text
      case .paragraph(let text): text
      case .quote(let text): "> " + text
      case .list(let items): items.map { "- " + $0 }.joined(separator: "\n")
      case .table(let table):
        (table.title.isEmpty ? "" : "**\(table.title)**\n\n") + table.markdown(language)
      case .note(let text): "*\(text)*"
      case .picture(let chart, let svg):
        svg == nil
          ? "*\(chart.description)*"
          : "![\(chart.description.replacing("]", with: ")"))](charts/\(chart.name).svg)"
      case .pageBreak: nil
      }
    }
    return parts.joined(separator: "\n\n") + "\n"
  }
}
