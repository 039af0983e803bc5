internal import COpenBLAS

/// What is known of the linked OpenBLAS, and the policy on its threads.
public enum OpenBLAS {
  /// The build's configuration as OpenBLAS states it, such as
  /// `OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH NO_AFFINITY Haswell MAX_THREADS=64`.
  public static var configuration: String {
    guard let text = openblas_get_config() else { return "" }
    return String(cString: text)
  }

  /// The processor core whose kernels OpenBLAS chose at start, such as `Haswell` or `SkylakeX`.
  public static var core: String {
    guard let text = openblas_get_corename() else { return "" }
    return String(cString: text)
  }

  /// The number of threads that OpenBLAS uses for one call.
  public static var threads: Int {
    useOneThread()
    return Int(openblas_get_num_threads())
  }

  /// Makes OpenBLAS compute on the calling thread alone; parallel work is arranged by the caller.
  ///
  /// The setting holds for the whole process. It is made once, however often this is called.
  static func useOneThread() {
    _ = oneThread
  }

  private static let oneThread: Void = openblas_set_num_threads(1)
}
