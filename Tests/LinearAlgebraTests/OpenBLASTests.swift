import LinearAlgebra
import Testing

@Suite struct OpenBLASTests {
  /// Fails where another BLAS, such as the reference one, has been linked instead.
  @Test func openBLASIsLinked() {
    #expect(OpenBLAS.configuration.hasPrefix("OpenBLAS "))
    #expect(!OpenBLAS.core.isEmpty)
  }

  @Test func oneThreadIsUsed() {
    #expect(OpenBLAS.threads == 1)
  }
}
