import CKernels
import Foundation
import Testing

@testable import LinearAlgebra

@Suite struct OpenBLASTests {
  private static let isLeftToRegionsim =
    ProcessInfo.processInfo.environment["OPENBLAS_CORETYPE"] == nil

  @Test func theLibraryIsOpenBLAS() throws {
    try OpenBLAS.check()
    #expect(OpenBLAS.configuration.hasPrefix("OpenBLAS "))
    #expect(OpenBLAS.configuration.contains(OpenBLAS.core))
  }

  @Test func oneThreadIsUsed() {
    #expect(OpenBLAS.threads == 1)
  }

  /// What OpenBLAS was told while it was loaded is not told to others.
  @Test func theEnvironmentIsAsBefore() throws {
    try OpenBLAS.check()
    let wasSet = !Self.isLeftToRegionsim
    #expect((getenv("OPENBLAS_CORETYPE") != nil) == wasSet)
  }

  // MARK: - The core

  /// A build for one kind of processor has no choice.
  @Test(.enabled(if: isLeftToRegionsim && ckernels_processor_level() == CInt(CKERNELS_LEVEL_V4)))
  func aProcessorWithAVX512IsUsedAsOne() {
    guard OpenBLAS.configuration.contains("DYNAMIC_ARCH") else { return }
    #expect(OpenBLAS.core == "SkylakeX")
    #expect(OpenBLAS.coreChoice == .regionsim)
  }

  #if arch(x86_64)
    @Test func theUsersCoreIsTaken() async {
      await #expect(processExitsWith: .success) {
        setenv("OPENBLAS_CORETYPE", "Nehalem", 1)
        try #require(OpenBLAS.core == "Nehalem")
        try #require(OpenBLAS.coreChoice == .user)
        try #require(String(cString: getenv("OPENBLAS_CORETYPE")) == "Nehalem")
      }
    }

    @Test(.enabled(if: ckernels_processor_level() >= CInt(CKERNELS_LEVEL_V3)))
    func theUsersHaswellIsTaken() async {
      await #expect(processExitsWith: .success) {
        setenv("OPENBLAS_CORETYPE", "Haswell", 1)
        try #require(OpenBLAS.core == "Haswell")
      }
    }

    @Test func anUnknownCoreLeavesTheChoiceToOpenBLAS() async {
      await #expect(processExitsWith: .success) {
        setenv("OPENBLAS_CORETYPE", "Zilog", 1)
        try #require(OpenBLAS.coreChoice == .openBLAS)
      }
    }
  #endif

  @Test func theUsersThreadsAreNotUsed() async {
    await #expect(processExitsWith: .success) {
      setenv("OPENBLAS_NUM_THREADS", "2", 1)
      try #require(OpenBLAS.threads == 1)
    }
  }

  // MARK: - What is wrong

  @Test func aMissingLibrary() throws {
    let names = ["libopenblas-of-nobody.so.0", "/nowhere/libopenblas.so"]
    let error = #expect(throws: OpenBLASError.self) {
      try OpenBLASLibrary(firstOf: names, wishedCore: nil)
    }
    let text = try #require(error).description
    for name in names { #expect(text.contains(name)) }
    #expect(text.hasPrefix("OpenBLAS cannot be loaded ("))
    #expect(text.contains("apt-get install libopenblas0"))
  }

  /// The program's own symbols stand for another library.
  @Test(arguments: [otherLibrary]) func anotherLibrary(name: String) {
    #expect(throws: OpenBLASError.noFunction(name: "openblas_get_config", library: name)) {
      try OpenBLASLibrary(firstOf: ["/nowhere", name], wishedCore: nil)
    }
  }

  #if os(macOS)
    private static let otherLibrary = "/usr/lib/libSystem.B.dylib"
  #else
    private static let otherLibrary = "libm.so.6"
  #endif

  @Test func theVariableNamesTheFile() async {
    await #expect(processExitsWith: .success) {
      setenv("REGIONSIM_OPENBLAS", "/nowhere/libopenblas.so", 1)
      try #require(throws: OpenBLASError.self) { try OpenBLAS.check() }
    }
  }

  @Test func withoutTheCheckAProductEndsTheProgram() async throws {
    let result = await #expect(
      processExitsWith: .failure,
      observing: [\.standardErrorContent]
    ) {
      setenv("REGIONSIM_OPENBLAS", "/nowhere/libopenblas.so", 1)
      let one = Matrix(rows: 1, columns: 1, repeating: 1)
      _ = one.multiplied(by: one)
    }
    let errors = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(errors.contains("OpenBLAS cannot be loaded (/nowhere/libopenblas.so"))
  }

  // MARK: - Kernels that compute wrongly

  @Test func wrongProducts() {
    expectWrong("dgemm") { library in
      library.dgemm = { _, _, _, m, n, _, _, _, _, _, _, _, result, _ in
        for index in 0..<Int(m * n) { result?[index] = 0 }
      }
    }
    expectWrong("dtrmm") { library in
      library.dtrmm = { _, _, _, _, _, _, _, _, _, _, _, _ in }
    }
    expectWrong("dpotrf") { library in
      library.dpotrf = { _, _, _, _, info in info.pointee = 1 }
    }
  }

  private func expectWrong(_ function: String, _ spoil: (inout OpenBLASLibrary) -> Void) {
    var library = OpenBLAS.library
    spoil(&library)
    let error = OpenBLASError.wrongResult(
      function: function,
      configuration: OpenBLAS.configuration
    )
    let spoiled = library
    #expect(throws: error) { try spoiled.verify() }
  }
}
