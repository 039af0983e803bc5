public import ArgumentParser
internal import LinearAlgebra

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The program: its subcommands and what `--help` says of them.
public struct Regionsim: ParsableCommand {
  /// The version of the program, printed with every export.
  public static let version = "0.1.0"

  /// The root command's name, abstract and subcommands.
  public static let configuration = CommandConfiguration(
    commandName: "regionsim",
    abstract:
      "Ranks Norway's municipalities and regions, and shows what a scenario does to places.",
    discussion: """
      Examples:
        regionsim rank employment.share --around Mosseregionen
        regionsim rank population.total --year 2024 --around Moss
        regionsim compare Moss Vestby Råde 3114
        regionsim history Mosseregionen --indicator knm.total.rank --members
        regionsim movement population.total --from 2014 --to 2024 --mark R03
        regionsim simulate employment-growth
        regionsim simulate employment-growth --set jobs.value=2 --out my-folder
        regionsim target employment-targets
        regionsim scenarios list
        regionsim plan status
        regionsim composite rank business-conditions --around Mosseregionen
        regionsim model show population.total --unit Mosseregionen
        regionsim backtest population.total --of growth
        regionsim equalisation show Mosseregionen --tax Moss=+1%
        regionsim data update employed.20_66 employment.base
        regionsim data import 11618.json --dry-run
        regionsim data check
        regionsim benchmark --quick

      Exit codes: 0 done; 64 the command line is wrong or names something unknown; 65 a file's \
      content is wrong, or an import would change figures that are there; 66 a file or the dataset is \
      not there; 69 the figures do not allow what is asked, or cannot be fetched; 70 what was measured \
      is wrong or failed; 72 OpenBLAS or another library is missing or does not work; 73 the output \
      cannot be written; 74 a file cannot be read.
      """,
    version: version,
    groupedSubcommands: [
      CommandGroup(
        name: "Places",
        subcommands: [
          RankCommand.self, CompareCommand.self, HistoryCommand.self, MovementCommand.self,
          CompositeCommand.self,
        ]
      ),
      CommandGroup(
        name: "Scenarios",
        subcommands: [SimulateCommand.self, TargetCommand.self, ScenariosCommand.self]
      ),
      CommandGroup(
        name: "Presentations",
        subcommands: [ChartCommand.self, ExportCommand.self, ReportCommand.self]
      ),
      CommandGroup(name: "Plans", subcommands: [PlanCommand.self]),
      CommandGroup(name: "Futures", subcommands: [ModelCommand.self, BacktestCommand.self]),
      CommandGroup(name: "Tax", subcommands: [EqualisationCommand.self]),
      CommandGroup(name: "Figures", subcommands: [DataCommand.self]),
      CommandGroup(name: "Speed", subcommands: [BenchmarkCommand.self]),
    ]
  )

  /// Creates the command.
  public init() {}

  /// Parses the command line, runs the command and ends the process with its exit code.
  public static func run() -> Never {
    // A file that reaches the limit of its size is an error with a message, and a reader that has
    // seen enough, such as head, ends the program without one.
    signal(SIGXFSZ, SIG_IGN)
    signal(SIGPIPE, SIG_DFL)
    do {
      var command = try parseAsRoot()
      if let command = command as? any MatrixCommand, command.multipliesMatrices {
        try OpenBLAS.check()
      }
      try command.run()
      exit(withError: nil)
    } catch {
      guard let failure = Failure(error) else { exit(withError: error) }
      failure.end()
    }
  }
}
