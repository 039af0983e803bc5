import Testing

@testable import Regions

@Suite struct FigureStatusTests {
  /// From strongest to weakest; each is combined with each, both ways.
  @Test func theWeakerWins() {
    let order: [FigureStatus] =
      [.observed, .estimated, .plan, .carried, .projected].map { .present($0) }
      + [.missing(.suppressed)]
    for (i, a) in order.enumerated() {
      for (j, b) in order.enumerated() {
        #expect(a.combined(with: b) == order[max(i, j)])
      }
    }
  }

  @Test func words() {
    #expect(FigureStatus.present(.carried).word == "carried")
    #expect(FigureStatus.missing(.split).word == "missing")
    #expect(FigureStatus.missing(.split).basis == nil)
  }
}
