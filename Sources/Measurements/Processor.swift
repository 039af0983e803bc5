#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The processor, as far as the system tells.
public struct Processor: Sendable, Hashable {
  /// What a vector of the processor holds.
  public enum Vectors: Int, Sendable, Hashable, Comparable {
    /// Two numbers, or not known.
    case two = 2
    /// Four numbers: AVX2.
    case four = 4
    /// Eight numbers: AVX-512.
    case eight = 8

    /// Whether a vector is shorter than another.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// The name; `nil` where it is not known.
  public let name: String?
  /// How many cores this process may use.
  public let cores: Int
  /// How long its vectors are.
  public let vectors: Vectors
  /// The size of the last cache in bytes; `nil` where it is not known.
  public let cache: Int?

  /// The processor this runs on.
  public static let current = Processor(
    information: SystemText.read("/proc/cpuinfo") ?? "",
    cache: [3, 2].lazy.compactMap {
      SystemText.read("/sys/devices/system/cpu/cpu0/cache/index\($0)/size")
    }.first,
    cores: ProcessInfo.processInfo.activeProcessorCount
  )

  /// Reads what Linux tells.
  ///
  /// - Parameters:
  ///   - information: The text of `/proc/cpuinfo`.
  ///   - cache: The size of a cache, such as `266240K`.
  ///   - cores: How many cores this process may use.
  init(information: String, cache: String?, cores: Int) {
    func value(_ key: String) -> Substring? {
      let line = information.split(separator: "\n").first { $0.hasPrefix(key) }
      return line?.split(separator: ":", maxSplits: 1).last.map { $0.drop { $0 == " " } }
    }
    name = value("model name").map(String.init)
    self.cores = cores
    let flags = Set(value("flags")?.split(separator: " ") ?? [])
    vectors =
      flags.isSuperset(of: ["avx512f", "avx512dq", "avx512bw", "avx512vl"])
      ? .eight : flags.contains("avx2") ? .four : .two
    let digits = cache?.prefix(while: \.isNumber) ?? ""
    self.cache = Int(digits).map { $0 * (cache?.contains("M") == true ? 1 << 20 : 1 << 10) }
  }

  /// How long the vectors are that one of OpenBLAS' cores for x86-64 uses; `nil` for others.
  public static func vectors(ofCore core: String) -> Vectors? {
    switch core {
    case "SkylakeX", "Cooperlake", "SapphireRapids": .eight
    case "Haswell", "Zen", "Excavator": .four
    case "Prescott", "Katmai", "Coppermine", "Northwood", "Banias", "Core2", "Penryn", "Dunnington",
      "Nehalem", "Atom", "Athlon", "Opteron", "Opteron_SSE3", "Barcelona", "Bobcat", "Nano":
      .two
    default: nil
    }
  }
}
