import LinearAlgebra
import Statistics

/// Guards the sums over regions.
func guardSums() {
  let sample = SampleColumns(units: 357)
  let parts = (0..<73).map { part in (0..<357).filter { $0 % 73 == part } }
  let count = parts.count * sample.columns

  Guard("part-sums-loop", atMost: Ceilings(avx2: 500, avx512: 500)).add(results: count, of: 0.0) {
    (sum(sample, parts), sumPlainly(sample, parts))
  }
  // BLAS adds in another order, so the last digits may differ.
  Guard("part-sums-dgemm", atMost: Ceilings(avx2: 300, avx512: 300))
    .add(results: count, of: 0.0, areEqual: { abs($0 - $1) <= 1e-12 * abs($1) }) {
      (sum(sample, parts), multiply(sample, parts))
    }
}

private func sum(_ sample: SampleColumns, _ parts: [[Int]]) -> Writer<Double> {
  let partSums = PartSums(parts, positions: sample.units, kernel: guardedKernel)
  return { sums in
    sample.values.withUnsafeBufferPointer { values in
      partSums.sum(
        columns: sample.columns,
        of: values,
        stride: sample.units,
        into: sums,
        sumStride: parts.count
      )
    }
  }
}

/// The loop one would write, over the members one after the other.
private func sumPlainly(_ sample: SampleColumns, _ parts: [[Int]]) -> Writer<Double> {
  let ends = parts.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
  let members = Array(parts.joined())
  return { sums in
    sample.values.withUnsafeBufferPointer { values in
      members.withUnsafeBufferPointer { members in
        for column in 0..<sample.columns {
          let first = column * sample.units
          for part in parts.indices {
            var sum = 0.0
            for member in ends[part]..<ends[part + 1] {
              let value = values[first + members[member]]
              if !value.isNaN { sum += value }
            }
            sums[column * parts.count + part] = sum
          }
        }
      }
    }
  }
}

/// The product with the matrix of who belongs where.
private func multiply(_ sample: SampleColumns, _ parts: [[Int]]) -> Writer<Double> {
  var membership = Matrix(rows: parts.count, columns: sample.units)
  for (part, members) in parts.enumerated() {
    for member in members { membership[part, member] = 1 }
  }
  let values = Matrix(rows: sample.units, columns: sample.columns, columnMajor: sample.values)
  var product = Matrix(rows: parts.count, columns: sample.columns)
  return { sums in
    membership.multiply(values, into: &product)
    _ = sums.update(fromContentsOf: product.elements)
  }
}
