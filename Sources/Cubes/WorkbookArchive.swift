internal import CMinizip

/// The parts of a workbook, which is a zip archive, read from memory through minizip.
///
/// What a hostile archive could do is refused: parts that grow beyond measure, very many parts, names
/// that leave the archive or that two parts have, and encrypted parts.
final class WorkbookArchive {
  /// The most parts.
  static let mostEntries = 10_000
  /// The most bytes of one part and of all.
  static let largestEntry = 1 << 30
  static let largestSum = 2 << 30
  /// What a part may always grow to, and beyond that how much per compressed byte.
  static let smallEntry = 64 << 20
  static let largestRatio = 200
  private static let chunk = 1 << 16

  private struct Entry {
    let place: unz64_file_pos
    let compressed: Int
    let isEncrypted: Bool
    let method: Int
  }

  private let file: String
  private let stream: MemoryStream
  private let archive: unzFile
  private var entries: [String: Entry] = [:]
  private var expanded = 0

  /// Opens an archive and checks its list of parts.
  ///
  /// - Parameters:
  ///   - file: The file's path, for errors.
  ///   - bytes: Its content, which must outlive the archive.
  /// - Throws: `CubeError` where it is not whole or its list of parts is hostile.
  init(file: String, bytes: UnsafeRawBufferPointer) throws(CubeError) {
    self.file = file
    stream = MemoryStream(bytes)
    var functions = MemoryStream.functions(stream)
    guard let archive = unzOpen2_64("", &functions) else {
      throw CubeError(
        file: file,
        "The file begins as a workbook, but it is not whole. Fetch or save it again."
      )
    }
    self.archive = archive
    try list()
  }

  deinit { unzClose(archive) }

  /// The names of the parts.
  var names: some Collection<String> { entries.keys }

  private func list() throws(CubeError) {
    var status = unzGoToFirstFile(archive)
    var seen = 0
    while status == UNZ_OK {
      seen += 1
      guard seen <= Self.mostEntries else {
        throw CubeError(
          .tooLarge,
          file: file,
          "The workbook has more than \(Self.mostEntries) parts; no table needs them."
        )
      }
      try addEntry()
      status = unzGoToNextFile(archive)
    }
    guard status == UNZ_END_OF_LIST_OF_FILE else {
      throw damaged("Its list of parts breaks off")
    }
  }

  private func addEntry() throws(CubeError) {
    var info = unz_file_info64()
    var name = [CChar](repeating: 0, count: 1025)
    guard unzGetCurrentFileInfo64(archive, &info, &name, 1024, nil, 0, nil, 0) == UNZ_OK,
      info.size_filename < 1024
    else { throw damaged("Its list of parts cannot be read") }
    let text = String(
      decoding: name.prefix(Int(info.size_filename)).map { UInt8(bitPattern: $0) },
      as: UTF8.self
    )
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard !text.isEmpty, !text.hasPrefix("/"), !parts.contains(".."), !text.contains("\\"),
      !text.contains(":"), !text.unicodeScalars.contains(where: { $0.value < 0x20 })
    else {
      throw CubeError(file: file, "The workbook has a part with the forbidden name \"\(text)\".")
    }
    var place = unz64_file_pos()
    guard unzGetFilePos64(archive, &place) == UNZ_OK else {
      throw damaged("Its list of parts cannot be read")
    }
    let entry = Entry(
      place: place,
      compressed: Int(clamping: info.compressed_size),
      isEncrypted: info.flag & 1 != 0,
      method: Int(clamping: info.compression_method)
    )
    // Names of parts differ in more than capitals (ECMA-376-2, 9.1.1).
    guard entries.updateValue(entry, forKey: text.lowercased()) == nil else {
      throw CubeError(file: file, "The workbook has two parts with the name \"\(text)\".")
    }
  }

  /// Whether there is a part with a name.
  func contains(_ name: String) -> Bool { entries[name.lowercased()] != nil }

  /// Reads a part piece by piece.
  ///
  /// - Parameters:
  ///   - name: The part's name.
  ///   - body: Gets each piece in order, and says whether it wants more.
  /// - Throws: `CubeError` for a part that is not there, damaged or too large, and what `body` throws.
  func read(
    _ name: String,
    _ body: (UnsafeRawBufferPointer) throws(CubeError) -> Bool
  ) throws(CubeError) {
    guard let entry = entries[name.lowercased()] else {
      throw damaged("Its part \(name) is not there")
    }
    guard !entry.isEncrypted else {
      throw CubeError(file: file, "The workbook is encrypted. Save it without a password.")
    }
    guard entry.method == 0 || entry.method == 8 else {
      throw damaged("Its part \(name) is compressed by an unknown method")
    }
    var place = entry.place
    guard unzGoToFilePos64(archive, &place) == UNZ_OK, unzOpenCurrentFile(archive) == UNZ_OK else {
      throw damaged("Its part \(name) cannot be read")
    }
    defer { unzCloseCurrentFile(archive) }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunk, alignment: 16)
    defer { buffer.deallocate() }
    let (product, isOver) = entry.compressed.multipliedReportingOverflow(by: Self.largestRatio)
    let limit = min(Self.largestEntry, max(Self.smallEntry, isOver ? .max : product))
    var count = 0
    while true {
      let read = Int(unzReadCurrentFile(archive, buffer.baseAddress, UInt32(Self.chunk)))
      guard read >= 0 else { throw damaged("Its part \(name) is damaged") }
      if read == 0 { return }
      count += read
      expanded += read
      guard count <= limit, expanded <= Self.largestSum else {
        throw CubeError(
          .tooLarge,
          file: file,
          "Its part \(name) expands to more than \(limit >> 20) MB; no table does."
        )
      }
      guard try body(UnsafeRawBufferPointer(rebasing: buffer[..<read])) else { return }
    }
  }

  func damaged(_ what: String) -> CubeError {
    CubeError(file: file, "The workbook is damaged. \(what). Fetch or save it again.")
  }
}

private func at(_ opaque: UnsafeMutableRawPointer) -> MemoryStream {
  Unmanaged<MemoryStream>.fromOpaque(opaque).takeUnretainedValue()
}

/// A file in memory, as minizip reads it.
private final class MemoryStream {
  let bytes: UnsafeRawBufferPointer
  var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// The functions for a stream, which must outlive the archive.
  static func functions(_ stream: MemoryStream) -> zlib_filefunc64_def {
    var functions = zlib_filefunc64_def()
    functions.opaque = Unmanaged.passUnretained(stream).toOpaque()
    functions.zopen64_file = { opaque, _, _ in opaque }
    functions.zread_file = { opaque, _, target, size in
      guard let opaque, let target else { return 0 }
      let stream = at(opaque)
      let count = min(Int(clamping: size), stream.bytes.count - stream.position)
      guard count > 0, let base = stream.bytes.baseAddress else { return 0 }
      target.copyMemory(from: base + stream.position, byteCount: count)
      stream.position += count
      return UInt(count)
    }
    functions.zwrite_file = { _, _, _, _ in 0 }
    functions.ztell64_file = { opaque, _ in opaque.map { UInt64(at($0).position) } ?? 0 }
    functions.zseek64_file = { opaque, _, offset, origin in
      guard let opaque else { return -1 }
      let stream = at(opaque)
      let bases = [0, stream.position, stream.bytes.count]
      guard bases.indices.contains(Int(origin)) else { return -1 }
      let target = bases[Int(origin)].addingReportingOverflow(Int(clamping: offset))
      guard !target.overflow, (0...stream.bytes.count).contains(target.partialValue) else {
        return -1
      }
      stream.position = target.partialValue
      return 0
    }
    functions.zclose_file = { _, _ in 0 }
    functions.zerror_file = { _, _ in 0 }
    return functions
  }
}
