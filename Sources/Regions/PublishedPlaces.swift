/// The places of municipalities in a ranking that somebody published.
public struct PublishedPlaces: Sendable, Hashable {
  /// The place of each municipality that is known, by its position in the register.
  public let places: [Int: Int]
  /// How many were ranked.
  public let ranked: Int
  /// Where the places come from, as shown to readers.
  public let source: String

  /// Creates a list of places.
  ///
  /// - Parameters:
  ///   - places: The place of each municipality that is known, 1 to `ranked`, by its position in the
  ///     register.
  ///   - ranked: How many were ranked.
  ///   - source: Where the places come from.
  public init(places: [Int: Int], ranked: Int, source: String) {
    precondition(
      places.count <= ranked && places.values.allSatisfy { (1...ranked).contains($0) },
      "Places are among those that were ranked."
    )
    self.places = places
    self.ranked = ranked
    self.source = source
  }
}
