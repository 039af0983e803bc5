import Scenarios
import TestSupport
import Testing

@Suite struct RampTests {
  @Test(arguments: [
    (Ramp.step, [0, 0, 1, 1, 1, 1, 1]),
    (Ramp.linear, [0, 0, 0.25, 0.5, 0.75, 1, 1]),
    (Ramp.sCurve, [0, 0, 0.15625, 0.5, 0.84375, 1, 1]),
  ])
  func sharesFrom2022Until2025(ramp: Ramp, expected: [Double]) {
    #expect((2020...2026).map { ramp.share(in: $0, from: 2022, until: 2025) } == expected)
  }

  @Test(arguments: Ramp.allCases)
  func oneYearIsAStep(ramp: Ramp) {
    #expect((2021...2023).map { ramp.share(in: $0, from: 2022, until: 2022) } == [0, 1, 1])
  }

  @Test func words() {
    #expect(Ramp.allCases.map(\.rawValue) == ["step", "linear", "s-curve"])
  }
}
