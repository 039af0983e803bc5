/// JSON text while it is written, without spaces.
struct JSONOutput {
  /// The text so far.
  private(set) var bytes: [UInt8] = []
  private var isFirst = true

  /// Makes room for that many bytes.
  mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

  /// Writes a text as it is: a number, a word or a line break.
  mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

  /// Writes a finite number, the shortest that is read back exactly.
  mutating func number(_ value: Double) { raw(shortest(value)) }

  /// Writes a string between quotes.
  mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0x0A: raw("\\n")
      case 0..<0x20:
        let digits = String(byte, radix: 16)
        raw("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func separate() {
    if !isFirst { bytes.append(UInt8(ascii: ",")) }
    isFirst = false
  }

  /// Writes a key; its value is next.
  mutating func key(_ name: String) {
    separate()
    string(name)
    bytes.append(UInt8(ascii: ":"))
  }

  /// Writes a key and a text.
  mutating func member(_ name: String, _ text: String) {
    key(name)
    string(text)
  }

  /// Writes an object whose members the closure writes.
  mutating func object(_ members: (inout JSONOutput) -> Void) {
    bytes.append(UInt8(ascii: "{"))
    isFirst = true
    members(&self)
    isFirst = false
    bytes.append(UInt8(ascii: "}"))
  }

  /// Writes an array; the closure writes one element.
  mutating func array<Element>(
    _ elements: [Element],
    _ write: (inout JSONOutput, Element) -> Void
  ) {
    bytes.append(UInt8(ascii: "["))
    isFirst = true
    for element in elements {
      separate()
      write(&self, element)
    }
    isFirst = false
    bytes.append(UInt8(ascii: "]"))
  }
}

/// The shortest decimal number that is read back exactly; whole numbers have no decimals.
func shortest(_ value: Double) -> String {
  let text = "\(value)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
