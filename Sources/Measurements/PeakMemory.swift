/// The most memory that this process held while some work was done, where the system tells.
public enum PeakMemory {
  /// Does some work and says how much memory the process held at most meanwhile, what it held before
  /// included, in 2²⁰ bytes; `nil` where the system does not tell.
  static func during<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> (result: Result, megabytes: Double?) {
    let isReset = reset()
    let result = try body()
    return (result, isReset ? megabytes : nil)
  }

  /// Lets Linux forget the peak so far; returns whether it did.
  static func reset() -> Bool { SystemText.write("5", to: "/proc/self/clear_refs") }

  /// The peak since it was forgotten, in 2²⁰ bytes.
  static var megabytes: Double? {
    guard let status = SystemText.read("/proc/self/status") else { return nil }
    return megabytes(inStatus: status)
  }

  /// The line `VmHWM:    1234 kB` of a status, in 2²⁰ bytes.
  static func megabytes(inStatus status: String) -> Double? {
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    let kilobytes = line?.split { $0 == " " || $0 == "\t" }.dropFirst().first
    return kilobytes.flatMap { Double($0) }.map { $0 / 1024 }
  }
}
