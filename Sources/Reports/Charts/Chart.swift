/// A chart as data: a Vega-Lite v5 spec with its figures inside
/// (https://vega.github.io/vega-lite-v5/docs/spec.html).
public struct Chart: Sendable, Hashable {
  /// What files of it are called, such as `ranked-strip`.
  public let name: String
  /// What it shows, as a sentence.
  public let title: String
  /// What a reader who cannot see it must know.
  public let description: String
  /// The spec.
  public let spec: JSONValue

  /// The same chart under another name.
  public func named(_ name: String) -> Chart {
    Chart(name: name, title: title, description: description, spec: spec)
  }

  /// The spec as text: one line, sorted keys, the same bytes for the same chart.
  ///
  /// - Throws: An `EncodingError` for a number that is not finite.
  public func text() throws -> String { try spec.text(isIndented: false) }
}
