internal import Documents
internal import LinearAlgebra
internal import Statistics

/// The normalised figures under every combination of the choices that are not weights.
struct RobustnessVariants: Sendable {
  /// One combination.
  struct Variant: Sendable {
    /// What is weighed, indicators in columns: a row for each unit, 0 where a figure is missing and in
    /// areas with gaps; then the rows of the gaps, as ``RobustnessGaps`` lays them out.
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
  /// The units that lack figures, and where.
  let gaps: RobustnessGaps

  /// Normalises the figures in every way.
  ///
  /// The geometric mean needs values above 0. A composite that takes it has its own shift, where that
  /// makes all values positive; otherwise the values are raised so that none is below 1.
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
    gaps = RobustnessGaps(scores, units: units)
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
            let shift = mean == .geometric ? composite.shift : nil
            all.append(Variant(columns, aggregation, shift: shift, gaps))
          }
        }
      }
    }
    self.all = all
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

/// Where units lack figures, and the rows by which their scores are put right.
///
/// The score of an area with a gap is its share of the weights times what is weighed there, over the
/// weights that are there. All three are sums of weights times constants, so each is a row of the matrix
/// that is multiplied by the weights: first a row for the share of every area, then two for each gap.
struct RobustnessGaps: Sendable {
  /// A unit's area in which a figure is missing.
  struct Gap: Sendable {
    /// The row of the unit.
    let row: Int
    /// The position of the area.
    let area: Int
    /// The indicators that are there.
    let present: [Int]
  }

  /// The gaps, those of one unit together.
  let all: [Gap]
  /// The indicators of each area.
  let parts: [Range<Int>]
  /// How many units there are.
  let units: Int

  init(_ scores: CompositeScores, units: [Int]) {
    let parts = scores.weighting.parts
    self.units = units.count
    self.parts = parts
    all = units.enumerated().flatMap { row, unit in
      parts.enumerated().compactMap { area, part -> Gap? in
        let present = part.filter { !scores.normalised[$0][unit].isNaN }
        return present.count == part.count ? nil : Gap(row: row, area: area, present: present)
      }
    }
  }

  /// How many rows there are in all.
  var rows: Int { all.isEmpty ? units : units + parts.count + 2 * all.count }

  /// The row of the share of an area.
  func shareRow(_ area: Int) -> Int { units + area }

  /// The row of what is weighed in a gap's area; the weights that are there stand in the next.
  func weighedRow(_ gap: Int) -> Int { units + parts.count + 2 * gap }

  /// Puts the rows of the gaps into a matrix whose first rows are those of the units.
  func fill(_ terms: inout Matrix) {
    guard !all.isEmpty else { return }
    for (area, part) in parts.enumerated() {
      for index in part { terms[shareRow(area), index] = 1 }
    }
    for (position, gap) in all.enumerated() {
      for index in gap.present {
        terms[weighedRow(position), index] = terms[gap.row, index]
        terms[weighedRow(position) + 1, index] = 1
      }
    }
    for gap in all {
      for index in parts[gap.area] { terms[gap.row, index] = 0 }
    }
  }

  /// Puts the scores of a draw right: the weights of an area with a gap are divided among the figures that
  /// are there; those of an area without any, among the other areas.
  func settle(_ scores: UnsafeMutablePointer<Double>) {
    var position = 0
    while position < all.count {
      let row = all[position].row
      var (sum, total) = (scores[row], 1.0)
      while position < all.count, all[position].row == row {
        let share = scores[shareRow(all[position].area)]
        let there = scores[weighedRow(position) + 1]
        if there > 0 {
          sum += share * (scores[weighedRow(position)] / there)
        } else {
          total -= share
        }
        position += 1
      }
      scores[row] = sum / total
    }
  }
}

extension RobustnessVariants.Variant {
  fileprivate init(
    _ columns: [[Double]],
    _ aggregation: Composite.Aggregation,
    shift: Double?,
    _ gaps: RobustnessGaps
  ) {
    var elements = columns.flatMap { $0 }
    var used = 0.0
    if aggregation == .geometric {
      let least = elements.filter { !$0.isNaN }.min() ?? 0
      used = max(1 - least, 0)
      if let shift, least + shift > 0 { used = shift }
      for index in elements.indices {
        elements[index] = naturalLogarithm(elements[index] + used)
      }
    }
    for index in elements.indices where elements[index].isNaN { elements[index] = 0 }
    var terms = Matrix(rows: gaps.rows, columns: columns.count)
    for index in columns.indices {
      for row in 0..<gaps.units { terms[row, index] = elements[index * gaps.units + row] }
    }
    gaps.fill(&terms)
    self.terms = terms
    self.shift = used
  }
}
