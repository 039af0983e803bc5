import LinearAlgebra
import Regions
import TestSupport
import Testing

@Suite struct AggregationTests {
  @Test func combinedUnitsCountWhereAllTheirMembersAre() {
    let division = Sample.division([[0, 1], [2, 3], [3, 4], [2, 3, 4]], kind: .peerSet)
    let aggregation = Aggregation(division: division, register: Sample.register())
    #expect(aggregation.parts == [[0, 1], [2, 3], [3, 4, 5], [2, 3, 4, 5]])
    #expect(aggregation.sums(of: [1, 2, 4, 8, .nan, 32]) == [3, 12, 40, 44])
  }

  @Test func missingIsLeftOut() {
    let division = Sample.division([[0, 1], [2], [3, 4]])
    let aggregation = Aggregation(division: division, register: Sample.register())
    #expect(aggregation.sums(of: [.nan, 2, .nan, 3, 4, .nan]) == [2, 0, 7])
    let columns = Matrix(rows: 6, columns: 1, columnMajor: [.nan, 2, .nan, 3, 4, .nan])
    #expect(aggregation.sums(of: columns).elements == [2, 0, 7])
    #expect(aggregation.productSums(of: columns).elements == [2, 0, 7])
  }

  /// 360 positions in 73 regions, 40 columns, a tenth missing: the size of the real work.
  @Test(arguments: [Division.Kind.partition, .peerSet])
  func theWaysToSumAgree(kind: Division.Kind) {
    var generator = SplitMix64(seed: kind == .partition ? 1 : 2)
    let register = register(municipalities: 357, combined: [[3, 4], [100, 200], [355, 356]])
    var regions = [[Int]](repeating: [], count: 73)
    for position in 0..<357 {
      for _ in 0..<(kind == .partition ? 1 : Int.random(in: 0...3, using: &generator)) {
        let region = Int.random(in: 0..<73, using: &generator)
        if regions[region].last != position { regions[region].append(position) }
      }
    }
    let aggregation = Aggregation(
      division: Sample.division(regions, kind: kind),
      register: register
    )
    var columns = Matrix(rows: 360, columns: 40)
    for index in columns.elements.indices {
      let isMissing = Int.random(in: 0..<10, using: &generator) == 0
      columns.elements[index] = isMissing ? .nan : Double.random(in: -9...9, using: &generator)
    }
    let segments = aggregation.sums(of: columns)
    let products = aggregation.productSums(of: columns)
    #expect(segments.rows == 73)
    #expect(segments.columns == 40)
    expectClose(products.elements, segments.elements, absolute: 1e-12)
    for column in 0..<40 {
      let values = (0..<360).map { columns[$0, column] }
      let sums = regions.map { naiveSum(of: values, region: $0, register: register) }
      #expect(aggregation.sums(of: values) == sums)
      #expect((0..<73).map { segments[$0, column] } == sums)
    }
  }

  @Test func membershipHasOnesForMembers() {
    let division = Sample.division([[0, 2], [2, 3, 4]], kind: .peerSet)
    let matrix = Aggregation(division: division, register: Sample.register()).membership
    #expect(matrix.rows == 2)
    #expect(matrix.columns == 6)
    #expect((0..<6).map { matrix[0, $0] } == [1, 0, 1, 0, 0, 0])
    #expect((0..<6).map { matrix[1, $0] } == [0, 0, 1, 1, 1, 1])
  }

  @Test func columnsOfAnotherSizeAreRefused() async {
    await #expect(processExitsWith: .failure) {
      let division = Sample.division([[0, 1]])
      _ = Aggregation(division: division, register: Sample.register()).sums(of: [1, 2, 3])
    }
  }

  private func register(municipalities: Int, combined: [[Int]]) -> MunicipalityRegister {
    MunicipalityRegister(
      municipalities: (0..<municipalities).map {
        Municipality(code: "\(1000 + $0)", name: "", countyCode: "", countyName: "")
      },
      combinedUnits: combined.enumerated().map { index, members in
        CombinedUnit(
          code: "C\(index)",
          name: "",
          members: members,
          isMunicipality: true,
          reason: ""
        )
      }
    )
  }

  private func naiveSum(
    of values: [Double],
    region: [Int],
    register: MunicipalityRegister
  ) -> Double {
    var sum = 0.0
    for position in values.indices {
      let members = register.combinedUnit(at: position)?.members ?? [position]
      let isInside = members.allSatisfy { region.contains($0) }
      if isInside, !values[position].isNaN { sum += values[position] }
    }
    return sum
  }
}
