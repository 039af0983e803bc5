internal import CExpat

/// What the XML of a workbook's part is told to, element by element.
protocol WorkbookXMLReceiver: AnyObject {
  /// Notes the start of an element.
  func start(_ name: XMLName, _ attributes: XMLAttributes) throws(CubeError)
  /// Notes the end of an element.
  func end(_ name: XMLName) throws(CubeError)
  /// Notes text.
  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(CubeError)
}

/// The name of an element without its prefix, compared without making a string of it.
struct XMLName {
  fileprivate let start: UnsafePointer<CChar>

  fileprivate init(_ name: UnsafePointer<CChar>) {
    var start = name
    var index = name
    while index.pointee != 0 {
      if index.pointee == CChar(UInt8(ascii: ":")) { start = index + 1 }
      index += 1
    }
    self.start = start
  }

  static func == (name: XMLName, text: StaticString) -> Bool {
    var index = 0
    let bytes = text.utf8Start
    while index < text.utf8CodeUnitCount {
      guard UInt8(bitPattern: name.start[index]) == bytes[index] else { return false }
      index += 1
    }
    return name.start[index] == 0
  }
}

/// The attributes of an element.
struct XMLAttributes {
  fileprivate let list: UnsafeMutablePointer<UnsafePointer<CChar>?>?

  /// The bytes of the attribute with a name, whatever its prefix.
  func bytes(_ name: StaticString) -> UnsafeBufferPointer<UInt8>? {
    guard let list else { return nil }
    var index = 0
    while let key = list[index], let value = list[index + 1] {
      if XMLName(key) == name {
        var count = 0
        while value[count] != 0 { count += 1 }
        return value.withMemoryRebound(to: UInt8.self, capacity: count) {
          UnsafeBufferPointer(start: $0, count: count)
        }
      }
      index += 2
    }
    return nil
  }

  /// The text of the attribute with a name, whatever its prefix.
  func text(_ name: StaticString) -> String? {
    bytes(name).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The whole number of the attribute with a name, if it is one from 0 to 2³¹.
  func number(_ name: StaticString) -> Int? {
    bytes(name).flatMap(Int.init(digits:))
  }
}

extension Int {
  /// A whole number from its digits alone; `nil` for anything else, and from 2³¹ on.
  init?(digits: UnsafeBufferPointer<UInt8>) {
    guard !digits.isEmpty, digits.count <= 10, digits.allSatisfy(\.isDigit) else { return nil }
    let value = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    guard value < 1 << 31 else { return nil }
    self = value
  }
}

/// Reads the XML of one part of a workbook through expat, which keeps no tree.
///
/// A workbook has no document type declaration (ECMA-376-2, 8.1.4), so that there are no entities to
/// expand: one is refused.
final class WorkbookXML {
  /// The deepest nesting of elements.
  static let deepest = 64

  private let receiver: any WorkbookXMLReceiver
  private let parser: XML_Parser
  private var depth = 0
  private var failure: CubeError?
  private let file: String
  private let part: String

  /// Reads a part.
  ///
  /// - Throws: `CubeError` for XML that is not well-formed, too deep or has a document type, and what
  ///   the receiver throws.
  static func read(
    _ part: String,
    of archive: WorkbookArchive,
    file: String,
    to receiver: any WorkbookXMLReceiver
  ) throws(CubeError) {
    guard let parser = XML_ParserCreate(nil) else {
      throw CubeError(.tooLarge, file: file, "There is no memory to read the workbook.")
    }
    let xml = WorkbookXML(parser, receiver, file: file, part: part)
    defer { XML_ParserFree(parser) }
    try archive.read(part) { (piece) throws(CubeError) in
      try xml.parse(piece, isLast: false)
      return true
    }
    try xml.parse(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true)
  }

  private init(
    _ parser: XML_Parser,
    _ receiver: any WorkbookXMLReceiver,
    file: String,
    part: String
  ) {
    self.parser = parser
    self.receiver = receiver
    self.file = file
    self.part = part
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser,
      { data, name, attributes in
        guard let data, let name else { return }
        WorkbookXML.at(data).begin(XMLName(name), XMLAttributes(list: attributes))
      },
      { data, name in
        guard let data, let name else { return }
        WorkbookXML.at(data).finish(XMLName(name))
      }
    )
    XML_SetCharacterDataHandler(parser) { data, text, count in
      guard let data, let text, count > 0 else { return }
      text.withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
        WorkbookXML.at(data).add(UnsafeBufferPointer(start: $0, count: Int(count)))
      }
    }
    XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
      guard let data else { return }
      let xml = WorkbookXML.at(data)
      xml.stop(xml.error("has a document type declaration, which a workbook must not have"))
    }
  }

  private static func at(_ data: UnsafeMutableRawPointer) -> WorkbookXML {
    Unmanaged<WorkbookXML>.fromOpaque(data).takeUnretainedValue()
  }

  private func parse(_ piece: UnsafeRawBufferPointer, isLast: Bool) throws(CubeError) {
    let bytes = piece.assumingMemoryBound(to: CChar.self)
    let status = XML_Parse(parser, bytes.baseAddress, Int32(piece.count), isLast ? 1 : 0)
    if let failure { throw failure }
    guard status == XML_STATUS_OK else {
      let reason =
        XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) } ?? "unknown"
      throw error("is no XML at its line \(XML_GetCurrentLineNumber(parser)): \(reason)")
    }
  }

  private func error(_ what: String) -> CubeError {
    CubeError(
      file: file,
      "The workbook's part \(part) \(what). Save it again as xlsx with a spreadsheet program."
    )
  }

  private func stop(_ error: CubeError) {
    if failure == nil { failure = error }
    XML_StopParser(parser, 0)
  }

  private func begin(_ name: XMLName, _ attributes: XMLAttributes) {
    guard failure == nil else { return }
    depth += 1
    guard depth <= Self.deepest else {
      stop(error("is nested more than \(Self.deepest) deep"))
      return
    }
    do throws(CubeError) { try receiver.start(name, attributes) } catch { stop(error) }
  }

  private func finish(_ name: XMLName) {
    guard failure == nil else { return }
    depth -= 1
    do throws(CubeError) { try receiver.end(name) } catch { stop(error) }
  }

  private func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard failure == nil else { return }
    do throws(CubeError) { try receiver.text(bytes) } catch { stop(error) }
  }
}
