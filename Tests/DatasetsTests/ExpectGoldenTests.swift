import TestSupport
import Testing

/// A golden text that differs must fail its test; this support would else hide every change.
@Suite struct ExpectGoldenTests {
  @Test func sameTextPassesAndAnotherFails() throws {
    let folder = try TemporaryDirectory()
    try folder.write("one\ntwo\n", to: "golden.txt")
    let testFile = folder.path + "/Tests.swift"
    expectGolden("one\ntwo\n", "golden.txt", testFile: testFile)
    for other in ["one\ntwo", "one\nTwo\n", ""] {
      withKnownIssue { expectGolden(other, "golden.txt", testFile: testFile) }
    }
    withKnownIssue { expectGolden("one\n", "absent.txt", testFile: testFile) }
  }

  @Test func closeNumbersPassAndOthersFail() {
    expectClose(1, 1 + 1e-13)
    expectClose([.nan, .infinity], [.nan, .infinity])
    withKnownIssue { expectClose(1, 1 + 1e-11) }
    withKnownIssue { expectClose(.nan, 1) }
    withKnownIssue { expectClose(.infinity, 1) }
    withKnownIssue { expectClose([1], [1, 2]) }
    withKnownIssue { expectClose([1, 3], [1, 2]) }
  }
}
