#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The program that measures what regionsim is compared with, and the Python that runs it.
public struct PeerProgram: Sendable, Hashable {
  /// The path of `peers.py`.
  public let script: String
  /// The path of Python.
  public let python: String
  /// Whether what it writes on standard error is shown.
  public var showsErrors = false

  /// Finds the program and Python.
  ///
  /// - Parameters:
  ///   - roots: Where it may be: folders with `Scripts/peers/peers.py`, and those named
  ///     `share/regionsim` with `peers/peers.py`. The first that has it counts.
  ///   - python: The Python that is asked for; without it that of `.venv-peers` in the same folder,
  ///     which `make peers` makes.
  /// - Throws: `MeasurementError` when one of them is not there.
  public init(roots: [String], python: String?) throws(MeasurementError) {
    let isFile = FileManager.default.isReadableFile(atPath:)
    func script(_ root: String) -> String {
      root + (root.hasSuffix("/share/regionsim") ? "" : "/Scripts") + "/peers/peers.py"
    }
    guard let root = roots.first(where: { isFile(script($0)) }) else {
      throw MeasurementError(
        .notFound,
        "The peers' program was not found: Scripts/peers/peers.py is in no folder above the working "
          + "directory or the dataset."
      )
    }
    self.script = script(root)
    self.python = python ?? root + "/.venv-peers/bin/python"
    guard FileManager.default.isExecutableFile(atPath: self.python) else {
      throw MeasurementError(
        .notFound,
        python == nil
          ? "There is no Python for the peers (\(self.python)). Make it with: make peers"
          : "There is no Python at \(self.python)."
      )
    }
  }

  /// Measures the peers on data that were written.
  ///
  /// - Parameters:
  ///   - works: What is measured.
  ///   - directory: Where the data are.
  ///   - threads: How many threads they may use.
  ///   - settings: Repeats, and whether it is to be quick.
  /// - Returns: What it said, line by line.
  /// - Throws: `MeasurementError` when it fails or says what is not understood.
  func lines(
    _ works: [BenchmarkWork],
    _ directory: PeerDirectory,
    threads: Int,
    settings: BenchmarkSettings
  ) throws -> [PeerLine] {
    var lines: [PeerLine] = []
    let arguments =
      [
        script, "--directory", directory.path,
        "--work", works.map(\.rawValue).joined(separator: ","),
        "--threads", "\(threads)", "--repeats", "\(settings.repeats)",
      ] + (settings.isQuick ? ["--quick"] : [])
    let run = try ChildProcess(python, arguments, showsErrors: showsErrors) { text in
      if !text.allSatisfy(\.isWhitespace) { lines.append(try PeerLine(text)) }
    }
    // Where every peer was left out, it says why and fails.
    guard run.code == 0 || lines.contains(where: { $0.skipped != nil }) else {
      throw MeasurementError(
        .failed,
        "The peers' program failed with "
          + (run.code < 0 ? "the signal \(-run.code)" : "the exit code \(run.code)")
          + ". It is: \(python) \(arguments.joined(separator: " "))"
      )
    }
    return lines
  }
}
