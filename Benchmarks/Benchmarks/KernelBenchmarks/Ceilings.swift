import Statistics

/// The largest ratio allowed, in per mille, by the kernel under guard.
///
/// Set once for AVX2 and once for AVX-512, as the ratios lie far apart. Each lies a quarter or more
/// above what was measured, with either kernel, on a Xeon that has both, since processors with the
/// same vectors differ too; and where it can, below 1000, what it would be without the kernel.
struct Ceilings {
  private let avx2: Int
  private let avx512: Int
  /// For the other kernels; `nil` where there is then nothing to guard.
  private let others: Int?

  /// Ceilings for work that a kernel in C does.
  init(avx2: Int, avx512: Int) {
    self.avx2 = avx2
    self.avx512 = avx512
    others = nil
  }

  /// One ceiling for work that no kernel in C does.
  init(anywhere ceiling: Int) {
    avx2 = ceiling
    avx512 = ceiling
    others = ceiling
  }

  /// The ceiling for a kernel; `nil` where none is set.
  subscript(kernel: Kernel) -> Int? {
    switch kernel {
    case .avx2: avx2
    case .avx512: avx512
    case .reference, .baseline: others
    }
  }
}
