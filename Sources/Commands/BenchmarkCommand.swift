internal import ArgumentParser
internal import Datasets
internal import LinearAlgebra
internal import Measurements
internal import Regions
internal import Reports
internal import Statistics

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// `regionsim benchmark`: how fast this machine does what regionsim does.
struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark",
    abstract: "Measures on this machine what regionsim does, and compares.",
    discussion: """
      Examples:
        regionsim benchmark --quick
        regionsim benchmark --work rank --units 100,1000,10000 --columns 10000 --threads 1,2
        regionsim benchmark --work rank,simulate --kernel avx2 --format csv > speed.csv
        regionsim benchmark --peers

      Every result is compared with a plain reference before it is timed. Lists, separated by \
      commas, give every combination. With --peers, numpy, scipy, pandas, polars, numba and R do the \
      same work on the same data in the same run; they are installed by make peers.
      """
  )

  @Option(
    help: ArgumentHelp(
      "What is measured: \(BenchmarkWork.allCases.map(\.rawValue).joined(separator: ", ")).",
      discussion: "All without it.",
      valueName: "list"
    )
  )
  var work: String?

  @Option(
    help: ArgumentHelp(
      "How many units a column has, at most 65535.",
      discussion: "Without it as many as the dataset has municipalities.",
      valueName: "list"
    )
  )
  var units: String?

  @Option(help: ArgumentHelp("How many columns, scenarios or draws.", valueName: "list"))
  var columns = "100000"

  @Option(
    help: ArgumentHelp("How many threads; one and all cores without it.", valueName: "list")
  )
  var threads: String?

  @Option(
    help: ArgumentHelp(
      "The kernels: \(Kernel.allCases.map(\.rawValue).joined(separator: ", ")).",
      discussion: "Without it all that this processor can run.",
      valueName: "list"
    )
  )
  var kernel: String?

  @Option(help: "How many times each is timed, at least.")
  var repeats = 7

  @Flag(help: "Measure roughly and briefly.")
  var quick = false

  @Option(help: "The seed of what is made up.")
  var seed: UInt64 = 1

  /// How much of the time the commands take, for the line of progress.
  private static let shareOfCommands = 0.2

  @Flag(help: "Measure others on the same data beside it.")
  var peers = false

  @Option(
    help: ArgumentHelp(
      "The Python of the peers.",
      discussion: "Without it the one that make peers installed.",
      valueName: "path"
    ),
    completion: .file()
  )
  var python: String?

  @Option(help: .hidden)
  var part: BenchmarkReport.Part = .all

  @OptionGroup var dataOptions: DataOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    _ = try settings(units: [1])
    if python != nil, !peers { throw ValidationError("--python is for --peers.") }
  }

  func run() throws {
    let directory = try dataOptions.locator.folders().dataset
    let program = try peers ? peerProgram() : nil
    let progress = ProgressLine(output.chosenLanguage == .nb ? "Måler" : "Measuring")
    defer { progress.end() }
    // Commands first: what this process holds is counted as theirs.
    var settings = try settings(units: [1])
    if units != nil { try checkPeerSizes(settings) }
    var commands: [Measurement] = []
    if settings.works.contains(.commands) {
      let benchmark = CommandBenchmark(directory: directory, settings: settings)
      var done = 0.0
      commands = try benchmark.measurements {
        done += 1
        progress.show(Self.shareOfCommands * done / Double(benchmark.count))
      }
    }
    try OpenBLAS.check()
    let dataset = try Dataset(directory: directory)
    let catalogue = dataset.catalogue
    let indicator = try catalogue.indicator(EmploymentFigures.indicator)
    let figures = try EmploymentFigures(
      catalogue: catalogue,
      panel: try dataset.panel(of: indicator.series)
    )
    settings = try self.settings(units: [figures.municipalities])
    try checkPeerSizes(settings)
    let rated: Set<BenchmarkWork> = [.rank, .top, .aggregate, .weights]
    let limits = MachineLimits(
      threads: settings.works.isDisjoint(with: rated) ? [] : settings.threads,
      isQuick: quick
    )
    var run = BenchmarkRun(settings, figures: figures, limits: limits, peers: program) {
      let before = commands.isEmpty ? 0 : Self.shareOfCommands
      progress.show(before + (1 - before) * $0)
    }
    var result = try run.measure()
    result.measurements += commands
    progress.end()
    let report = BenchmarkReport(
      result,
      settings: settings,
      program: "regionsim \(Regionsim.version)",
      vintage: dataset.vintage,
      language: output.chosenLanguage
    )
    if output.format == .json {
      try printOutput(try report.json.text())
    } else {
      try output.show(output.format == .csv ? report.file : report.report(part))
    }
  }

  private func peerProgram() throws -> PeerProgram {
    var program = try PeerProgram(
      roots: dataOptions.locator.programDirectories(),
      python: python
    )
    program.showsErrors = isatty(STDERR_FILENO) == 1
    return program
  }

  // MARK: - What is asked for

  /// The settings.
  ///
  /// - Parameter units: The numbers of units where none are asked for.
  /// - Returns: The settings.
  /// - Throws: `ValidationError` for what cannot be.
  private func settings(units: [Int]) throws -> BenchmarkSettings {
    guard (1...1000).contains(repeats) else {
      throw ValidationError("--repeats must be from 1 to 1000, not \(repeats).")
    }
    let cores = Processor.current.cores
    let works = try words("--work", work, among: BenchmarkWork.allCases)
    let kernels = try words("--kernel", kernel, among: Kernel.allCases)
    if let missing = kernels.first(where: { kernel != nil && !Kernel.available.contains($0) }) {
      let available = Kernel.available.map(\.rawValue).joined(separator: ", ")
      throw ValidationError(
        "This processor cannot run the kernel \(missing.rawValue). It can run: \(available)."
      )
    }
    return BenchmarkSettings(
      works: Set(works),
      units: try self.units.map { try numbers("--units", $0, 1...65_535) } ?? units,
      columns: try numbers("--columns", columns, 1...100_000_000),
      threads: try threads.map { try numbers("--threads", $0, 1...64) }
        ?? (cores > 1 ? [1, min(cores, 64)] : [1]),
      kernels: kernels.filter(Kernel.available.contains),
      repeats: repeats,
      isQuick: quick,
      seed: seed
    )
  }

  private func numbers(_ option: String, _ list: String, _ range: ClosedRange<Int>) throws -> [Int]
  {
    var numbers: [Int] = []
    for word in list.split(separator: ",", omittingEmptySubsequences: false) {
      guard let number = Int(word), range.contains(number) else {
        throw ValidationError(
          "\(option) takes whole numbers from \(range.lowerBound) to \(range.upperBound), separated "
            + "by commas, not \"\(word)\"."
        )
      }
      if !numbers.contains(number) { numbers.append(number) }
    }
    return numbers
  }

  private func words<Word: RawRepresentable<String>>(
    _ option: String,
    _ list: String?,
    among all: [Word]
  ) throws -> [Word] {
    guard let list else { return all }
    let names = all.map(\.rawValue)
    let asked = try list.split(separator: ",", omittingEmptySubsequences: false).map { word in
      guard names.contains(String(word)) else {
        let hint = nearestMatch(to: String(word), among: names).map { " Did you mean \($0)?" }
        throw ValidationError(
          "\(option) knows no \"\(word)\".\(hint ?? "") There are: \(names.joined(separator: ", "))."
        )
      }
      return String(word)
    }
    return all.filter { asked.contains($0.rawValue) }
  }

  /// Refuses sizes whose columns are not held all at once, as the peers need them.
  private func checkPeerSizes(_ settings: BenchmarkSettings) throws {
    guard peers, !settings.works.isDisjoint(with: [.rank, .top, .aggregate]) else { return }
    for units in settings.units {
      let most = ShareColumns.held(units: units, columns: .max)
      guard let columns = settings.columns.first(where: { $0 > most }) else { continue }
      throw CommandLineError(
        message:
          "With --peers at most \(most) columns of \(units) units are ranked and summed, not "
          + "\(columns): the peers hold them all at once."
      )
    }
  }
}
