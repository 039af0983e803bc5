internal import Statistics

/// Measures whole commands of this program, from their start to their end.
///
/// The peak memory of a command holds what this process held when it started it, as Linux counts; so
/// commands are measured before anything large is made.
public struct CommandBenchmark {
  private let program: String
  private let directory: String
  private let settings: BenchmarkSettings

  /// Prepares a measurement.
  ///
  /// - Parameters:
  ///   - directory: The folder of the dataset.
  ///   - settings: Threads and repeats.
  public init(directory: String, settings: BenchmarkSettings) {
    self.init(program: ChildProcess.ownProgram, directory: directory, settings: settings)
  }

  init(program: String, directory: String, settings: BenchmarkSettings) {
    self.program = program
    self.directory = directory
    self.settings = settings
  }

  /// A command, and how many futures it draws.
  private var commands: [(line: String, draws: Int?)] {
    let (many, few) = settings.isQuick ? (100, 20) : (10_000, 1000)
    return [
      ("--version", nil), ("rank employment.share", nil),
      ("simulate employment-growth-trend --no-export", nil),
      ("simulate employment-targets --draws \(many) --no-export", many),
      ("target employment-best --draws \(few)", few),
    ]
  }

  /// How many measurements there are.
  public var count: Int {
    commands.reduce(0) { $0 + ($1.draws == nil ? 1 : settings.threads.count) }
  }

  /// Measures every command; those that draw futures with every number of threads.
  ///
  /// - Parameter done: Called after each measurement.
  /// - Returns: The measurements.
  /// - Throws: `MeasurementError` when a command fails.
  public func measurements(done: () -> Void = {}) throws -> [Measurement] {
    var results: [Measurement] = []
    for (line, draws) in commands {
      for threads in draws == nil ? [1] : settings.threads {
        results.append(try measurement(line, draws, threads))
        done()
      }
    }
    return results
  }

  private func measurement(
    _ line: String,
    _ draws: Int?,
    _ threads: Int
  ) throws -> Measurement {
    var words = line.split(separator: " ").map(String.init)
    if line != "--version" { words += ["--data", directory] }
    if draws != nil { words += ["--threads", "\(threads)"] }
    var peak = 0.0
    let timing = try settings.stopwatch.time(isWarm: settings.isQuick) {
      _ = PeakMemory.reset()
      let run = try ChildProcess(program, words, showsErrors: false)
      guard run.code == 0 else {
        throw MeasurementError(
          .failed,
          "regionsim \(words.joined(separator: " ")) failed with "
            + (run.code < 0 ? "the signal \(-run.code)" : "the exit code \(run.code)")
            + "; it cannot be measured."
        )
      }
      peak = max(peak, run.peakMegabytes)
    }
    var result = Measurement(
      .commands,
      "regionsim \(line)",
      kernel: .best,
      size: Measurement.Size(units: 0, columns: draws ?? 0, threads: threads),
      timing: timing,
      unit: .milliseconds
    )
    result.peakMegabytes = peak
    return result
  }
}
