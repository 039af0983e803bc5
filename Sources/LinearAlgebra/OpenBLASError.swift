/// Why OpenBLAS cannot be used.
public enum OpenBLASError: Error, Sendable, Hashable, CustomStringConvertible {
  /// It could not be loaded; what the system said of each name that was tried.
  case notLoaded(tried: [String])
  /// The library that was loaded lacks a function: it is another BLAS.
  case noFunction(name: String, library: String)
  /// The library counts in integers of 64 bits.
  case wideIntegers(library: String)
  /// A small product or factor, which rounding cannot touch, is wrong.
  case wrongResult(function: String, configuration: String)

  /// The sentences shown to the user.
  public var description: String {
    switch self {
    case .notLoaded(let tried):
      "OpenBLAS cannot be loaded (\(tried.joined(separator: "; "))). \(Self.advice)"
    case .noFunction(let name, let library):
      "\(library) has no function \(name): it is not OpenBLAS. \(Self.advice)"
    case .wideIntegers(let library):
      "\(library) counts in integers of 64 bits, and regionsim in 32. \(Self.advice)"
    case .wrongResult(let function, let configuration):
      "OpenBLAS computes wrongly on this processor (\(function); \(configuration)). Set the "
        + "environment variable OPENBLAS_CORETYPE to another core, such as Haswell, or install a "
        + "newer OpenBLAS."
    }
  }

  private static let advice =
    "Install it with \"apt-get install libopenblas0\" on Debian and Ubuntu or \"brew install "
    + "openblas\" on macOS, or name its file in the environment variable REGIONSIM_OPENBLAS."
}
