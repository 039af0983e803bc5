internal import CKernels

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// OpenBLAS, loaded when it is first needed and then for the rest of the process, on one thread.
///
/// ``check()`` loads it and says what is wrong. What needs it without that check ends the program with
/// the same sentence.
///
/// **Where it is looked for**: the file that the environment variable `REGIONSIM_OPENBLAS` names;
/// without it the system's library, on macOS that of Homebrew.
///
/// **The core**: OpenBLAS chooses its kernels once, when it is loaded, by a list of the processors that
/// were known when it was written. On a newer one it falls back to kernels without AVX, several times
/// slower. On x86-64 `OPENBLAS_CORETYPE`, where the user has not set it, is therefore
///
/// - `SkylakeX` with AVX-512 (F, DQ, BW, VL, CD), whose products in double precision no later core has
///   replaced;
/// - `Haswell` with AVX2 and FMA but not AVX-512 on Intel's processors, for all of which it is the
///   best;
/// - left alone otherwise: AMD's processors without AVX-512 are all on the list.
public enum OpenBLAS {
  /// Who chose the kernels.
  public enum CoreChoice: String, Sendable, Hashable {
    /// regionsim, by what the processor can do.
    case regionsim
    /// The user, with the environment variable `OPENBLAS_CORETYPE`.
    case user = "the user"
    /// OpenBLAS, by its own list, as nothing was asked for or it does not have what was.
    case openBLAS = "OpenBLAS"
  }

  /// Loads OpenBLAS, unless it is loaded, and tries it on small matrices.
  ///
  /// To be called before other threads are started, as loading sets environment variables for a
  /// moment.
  ///
  /// - Throws: `OpenBLASError` when there is none that can be used; each time the same.
  public static func check() throws(OpenBLASError) { _ = try loaded.get() }

  /// The build's configuration as OpenBLAS states it, such as
  /// `OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH NO_AFFINITY Haswell MAX_THREADS=64`.
  public static var configuration: String { library.configuration }

  /// The processor core whose kernels are used, such as `Haswell` or `SkylakeX`.
  public static var core: String { library.core }

  /// Who chose ``core``.
  public static var coreChoice: CoreChoice { library.coreChoice }

  /// The number of threads that OpenBLAS uses for one call: 1, as parallel work is arranged by the
  /// caller.
  public static var threads: Int { library.threads }

  /// The loaded library; ends the program where there is none.
  static var library: OpenBLASLibrary {
    switch loaded {
    case .success(let library): library
    case .failure(let error): fatalError(error.description)
    }
  }

  private static let loaded = Result { () throws(OpenBLASError) in
    try OpenBLASLibrary(firstOf: names, wishedCore: wishedCore)
  }

  /// What is tried, in this order.
  private static var names: [String] {
    if let named = getenv("REGIONSIM_OPENBLAS").map({ String(cString: $0) }), !named.isEmpty {
      return [named]
    }
    #if os(macOS)
      return ["/opt/homebrew/opt", "/usr/local/opt"].map { $0 + "/openblas/lib/libopenblas.dylib" }
    #else
      return ["libopenblas.so.0", "libopenblas.so"]
    #endif
  }

  /// The core that this processor is best used as; `nil` where OpenBLAS knows best.
  private static var wishedCore: String? {
    switch Int(ckernels_processor_level()) {
    case Int(CKERNELS_LEVEL_V4): "SkylakeX"
    case Int(CKERNELS_LEVEL_V3) where ckernels_processor_is_intel() == 1: "Haswell"
    default: nil
    }
  }
}
