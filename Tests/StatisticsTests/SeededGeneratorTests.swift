import Statistics
import TestSupport
import Testing

@Suite struct SeededGeneratorTests {
  /// The numbers that the authors' own program gives for the seed 1234567.
  @Test func numbersOfTheAuthors() {
    var generator = SeededGenerator(seed: 1_234_567)
    #expect(
      (0..<5).map { _ in generator.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ]
    )
  }

  @Test func onlyTheRangeIsShuffled() {
    var generator = SeededGenerator(seed: 1)
    let whole = Array(0..<100)
    var shuffled = whole
    shuffled.shuffle(in: 20..<60, with: &generator)
    #expect(shuffled[..<20] == whole[..<20])
    #expect(shuffled[60...] == whole[60...])
    #expect(shuffled != whole)
    #expect(shuffled.sorted() == whole)
    shuffled.shuffle(in: 5..<5, with: &generator)
    #expect(shuffled[60...] == whole[60...])
  }

  /// Each of the 24 orders of four elements comes about equally often: χ² with 23 degrees of freedom
  /// is below 50 in 99.9 % of cases.
  @Test func ordersAreEquallyLikely() {
    var generator = SeededGenerator(seed: 42)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<24_000 {
      var order = [0, 1, 2, 3]
      order.shuffle(in: 0..<4, with: &generator)
      counts[order, default: 0] += 1
    }
    #expect(counts.count == 24)
    let chiSquare = counts.values.reduce(0.0) { $0 + Double(($1 - 1000) * ($1 - 1000)) / 1000 }
    #expect(chiSquare < 50)
  }
}
