/// Notes of JSON-stat: an array of texts, and PxWebApi's word on which of them are mandatory.
struct JSONStatNotes {
  private var texts: [String] = []
  private var mandatory: Set<Int> = []

  /// The notes.
  var all: [CubeNote] {
    texts.enumerated().map { CubeNote($0.element, isMandatory: mandatory.contains($0.offset)) }
  }

  /// Reads an array of texts; a single text is taken as one note.
  mutating func readTexts(_ scanner: inout JSONScanner) throws(CubeError) {
    switch try scanner.kind() {
    case .null: try scanner.skip()
    case .string: texts = [try scanner.string()]
    default:
      try scanner.beginArray("notes")
      while try scanner.nextElement() {
        try scanner.take(1, of: MemoryBudget.entry, at: scanner.offset)
        texts.append(try scanner.string())
      }
    }
  }

  /// Reads an object that says of a note's index whether the note is mandatory.
  mutating func readMandatory(_ scanner: inout JSONScanner) throws(CubeError) {
    guard try !scanner.null() else { return }
    try scanner.beginObject("which notes are mandatory, by their index")
    while let key = try scanner.nextKey() {
      let isMandatory = try scanner.boolean()
      guard isMandatory, let index = Int(scanner.text(key)) else { continue }
      try scanner.take(1, of: MemoryBudget.entry, at: key.start)
      mandatory.insert(index)
    }
  }
}

extension JSONScanner {
  /// The next value, which must be a string or null.
  mutating func optionalString() throws(CubeError) -> String? {
    try null() ? nil : try string()
  }
}
