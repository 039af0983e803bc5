internal import ArgumentParser

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

/// How many futures are drawn, and with which seed.
struct DrawOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How many futures to draw.",
      discussion:
        "The more, the smaller the error of each probability; 100000 take a second or two."
    )
  )
  var draws: Int?

  @Option(help: "The seed of the random numbers: the same seed gives the same futures.")
  var seed: UInt64 = 1

  @Option(
    help: ArgumentHelp(
      "How many threads to use; all cores without it.",
      discussion: "The result is the same to the last byte for every number of threads."
    )
  )
  var threads: Int?

  func validate() throws {
    if let draws, !(1...100_000_000).contains(draws) {
      throw ValidationError("--draws must be from 1 to 100000000, not \(draws).")
    }
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads must be from 1 to 1024, not \(threads).")
    }
  }

  /// The number of threads asked for, else that of the cores.
  var chosenThreads: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }
}

/// How far long work has come: a line on standard error, on a terminal only.
struct ProgressLine: Sendable {
  private let label: String
  private let isShown = isatty(STDERR_FILENO) == 1

  /// Prepares a line that says what is being done.
  init(_ label: String) { self.label = label }

  /// Shows a share from 0 to 1.
  func show(_ share: Double) {
    guard isShown else { return }
    let filled = Int((share * 30).rounded(.down))
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
    write("\r\(label) \(bar) \(Int((share * 100).rounded(.down))) %")
  }

  /// Shows what is being done now, where its length is not known.
  func show(step: String) {
    if isShown { write("\r\u{1B}[K\(label) \(step)") }
  }

  /// Removes the line.
  func end() { if isShown { write("\r\u{1B}[K") } }

  private func write(_ text: String) { _ = writeAll(text, to: STDERR_FILENO) }
}
