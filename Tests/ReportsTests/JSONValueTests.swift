import Foundation
import Reports
import Testing

@Suite struct JSONValueTests {
  @Test func keysAreSortedAndTheTextEndsWithALineFeed() throws {
    let value = JSONValue.object([
      "b": .array([.integer(1), .number(0.1), .null, .bool(true)]), "a": .string("x/y \"z\" å"),
      "C": .object([:]),
    ])
    let text = try value.text()
    #expect(text.hasSuffix("}\n"))
    #expect(text.contains("\"x/y \\\"z\\\" å\""))
    #expect(text.contains("0.1"))
    let keys = ["\"C\"", "\"a\"", "\"b\""].map { text.firstRange(of: $0)?.lowerBound }
    let found = keys.compactMap { $0 }
    #expect(found.count == 3 && found == found.sorted())
    let parsed = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    )
    #expect((parsed["b"] as? [Any])?.count == 4)
  }

  @Test func equalValuesGiveEqualTexts() throws {
    let keys = (0..<50).map { "key\($0)" }
    let one = JSONValue.object(Dictionary(uniqueKeysWithValues: keys.map { ($0, .null) }))
    let other = JSONValue.object(
      Dictionary(uniqueKeysWithValues: keys.reversed().map { ($0, .null) })
    )
    #expect(try one.text() == other.text())
  }

  @Test func aNumberThatIsNotFiniteIsRefused() {
    #expect(throws: EncodingError.self) { try JSONValue.number(.nan).text() }
    #expect(throws: EncodingError.self) { try JSONValue.array([.number(.infinity)]).text() }
  }
}
