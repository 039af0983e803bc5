internal import ArgumentParser
internal import Cubes
internal import Imports
internal import Regions

/// How a table of cells is to be read, where it is not recognised.
struct TableOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The sheet of a workbook.", valueName: "name"))
  var sheet: String?

  @Option(help: ArgumentHelp("The heading of the column of municipalities.", valueName: "heading"))
  var regionColumn: String?

  @Option(
    help: ArgumentHelp("The year of all figures, where no column has it.", valueName: "year")
  )
  var year: String?

  @Option(help: ArgumentHelp("The heading of the column of years.", valueName: "heading"))
  var yearColumn: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("The heading of a column of figures. May be repeated.", valueName: "heading")
  )
  var valueColumn: [String] = []

  @Option(help: "The sign before decimals: comma or point.")
  var decimal: Decimal?

  enum Decimal: String, ExpressibleByArgument, CaseIterable {
    case comma
    case point
  }

  var gridOptions: GridOptions {
    get throws {
      if year != nil, yearColumn != nil {
        throw ValidationError("Give only one of --year and --year-column.")
      }
      var options = GridOptions()
      options.sheet = sheet
      options.regionColumn = regionColumn
      options.year = year.map { .fixed($0) } ?? yearColumn.map { .column($0) }
      options.valueColumns = valueColumn
      options.decimalSign = decimal.map { $0 == .comma ? .comma : .point }
      return options
    }
  }
}

/// What a file does not say of its figures.
struct FactOptions: ParsableArguments {
  @Option(help: ArgumentHelp("SSB's number of the table.", valueName: "number"))
  var table: String?

  @Option(help: ArgumentHelp("Who published the figures.", valueName: "name"))
  var source: String?

  @Option(
    help: ArgumentHelp("The period of each year that is taken, such as K4.", valueName: "part")
  )
  var period: String?

  @Option(help: "The basis of the figures, if not as published: provisional, estimated or plan.")
  var basis: ImportedBasis?

  @Option(
    help: ArgumentHelp("The name of a series that the dataset does not know.", valueName: "name")
  )
  var newSeries: String?

  @Option(
    help: ArgumentHelp("The unit of a new series, such as persons or percent.", valueName: "unit")
  )
  var unit: MeasureUnit?

  @Option(help: "Which values of a new series are better: higher, lower or neutral.")
  var direction: Indicator.Direction = .neutral

  enum ImportedBasis: String, ExpressibleByArgument, CaseIterable {
    case observed
    case provisional
    case estimated
    case plan
  }

  func importOptions() throws -> ImportOptions {
    var options = ImportOptions()
    options.table = table
    options.source = source
    options.period = period
    options.basis = basis.flatMap { Basis(rawValue: $0.rawValue) }
    if let newSeries {
      guard let unit else { throw ValidationError("A new series needs its --unit.") }
      options.newSeries = ImportOptions.NewSeries(name: newSeries, unit: unit, direction: direction)
    }
    return options
  }
}

/// Where imported figures go, and what may pass.
struct StoreOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The folder of the layer that is written.", valueName: "folder"),
    completion: .directory
  )
  var into: String?

  @Flag(help: "Show what was understood and what would change; store nothing.")
  var dryRun = false

  @Flag(help: "Replace figures that are there.")
  var replace = false

  @Flag(help: "Store figures that do not sum to the country's.")
  var acceptTotals = false

  @Flag(help: "Leave out places that are not recognised.")
  var skipUnknown = false

  var gate: ImportGate {
    var gate = ImportGate()
    gate.replaces = replace
    gate.acceptsTotals = acceptTotals
    gate.skipsUnknown = skipUnknown
    return gate
  }
}
