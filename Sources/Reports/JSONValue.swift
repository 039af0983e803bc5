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

  /// The document as indented text with sorted keys, ended by a line feed.
  ///
  /// - Throws: An `EncodingError` for a number that is not finite.
  public func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
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
      value == value.rounded() && abs(value) < 1e15
        ? .integer(Int(value)) : .number(Double(NumberText.exact(value)) ?? value)
    case .missing: .null
    }
  }
}
