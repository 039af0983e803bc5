/// A text in the two languages of the program.
public struct LocalizedText: Sendable, Hashable {
  /// The text in Norwegian bokmål.
  public let nb: String
  /// The text in English.
  public let en: String

  /// Creates a text from its two versions.
  public init(nb: String, en: String) {
    self.nb = nb
    self.en = en
  }

  /// The text in one language.
  public subscript(language: Language) -> String {
    switch language {
    case .nb: nb
    case .en: en
    }
  }
}

/// A language in which labels and reports can be had.
public enum Language: String, Sendable, Hashable, CaseIterable {
  /// Norwegian bokmål.
  case nb
  /// English.
  case en
}
