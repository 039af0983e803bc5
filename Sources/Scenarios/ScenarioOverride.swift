public import Documents
internal import Regions

extension Scenario {
  /// The same scenario with one number of one lever or target replaced.
  ///
  /// - Parameter text: `ID.KEY=NUMBER`, such as `jobs.value=2.5`; the key is `value`, `from` or
  ///   `until` for a lever, `value` or `year` for a target.
  /// - Returns: The changed scenario.
  /// - Throws: `DocumentError` when there is no such lever, target or key, or no number.
  public func setting(_ text: String) throws(DocumentError) -> Scenario {
    let place = SourcePlace(file: "--set \(text)")
    func refuse(_ message: String) -> DocumentError { DocumentError(.invalid, at: place, message) }
    let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
    guard sides.count == 2, let dot = sides[0].lastIndex(of: ".") else {
      throw refuse("It must read ID.KEY=NUMBER, such as jobs.value=2.5.")
    }
    let (id, key) = (String(sides[0][..<dot]), String(sides[0][sides[0].index(after: dot)...]))
    if let index = targets.firstIndex(where: { $0.id == id }) {
      return try setting(key, ofTarget: index, to: sides[1], at: place)
    }
    guard let index = levers.firstIndex(where: { $0.id == id }) else {
      let ids = levers.map(\.id) + targets.map(\.id)
      let what = targets.isEmpty ? "lever" : "lever or target"
      let hint = nearestMatch(to: id, among: ids).map { " Did you mean \($0)?" } ?? ""
      let list = ids.isEmpty ? "It has none" : "They are: \(ids.joined(separator: ", "))"
      throw refuse("There is no \(what) \"\(id)\".\(hint) \(list).")
    }
    var result = self
    switch key {
    case "value":
      guard levers[index].value != nil else {
        throw refuse("The lever \"\(id)\" has no value: it reaches another unit's level.")
      }
      guard let number = Double(sides[1]), number.isFinite else {
        throw refuse("The value must be a number with a decimal point, not \"\(sides[1])\".")
      }
      result.levers[index].value = Located(number, at: place)
    case "from", "until":
      guard let year = Int(sides[1]), (1...9999).contains(year) else {
        throw refuse("The year must be a whole number, not \"\(sides[1])\".")
      }
      let from = levers[index].from.value
      if key == "until" || levers[index].until.value == from {
        result.levers[index].until = Located(year, at: place)
      }
      if key == "from" { result.levers[index].from = Located(year, at: place) }
    default:
      let keys = ["value", "from", "until"]
      let hint = nearestMatch(to: key, among: keys).map { " Did you mean \($0)?" } ?? ""
      throw refuse("There is no key \"\(key)\".\(hint) They are: value, from, until.")
    }
    try result.levers[index].check()
    return result
  }

  private func setting(
    _ key: String,
    ofTarget index: Int,
    to text: String,
    at place: SourcePlace
  ) throws(DocumentError) -> Scenario {
    func refuse(_ message: String) -> DocumentError { DocumentError(.invalid, at: place, message) }
    var result = self
    switch key {
    case "value":
      guard let number = Double(text), number.isFinite else {
        throw refuse("The value must be a number with a decimal point, not \"\(text)\".")
      }
      result.targets[index].value = Located(number, at: place)
    case "year":
      guard let year = Int(text), (1...9999).contains(year) else {
        throw refuse("The year must be a whole number, not \"\(text)\".")
      }
      result.targets[index].year = Located(year, at: place)
    default:
      let hint =
        nearestMatch(to: key, among: ["value", "year"]).map { " Did you mean \($0)?" } ?? ""
      throw refuse("There is no key \"\(key)\".\(hint) They are: value, year.")
    }
    try result.targets[index].check()
    return result
  }
}
