import Foundation
import Statistics
import TestSupport
import Testing

@Suite struct ExponentiateTests {
  @Test(
    arguments: [
      (0, 1), (-0.0, 1), (1, 2.718281828459045), (-1, 0.36787944117144233),
      (0.6931471805599453, 2), (Double.infinity, .infinity), (-.infinity, 0), (.nan, .nan),
      (709.782712893384, 1.7976931348622732e308), (709.7827128933841, .infinity), (710, .infinity),
      (1e300, .infinity), (-1e300, 0), (-745.1332191019411, Double.leastNonzeroMagnitude),
      (-745.1332191019412, 0),
      (-746, 0), (Double.leastNonzeroMagnitude, 1), (-Double.leastNonzeroMagnitude, 1),
      (0x1p-53, 1), (0x1.8p-53, 1.0000000000000002),
    ] as [(Double, Double)]
  )
  func knownValues(x: Double, power: Double) {
    #expect(isSame(exponentials([x]), [power]))
    // The same among others, where four go through one operation.
    #expect(
      isSame(exponentials([0, x, 1, x, x, x]), [1, power, exponential(1), power, power, power])
    )
  }

  /// Within a unit in the last place of the system's own function, which is itself within one.
  @Test func closeToTheSystemsOwn() {
    var generator = SplitMix64(seed: 5)
    for limit in [1e-9, 0.01, 1, 40, 700, 745.2] {
      let numbers = (0..<5000).map { _ in Double.random(in: -limit...limit, using: &generator) }
      for (x, power) in zip(numbers, exponentials(numbers)) {
        let expected = exp(x)
        #expect(isSame(power, expected) || abs(power - expected) <= expected.ulp, "\(x)")
      }
    }
  }

  /// Around the points at which another entry of the table takes over.
  @Test func closeAtTheSeams() {
    let step = 0.6931471805599453 / 128
    for index in stride(from: -1024 * 128, through: 1023 * 128, by: 997) {
      let seam = (Double(index) + 0.5) * step
      let numbers = [seam.nextDown, seam, seam.nextUp, Double(index) * step]
      for (x, power) in zip(numbers, exponentials(numbers)) {
        #expect(abs(power - exp(x)) <= exp(x).ulp, "\(x)")
      }
    }
  }

  /// Wherever a number stands and whatever stands beside it, its result is the same.
  @Test func placeDoesNotMatter() {
    var generator = SplitMix64(seed: 6)
    let numbers = (0..<203).map { _ in Double.random(in: -400...400, using: &generator) }
    let alone = numbers.map { exponential($0) }
    for start in 0..<9 {
      #expect(exponentials(Array(numbers[start...])) == Array(alone[start...]))
      #expect(exponentials(Array(numbers[..<(203 - start)])) == Array(alone[..<(203 - start)]))
    }
    #expect(
      exponentials(numbers.flatMap { [$0, 900] }).enumerated().allSatisfy { index, power in
        power == (index.isMultiple(of: 2) ? alone[index / 2] : .infinity)
      }
    )
    #expect(exponentials([]) == [])
  }

  /// The last bits of many results, so that another machine that differs is found out.
  @Test func bitsOfEveryMachine() {
    let mixed = exponentials((-7000...7000).map { Double($0) / 10 }).reduce(0 as UInt64) {
      ($0 ^ $1.bitPattern) &* 0x9E37_79B9_7F4A_7C15
    }
    #expect(mixed == 8_181_973_604_106_962_769)
  }

  private func exponential(_ x: Double) -> Double { exponentials([x])[0] }

  private func exponentials(_ numbers: [Double]) -> [Double] {
    var numbers = numbers
    numbers.withUnsafeMutableBufferPointer { exponentiate($0) }
    return numbers
  }
}
