import Testing

@testable import TestSupport

/// Support that passed whatever it is given would hide every change.
@Suite struct TestSupportTests {
  @Test func sameTextIsGolden() throws {
    #expect(firstDifference("one\ntwo\n", "one\ntwo\n") == nil)
  }

  @Test(arguments: [
    ("one\nTwo\n", "first in line 2.\ngolden: two\nnow:    Two"),
    ("one\ntwo", "first in line 3.\ngolden: \nnow:    (no line)"),
    ("one\ntwo\n\n", "first in line 4.\ngolden: (no line)\nnow:    "),
    ("", "first in line 1.\ngolden: one\nnow:    "),
  ])
  func anotherTextIsNot(text: String, difference: String) {
    #expect(firstDifference("one\ntwo\n", text) == difference)
  }

  @Test func closeNumbers() {
    #expect(isClose(1, 1 + 1e-13, relative: 1e-12, absolute: 0))
    #expect(!isClose(1, 1 + 1e-11, relative: 1e-12, absolute: 0))
    #expect(isClose(0, 1e-13, relative: 0, absolute: 1e-12))
    #expect(isClose(.nan, .nan, relative: 0, absolute: 0))
    #expect(isClose(.infinity, .infinity, relative: 0, absolute: 0))
    #expect(!isClose(.nan, 1, relative: 1, absolute: 1))
    #expect(!isClose(.infinity, 1, relative: 1, absolute: .infinity))
  }

  @Test func textToSpoilMustStandOnce() throws {
    let fixture = try FixtureDataset()
    #expect(throws: FixtureDataset.SpoilError.self) {
      try fixture.replace("absent", with: "", in: "series.csv")
    }
    #expect(throws: FixtureDataset.SpoilError.self) {
      try fixture.replace("Våler", with: "", in: "municipalities.csv")
    }
  }

  @Test func temporaryDirectoryIsRemoved() throws {
    func write() throws -> (path: String, content: String) {
      let directory = try TemporaryDirectory()
      let path = try directory.write("x", to: "a.txt")
      let content = try withExtendedLifetime(directory) { try text(ofFile: path) }
      return (path, content)
    }
    let written = try write()
    #expect(written.content == "x")
    #expect(throws: (any Error).self) { try text(ofFile: written.path) }
  }
}
