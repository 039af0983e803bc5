import Datasets
import Foundation
import Regions
import TestSupport
import Testing

@Suite struct WholeFilesTests {
  /// The files of a folder and what is in them, by path.
  private func content(_ folder: TemporaryDirectory) throws -> [String: String] {
    var result: [String: String] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: folder.path + "/" + name, isDirectory: &isFolder)
      if !isFolder.boolValue { result[name] = try text(ofFile: folder.path + "/" + name) }
    }
    return result
  }

  @Test func writesAllAndMakesTheFolders() throws {
    let folder = try TemporaryDirectory()
    let long = String(repeating: "æøå\n", count: 100_000)
    var files = WholeFiles(directory: folder.path + "/a/b")
    files.add("one.csv", long)
    files.add("nb-NO/one.csv", "\u{FEFF}två\r\n")
    files.add("empty", "")
    try files.write()
    #expect(
      try content(folder) == [
        "a/b/one.csv": long, "a/b/nb-NO/one.csv": "\u{FEFF}två\r\n", "a/b/empty": "",
      ]
    )
    let paths = ["one.csv", "nb-NO/one.csv", "empty"].map { "\(folder.path)/a/b/\($0)" }
    #expect(files.paths == paths)
  }

  @Test func replacesWhatWasThereAndLeavesTheRest() throws {
    let folder = try TemporaryDirectory()
    try folder.write("a longer text than the new one", to: "one")
    try folder.write("mine", to: "other")
    var files = WholeFiles(directory: folder.path)
    files.add("one", "new")
    try files.write()
    try files.write()
    #expect(try content(folder) == ["one": "new", "other": "mine"])
  }

  @Test func addingWritesNothing() throws {
    let folder = try TemporaryDirectory()
    var files = WholeFiles(directory: folder.path + "/sub")
    files.add("one", "text")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  @Test(arguments: ["file", "file/below", "file/below/further"])
  func aFolderBelowAFile(name: String) throws {
    let folder = try TemporaryDirectory()
    try folder.write("kept", to: "file")
    var files = WholeFiles(directory: folder.path + "/" + name)
    files.add("one", "text")
    let error = #expect(throws: DatasetError.self) { try files.write() }
    #expect(error?.kind == .unwritable)
    #expect(error?.place?.file == folder.path + "/" + name)
    #expect(
      error?.message == "The folder cannot be made: Not a directory. Choose another with --out."
    )
    #expect(try content(folder) == ["file": "kept"])
  }

  /// The first file could be written, a later one cannot: nothing changes.
  @Test(arguments: ["b/c", "folder"])
  func aLaterFileThatCannotBeWritten(name: String) throws {
    let folder = try TemporaryDirectory()
    try folder.makeDirectory("folder")
    try folder.write("old", to: "a")
    try folder.write("old", to: "b")
    var files = WholeFiles(directory: folder.path)
    files.add("a", "new")
    files.add("c", "new")
    files.add(name, "new")
    let error = #expect(throws: DatasetError.self) { try files.write() }
    #expect(error?.kind == .unwritable)
    #expect(try content(folder) == ["a": "old", "b": "old"])
  }

  @Test func aFolderInAFilesPlace() throws {
    let folder = try TemporaryDirectory()
    try folder.makeDirectory("folder")
    var files = WholeFiles(directory: folder.path)
    files.add("folder", "text")
    #expect(
      errorText { try files.write() } == "\(folder.path)/folder: The file cannot be written: Is a "
        + "directory. Nothing was changed."
    )
  }

  @Test func aFailureLeavesNoFolderThatItMade() throws {
    let folder = try TemporaryDirectory()
    var files = WholeFiles(directory: folder.path + "/new/deep")
    files.add("a", "text")
    files.add(String(repeating: "x", count: 300), "text")
    #expect(throws: DatasetError.self) { try files.write() }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  @Test func aNameTooLong() throws {
    let folder = try TemporaryDirectory()
    try folder.write("old", to: "a")
    var files = WholeFiles(directory: folder.path)
    files.add("a", "new")
    files.add(String(repeating: "x", count: 300), "new")
    #expect(errorText { try files.write() }.contains("File name too long. Nothing was changed."))
    #expect(try content(folder) == ["a": "old"])
  }
}
