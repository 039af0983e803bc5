public import ArgumentParser
public import Composites
public import Forecasts
public import Regions
public import Reports
public import Scenarios
public import Statistics

// The library's enumerations as arguments: their raw values are what users write.

extension ReportFormat: ExpressibleByArgument {}
extension ChartKind: ExpressibleByArgument {}
extension Language: ExpressibleByArgument {}
extension Level: ExpressibleByArgument {}
extension FillRule: ExpressibleByArgument {}
extension TieRule: ExpressibleByArgument {}
extension Backtest.Basis: ExpressibleByArgument {}
extension BacktestReport.Part: ExpressibleByArgument {}
extension OthersMovement.Kind: ExpressibleByArgument {}
extension Target.Scope: ExpressibleByArgument {}
extension Target.Measure: ExpressibleByArgument {}
extension BenchmarkReport.Part: ExpressibleByArgument {}
extension CompositeExplanation.Step: ExpressibleByArgument {}
extension RobustnessSettings.Factor: ExpressibleByArgument {}
extension MeasureUnit: ExpressibleByArgument {}
extension Indicator.Direction: ExpressibleByArgument {}
