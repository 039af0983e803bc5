import Datasets
import Regions
import TestSupport
import Testing

@testable import Forecasts

@Suite struct GrowthModelTests {
  static func quantity(_ name: String) -> Quantity {
    let parts = name.split(separator: "/").map(String.init)
    let scale: GrowthScale = name.hasPrefix("education") ? .logit : .log
    return Quantity(
      numerator: parts[0],
      denominator: parts.count > 1 ? parts[1] : nil,
      scale: scale
    )
  }

  static func model(_ name: String, _ origin: Int) throws -> GrowthModel {
    let catalogue = try NorwayDataset.catalogue()
    let groups = GrowthGroups(
      try catalogue.division("regions-73"),
      register: catalogue.register
    )
    let history = try #require(
      QuantityHistory(quantity(name), in: try NorwayDataset.panel(), upTo: origin)
    )
    return GrowthModel(history, groups: groups)
  }

  static let cases = [
    ("population.total", 2021), ("jobs.private/population.total", 2013),
    ("education.higher/education.stated", 2019),
  ]

  @Test("The parameters are those of the independent NumPy program", arguments: cases)
  func parameters(_ name: String, _ origin: Int) throws {
    let model = try Self.model(name, origin)
    let table = try ReferenceTable("Reference/growth_parameters.csv")
    let rows = table.rows.filter { $0["quantity"] == name }
    #expect(rows.count == 18)
    for row in rows {
      let actual =
        switch row["name"] {
        case "line_intercept": model.line.intercept
        case "line_size": model.line.size
        case "line_centrality": model.line.centrality
        case "widening": model.widening
        default: model.parameters[try #require(GrowthParameters.Name(rawValue: row["name"]))]
        }
      let expected = row["value"] == "inf" ? .infinity : row.number("value")
      expectClose(actual, expected, relative: 1e-6, absolute: 1e-9, "\(name) \(row["name"])")
    }
  }

  @Test("Paths are those of the independent NumPy program", arguments: cases)
  func paths(_ name: String, _ origin: Int) throws {
    let model = try Self.model(name, origin)
    let register = try NorwayDataset.catalogue().register
    let table = try ReferenceTable("Reference/growth_paths.csv")
    for gap in [0, 3] {
      let forecast = model.forecast(years: 5, from: origin + gap, register: register)
      for row in table.rows where row["quantity"] == name && row.number("gap") == Double(gap) {
        let position = try #require(register.position(ofCode: row["municipality"]))
        let year = Int(row.number("years")) - 1
        expectClose(
          forecast.mean[position + year * register.count],
          row.number("mean"),
          relative: 1e-6,
          absolute: 1e-9
        )
        let start = position * 25 + year
        let variance = (0..<5).reduce(0) { sum, column in
          let value = forecast.ownFactors[start + column * 5]
          return sum + value * value
        }
        expectClose(variance.squareRoot(), row.number("deviation"), relative: 1e-6)
        if gap == 0 {
          expectClose(model.ownWeight(of: position), row.number("weight"), relative: 1e-6)
        }
      }
    }
  }
}
