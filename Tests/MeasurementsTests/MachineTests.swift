import TestSupport
import Testing

@testable import Measurements

@Suite struct MachineTests {
  private static func information(_ flags: String) -> String {
    """
    processor\t: 0
    model name\t: Some Processor @ 3.00GHz
    flags\t\t: fpu sse2 \(flags)
    processor\t: 1
    model name\t: Some Processor @ 3.00GHz
    """
  }

  @Test(arguments: [
    ("", Processor.Vectors.two), ("avx", .two), ("avx avx2 fma", .four), ("avx2 avx512f", .four),
    ("avx2 avx512f avx512dq avx512bw avx512vl", .eight),
  ])
  func vectors(flags: String, expected: Processor.Vectors) {
    let processor = Processor(information: Self.information(flags), cache: "36608K\n", cores: 2)
    #expect(processor.name == "Some Processor @ 3.00GHz")
    #expect(processor.vectors == expected)
    #expect(processor.cache == 36608 * 1024)
  }

  @Test func whatIsNotTold() {
    let processor = Processor(information: "", cache: nil, cores: 4)
    #expect(processor.name == nil && processor.cache == nil)
    #expect(processor.vectors == .two)
    #expect(Processor(information: "", cache: "8M", cores: 4).cache == 8 << 20)
    #expect(Processor.current.cores >= 1)
  }

  @Test(arguments: [
    ("SkylakeX", Processor.Vectors.eight), ("Cooperlake", .eight), ("SapphireRapids", .eight),
    ("Haswell", .four), ("Zen", .four), ("Prescott", .two), ("Nehalem", .two), ("ARMV8", nil),
  ])
  func cores(core: String, expected: Processor.Vectors?) {
    #expect(Processor.vectors(ofCore: core) == expected)
  }

  @Test func peakMemory() throws {
    let status = "Name:\tregionsim\nVmPeak:\t  900000 kB\nVmHWM:\t   51200 kB\nVmRSS:\t 1 kB\n"
    #expect(PeakMemory.megabytes(inStatus: status) == 50)
    #expect(PeakMemory.megabytes(inStatus: "Name:\tregionsim\n") == nil)
    let (sum, megabytes) = PeakMemory.during {
      [Double](repeating: 1, count: 8 << 20).reduce(0, +)
    }
    #expect(sum == Double(8 << 20))
    if let megabytes { #expect(megabytes >= 64) }
  }
}
