import Foundation
import TestSupport
import Testing

@testable import Measurements

@Suite struct PeerTests {
  @Test func aMeasurement() throws {
    let line = try PeerLine(
      """
      {"work":"weights","implementation":"numpy","version":"2.1","units":30,"columns":500,\
      "threads":2,"median":1000.5,"min":900,"max":1100,"unit":"draws/s","repeats":5,\
      "peakMegabytes":64.5,"isEqual":true,"note":"chunks","anything":[1]}
      """
    )
    let found = try #require(try line.measurement())
    #expect(found.work == .weights && found.implementation == "numpy" && found.version == "2.1")
    #expect(found.size == Measurement.Size(units: 30, columns: 500, threads: 2))
    #expect((found.median, found.min, found.max) == (1000.5, 900, 1100))
    #expect(found.unit == .drawsPerSecond && found.repeats == 5)
    #expect(found.scenariosPerSecond == 1000.5)
    #expect(found.peakMegabytes == 64.5 && found.isChecked == true && found.note == "chunks")
    #expect(found.isPeer)
  }

  @Test func whatIsNotKnown() throws {
    let line = try PeerLine(
      """
      {"work":"top","implementation":"a","version":null,"units":30,"columns":500,"threads":1,\
      "median":2,"min":1,"max":3,"unit":"ns/element","repeats":1,"peakMegabytes":null,\
      "isEqual":null,"note":null}
      """
    )
    let found = try #require(try line.measurement())
    #expect(found.isChecked == nil && found.peakMegabytes == nil && found.version.isEmpty)
  }

  @Test func whatIsLeftOut() throws {
    let line = try PeerLine(#"{"work":"rank","implementation":"R","skipped":"needs R"}"#)
    #expect(line.skipped == "needs R")
    #expect(try line.measurement() == nil)
    let other = #"{"work":"bake","implementation":"a","units":1,"median":1,"unit":"s"}"#
    #expect(try PeerLine(Substring(other)).measurement() == nil)
  }

  @Test(arguments: [
    "Traceback (most recent call last):", "{}", "[]",
    #"{"work":"rank","implementation":"a"}"#,
    #"{"work":"rank","implementation":"a","units":1,"median":NaN,"unit":"s"}"#,
  ])
  func nonsense(text: String) {
    let error = #expect(throws: MeasurementError.self) { try PeerLine(Substring(text)) }
    #expect(error?.kind == .failed)
    #expect(error?.description == "The peers' program said what is not understood: \(text)")
  }

  @Test func anotherUnit() throws {
    let line = try PeerLine(
      #"{"work":"rank","implementation":"a","units":1,"median":1,"unit":"s"}"#
    )
    #expect(
      errorText { try line.measurement() }
        == "The peers' program measures rank in s instead of ns/element."
    )
  }

  // MARK: - Programs and folders

  /// The first folder that has the script counts; Python is beside it, unless another is asked for.
  @Test func whereTheProgramIs() throws {
    let folder = try TemporaryDirectory()
    let installed = try folder.makeDirectory("share/regionsim/peers")
    let root = String(installed.dropLast("/peers".count))
    try folder.write("", to: "share/regionsim/peers/peers.py")
    try folder.makeDirectory("checkout/Scripts/peers")
    try folder.write("", to: "checkout/Scripts/peers/peers.py")
    let checkout = folder.path + "/checkout"
    let found = try PeerProgram(roots: [folder.path, root, checkout], python: "/bin/sh")
    #expect(found.script == root + "/peers/peers.py")
    #expect(found.python == "/bin/sh")
    let other = try PeerProgram(roots: [checkout, root], python: "/bin/sh")
    #expect(other.script == checkout + "/Scripts/peers/peers.py")
    #expect(
      errorText { try PeerProgram(roots: [checkout], python: nil) }
        == "There is no Python for the peers (\(checkout)/.venv-peers/bin/python). Make it with: "
        + "make peers"
    )
    let none = #expect(throws: MeasurementError.self) {
      _ = try PeerProgram(roots: [folder.path], python: "/bin/sh")
    }
    #expect(none?.kind == .notFound)
    #expect(none?.description.contains("Scripts/peers/peers.py") == true)
  }

  @Test func linesOfAProgramAsTheyCome() throws {
    var lines: [String] = []
    let run = try ChildProcess(
      "/bin/sh",
      ["-c", "echo one; printf 'two\\nthr'; echo ee; printf last; exit 7"],
      showsErrors: false
    ) { lines.append(String($0)) }
    #expect(lines == ["one", "two", "three", "last"])
    #expect(run.code == 7)
    #expect(run.seconds > 0 && run.peakMegabytes > 0)
  }

  @Test func programsThatFail() throws {
    let killed = try ChildProcess("/bin/sh", ["-c", "kill -9 $$"], showsErrors: false)
    #expect(killed.code == -9)
    let error = #expect(throws: MeasurementError.self) {
      _ = try ChildProcess("/nowhere/at-all", [], showsErrors: false)
    }
    #expect(error?.kind == .notFound)
    #expect(error?.description == "/nowhere/at-all cannot be started: No such file or directory.")
  }

  /// A mistake in a line ends the reading; the program is waited for all the same.
  @Test func aLineThatIsRefused() {
    struct Refusal: Error {}
    #expect(throws: Refusal.self) {
      _ = try ChildProcess("/bin/sh", ["-c", "echo a; echo b"], showsErrors: false) { _ in
        throw Refusal()
      }
    }
  }

  @Test func aFolderThatGoes() throws {
    var directory: PeerDirectory? = try PeerDirectory()
    let path = try #require(directory?.path)
    try directory?.write([1.0, -2.5], "values.f64")
    try directory?.write([UInt16(513)], "places.u16")
    let values = try #require(FileManager.default.contents(atPath: path + "/values.f64"))
    #expect(values.count == 16)
    let places = try #require(FileManager.default.contents(atPath: path + "/places.u16"))
    #expect(Array(places) == [1, 2])
    directory = nil
    #expect(!FileManager.default.fileExists(atPath: path))
  }
}
