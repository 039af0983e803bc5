/// Philox4x32-10: ten rounds of products turn a counter and a key into random bits.
///
/// Source: J. K. Salmon, M. A. Moraes, R. O. Dror and D. E. Shaw (2011), Parallel random numbers: as
/// easy as 1, 2, 3, https://doi.org/10.1145/2063384.2063405.
struct Philox: Sendable, Hashable {
  /// The words of two blocks, each in the lower half of a lane.
  typealias Pair = SIMD2<UInt64>

  /// The keys of the rounds, two to a round, each for both lanes.
  let keys: [Pair]
  /// The same keys, each once.
  let words: [UInt64]

  /// Creates the function of a key, the lower word first.
  init(key: UInt64) {
    var (even, odd) = (UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32))
    var keys: [Pair] = []
    for _ in 0..<10 {
      keys += [Pair(repeating: UInt64(even)), Pair(repeating: UInt64(odd))]
      even &+= 0x9E37_79B9
      odd &+= 0xBB67_AE85
    }
    self.keys = keys
    words = keys.map(\.x)
  }

  /// Two blocks in the making.
  struct Blocks {
    private var a: Pair
    private var b: Pair
    private var c: Pair
    private var d: Pair

    /// Starts from the four words of two counters.
    @inline(__always)
    init(_ a: Pair, _ b: Pair, _ c: Pair, _ d: Pair) {
      (self.a, self.b, self.c, self.d) = (a, b, c, d)
    }

    /// One round with its two keys.
    ///
    /// What stands above the lower half of a lane is never read: so it need not be cleared.
    @inline(__always)
    mutating func mix(_ keys: UnsafePointer<Pair>, round: Int) {
      let left = (a & Self.lower) &* Pair(repeating: 0xD251_1F53)
      let right = (c & Self.lower) &* Pair(repeating: 0xCD9E_8D57)
      a = (right &>> Self.half) ^ b ^ keys[2 &* round]
      c = (left &>> Self.half) ^ d ^ keys[2 &* round &+ 1]
      (b, d) = (right, left)
    }

    /// The first and second word of each block, the lower first.
    @inline(__always) var first: Pair { a & Self.lower | b &<< Self.half }

    /// The third and fourth word of each block, the lower first.
    @inline(__always) var second: Pair { c & Self.lower | d &<< Self.half }

    @inline(__always) private static var lower: Pair { Pair(repeating: 0xFFFF_FFFF) }
    @inline(__always) private static var half: Pair { Pair(repeating: 32) }
  }
}
