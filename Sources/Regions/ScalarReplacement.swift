extension String {
  /// The same text with some of its scalars replaced.
  ///
  /// For formats, a quotation mark with a combining mark after it is a quotation mark; to Swift's
  /// characters the two are one other character, which replacing characters passes over.
  ///
  /// - Parameter replacements: What stands for each scalar.
  /// - Returns: The text.
  /// - Complexity: O(length).
  package func replacingScalars(_ replacements: [Unicode.Scalar: String]) -> String {
    guard unicodeScalars.contains(where: { replacements[$0] != nil }) else { return self }
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if let replacement = replacements[scalar] {
        result.append(contentsOf: replacement.unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}
