public import Documents
public import Regions

/// One expectation of a scenario that does not hold.
public struct UnmetExpectation: Sendable, Hashable, CustomStringConvertible {
  /// Where the expectation was written.
  public let place: SourcePlace
  /// What was expected and what came out.
  public let message: String

  /// The place and the message.
  public var description: String { "\(place): \(message)" }
}

extension Outcome {
  /// Compares the outcome with what the scenario expects.
  ///
  /// - Returns: The expectations that do not hold, none when all do.
  /// - Throws: `DocumentError` for an expectation that names something unknown.
  public func unmetExpectations() throws(DocumentError) -> [UnmetExpectation] {
    var unmet: [UnmetExpectation] = []
    for expectation in scenario.expectations {
      unmet += try self.unmet(expectation)
    }
    return unmet
  }

  private func unmet(_ expectation: Expectation) throws(DocumentError) -> [UnmetExpectation] {
    let wanted = expectation.indicator?.value ?? scenario.indicators[0].value
    guard let result = indicators.first(where: { $0.indicator.id == wanted }) else {
      throw DocumentError(
        .invalid,
        at: expectation.indicator?.place ?? expectation.unit.place,
        "\(wanted) is not among the scenario's indicators."
      )
    }
    let year = expectation.year?.value ?? scenario.horizon.value
    guard let standings = ([result.baseline] + result.withLevers).first(where: { $0.year == year })
    else {
      throw DocumentError(
        .invalid,
        at: expectation.year?.place ?? expectation.unit.place,
        "\(year) is outside the scenario's years."
      )
    }
    let unit = try unit(named: expectation.unit, in: standings)
    let (value, place) = standings.standing(of: unit)
    var unmet: [UnmetExpectation] = []
    func expect(_ holds: Bool, _ what: String, _ expected: String, _ found: String) {
      guard !holds else { return }
      let message = "\(unit.name) in \(year): \(what) \(expected) was expected and is \(found)."
      unmet.append(UnmetExpectation(place: expectation.unit.place, message: message))
    }
    if let expected = expectation.place {
      expect(place == Double(expected), "place", "\(expected)", place.brief)
    }
    if let expected = expectation.movement {
      let movement = result.movement(of: unit, to: standings)
      expect(movement == Double(expected), "movement", "\(expected)", movement.brief)
    }
    if let (expected, decimals) = expectation.level {
      let half = (0..<decimals).reduce(0.5) { half, _ in half / 10 }
      expect(abs(value - expected) <= half, "level", expected.brief, value.brief)
    }
    return unmet
  }

  private func unit(
    named name: Located<String>,
    in standings: Standings
  ) throws(DocumentError) -> Unit {
    let units = [standings.region, standings.municipality].compactMap { $0 }
      .flatMap { $0.levels.entries.map(\.unit) }
    let found = units.filter { $0.code == name.value || $0.name == name.value }
    // As for the focus, a region is meant when a municipality bears its name too.
    let regions = found.filter { $0.level == .region }
    let withCode = found.filter { $0.code == name.value }
    if let only = [withCode, regions, found].first(where: { $0.count == 1 }) { return only[0] }
    throw DocumentError(
      .invalid,
      at: name.place,
      found.isEmpty
        ? "There is no unit \"\(name.value)\"." : "\"\(name.value)\" names several units."
    )
  }
}
