import Foundation
import Statistics

/// The kernel under guard: the best that can run here, or the one that BENCH_KERNEL names, so that a
/// processor with AVX-512 shows whether a ceiling holds with AVX2 too.
let guardedKernel: Kernel = {
  guard let name = ProcessInfo.processInfo.environment["BENCH_KERNEL"] else { return .best }
  guard let kernel = Kernel(rawValue: name), Kernel.available.contains(kernel) else {
    fatalError("BENCH_KERNEL is one of \(Kernel.available.map(\.rawValue)).")
  }
  return kernel
}()
