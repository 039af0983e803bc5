/// The keywords of a PX file up to its data.
struct PXKeywords {
  /// One keyword with what it is said of and what it says.
  struct Entry {
    let keyword: String
    let language: String?
    let subkeys: [String]
    let values: [String]
    let position: Int
  }

  private struct Key: Hashable {
    let keyword: String
    let subkeys: [String]
  }

  /// The entries in the file's own language, in order.
  private(set) var entries: [Entry] = []
  private var first: [Key: Int] = [:]
  private var all: [String: [Int]] = [:]

  /// Keywords that may stand several times with the same subkeys.
  private static let repeatable: Set<String> = [
    "NOTE", "NOTEX", "VALUENOTE", "VALUENOTEX", "CELLNOTE", "CELLNOTEX", "LAST-UPDATED",
  ]

  /// Reads up to `DATA=`; other languages than the file's own are passed over.
  init(_ text: inout PXText) throws(CubeError) {
    var read: [Entry] = []
    while true {
      text.skipSpace()
      guard !text.isAtEnd else {
        throw text.error(
          read.isEmpty ? "The file holds no keywords of PX." : "The file ends before DATA."
        )
      }
      guard let entry = try Self.entry(&text) else { break }
      read.append(entry)
    }
    let language = read.first { $0.keyword == "LANGUAGE" }?.values.first
    for entry in read where entry.language == nil || entry.language == language {
      let key = Key(keyword: entry.keyword, subkeys: entry.subkeys)
      if let known = first[key], entries[known].language == entry.language,
        !Self.repeatable.contains(entry.keyword)
      {
        throw text.error(
          at: entry.position,
          "The keyword \(entry.keyword) stands here a second time for the same."
        )
      }
      if first[key] == nil { first[key] = entries.count }
      all[entry.keyword, default: []].append(entries.count)
      entries.append(entry)
    }
  }

  /// The entry of a keyword for what it is said of; `nil` where there is none.
  subscript(_ keyword: String, _ subkeys: String...) -> Entry? {
    first[Key(keyword: keyword, subkeys: subkeys)].map { entries[$0] }
  }

  /// All entries of a keyword.
  func all(_ keyword: String) -> [Entry] { (all[keyword] ?? []).map { entries[$0] } }

  private static func entry(_ text: inout PXText) throws(CubeError) -> Entry? {
    let position = text.offset
    let word = text.word()
    guard !word.isEmpty else {
      throw text.error("Expected a keyword of PX, found \(text.found(at: position)).")
    }
    try text.take(1, of: MemoryBudget.category, at: position)
    let keyword = try text.text(word).uppercased()
    var language: String?
    var subkeys: [String] = []
    text.skipSpace()
    if text.next == UInt8(ascii: "[") {
      text.offset += 1
      language = try text.text(text.word())
      guard text.next == UInt8(ascii: "]") else {
        throw text.error("Expected ] after a language, found \(text.found(at: text.offset)).")
      }
      text.offset += 1
      text.skipSpace()
    }
    if text.next == UInt8(ascii: "(") {
      text.offset += 1
      subkeys = try list(&text, until: UInt8(ascii: ")"))
      text.skipSpace()
    }
    guard text.next == UInt8(ascii: "=") else {
      throw text.error(
        "Expected = after the keyword \(quoted(keyword)), found \(text.found(at: text.offset))."
      )
    }
    text.offset += 1
    if keyword == "DATA" { return nil }
    let values = try list(&text, until: UInt8(ascii: ";"))
    return Entry(
      keyword: keyword,
      language: language,
      subkeys: subkeys,
      values: values,
      position: position
    )
  }

  /// Texts and words up to an end. What else separates them, as in `TLIST(A1,"2015"-"2024")`, does not
  /// matter to what is read.
  private static func list(
    _ text: inout PXText,
    until end: UInt8
  ) throws(CubeError) -> [String] {
    let start = text.offset
    var values: [String] = []
    while true {
      text.skipSpace()
      guard !text.isAtEnd else {
        throw text.error(
          at: start,
          "What begins here is not ended by \(Character(UnicodeScalar(end))) before the file ends."
        )
      }
      switch text.next {
      case end:
        text.offset += 1
        return values
      case UInt8(ascii: "\""):
        try text.take(1, of: MemoryBudget.entry, at: text.offset)
        values.append(try text.quotedText())
      default:
        let word = text.word()
        if word.isEmpty {
          text.offset += 1
        } else {
          try text.take(1, of: MemoryBudget.entry, at: word.lowerBound)
          values.append(try text.text(word))
        }
      }
    }
  }
}
