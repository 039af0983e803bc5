/// A small generator of random numbers that is the same on every machine for the same seed.
///
/// It is SplitMix64. Source: G. L. Steele, D. Lea and C. H. Flood (2014),
/// https://doi.org/10.1145/2714064.2660195.
public struct SeededGenerator: RandomNumberGenerator, Sendable, Hashable {
  private var state: UInt64

  /// Creates a generator; equal seeds give equal numbers.
  public init(seed: UInt64) { state = seed }

  /// The next number.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension Array {
  /// Puts some of the elements in a random order, each order equally likely.
  ///
  /// The order depends on the generator alone, not on the version of the standard library. Source:
  /// R. Durstenfeld (1964), https://doi.org/10.1145/364520.364540; a number below *k* is the upper
  /// half of the product of *k* and 64 random bits, whose bias is below *k* / 2⁶⁴.
  ///
  /// - Parameters:
  ///   - range: The indices of the elements.
  ///   - generator: The source of random numbers.
  /// - Complexity: O(*k*), with *k* elements in the range.
  public mutating func shuffle(
    in range: Range<Int>,
    with generator: inout some RandomNumberGenerator
  ) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= count,
      "The range lies within the array."
    )
    for last in range.dropFirst().reversed() {
      let count = UInt64(last - range.lowerBound + 1)
      let other = range.lowerBound + Int(generator.next().multipliedFullWidth(by: count).high)
      swapAt(last, other)
    }
  }
}
