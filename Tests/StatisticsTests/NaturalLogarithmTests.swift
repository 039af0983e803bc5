import Foundation
import Statistics
import TestSupport
import Testing

@Suite struct NaturalLogarithmTests {
  /// Against the system's own, which is within a unit in the last place.
  @Test func likeTheSystem() {
    var generator = SplitMix64(seed: 8)
    var numbers: [Double] = [1, 2, 0.5, 1e-300, 1e300, 1.4142135623730951]
    numbers += [.leastNonzeroMagnitude, .greatestFiniteMagnitude]
    numbers += (0..<20_000).map { _ in Double.random(in: 0...3, using: &generator) }
    numbers += (0..<20_000).map { _ in Double(bitPattern: generator.next() >> 2) }
    for number in numbers where number > 0 && number.isFinite {
      let (found, expected) = (naturalLogarithm(number), log(number))
      #expect(abs(found - expected) <= 2 * expected.ulp, "ln \(number)")
    }
  }

  @Test func edges() {
    #expect(naturalLogarithm(1) == 0)
    #expect(naturalLogarithm(0) == -.infinity)
    #expect(naturalLogarithm(-0.0) == -.infinity)
    #expect(naturalLogarithm(.infinity) == .infinity)
    #expect(naturalLogarithm(-1).isNaN)
    #expect(naturalLogarithm(.nan).isNaN)
  }

  /// A larger number never has a smaller logarithm, where that decides between places.
  @Test func neverFalls() {
    for start in [0.7, 0.99, 1, 1.41, 2, 6.44, 100] {
      var number: Double = start
      for _ in 0..<200 {
        #expect(naturalLogarithm(number.nextUp) >= naturalLogarithm(number) - number.ulp)
        number = number.nextUp
      }
    }
  }
}
