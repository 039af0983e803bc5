import Regions
import Scenarios
import TestSupport
import Testing

/// The scenarios in `scenarios/`, run once on the real figures for all tests.
enum Shipped {
  static let names = [
    "education-osloregionen", "employment-best", "employment-growth", "employment-growth-trend",
    "employment-sweep", "employment-targets", "jobs-osloregionen", "moss-alone",
    "population-fixed-jobs", "population-trend", "tax-growth", "tax-growth-trend",
    "tax-nearer",
  ]

  /// Those whose others move by the growth model, which FuturesReferenceTests holds against another
  /// program.
  static let byModel: Set = [
    "education-osloregionen", "employment-best", "jobs-osloregionen", "tax-nearer",
  ]

  private static let outcomes = Dictionary(
    uniqueKeysWithValues: names.map { name in (name, Result { try run(try scenario(name)) }) }
  )

  static func text(_ name: String) throws -> String {
    try TestSupport.text(ofFile: "\(repositoryRoot)/scenarios/\(name).yml")
  }

  static func scenario(_ name: String) throws -> Scenario {
    try Scenario(id: name, file: "\(name).yml", text: text(name))
  }

  static func run(_ scenario: Scenario) throws -> Outcome {
    let catalogue = try NorwayDataset.catalogue()
    return try Simulation(scenario, catalogue: catalogue, panel: NorwayDataset.panel()).run()
  }

  static func outcome(_ name: String) throws -> Outcome {
    try #require(outcomes[name]).get()
  }
}
