package import CKernels

/// Which implementation of the hot loops runs: of ranking, drawing, exponentials and sums.
///
/// All give the same results to the last bit; they differ in speed alone. The plain one in Swift is
/// what the others are tested against. The others are one text in C, compiled for several kinds of
/// processor, as Swift has no way to compile a function for a processor that may not be there.
public enum Kernel: String, Sendable, Hashable, CaseIterable {
  /// Plain Swift, for every processor.
  case reference
  /// C for what every processor of the architecture has: SSE2 on x86-64, NEON on arm64.
  case baseline
  /// C for AVX2 (x86-64-v3).
  case avx2
  /// C for AVX-512 (x86-64-v4).
  case avx512

  /// The kernels that can run here, the fastest last.
  public static let available: [Kernel] = allCases.filter(\.isAvailable)

  /// The kernel that is used unless another is asked for.
  ///
  /// The fastest, but for the baseline of x86-64: without a minimum of unsigned numbers it does not
  /// keep ahead of plain Swift everywhere.
  public static let best: Kernel = {
    let fastest = available.last ?? .reference
    #if arch(x86_64)
      return fastest == .baseline ? .reference : fastest
    #else
      return fastest
    #endif
  }()

  private var isAvailable: Bool {
    level.map { Self.tables[Int($0)] != nil } ?? true
  }

  private var level: CInt? {
    switch self {
    case .reference: nil
    case .baseline: CInt(CKERNELS_LEVEL_BASELINE)
    case .avx2: CInt(CKERNELS_LEVEL_V3)
    case .avx512: CInt(CKERNELS_LEVEL_V4)
    }
  }

  /// The kernels in C; `nil` for plain Swift.
  ///
  /// A kernel that cannot run here must not be asked for.
  package var table: ckernels_table? {
    guard let level else { return nil }
    guard let table = Self.tables[Int(level)] else {
      preconditionFailure("The processor cannot run the kernel \(rawValue).")
    }
    return table
  }

  /// The kernels that can run here, by their level.
  private static let tables: [ckernels_table?] = (0...CKERNELS_LEVEL_V4).map { level in
    CInt(level) <= ckernels_processor_level() ? ckernels_at(CInt(level))?.pointee : nil
  }
}
