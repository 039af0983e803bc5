internal import Regions

/// Where newer figures of a series are fetched, as `update_sources.csv` says.
public struct UpdateSource: Sendable, Hashable {
  /// How figures are fetched.
  public enum Method: String, Sendable, Hashable, CaseIterable {
    /// From a table of Statistics Norway, over PxWebApi 2.
    case pxwebapi
    /// By hand, as a file that is imported.
    case file
  }

  /// Whether table, variables and codes are known for certain.
  public enum Status: String, Sendable, Hashable, CaseIterable {
    /// They are as in queries that are known to work.
    case verified
    /// Something in them is a guess, which the metadata decide when figures are fetched.
    case toCheck = "to_check"
  }

  /// The categories of one variable whose figures are added up.
  public struct Choice: Sendable, Hashable {
    /// One term of a sum.
    public enum Term: Sendable, Hashable {
      /// A code.
      case code(String)
      /// All codes from one to another, both included, in the order of the metadata.
      case range(String, String)
    }

    /// The id of the variable, such as `Alder`.
    public let variable: String
    /// The code list whose codes are meant; `nil` for the variable's own.
    public let codelist: String?
    /// The terms of the sum, at least one.
    public let terms: [Term]

    /// Creates a choice.
    ///
    /// - Parameters:
    ///   - variable: The id of the variable.
    ///   - codelist: The code list, `nil` for the variable's own codes.
    ///   - terms: The terms of the sum.
    public init(variable: String, codelist: String? = nil, terms: [Term]) {
      self.variable = variable
      self.codelist = codelist
      self.terms = terms
    }
  }

  /// The series.
  public let series: String
  /// How its figures are fetched.
  public let method: Method
  /// The id of the table, such as `11618`; empty for a file.
  public let table: String
  /// The code of the content, such as `SysselBosted`; `nil` where it is found by its name.
  public let contents: String?
  /// What the name of the content must contain, in any case of letters; `nil` for no such demand.
  public let contentsWords: String?
  /// The id of the variable of the municipalities; empty for a file.
  public let regionVariable: String
  /// The code list of the municipalities; `nil` for the variable's own codes.
  public let regionCodelist: String?
  /// What is chosen of the other variables. A variable that is not named is left out of the query.
  public let selection: [Choice]
  /// The years, as PxWebApi expresses them, such as `from(2015)`; empty for a file.
  public let times: String
  /// What the table's title must contain, in any case of letters; empty for no such demand.
  public let titleWords: String
  /// What a figure is multiplied by to be in the unit of the series.
  public let factor: Double
  /// Whether table, variables and codes are known for certain.
  public let status: Status
  /// The address for people.
  public let url: String
  /// For a file, where to get it and how to import it; else empty.
  public let instruction: String
  /// What a user must know.
  public let note: String
}

extension UpdateSource.Choice {
  /// Reads the choices of a selection, such as `Kjonn=0;Alder=020..066;Nivaa[list]=01+02a`.
  ///
  /// Between two variables stands `;`, between two codes that are added up `+`, and between the ends
  /// of a range of codes `..`. A `+` before nothing belongs to the code, as in `62+`.
  ///
  /// - Parameter text: The selection; empty for none.
  /// - Returns: The choices in order, or `nil` when the text is not of this form.
  static func parse(_ text: String) -> [Self]? {
    var choices: [Self] = []
    for part in text.split(separator: ";", omittingEmptySubsequences: false) where !text.isEmpty {
      guard let equals = part.firstIndex(of: "=") else { return nil }
      var variable = part[..<equals]
      var codelist: String?
      if variable.hasSuffix("]"), let bracket = variable.firstIndex(of: "[") {
        codelist = String(variable[variable.index(after: bracket)...].dropLast())
        variable = variable[..<bracket]
      }
      guard let terms = terms(part[part.index(after: equals)...]), !variable.isEmpty,
        codelist?.isEmpty != true, !choices.contains(where: { $0.variable == variable })
      else { return nil }
      choices.append(Self(variable: String(variable), codelist: codelist, terms: terms))
    }
    return choices
  }

  private static func terms(_ text: Substring) -> [Term]? {
    var codes = text.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
    if codes.count > 1, codes.last?.isEmpty == true {
      codes.removeLast()
      codes[codes.count - 1] += "+"
    }
    var terms: [Term] = []
    for code in codes {
      let ends = code.split(separator: "..", omittingEmptySubsequences: false).map(String.init)
      guard ends.count <= 2, ends.allSatisfy({ !$0.isEmpty && $0 != "+" }) else { return nil }
      terms.append(ends.count == 2 ? .range(ends[0], ends[1]) : .code(code))
    }
    return terms
  }
}

extension Dataset {
  /// Where newer figures of the series are fetched, in the order of the table.
  ///
  /// The table is read when it is asked for; a dataset without it has no such sources.
  ///
  /// - Throws: `DatasetError` naming file, line and column; a series that is not known, or stands
  ///   twice, and a selection that is not of its form are such.
  /// - Complexity: O(size of the table).
  public func updateSources() throws(DatasetError) -> [UpdateSource] {
    let name = "update_sources.csv"
    guard description.files.contains(where: { $0.path == name }) else { return [] }
    var table = try files.table(
      name,
      [
        "series", "method", "table", "contents", "contents_words", "region_variable",
        "region_codelist", "selection", "times", "title_words", "factor", "status", "url",
        "instruction", "note",
      ]
    )
    let known = Set(catalogue.series.map(\.id))
    var sources: [UpdateSource] = []
    while try table.next() {
      try table.checkSeries(among: known)
      let source = try table.updateSource()
      guard !sources.contains(where: { $0.series == source.series }) else {
        throw table.error("series", "has \(source.series) twice")
      }
      sources.append(source)
    }
    return sources
  }
}

extension CSVTable {
  fileprivate func updateSource() throws(DatasetError) -> UpdateSource {
    let method = try choice("method", of: UpdateSource.Method.self)
    let needed =
      method == .file ? ["instruction"] : ["table", "region_variable", "times"]
    for column in needed where optionalText(column) == nil {
      throw error(column, "is empty; a series that is updated by \(method.rawValue) needs it")
    }
    if method == .pxwebapi, optionalText("contents") == nil, optionalText("contents_words") == nil {
      throw error("contents", "is empty; then contents_words must say how its name reads")
    }
    guard let selection = UpdateSource.Choice.parse(text("selection")) else {
      throw error(
        "selection",
        "must be like Kjonn=0;Alder=020..066;Nivaa[list]=01+02a, not \"\(text("selection"))\""
      )
    }
    guard let factor = try number("factor"), factor != 0 else {
      throw error("factor", "must be a number other than 0")
    }
    return UpdateSource(
      series: text("series"),
      method: method,
      table: text("table"),
      contents: optionalText("contents"),
      contentsWords: optionalText("contents_words"),
      regionVariable: text("region_variable"),
      regionCodelist: optionalText("region_codelist"),
      selection: selection,
      times: text("times"),
      titleWords: text("title_words"),
      factor: factor,
      status: try choice("status", of: UpdateSource.Status.self),
      url: text("url"),
      instruction: text("instruction"),
      note: text("note")
    )
  }
}
