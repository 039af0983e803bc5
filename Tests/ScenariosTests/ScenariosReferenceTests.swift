import Documents
import Regions
import Scenarios
import TestSupport
import Testing

/// Values and places of the shipped scenarios on the real figures against pandas, which
/// `Reference/scenarios.py` computed from the same files by the documented rules.
@Suite struct ScenariosReferenceTests {
  private static let table = Result { try ReferenceTable("Reference/scenarios.csv") }

  @Test(arguments: Shipped.names.filter { !Shipped.byModel.contains($0) })
  func agreesWithPandas(name: String) throws {
    let outcome = try Shipped.outcome(name)
    let rows = try Self.table.get().rows.filter { $0["scenario"] == name }
    #expect(rows.count > 430, "The horizon year holds all regions and municipalities.")
    var levels: [String: Int] = [:]
    for row in rows {
      let result = try #require(
        outcome.indicators.first { $0.indicator.id == row["indicator"] },
        "\(row["indicator"])"
      )
      let later = row["variant"] == "levers" ? result.withLevers : result.withoutLevers
      let year = try #require(Int(row["year"]))
      let standings = try #require(([result.baseline] + later).first { $0.year == year })
      let level = try #require(Level(rawValue: row["level"]))
      let ranking = try #require(standings.ranking(at: level))
      let index = try #require(
        ranking.levels.entries.firstIndex { $0.unit.code == row["unit"] },
        "\(row["unit"])"
      )
      let what = [row["variant"], row["year"], row["indicator"], row["unit"]].joined(separator: " ")
      let value = ranking.levels.entries[index].value
      expectClose(value, row.number("value"), relative: 1e-11, what)
      let place = ranking.places[index]
      #expect(isSame(place, row.number("place")), "place of \(what)")
      let movement = result.movement(of: ranking.levels.entries[index].unit, to: standings)
      #expect(isSame(movement, row.number("movement")), "movement of \(what)")
      if row["variant"] == "levers", year == outcome.scenario.horizon.value {
        levels[row["level"], default: 0] += 1
      }
    }
    #expect(levels["region"] == 73 * outcome.indicators.count)
    #expect(try #require(levels["municipality"]) >= 357 * outcome.indicators.count)
  }
}
