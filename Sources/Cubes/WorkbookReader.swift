/// Reads the sheets of a workbook (xlsx, ECMA-376) into rows of cells, without a tree in memory.
///
/// Formulas give the values that were stored with them. Numbers shown as dates become texts such as
/// `2024-01-01`, or `2024` where only the year is shown. Hidden sheets are passed over.
public struct WorkbookReader {
  /// The sheets that were read, and the names of those that are hidden.
  public struct Sheets: Sendable {
    /// One grid for each visible sheet, in the order of the workbook.
    public let grids: [Grid]
    /// The names of the hidden sheets, which were not read.
    public let hidden: [String]
    /// What may still be allocated.
    let budget: MemoryBudget
  }

  /// Reads every visible sheet.
  ///
  /// - Parameters:
  ///   - file: The file's path, for errors.
  ///   - bytes: Its content.
  /// - Returns: The visible sheets, and the names of the hidden ones.
  /// - Throws: `CubeError` for a workbook that is damaged, encrypted, of the old kind (.xls) or larger
  ///   than any table; a sheet's place is that of the row and column.
  /// - Complexity: O(expanded size); memory of 8 to 16 bytes a cell beside the texts, refused above 32
  ///   times the file and 32 MB.
  public static func read(file: String, bytes: [UInt8]) throws(CubeError) -> Sheets {
    if bytes.starts(with: oldWorkbook) {
      throw CubeError(
        file: file,
        "The file is a workbook of the old kind (.xls) or is encrypted. Open it in a spreadsheet "
          + "program and save as xlsx, without a password."
      )
    }
    var result: Result<Sheets, CubeError>?
    bytes.withUnsafeBytes { buffer in
      do throws(CubeError) {
        let archive = try WorkbookArchive(file: file, bytes: buffer)
        result = .success(try sheets(archive, file: file, size: bytes.count))
      } catch {
        result = .failure(error)
      }
    }
    guard let result else { throw CubeError(file: file, "The workbook cannot be read.") }
    return try result.get()
  }

  /// How a compound file begins, which holds .xls and encrypted workbooks.
  static let oldWorkbook: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

  private static func sheets(
    _ archive: WorkbookArchive,
    file: String,
    size: Int
  ) throws(CubeError) -> Sheets {
    let root = try relations("_rels/.rels", of: "", archive, file)
    guard let main = root.first(where: { $0.type.hasSuffix("/officeDocument") })?.target else {
      throw CubeError(
        file: file,
        "The file is a zip archive but no workbook. Save it as xlsx with a spreadsheet program."
      )
    }
    let folder = main.split(separator: "/").dropLast().joined(separator: "/")
    let name = main.split(separator: "/").last.map(String.init) ?? main
    let parts = try relations("\(folder)/_rels/\(name).rels", of: folder, archive, file)
    let index = WorkbookIndex()
    try WorkbookXML.read(main, of: archive, file: file, to: index)
    let content = SheetContent(file: file, size: size, is1904: index.is1904)
    if let part = parts.first(where: { $0.type.hasSuffix("/styles") })?.target {
      let styles = WorkbookStyles()
      try WorkbookXML.read(part, of: archive, file: file, to: styles)
      content.dates = styles.dates
    }
    if let part = parts.first(where: { $0.type.hasSuffix("/sharedStrings") })?.target,
      archive.contains(part)
    {
      content.isShared = true
      try WorkbookXML.read(part, of: archive, file: file, to: content)
      content.isShared = false
    }
    for sheet in index.sheets where !sheet.isHidden {
      guard let part = parts.first(where: { $0.id == sheet.relation }) else {
        throw archive.damaged("Its sheet \(sheet.name) is not there")
      }
      guard part.type.hasSuffix("/worksheet") else { continue }
      content.begin(sheet.name)
      try WorkbookXML.read(part.target, of: archive, file: file, to: content)
    }
    return Sheets(
      grids: content.grids,
      hidden: index.sheets.filter(\.isHidden).map(\.name),
      budget: content.budget
    )
  }

  private static func relations(
    _ part: String,
    of folder: String,
    _ archive: WorkbookArchive,
    _ file: String
  ) throws(CubeError) -> [WorkbookRelations.Relation] {
    guard archive.contains(part) else { return [] }
    let relations = WorkbookRelations(folder: folder)
    try WorkbookXML.read(part, of: archive, file: file, to: relations)
    return relations.list
  }
}

/// The relations of a part to others, of which only the types' last words matter: the strict form of
/// the standard has other addresses before them.
private final class WorkbookRelations: WorkbookXMLReceiver {
  struct Relation {
    let id: String
    let type: String
    let target: String
  }

  private let folder: String
  private(set) var list: [Relation] = []

  init(folder: String) { self.folder = folder }

  func start(_ name: XMLName, _ attributes: XMLAttributes) {
    guard name == "Relationship", let id = attributes.text("Id"), list.count < 10_000,
      let type = attributes.text("Type"), let target = attributes.text("Target")
    else { return }
    var parts: [Substring] = target.hasPrefix("/") ? [] : folder.split(separator: "/")
    for part in target.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    list.append(Relation(id: id, type: type, target: parts.joined(separator: "/")))
  }

  func end(_ name: XMLName) {}
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// The sheets that a workbook names, and from when it counts days.
private final class WorkbookIndex: WorkbookXMLReceiver {
  private(set) var sheets: [(name: String, relation: String, isHidden: Bool)] = []
  private(set) var is1904 = false

  func start(_ name: XMLName, _ attributes: XMLAttributes) {
    if name == "workbookPr" {
      is1904 = ["1", "true"].contains(attributes.text("date1904"))
    } else if name == "sheet", sheets.count < 10_000 {
      let isHidden = ["hidden", "veryHidden"].contains(attributes.text("state"))
      let relation = attributes.text("id") ?? ""
      sheets.append((attributes.text("name") ?? "", relation, isHidden))
    }
  }

  func end(_ name: XMLName) {}
  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// Which styles of cells show a number as a date, and how much of it.
private final class WorkbookStyles: WorkbookXMLReceiver {
  private(set) var dates: [DateStyle?] = []
  private var formats: [Int: DateStyle] = [:]
  private var isInCells = false

  func start(_ name: XMLName, _ attributes: XMLAttributes) {
    if name == "numFmt", let id = attributes.number("numFmtId"), formats.count < 10_000 {
      formats[id] = attributes.text("formatCode").flatMap(DateStyle.init(format:))
    } else if name == "cellXfs" {
      isInCells = true
    } else if name == "xf", isInCells, dates.count < 1 << 16 {
      let id = attributes.number("numFmtId") ?? 0
      let isDate =
        (14...22).contains(id) || (27...36).contains(id) || (45...47).contains(id)
        || (50...58).contains(id)
      dates.append(formats[id] ?? (isDate ? .day : nil))
    }
  }

  func end(_ name: XMLName) {
    if name == "cellXfs" { isInCells = false }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}

/// How much of a date a cell shows.
enum DateStyle: Sendable {
  case day
  case year

  /// The style of a number format; `nil` where it shows no date.
  init?(format: String) {
    guard format != "General", format != "Standard" else { return nil }
    var letters: Set<Character> = []
    var end: Character?
    var isEscaped = false
    for letter in format.lowercased() {
      if isEscaped {
        isEscaped = false
      } else if let closing = end {
        if letter == closing { end = nil }
      } else if letter == "\"" {
        end = "\""
      } else if letter == "[" {
        end = "]"
      } else if "\\_*".contains(letter) {
        isEscaped = true
      } else {
        letters.insert(letter)
      }
    }
    guard !letters.isDisjoint(with: "ydhsm") else { return nil }
    self = letters.isDisjoint(with: "dhsm") ? .year : .day
  }

  /// The text of a number of days; `nil` outside the years 1900 to 9999 and for parts of a day.
  func text(_ serial: Double, is1904: Bool) -> String? {
    let serial = serial + (is1904 ? 1462 : 0)
    guard serial >= 1, serial < 2_958_466 else { return nil }
    // The first system counts a 29 February 1900 that was not. Days from 1 March of the year 0
    // (Hinnant, days_from_civil, https://howardhinnant.github.io/date_algorithms.html).
    let days = Int(serial) + (serial < 60 ? 1 : 0) + 693_899
    let era = days / 146_097
    let ofEra = days - era * 146_097
    let year = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * year + year / 4 - year / 100)
    let shifted = (5 * ofYear + 2) / 153
    let day = ofYear - (153 * shifted + 2) / 5 + 1
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let shown = year + era * 400 + (month <= 2 ? 1 : 0)
    if self == .year { return String(shown) }
    return "\(shown)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }
}
