internal import Documents
internal import LinearAlgebra
internal import Statistics

/// The normalised figures under every combination of the choices that are not weights.
struct RobustnessVariants: Sendable {
  /// One combination.
  struct Variant: Sendable {
    /// What is weighed: units × indicators; 0 where a figure is missing.
    let terms: Matrix
    /// What was added before logarithms were taken.
    let shift: Double
  }

  /// The choices, the composite's own first.
  let normalisations: [Normalisation]
  let winsorisings: [Winsorising?]
  let usesBaseWindow: [Bool]
  let aggregations: [Composite.Aggregation]
  /// The combinations, in the order of `index(_:)`.
  let all: [Variant]
  /// The units that lack figures, by their row, with whether each figure is there.
  let incomplete: [(row: Int, isPresent: [Bool])]

  /// Normalises the figures in every way.
  ///
  /// The geometric mean needs values above 0. Where the composite's own shift does not make all of them
  /// so, the shift is such that the lowest becomes 1.
  ///
  /// - Throws: `DocumentError` for an indicator that is constant in a window.
  init(
    _ scores: CompositeScores,
    units: [Int],
    factors: Set<RobustnessSettings.Factor>
  ) throws(DocumentError) {
    let composite = scores.figures.composite
    let own = composite.normalisation
    normalisations =
      [own]
      + (factors.contains(.normalisation) ? Normalisation.allCases.filter { $0 != own } : [])
    let usual = composite.winsorising
    winsorisings =
      [usual]
      + (factors.contains(.winsorising)
        ? [usual == nil ? Winsorising(low: 0.01, high: 0.99) : nil] : [])
    usesBaseWindow = factors.contains(.base) ? [true, false] : [true]
    let mean = composite.aggregation.value
    aggregations =
      [mean]
      + (factors.contains(.aggregation)
        ? Composite.Aggregation.allCases.filter { $0 != mean } : [])
    var all: [Variant] = []
    for normalisation in normalisations {
      for winsorising in winsorisings {
        for isBase in usesBaseWindow {
          var columns: [[Double]] = []
          for component in scores.figures.components {
            let base = isBase ? component.base : component.yearBase
            let scale = try component.scale(base, normalisation, winsorising)
            columns.append(units.map { scale.normalised(component.values[$0]) })
          }
          for aggregation in aggregations {
            all.append(Variant(columns, aggregation, shift: composite.shift))
          }
        }
      }
    }
    self.all = all
    incomplete = units.enumerated().compactMap { row, unit in
      let isPresent = scores.normalised.map { !$0[unit].isNaN }
      return isPresent.allSatisfy { $0 } ? nil : (row, isPresent)
    }
  }

  /// The position of a combination.
  func index(_ choice: RobustnessChoice) -> Int {
    ((choice.normalisation * winsorisings.count + choice.winsorising) * usesBaseWindow.count
      + choice.base) * aggregations.count + choice.aggregation
  }
}

/// Which of the choices a draw makes, each by its position.
struct RobustnessChoice: Sendable, Hashable {
  var normalisation = 0
  var winsorising = 0
  var base = 0
  var aggregation = 0
  var leftOut = -1
}

extension RobustnessVariants.Variant {
  fileprivate init(
    _ columns: [[Double]],
    _ aggregation: Composite.Aggregation,
    shift: Double
  ) {
    var elements = columns.flatMap { $0 }
    var used = 0.0
    if aggregation == .geometric {
      let least = elements.filter { !$0.isNaN }.min() ?? 0
      used = least + shift > 0 ? shift : 1 - least
      for index in elements.indices {
        elements[index] = naturalLogarithm(elements[index] + used)
      }
    }
    for index in elements.indices where elements[index].isNaN { elements[index] = 0 }
    terms = Matrix(
      rows: columns.first?.count ?? 0,
      columns: columns.count,
      columnMajor: elements
    )
    self.shift = used
  }
}
