public import Regions
internal import Yams

/// A node of a YAML document with the file it stands in, read with typed access.
public struct DocumentNode {
  private let node: Node
  /// The file, as it is shown in errors.
  public let file: String
  /// The keys that lead here, such as `levers[1].value`; empty for the whole document.
  public let path: String
  /// What errors call the whole document, such as "The scenario".
  private let name: String

  /// The root of a text.
  ///
  /// - Parameters:
  ///   - file: The file's path, for errors.
  ///   - text: Its content.
  ///   - name: What errors call the whole document.
  /// - Throws: `DocumentError` with line and column when it is not YAML.
  public init(file: String, text: String, called name: String) throws(DocumentError) {
    self.file = file
    self.name = name
    path = ""
    let parsed: Node?
    do {
      parsed = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw Self.error(from: error, file: file)
    } catch {
      throw DocumentError(.invalid, at: SourcePlace(file: file), "It is not YAML: \(error)")
    }
    guard let parsed else {
      throw DocumentError(.invalid, at: SourcePlace(file: file, line: 1), "The file is empty.")
    }
    node = parsed
  }

  private init(_ node: Node, in parent: DocumentNode, path: String) {
    self.node = node
    self.path = path
    file = parent.file
    name = parent.name
  }

  private static func error(from error: YamlError, file: String) -> DocumentError {
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let detail = [context?.text, problem].compactMap { $0 }.joined(separator: ", ")
      return DocumentError(
        .invalid,
        at: SourcePlace(file: file, line: mark.line, column: mark.column),
        "It is not YAML here: \(detail). Check the indentation and the colons."
      )
    case .duplicatedKeysInMapping(let duplicates, let context):
      let keys = duplicates.sorted().joined(separator: ", ")
      return DocumentError(
        .invalid,
        at: SourcePlace(file: file, line: context.mark.line, column: context.mark.column),
        "A key stands twice in one mapping, here for the first time: \(keys)."
      )
    case .reader(let problem, _, _, _):
      return DocumentError(
        .invalid,
        at: SourcePlace(file: file),
        "It cannot be read as text: \(problem)."
      )
    default:
      return DocumentError(.invalid, at: SourcePlace(file: file), "It is not YAML: \(error)")
    }
  }

  /// Where the node stands.
  public var place: SourcePlace {
    SourcePlace(file: file, line: node.mark?.line, column: node.mark?.column)
  }

  /// An error at this node; the message follows the name of the key.
  public func error(_ message: String) -> DocumentError {
    let name = path.isEmpty ? name : "\"\(path)\""
    return DocumentError(.invalid, at: place, "\(name) \(message)")
  }

  /// The text of a scalar, for messages.
  public var found: String { node.scalar?.string ?? (node.mapping != nil ? "a mapping" : "a list") }

  // MARK: - Mappings and lists

  /// Whether the node is a mapping.
  public var isMapping: Bool { node.mapping != nil }

  /// Refuses keys other than those allowed, and the absence of those required.
  public func checkKeys(_ allowed: [String], required: [String] = []) throws(DocumentError) {
    guard let mapping = node.mapping else {
      throw error("must be a mapping of \(allowed.joined(separator: ", ")), not \"\(found)\"")
    }
    for key in mapping.keys {
      guard let name = key.string, !allowed.contains(name) else { continue }
      let hint = nearestMatch(to: name, among: allowed).map { " Did you mean \($0)?" } ?? ""
      throw DocumentError(
        .invalid,
        at: SourcePlace(file: file, line: key.mark?.line, column: key.mark?.column),
        """
        Unknown key "\(name)"\(path.isEmpty ? "" : " in \(path)").\(hint) \
        Allowed are: \(allowed.joined(separator: ", ")).
        """
      )
    }
    for name in required where mapping[Node(name)] == nil {
      throw error("needs the key \"\(name)\"")
    }
  }

  /// The value of a key, or `nil`.
  public func optional(_ key: String) -> DocumentNode? {
    guard let child = node.mapping?[Node(key)], child.null == nil else { return nil }
    return DocumentNode(child, in: self, path: path.isEmpty ? key : "\(path).\(key)")
  }

  /// The value of a key.
  public func required(_ key: String) throws(DocumentError) -> DocumentNode {
    guard let child = optional(key) else { throw error("needs the key \"\(key)\"") }
    return child
  }

  /// The elements of a list; a single value is a list of one.
  public var elements: [DocumentNode] {
    guard let sequence = node.sequence else { return [self] }
    return sequence.enumerated().map {
      DocumentNode($1, in: self, path: "\(path)[\($0 + 1)]")
    }
  }

  /// The keys and values of a mapping, in the order written.
  public func entries() throws(DocumentError) -> [(key: String, value: DocumentNode)] {
    guard let mapping = node.mapping else { throw error("must be a mapping, not \"\(found)\"") }
    return mapping.compactMap { key, value in
      key.string.map {
        ($0, DocumentNode(value, in: self, path: path.isEmpty ? $0 : "\(path).\($0)"))
      }
    }
  }

  // MARK: - Scalars

  /// The text; numbers are text too, so that codes keep their leading zero.
  public func text() throws(DocumentError) -> Located<String> { try scalar("a text") }

  private func scalar(_ what: String) throws(DocumentError) -> Located<String> {
    guard let scalar = node.scalar, !scalar.string.isEmpty else {
      throw error("must be \(what), not \"\(found)\"")
    }
    return Located(scalar.string, at: place)
  }

  /// A finite number with a decimal point.
  public func number() throws(DocumentError) -> Located<Double> {
    let text = try scalar("a number").value
    let digits = text.replacing("_", with: "").replacing("\u{2212}", with: "-")
    guard let number = Double(digits), number.isFinite else {
      let comma = text.contains(",") ? " Write the decimals after a point." : ""
      throw error("must be a number, not \"\(text)\".\(comma)")
    }
    return Located(number, at: place)
  }

  /// A whole number.
  public func integer() throws(DocumentError) -> Located<Int> {
    let text = try scalar("a whole number").value
    guard let number = Int(text.replacing("_", with: "")) else {
      throw error("must be a whole number, not \"\(text)\"")
    }
    return Located(number, at: place)
  }

  /// A year of four digits at most, so that no sum of years overflows.
  public func year() throws(DocumentError) -> Located<Int> {
    let year = try integer()
    guard (1...9999).contains(year.value) else {
      throw error("must be a year, not \"\(year.value)\"")
    }
    return year
  }

  /// A value of an enumeration.
  public func choice<Choice>(of type: Choice.Type) throws(DocumentError) -> Located<Choice>
  where Choice: RawRepresentable & CaseIterable & Sendable & Hashable, Choice.RawValue == String {
    let text = try text().value
    if let choice = Choice(rawValue: text) { return Located(choice, at: place) }
    let allowed = Choice.allCases.map(\.rawValue)
    let hint = nearestMatch(to: text, among: allowed).map { " Did you mean \($0)?" } ?? ""
    throw error("must be one of \(allowed.joined(separator: ", ")), not \"\(text)\".\(hint)")
  }

  /// A text in both languages.
  public func localizedText() throws(DocumentError) -> LocalizedText {
    try checkKeys(["nb", "en"], required: ["nb", "en"])
    return LocalizedText(nb: try required("nb").text().value, en: try required("en").text().value)
  }
}
