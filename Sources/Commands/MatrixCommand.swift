internal import ArgumentParser
internal import Reports

/// A command whose work may go through OpenBLAS, which is loaded and tried before it runs.
protocol MatrixCommand: ParsableCommand {
  /// Whether it does so with the options that are given.
  var multipliesMatrices: Bool { get }
}

extension SimulateCommand: MatrixCommand {
  var multipliesMatrices: Bool { drawOptions.draws != nil }
}

extension TargetCommand: MatrixCommand {
  var multipliesMatrices: Bool { drawOptions.draws != nil }
}

extension BacktestCommand: MatrixCommand {
  var multipliesMatrices: Bool { true }
}

extension DataCommand.Check: MatrixCommand {
  var multipliesMatrices: Bool { true }
}

extension CompositeRobustnessCommand: MatrixCommand {
  var multipliesMatrices: Bool { true }
}

extension PlanCommand.Status: MatrixCommand {
  var multipliesMatrices: Bool { drawOptions.draws != nil }
}

extension PlanCommand.ReportCommand: MatrixCommand {
  var multipliesMatrices: Bool { drawOptions.draws != nil }
}

extension ChartCommand: MatrixCommand {
  var multipliesMatrices: Bool { kind.source == .futures || kind.source == .target }
}

extension ExportCommand: MatrixCommand {
  var multipliesMatrices: Bool { true }
}

extension ReportCommand: MatrixCommand {
  var multipliesMatrices: Bool { true }
}
