import Foundation
import TestSupport
import Testing

/// A run of the built program, or of a shell that starts it.
struct RegionsimProcess {
  /// What it wrote on standard output.
  let output: String
  /// What it wrote on standard error.
  let errors: String
  /// Its exit code; the signal's number with a minus sign when a signal ended it.
  let code: Int32

  /// The built program, in the folder of the tests' own executable.
  static let executable: String = {
    let starts = [CommandLine.arguments.first, Bundle.main.executablePath].compactMap { $0 }
    let around = starts.flatMap { start in
      (1...4).map { Self.parent(of: URL(filePath: start).path, levels: $0) }
    }
    let usual = ["debug", "release"].map { "\(repositoryRoot)/.build/\($0)" }
    let candidates = (around + usual).map { $0 + "/regionsim" }
    var isFolder: ObjCBool = false
    let found = candidates.first {
      FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder) && !isFolder.boolValue
    }
    return found ?? "regionsim"
  }()

  private static func parent(of path: String, levels: Int) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).dropLast(levels)
      .joined(separator: "/")
  }

  /// Runs the program and waits for its end.
  ///
  /// - Parameters:
  ///   - arguments: What follows its name.
  ///   - directory: The working directory.
  ///   - environment: Variables beyond the few that every run has.
  ///   - program: What is run instead of the built program.
  /// - Returns: The run.
  /// - Throws: An error when the program cannot be started.
  static func run(
    _ arguments: [String],
    in directory: String = repositoryRoot,
    environment: [String: String] = [:],
    program: String = executable
  ) async throws -> RegionsimProcess {
    let streams = try TemporaryDirectory()
    let files = [try streams.write("", to: "out"), try streams.write("", to: "err")]
    let handles = try files.map { try FileHandle(forWritingTo: URL(filePath: $0)) }
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: directory)
    process.environment = baseEnvironment.merging(environment) { _, new in new }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = handles[0]
    process.standardError = handles[1]
    let code: Int32 = try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { ended in
        let status = ended.terminationStatus
        continuation.resume(returning: ended.terminationReason == .exit ? status : -status)
      }
      // Threads of the pool block signals, and a child inherits that: it would hide what the program
      // itself does about them.
      var none = sigset_t()
      var before = sigset_t()
      sigemptyset(&none)
      pthread_sigmask(SIG_SETMASK, &none, &before)
      defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
      do { try process.run() } catch { continuation.resume(throwing: error) }
    }
    for handle in handles { try handle.close() }
    return RegionsimProcess(
      output: try text(ofFile: files[0]),
      errors: try text(ofFile: files[1]),
      code: code
    )
  }

  /// Runs the program by way of `/bin/sh`, where `$regionsim` is the program.
  static func shell(_ script: String, in directory: String) async throws -> RegionsimProcess {
    try await run(
      ["-c", script],
      in: directory,
      environment: ["regionsim": executable],
      program: "/bin/sh"
    )
  }

  /// What every run has: no language, no colours asked for, and where the libraries are.
  static let baseEnvironment: [String: String] = {
    let inherited = [
      "PATH", "HOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SystemRoot", "OPENBLAS_CORETYPE",
      "REGIONSIM_OPENBLAS",
    ]
    let all = ProcessInfo.processInfo.environment
    return all.filter { inherited.contains($0.key) }.merging(["LC_ALL": "C"]) { _, new in new }
  }()

  /// Joins the note that names the folder: where it is broken depends on the folder's length.
  private static func unbroken(_ text: String) -> String {
    var lines: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let last = lines.last, last.hasPrefix("Folder: ") || last.hasPrefix("Mappe: "),
        !last.hasSuffix(" ID.")
      {
        lines[lines.count - 1] += line.dropFirst()
      } else {
        lines.append(String(line))
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The command line, all that was written and the exit code; folders of this machine replaced.
  func transcript(_ arguments: [String], masking: [String: String] = [:]) -> String {
    let line = arguments.map { $0.contains(" ") ? "'\($0)'" : $0 }.joined(separator: " ")
    var text = "$ regionsim \(line)\n\(output)"
    if !errors.isEmpty { text += "[standard error]\n\(errors)" }
    text += "[exit code \(code)]\n"
    let masks = masking.merging([repositoryRoot: "<repository>"]) { mine, _ in mine }
    for (path, word) in masks.sorted(by: { $0.key.count > $1.key.count }) {
      text = text.replacing(path, with: word)
    }
    return Self.unbroken(text)
  }
}

/// Runs the program and compares all that it says, and its exit code, with a golden file.
func expectTranscript(
  _ name: String,
  _ arguments: [String],
  in directory: String = repositoryRoot,
  environment: [String: String] = [:],
  masking: [String: String] = [:],
  sourceLocation: SourceLocation = #_sourceLocation
) async throws {
  let run = try await RegionsimProcess.run(arguments, in: directory, environment: environment)
  expectGolden(
    run.transcript(arguments, masking: masking),
    "Golden/\(name).txt",
    sourceLocation: sourceLocation
  )
}

/// Words of a command line, separated by spaces.
func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }

/// The lines of a text whose first words, after the mark, are these cells.
func row(_ cells: String..., in text: String) -> [String]? {
  let rows = text.split(separator: "\n").map { line in
    line.split(separator: " ").map(String.init).filter { $0 != "▸" }
  }
  return rows.first { row in cells.allSatisfy(row.contains) }
}
