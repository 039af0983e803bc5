internal import Dispatch
public import LinearAlgebra
public import Statistics

/// What this machine can do at most, measured: how fast memory is read and matrices are multiplied.
public struct MachineLimits: Sendable, Hashable {
  /// How fast memory is read and written.
  public struct Bandwidth: Sendable, Hashable {
    /// 10⁹ bytes in a second when a large array is summed.
    public let read: Double
    /// 10⁹ bytes in a second of a = b + s c on large arrays, as STREAM counts: 24 bytes an element.
    public let triad: Double
  }

  /// The processor.
  public var processor = Processor.current
  /// By number of threads, how fast memory is.
  public private(set) var bandwidths: [Int: Bandwidth] = [:]
  /// By number of threads, the 10⁹ operations in a second of `dgemm`.
  public private(set) var peaks: [Int: Double] = [:]
  /// The smallest share of the processors of its threads that the program had meanwhile; below 1 others
  /// used them too, and the limits are higher than measured. `nil` where it is not known.
  public var processorShare: Double?
  /// How many bytes the arrays had together.
  public let bytes: Int
  /// The configuration that OpenBLAS states.
  public let configuration: String
  /// The core whose kernels OpenBLAS uses.
  public var core: String
  /// Who chose the core.
  public let coreChoice: OpenBLAS.CoreChoice
  /// The kernel that regionsim uses unless another is asked for.
  public let kernel = Kernel.best
  /// The kernels that can run here.
  public let kernels = Kernel.available

  /// The version of OpenBLAS, such as `0.3.21`.
  public var version: String {
    let words = configuration.split(separator: " ")
    return words.count > 1 && words[0] == "OpenBLAS" ? String(words[1]) : configuration
  }

  /// Whether the arrays were larger than the last cache, so that memory was measured.
  public var isOfMemory: Bool { processor.cache.map { bytes > 2 * $0 } ?? true }

  /// The longer of read and triad with a number of threads, 10⁹ bytes in a second.
  public func bandwidth(threads: Int) -> Double? {
    bandwidths[threads].map { max($0.read, $0.triad) }
  }

  /// The peak of `dgemm` with a number of threads, 10⁹ operations in a second.
  public func peak(threads: Int) -> Double? { peaks[threads] }

  /// Measures the machine.
  ///
  /// - Parameters:
  ///   - threads: The numbers of threads to measure with.
  ///   - isQuick: Whether small arrays and matrices must do.
  /// - Complexity: Some seconds; up to 800 MB of memory for the time being.
  public init(threads: [Int], isQuick: Bool) {
    configuration = OpenBLAS.configuration
    core = OpenBLAS.core
    coreChoice = OpenBLAS.coreChoice
    // Well above the last cache, and not more than most machines have to spare.
    let wanted = 4 * (processor.cache ?? 64 << 20)
    bytes = isQuick ? 24 << 20 : min(max(wanted, 384 << 20), 768 << 20)
    let arrays = (0..<3).map { _ in
      UnsafeMutableBufferPointer<Double>.allocate(capacity: bytes / 24)
    }
    defer { for array in arrays { array.deallocate() } }
    for array in arrays { array.initialize(repeating: 1) }
    let repeats = isQuick ? 2 : 7
    for count in Set(threads) {
      let read = timed(repeats, count) { Self.read(arrays, count) }
      let triad = timed(repeats, count) { Self.triad(arrays, count) }
      let moved = Double(bytes / 24 * 24) / 1e9
      bandwidths[count] = Bandwidth(read: moved / read, triad: moved / triad)
      peaks[count] = peak(of: isQuick ? 384 : 1024, repeats, count)
    }
  }

  /// The seconds of the fastest repeat.
  private mutating func timed(_ repeats: Int, _ threads: Int, _ body: () -> Void) -> Double {
    let timing = Stopwatch(repeats: repeats, budget: 0, ceiling: 10).time(body)
    // More threads than cores cannot have a processor each.
    if let share = timing.processorShare(of: min(threads, processor.cores)) {
      processorShare = min(processorShare ?? share, share)
    }
    return timing.min
  }

  /// Sums arrays, each thread a part of each.
  private static func read(_ arrays: [UnsafeMutableBufferPointer<Double>], _ threads: Int) {
    typealias Lanes = SIMD8<Double>
    // The threads read alone.
    nonisolated(unsafe) let arrays = arrays
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      var sums = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
      for array in arrays {
        let part = range(of: array.count, thread, threads)
        guard let first = array.baseAddress else { return }
        let raw = UnsafeRawPointer(first)
        var index = part.lowerBound
        while index &+ 32 <= part.upperBound {
          let start = raw + index &* 8
          sums.0 += start.loadUnaligned(as: Lanes.self)
          sums.1 += start.loadUnaligned(fromByteOffset: 64, as: Lanes.self)
          sums.2 += start.loadUnaligned(fromByteOffset: 128, as: Lanes.self)
          sums.3 += start.loadUnaligned(fromByteOffset: 192, as: Lanes.self)
          index &+= 32
        }
      }
      // What is never true, but the compiler cannot know, keeps the sums from being left out.
      if (sums.0 + sums.1 + sums.2 + sums.3).sum() == -1 { arrays[0][0] = 0 }
    }
  }

  private static func triad(_ arrays: [UnsafeMutableBufferPointer<Double>], _ threads: Int) {
    // Each thread writes a part of its own.
    nonisolated(unsafe) let arrays = arrays
    DispatchQueue.concurrentPerform(iterations: threads) { thread in
      guard let a = arrays[0].baseAddress, let b = arrays[1].baseAddress,
        let c = arrays[2].baseAddress
      else { return }
      for index in range(of: arrays[0].count, thread, threads) {
        a[index] = b[index] + 0.5 * c[index]
      }
    }
  }

  private static func range(of count: Int, _ thread: Int, _ threads: Int) -> Range<Int> {
    count * thread / threads..<count * (thread + 1) / threads
  }

  /// The 10⁹ operations in a second of square products, each thread its own.
  private mutating func peak(of size: Int, _ repeats: Int, _ threads: Int) -> Double {
    let factor = Matrix(rows: size, columns: size, repeating: 0.5)
    var products = (0..<threads).map { _ in Matrix(rows: size, columns: size) }
    let operations = 2 * Double(size) * Double(size) * Double(size) * Double(threads)
    let seconds = timed(repeats, threads) {
      products.withUnsafeMutableBufferPointer { products in
        // Each thread writes a matrix of its own.
        nonisolated(unsafe) let all = products
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
          factor.multiply(factor, into: &all[thread])
        }
      }
    }
    return operations / seconds / 1e9
  }
}
