import Regions
import Statistics
import TestSupport
import Testing

/// Windows and difficulties against pandas, which `Reference/changes.py` ran on the same figures.
@Suite struct ChangeHistoryReferenceTests {
  private static func history(_ row: ReferenceTable.Row) throws -> ChangeHistory {
    let catalogue = try NorwayDataset.catalogue()
    let division = try catalogue.division("regions-73")
    return try ChangeHistory(
      of: try catalogue.indicator(row["indicator"]),
      span: Int(row.number("span")),
      in: try NorwayDataset.panel(),
      regions: row["level"] == "region"
        ? Aggregation(division: division, register: catalogue.register) : nil
    )
  }

  @Test func windowsAgreeWithPandas() throws {
    let rows = try ReferenceTable("Reference/changes.csv").rows
    #expect(rows.count == 12)
    for row in rows {
      let history = try Self.history(row)
      let case_ = "\(row["indicator"]) \(row["span"]) \(row["level"])"
      #expect(history.windows.count == Int(row.number("windows")), "\(case_)")
      #expect(Set(history.windows.map(\.unit)).count == Int(row.number("units")), "\(case_)")
      #expect(history.nonOverlapping(history.windows) == Int(row.number("apart")), "\(case_)")
      let columns: [(String, KeyPath<ChangeHistory.Window, Double>)] = [
        ("value", \.startValue), ("place", \.startPlace), ("inhabitants", \.inhabitants),
        ("change", \.change), ("movement", \.movement),
      ]
      for (name, path) in columns {
        let values = history.windows.map { $0[keyPath: path] }
        let present = values.filter { !$0.isNaN }
        let sums = [present.reduce(0, +), present.reduce(0) { $0 + $1 * $1 }]
        let expected = [row.number("\(name)_sum"), row.number("\(name)_squares")]
        // Sums of points cancel, so that the last digits depend on the order.
        expectClose(sums, expected, relative: 1e-10, absolute: 1e-9, "\(case_) \(name)")
      }
      for (name, path) in columns.suffix(2) {
        let values = history.windows.map { $0[keyPath: path] }
        let shares = [("0", 0), ("0.1", 0.1), ("0.5", 0.5), ("0.9", 0.9), ("1", 1.0)]
        for (word, share) in shares {
          let found = try #require(quantile(share, of: values))
          expectClose(
            found,
            row.number("\(name)_\(word)"),
            relative: 1e-11,
            absolute: 1e-12,
            "\(case_) \(name) \(word)"
          )
        }
      }
    }
  }

  @Test func difficultiesAgreeWithPandas() throws {
    let rows = try ReferenceTable("Reference/difficulty.csv").rows
    #expect(rows.count == 142)
    let groups = try NorwayDataset.catalogue().division("kostra-groups")
    let register = try NorwayDataset.catalogue().register
    var histories: [String: ChangeHistory] = [:]
    for row in rows {
      let key = "\(row["indicator"]) \(row["span"]) \(row["level"])"
      let history = try histories[key] ?? Self.history(row)
      histories[key] = history
      let unit = try #require(history.units.first { $0.code == row["unit"] })
      let group = groups.regions.first { region in
        register.position(ofCode: unit.code).map(region.members.contains) ?? false
      }
      let subject = Difficulty.Subject(
        unit: unit,
        startPlace: row.number("start_place"),
        inhabitants: row.number("inhabitants"),
        group: Set((group?.members ?? []).map { register.unit(at: $0).code })
      )
      let required = row.number("required")
      let difficulty = try Difficulty(
        of: row["kind"] == "change" ? .change(required) : .movement(required),
        for: subject,
        history: history
      )
      let label = "\(key) \(row["kind"]) \(row["required"]) \(row["peers"])"
      let peers = try #require(Difficulty.Peers(rawValue: row["peers"]))
      let found = try #require(difficulty[peers], "\(label)")
      #expect(found.windows == Int(row.number("windows")), "\(label)")
      #expect(found.units == Int(row.number("units")), "\(label)")
      #expect(found.effectiveWindows == Int(row.number("apart")), "\(label)")
      #expect(found.achievedWindows == Int(row.number("achieved_windows")), "\(label)")
      #expect(found.achievedUnits == Int(row.number("achieved_units")), "\(label)")
      expectClose(found.percentile, row.number("percentile"), relative: 1e-11, label)
      expectClose(found.best, row.number("best"), relative: 1e-11, label)
    }
  }
}
