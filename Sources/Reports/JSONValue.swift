#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A JSON document.
public enum JSONValue: Sendable, Hashable, Encodable {
  /// A text.
  case string(String)
  /// A whole number.
  case integer(Int)
  /// A number.
  case number(Double)
  /// True or false.
  case bool(Bool)
  /// Nothing.
  case null
  /// A list.
  case array([JSONValue])
  /// Keys and values.
  case object([String: JSONValue])

  /// Writes the value.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .string(let text): try container.encode(text)
    case .integer(let number): try container.encode(number)
    case .number(let number): try container.encode(number)
    case .bool(let flag): try container.encode(flag)
    case .null: try container.encodeNil()
    case .array(let values): try container.encode(values)
    case .object(let members): try container.encode(members)
    }
  }

  /// The document as text with sorted keys, ended by a line feed.
  ///
  /// - Parameter isIndented: Whether it is on many lines, for people.
  /// - Returns: The text.
  /// - Throws: An `EncodingError` for a number that is not finite.
  public func text(isIndented: Bool = true) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if isIndented { encoder.outputFormatting.insert(.prettyPrinted) }
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }

  /// A number of twelve significant digits, a whole one without decimals; null where it is missing.
  init(exactly value: Double) {
    guard value.isFinite else {
      self = .null
      return
    }
    self =
      value == value.rounded() && abs(value) < 1e15
      ? .integer(Int(value)) : .number(Double(NumberText.exact(value)) ?? value)
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  /// A text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// A number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// True or false.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A list.
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  /// Keys and values; of a key that stands twice the last counts.
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(elements, uniquingKeysWith: { _, last in last }))
  }
}

extension Table {
  /// The rows as JSON objects: keys as in files, numbers rounded to twelve significant digits,
  /// missing values null.
  public var json: JSONValue {
    .array(
      rows.map { row in
        .object(
          Dictionary(
            zip(columns.map(\.key), row.map(\.json)),
            uniquingKeysWith: { first, _ in first }
          )
        )
      }
    )
  }
}

extension Table.Cell {
  fileprivate var json: JSONValue {
    switch self {
    case .text(let text), .word(let text, _): .string(text)
    case .integer(let number): .integer(number)
    case .number(let value, _), .signed(let value, _), .share(let value, _),
      .shareDifference(let value, _), .place(let value):
      JSONValue(exactly: value)
    case .missing: .null
    }
  }
}
