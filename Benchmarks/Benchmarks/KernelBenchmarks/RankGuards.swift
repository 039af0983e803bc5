import Statistics

/// Guards ranking and counting places.
func guardRanks() {
  guardRank("rank-357", SampleColumns(units: 357), Ceilings(avx2: 800, avx512: 550))
  guardRank("rank-73", SampleColumns(units: 73), Ceilings(avx2: 550, avx512: 400))
  // Ties cost the kernel more than plain Swift: here it is enough that it does not fall far behind.
  guardRank(
    "rank-357-ties",
    SampleColumns(units: 357, distinct: 12),
    Ceilings(avx2: 1100, avx512: 950)
  )
  guardReferenceRank()
  guardCountTop()
}

/// The kernel against plain Swift.
private func guardRank(_ name: String, _ sample: SampleColumns, _ ceilings: Ceilings) {
  Guard(name, atMost: ceilings).add(results: sample.values.count, of: 0 as UInt16) {
    (rank(sample, by: guardedKernel), rank(sample, by: .reference))
  }
}

/// Plain Swift against the plain sort, for processors without a kernel.
private func guardReferenceRank() {
  let sample = SampleColumns(units: 357, columns: 64)
  Guard("reference-rank-357", atMost: Ceilings(anywhere: 150))
    .add(results: sample.values.count, of: 0 as UInt16) {
      let columns = (0..<sample.columns).map { column in
        Array(sample.values[column * sample.units..<(column + 1) * sample.units])
      }
      return (
        rank(sample, by: .reference),
        { places in
          var next = 0
          for column in columns {
            for place in ColumnRanks(of: column).places {
              places[next] = UInt16(place)
              next += 1
            }
          }
        }
      )
    }
}

/// Counting who is among the first ten against ranking all.
private func guardCountTop() {
  let sample = SampleColumns(units: 357)
  Guard("count-top-10-357", atMost: Ceilings(avx2: 600, avx512: 500))
    .add(results: sample.units, of: 0 as UInt32) {
      var top = BatchRanks(count: sample.units, kernel: guardedKernel)
      let rankAll = rank(sample, by: guardedKernel)
      let places = UnsafeMutableBufferPointer<UInt16>.allocate(capacity: sample.values.count)
      places.initialize(repeating: 0)
      return (
        { counts in
          counts.update(repeating: 0)
          sample.values.withUnsafeBufferPointer {
            top.countTop(10, columns: sample.columns, of: $0, stride: sample.units, into: counts)
          }
        },
        { counts in
          counts.update(repeating: 0)
          rankAll(places)
          for start in stride(from: 0, to: places.count, by: sample.units) {
            for unit in 0..<sample.units where places[start + unit] <= 10 { counts[unit] += 1 }
          }
        }
      )
    }
}

private func rank(_ sample: SampleColumns, by kernel: Kernel) -> Writer<UInt16> {
  var ranks = BatchRanks(count: sample.units, kernel: kernel)
  return { places in
    sample.values.withUnsafeBufferPointer { values in
      ranks.rank(
        columns: sample.columns,
        of: values,
        stride: sample.units,
        into: places,
        placeStride: sample.units
      )
    }
  }
}
