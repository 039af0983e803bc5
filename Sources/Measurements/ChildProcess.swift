#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// A program that is started, and waited for.
public struct ChildProcess {
  /// What it ended with: its exit code, or the signal's number with a minus sign.
  public let code: Int32
  /// From its start to its end.
  let seconds: Double
  /// The most memory it held, in 2²⁰ bytes. What this process held when it started the other is in it,
  /// as Linux counts.
  let peakMegabytes: Double

  /// Runs a program to its end.
  ///
  /// - Parameters:
  ///   - program: The path.
  ///   - arguments: What follows its name.
  ///   - showsErrors: Whether what it writes on standard error is shown.
  ///   - line: Called with each line that it writes on standard output, as it comes; without it, what
  ///     is written there goes nowhere.
  /// - Throws: `MeasurementError` when it cannot be started, or what `line` throws.
  public init(
    _ program: String,
    _ arguments: [String],
    showsErrors: Bool,
    line: ((Substring) throws -> Void)? = nil
  ) throws {
    var ends: [Int32] = [-1, -1]
    if line != nil, pipe(&ends) != 0 { throw Self.failure(program, errno) }
    defer { if ends[0] >= 0 { close(ends[0]) } }
    let clock = ContinuousClock()
    let start = clock.now
    let child: pid_t
    do {
      defer { if ends[1] >= 0 { close(ends[1]) } }
      child = try Self.start(program, arguments, showsErrors: showsErrors, ends)
    }
    // The child is waited for also when a line is not understood; it then ends at its next write.
    var mistake: (any Error)?
    if let line {
      do { try Self.readLines(ends[0], line) } catch { mistake = error }
      close(ends[0])
      ends[0] = -1
    }
    var (status, usage) = (Int32(0), rusage())
    while wait4(child, &status, 0, &usage) < 0, errno == EINTR {}
    let elapsed = (clock.now - start).components
    if let mistake { throw mistake }
    seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
    code = status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
    #if canImport(Darwin)
      peakMegabytes = Double(usage.ru_maxrss) / 1_048_576
    #else
      peakMegabytes = Double(usage.ru_maxrss) / 1024
    #endif
  }

  /// The file of the running program.
  static var ownProgram: String {
    let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return link ?? CommandLine.arguments.first ?? "regionsim"
  }

  private static func failure(_ program: String, _ code: Int32) -> MeasurementError {
    MeasurementError(
      .notFound,
      "\(program) cannot be started: \(String(cString: strerror(code)))."
    )
  }

  private static func start(
    _ program: String,
    _ arguments: [String],
    showsErrors: Bool,
    _ ends: [Int32]
  ) throws(MeasurementError) -> pid_t {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    if ends[1] >= 0 {
      posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
      posix_spawn_file_actions_addclose(&actions, ends[0])
      if ends[1] != 1 { posix_spawn_file_actions_addclose(&actions, ends[1]) }
    } else {
      posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    }
    if !showsErrors { posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) }
    let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    var variables = environment.map { strdup($0) } + [nil]
    defer { for text in words + variables { free(text) } }
    var child = pid_t()
    let code = posix_spawn(&child, program, &actions, nil, &words, &variables)
    guard code == 0 else { throw failure(program, code) }
    return child
  }

  private static func readLines(
    _ descriptor: Int32,
    _ line: (Substring) throws -> Void
  ) throws {
    var rest: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = readBytes(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      rest += buffer.prefix(count)
      while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        try line(Substring(String(decoding: rest[..<end], as: UTF8.self)))
        rest.removeSubrange(...end)
      }
    }
    if !rest.isEmpty { try line(Substring(String(decoding: rest, as: UTF8.self))) }
  }
}
