/// A name that a municipality has or had under a number.
public struct MunicipalityName: Sendable, Hashable {
  /// The number.
  public let code: String
  /// The years on whose 1 January it had number and name; without an end, up to `Int.max`.
  public let years: ClosedRange<Int>
  /// The name, such as `Moss`, `Oslo - Oslove` or `Våler (Hedmark)`.
  public let name: String

  /// Creates a name.
  public init(code: String, years: ClosedRange<Int>, name: String) {
    self.code = code
    self.years = years
    self.name = name
  }
}

/// A county of some years.
public struct CountyName: Sendable, Hashable {
  /// The number, such as `31`.
  public let code: String
  /// The name.
  public let name: String

  /// Creates a county.
  public init(code: String, name: String) {
    self.code = code
    self.name = name
  }
}

/// What a place in a table of official statistics is.
public enum PlaceMeaning: Sendable, Hashable {
  /// A municipality of some year, by its number.
  case municipality(String)
  /// The whole country.
  case country
  /// Something else that is known, said in a word such as `county`.
  case other(String)
  /// Several municipalities have the name; they are named with their numbers.
  case ambiguous([String])
  /// Number and name are of different municipalities; what the number's is called.
  case contradictory(String)
  /// Nothing that is known; the most similar name is given if one is near.
  case unknown(nearest: String?)
}
