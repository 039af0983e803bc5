/// Carries figures by the municipality numbers of any year to the positions of a register.
///
/// What was renumbered or merged is carried exactly: counts are summed, and a share that was merged has no
/// figure, since it follows only from the counts behind it (carry these, and divide the sums). A sum of
/// which a part is missing is missing. What was split is shared out by the history's weights and is an
/// estimate then; without weights it has no figure. A number that the register has as a combined unit,
/// such as 1507 in 2020–2023, is put there as it is.
///
/// A table on today's numbers in all years, such as Statistics Norway's back-cast series, is not carried
/// at all; one in which numbers of several years stand side by side, such as KOSTRA's, has each number
/// in its own years.
public struct FigureCarrier: Sendable {
  private let register: MunicipalityRegister
  private let history: MunicipalityHistory
  private let today: Set<String>

  /// What was done with the figures of one year.
  public struct Report: Sendable, Hashable {
    /// The year.
    public let year: Int
    /// Old numbers that go on alone under another one.
    public var renumbered: [String] = []
    /// Old numbers that were merged, by today's number.
    public var merged: [String: [String]] = [:]
    /// Old numbers shared out by weights that are not exact.
    public var estimated: [String] = []
    /// Old numbers that were split and have no weights.
    public var split: [String] = []
    /// Old numbers put on combined units.
    public var combined: [String] = []
    /// Numbers with a figure in a year in which they were not in use.
    public var outOfUse: [String] = []
    /// Numbers with two figures in the year.
    public var repeated: [String] = []
    /// Today's numbers without a figure as merged shares do not add up.
    public var notComputable: [String] = []

    init(year: Int) { self.year = year }

    /// Whether every number was today's.
    public var isUntouched: Bool { self == Report(year: year) }
  }

  /// Prepares to carry.
  public init(register: MunicipalityRegister, history: MunicipalityHistory) {
    self.register = register
    self.history = history
    today = Set((0..<register.count).map { register.unit(at: $0).code })
  }

  /// Carries the figures of one year.
  ///
  /// - Parameters:
  ///   - codes: The numbers, `nil` for what is no municipality.
  ///   - values: The values, one per number; NaN where missing.
  ///   - statuses: Their statuses.
  ///   - year: The year.
  ///   - isSummable: Whether they are counts or amounts.
  /// - Returns: The figures by position, and what was done.
  /// - Complexity: O(number of codes + positions).
  public func carry(
    codes: [String?],
    values: [Double],
    statuses: [FigureStatus],
    year: Int,
    isSummable: Bool
  ) -> (column: Column, report: Report) {
    precondition(codes.count == values.count && codes.count == statuses.count)
    var report = Report(year: year)
    var given: [String: (value: Double, status: FigureStatus)] = [:]
    for (index, code) in codes.enumerated() {
      guard let code, statuses[index] != .missing(.notInSeries) else { continue }
      // A table with numbers of several years marks those not in use with a symbol of their own.
      if statuses[index] == .missing(.notApplicable), !history.isInUse(code, on: year) { continue }
      if let other = given[code] {
        let isSame = other.value == values[index] && other.status == statuses[index]
        if other.status.basis != nil, statuses[index].basis != nil, !isSame {
          report.repeated.append(code)
        }
        if other.status.basis != nil { continue }
      }
      given[code] = (values[index], statuses[index])
    }
    var column = Column(count: register.count, year: year)
    if given.keys.allSatisfy(today.contains) {
      place(given, into: &column)
    } else {
      carry(given, into: &column, &report, isSummable: isSummable)
    }
    return (column, report)
  }

  /// Puts figures by today's numbers, and marks the members of combined units that have none.
  private func place(
    _ given: [String: (value: Double, status: FigureStatus)],
    into column: inout Column
  ) {
    for (code, figure) in given {
      guard let position = register.position(ofCode: code) else { continue }
      column.values[position] = figure.value
      column.statuses[position] = figure.status
    }
    for (offset, unit) in register.combinedUnits.enumerated() {
      let position = register.municipalities.count + offset
      guard column.statuses[position].basis != nil else { continue }
      for member in unit.members where column.statuses[member].basis == nil {
        column.statuses[member] = .missing(.combined)
      }
    }
  }

  private func carry(
    _ given: [String: (value: Double, status: FigureStatus)],
    into column: inout Column,
    _ report: inout Report,
    isSummable: Bool
  ) {
    let year = report.year
    var left = given
    for code in given.keys.sorted() where !history.isInUse(code, on: year) {
      if given[code]?.status.basis != nil { report.outOfUse.append(code) }
      left[code] = nil
    }
    var combined: Set<Int> = []
    for unit in register.combinedUnits where left[unit.code] != nil {
      guard let figure = left.removeValue(forKey: unit.code),
        let position = register.position(ofCode: unit.code)
      else { continue }
      column.values[position] = figure.value
      column.statuses[position] = figure.status
      report.combined.append(unit.code)
      combined.formUnion(unit.members)
    }
    for position in register.municipalities.indices {
      let code = register.unit(at: position).code
      if combined.contains(position) {
        column.statuses[position] = .missing(.combined)
        continue
      }
      let origins = history.origins(of: code, in: year).filter { left[$0] != nil }
      guard !origins.isEmpty else { continue }
      let all = history.origins(of: code, in: year)
      let (value, status) = figure(of: code, all, left, isSummable: isSummable, &report)
      column.values[position] = value
      column.statuses[position] = status
    }
    note(left.keys.sorted(), in: &report)
  }

  /// The figure of one of today's municipalities from those of its origins.
  private func figure(
    of code: String,
    _ origins: [String],
    _ given: [String: (value: Double, status: FigureStatus)],
    isSummable: Bool,
    _ report: inout Report
  ) -> (Double, FigureStatus) {
    var total = 0.0
    var status: FigureStatus?
    var parts = 0
    for origin in origins {
      guard
        let part = history.successor(of: origin, from: report.year).parts.first(where: {
          $0.code == code
        })
      else { continue }
      if part.weight == 0 { continue }
      parts += 1
      guard let figure = given[origin] else { return (.nan, .missing(.notInSeries)) }
      guard figure.status.basis != nil else { return (.nan, figure.status) }
      guard let weight = part.weight else { return (.nan, .missing(.split)) }
      if weight != 1, !isSummable { return (.nan, .missing(.split)) }
      total += weight * figure.value
      var own = figure.status
      if !part.isExact { own = own.combined(with: .present(.estimated)) }
      status = status.map { $0.combined(with: own) } ?? own
    }
    if parts > 1, !isSummable {
      report.notComputable.append(code)
      return (.nan, .missing(.notComputable))
    }
    return (status == nil ? .nan : total, status ?? .missing(.notInSeries))
  }

  /// Says what became of each old number.
  private func note(_ codes: [String], in report: inout Report) {
    for code in codes {
      switch history.successor(of: code, from: report.year) {
      case .one(let new): if new != code { report.renumbered.append(code) }
      case .merged(let new): report.merged[new, default: []].append(code)
      case .split(let parts):
        if parts.contains(where: { $0.weight == nil }) {
          report.split.append(code)
        } else {
          report.estimated.append(code)
        }
      case .unknown, .notYet, .noLonger, .beforeHistory: break
      }
    }
  }
}
