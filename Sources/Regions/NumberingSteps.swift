/// The steps of a numbering, ordered by year, with the weights of its splits.
struct NumberingSteps {
  /// A municipality, or a part of one, on its way to today.
  private struct Branch {
    /// The numbers it has had, the latest last.
    var path: [String]
    var weight: Double?
    var isExact: Bool
  }

  private let changes: [CodeChange]
  /// The years with steps, ascending.
  let years: [Int]
  /// By year and old number: the new numbers, ascending.
  private var heirs: [Int: [String: [String]]] = [:]
  /// By year and number: the weights of the new numbers.
  private var weights: [Int: [String: [String: SplitWeight]]] = [:]

  init(changes: [CodeChange]) {
    self.changes = changes
    for change in changes {
      heirs[change.year, default: [:]][change.oldCode, default: []].append(change.newCode)
    }
    years = heirs.keys.sorted()
    heirs = heirs.mapValues { $0.mapValues { $0.sorted() } }
  }

  /// Refuses steps that stand twice, are too early, or are of another kind than they say.
  func check(after firstYear: Int) throws(MunicipalityHistoryError) {
    var seen: Set<[String]> = []
    var arrivals: [Int: [String: Int]] = [:]
    for change in changes { arrivals[change.year, default: [:]][change.newCode, default: 0] += 1 }
    for (index, change) in changes.enumerated() {
      let (old, new, year) = (change.oldCode, change.newCode, change.year)
      guard year > firstYear else {
        throw error(index, "is not after \(firstYear), the first year of the history")
      }
      guard seen.insert([old, new, String(year)]).inserted else {
        throw error(index, "stands twice")
      }
      let isAlone = arrivals[year]?[new] == 1
      let kind: CodeChange.Kind =
        (heirs[year]?[old] ?? []).count > 1 ? .split : isAlone ? .renumbered : .merged
      guard change.kind == kind else {
        throw error(
          index,
          "is called \(change.kind.rawValue), but by the others it is \(kind.rawValue)"
        )
      }
      guard kind != .renumbered || old != new else { throw error(index, "changes nothing") }
    }
  }

  /// The numberings of all periods, the earliest first, found by undoing the steps.
  func numberings(
    endingWith current: Set<String>
  ) throws(MunicipalityHistoryError) -> [Set<String>] {
    var numberings = [current]
    var codes = current
    for year in years.reversed() {
      let news = Set(changes.filter { $0.year == year }.map(\.newCode))
      let kept = codes.subtracting(news)
      for (index, change) in changes.enumerated() where change.year == year {
        guard codes.contains(change.newCode) else {
          let hint = nearestMatch(to: change.newCode, among: codes.sorted())
          throw error(
            index,
            "leads to a number that is not in use after it." + (hint.map { " Is it \($0)?" } ?? "")
          )
        }
        guard !kept.contains(change.oldCode) else {
          throw error(index, "ends \(change.oldCode), which is still in use after it")
        }
      }
      codes = kept.union((heirs[year] ?? [:]).keys)
      numberings.append(codes)
    }
    return numberings.reversed()
  }

  private func error(_ index: Int, _ message: String) -> MunicipalityHistoryError {
    let change = changes[index]
    return MunicipalityHistoryError(
      table: .changes,
      index: index,
      message: "The step \(change.oldCode) to \(change.newCode) of \(change.year) \(message)."
    )
  }

  /// Takes in the weights of splits.
  ///
  /// - Throws: `MunicipalityHistoryError` for weights of no split, and for those that are not between 0
  ///   and 1 or do not sum to 1.
  mutating func add(_ new: [SplitWeight]) throws(MunicipalityHistoryError) {
    for (index, weight) in new.enumerated() {
      func refuse(_ message: String) -> MunicipalityHistoryError {
        MunicipalityHistoryError(
          table: .weights,
          index: index,
          message: "The weight of \(weight.oldCode) to \(weight.newCode) \(message)."
        )
      }
      guard weight.weight >= 0, weight.weight <= 1 else {
        throw refuse("must be from 0 to 1, not \(weight.weight)")
      }
      guard split(reachedFrom: weight.oldCode, in: weight.year)?.contains(weight.newCode) == true
      else { throw refuse("belongs to no split of \(weight.year)") }
      let known = weights[weight.year, default: [:]][weight.oldCode, default: [:]]
      guard known[weight.newCode] == nil else { throw refuse("stands twice") }
      weights[weight.year, default: [:]][weight.oldCode, default: [:]][weight.newCode] = weight
    }
    for (index, weight) in new.enumerated() {
      let all = weights[weight.year]?[weight.oldCode] ?? [:]
      let sum = all.values.map(\.weight).sorted().reduce(0, +)
      let codes = split(reachedFrom: weight.oldCode, in: weight.year) ?? []
      guard abs(sum - 1) < 1e-6, all.count == codes.count else {
        throw MunicipalityHistoryError(
          table: .weights,
          index: index,
          message: """
            The weights of \(weight.oldCode) must be one for each of \
            \(codes.joined(separator: ", ")) and sum to 1; there are \(all.count) and they sum \
            to \(sum.brief).
            """
        )
      }
    }
  }

  /// The new numbers of the split in a year that an old number takes part in, under its own number or
  /// as part of another.
  private func split(reachedFrom code: String, in year: Int) -> [String]? {
    var reached: Set<String> = [code]
    for earlier in years where earlier < year {
      reached = Set(reached.flatMap { heirs[earlier]?[$0] ?? [$0] })
    }
    let splits = reached.compactMap { heirs[year]?[$0] }.filter { $0.count > 1 }
    return splits.count == 1 ? splits[0] : nil
  }

  /// The parts of today's municipalities in which an old one lies, ascending by number.
  ///
  /// - Parameters:
  ///   - code: A number in use in that year.
  ///   - start: The year whose own steps are done already.
  /// - Returns: The parts; the weight of one is `nil` where none is known.
  /// - Complexity: O(number of years with steps after it, times the branches).
  func parts(of code: String, since start: Int) -> [SplitPart] {
    var branches = [Branch(path: [code], weight: 1, isExact: true)]
    for year in years where year > start {
      branches = branches.flatMap { step($0, in: year) }
    }
    var parts: [String: SplitPart] = [:]
    for branch in branches {
      guard let end = branch.path.last else { continue }
      guard let other = parts[end] else {
        parts[end] = SplitPart(code: end, weight: branch.weight, isExact: branch.isExact)
        continue
      }
      // Two parts that meet again: their shares add up, if both are known.
      let sum = branch.weight.flatMap { one in other.weight.map { one + $0 } }
      parts[end] = SplitPart(code: end, weight: sum, isExact: branch.isExact && other.isExact)
    }
    let all = parts.values.sorted { $0.code < $1.code }
    // All parts meet in one again: that is the whole, whatever the shares were.
    guard all.count == 1 else { return all }
    let isConvention = branches.contains { !$0.isExact && $0.weight != nil } && branches.count == 1
    return isConvention ? all : [SplitPart(code: all[0].code, weight: 1, isExact: true)]
  }

  private func step(_ branch: Branch, in year: Int) -> [Branch] {
    guard let last = branch.path.last, let news = heirs[year]?[last] else { return [branch] }
    // The weights of the earliest number are the most particular: those of what was merged before.
    let known = branch.path.lazy.compactMap { weights[year]?[$0] }
      .first { $0.count == news.count && news.allSatisfy($0.keys.contains) }
    return news.compactMap { new in
      var next = branch
      if new != last { next.path.append(new) }
      guard news.count > 1 else { return next }
      guard let weight = known?[new] else {
        next.weight = nil
        next.isExact = false
        return next
      }
      // What is wholly elsewhere again is no part of this one.
      if weight.basis == .restored, weight.weight == 0 { return nil }
      next.weight = branch.weight.map { $0 * weight.weight }
      next.isExact = branch.isExact && weight.basis == .restored
      return next
    }
  }
}
