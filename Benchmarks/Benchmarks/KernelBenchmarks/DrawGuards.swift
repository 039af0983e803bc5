import Composites
import LinearAlgebra
import Statistics

/// How many cells or years of numbers are made at a time.
private let cells = 64
private let units = 357

/// Guards drawing and what is done with the numbers drawn.
func guardDraws() {
  Guard("normals-357", atMost: Ceilings(avx2: 800, avx512: 650)).add(
    results: units * cells,
    of: 0.0
  ) {
    (fill(by: guardedKernel), fill(by: .reference))
  }
  Guard("exponentials-357", atMost: Ceilings(avx2: 850, avx512: 750)).add(
    results: units * cells,
    of: 0.0
  ) {
    (exponentials(by: guardedKernel), exponentials(by: .reference))
  }
  Guard("cubic-table-357", atMost: Ceilings(avx2: 750, avx512: 650)).add(
    results: units * cells,
    of: 0.0
  ) {
    (interpolate(by: guardedKernel), interpolate(by: .reference))
  }
  Guard("normal-rows-357", atMost: Ceilings(avx2: 650, avx512: 400)).add(
    results: units,
    of: DrawRow.zero
  ) {
    (fillRows(by: guardedKernel), fillRows(by: .reference))
  }
  Guard("paths-357", atMost: Ceilings(avx2: 1000, avx512: 900)).add(
    results: units * 4,
    of: DrawRow.zero
  ) {
    (mix(by: guardedKernel), mix(by: .reference))
  }
  Guard("weight-draws-357", atMost: Ceilings(avx2: 900, avx512: 850)).add(
    results: units * (units + 1),
    of: 0 as UInt32
  ) {
    (tally(by: guardedKernel), tally(by: .reference))
  }
}

private func fill(by kernel: Kernel) -> Writer<Double> {
  let normals = CounterNormals(seed: 2026, kernel: kernel)
  return { numbers in
    for cell in 0..<cells {
      let part = numbers[cell * units..<(cell + 1) * units]
      normals.fill(UnsafeMutableBufferPointer(rebasing: part), stream: 3, draw: UInt64(cell))
    }
  }
}

/// Numbers are replaced in place, so both ways first copy them.
private func exponentials(by kernel: Kernel) -> Writer<Double> {
  let numbers = SampleColumns(units: units, columns: cells).values.map { 8 * $0 - 4 }
  return { results in
    _ = results.update(fromContentsOf: numbers)
    exponentiate(results, kernel: kernel)
  }
}

private func interpolate(by kernel: Kernel) -> Writer<Double> {
  // The size of the tables of the program: 33 units, 32 cells to each.
  let table = CubicTable(
    lowest: -16,
    cellsPerUnit: 32,
    coefficients: SampleColumns(units: 4 * 33 * 32, columns: 1).values
  )
  let numbers = SampleColumns(units: units, columns: cells).values.map { 16 * $0 - 8 }
  return { results in
    _ = results.update(fromContentsOf: numbers)
    table.replace(results, kernel: kernel)
  }
}

private func fillRows(by kernel: Kernel) -> Writer<DrawRow> {
  let normals = CounterNormals(seed: 2026, kernel: kernel)
  return { normals.fillRows($0, from: 0, stream: 3, draw: 48) }
}

private func mix(by kernel: Kernel) -> Writer<DrawRow> {
  let (years, groups) = (4, 9)
  let mixer = PathMixer(
    weights: SampleColumns(units: units, columns: years * (years + 1) / 2).values,
    years: years,
    groups: (0..<units).map { $0 % groups },
    span: groups
  )
  let shocks = rows(units * years)
  let scales = rows(units)
  let shared = rows(groups * years)
  return { changes in
    guard let start = changes.baseAddress else { return }
    shocks.withUnsafeBufferPointer { shocks in
      scales.withUnsafeBufferPointer { scales in
        shared.withUnsafeBufferPointer { shared in
          let mixed = PathMixer.Shocks(
            own: shocks.baseAddress,
            scales: scales.baseAddress,
            shared: shared.baseAddress,
            room: units
          )
          mixer.mix(0..<units, mixed, sign: -1, into: start, kernel: kernel)
        }
      }
    }
  }
}

private func rows(_ count: Int) -> [DrawRow] {
  let numbers = SampleColumns(units: count, columns: DrawRow.scalarCount).values
  return (0..<count).map { row in
    var lanes = DrawRow.zero
    for lane in lanes.indices { lanes[lane] = numbers[lane * count + row] }
    return lanes
  }
}

private func tally(by kernel: Kernel) -> Writer<UInt32> {
  let indicators = 12
  let draws = WeightDraws(
    indicators: Matrix(
      rows: units,
      columns: indicators,
      columnMajor: SampleColumns(units: units, columns: indicators).values
    ),
    weights: (1...indicators).map(Double.init),
    spread: 0.5,
    seed: 2026
  )
  return { counts in
    let tally = draws.placeTally(draws: 512, threads: 1, kernel: kernel)
    _ = counts.update(fromContentsOf: tally.counts)
  }
}
