import Documents
import Plans
import Regions
import Scenarios
import TestSupport
import Testing

/// The scenarios in `scenarios/`, run once on the real figures for all tests.
enum Shipped {
  static let names = [
    "education-osloregionen", "education-outlook", "employment-best", "employment-growth",
    "employment-growth-trend", "employment-outlook", "employment-sweep", "employment-targets",
    "jobs-osloregionen", "jobs-outlook", "migration-outlook", "moss-alone",
    "population-fixed-jobs", "population-hamarregionen", "population-trend", "tax-growth",
    "tax-growth-trend", "tax-nearer",
  ]

  /// Those whose others move by the growth model, which FuturesReferenceTests holds against another
  /// program.
  static let byModel: Set = [
    "education-osloregionen", "education-outlook", "employment-best", "employment-outlook",
    "jobs-osloregionen", "jobs-outlook", "migration-outlook", "population-hamarregionen",
    "tax-nearer",
  ]

  private static let outcomes = Dictionary(
    uniqueKeysWithValues: names.map { name in (name, Result { try run(try scenario(name)) }) }
  )

  static func text(_ name: String) throws -> String {
    try TestSupport.text(ofFile: "\(repositoryRoot)/scenarios/\(name).yml")
  }

  static func scenario(_ name: String) throws -> Scenario {
    try Scenario(id: name, file: "\(name).yml", text: text(name), planTarget: planTarget)
  }

  /// The target of a plan in `plans/`.
  private static func planTarget(_ name: Located<String>) throws(DocumentError) -> Target {
    let parts = name.value.split(separator: "/").map(String.init)
    let file = "\(repositoryRoot)/plans/\(parts[0]).yml"
    guard let text = try? TestSupport.text(ofFile: file),
      let target = try Plan(id: parts[0], file: file, text: text).statement(parts[1])
    else { throw DocumentError(.invalid, at: name.place, "There is no \(name.value).") }
    return target
  }

  static func run(_ scenario: Scenario) throws -> Outcome {
    let catalogue = try NorwayDataset.catalogue()
    return try Simulation(scenario, catalogue: catalogue, panel: NorwayDataset.panel()).run()
  }

  static func outcome(_ name: String) throws -> Outcome {
    try #require(outcomes[name]).get()
  }
}
