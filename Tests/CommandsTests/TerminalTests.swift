import Foundation
import TestSupport
import Testing

@Suite struct TerminalTests {
  private static let bold = "\u{1B}[1m"
  private static let command = words("rank population.total --around Moss --window 1")

  @Test func boldOnATerminalOnly() async throws {
    let piped = try await RegionsimProcess.run(Self.command)
    #expect(!piped.output.contains("\u{1B}"))
    let styled = try onTerminal(["TERM": "xterm"])
    #expect(styled.contains(Self.bold))
    let marked = styled.split(separator: "\r\n").filter { $0.hasPrefix("\(Self.bold)▸") }
    #expect(marked.count == 1)
  }

  @Test(arguments: [["NO_COLOR": "1", "TERM": "xterm"], ["TERM": "dumb"]])
  func plainWhereAskedFor(environment: [String: String]) throws {
    let plain = try onTerminal(environment)
    #expect(plain.contains("▸"))
    #expect(!plain.contains("\u{1B}"))
  }

  @Test func aReaderThatHasSeenEnough() async throws {
    let all = "\"$regionsim\" rank population.total --all --data \(repositoryRoot)/datasets/norway"
    let run = try await RegionsimProcess.shell(all + " | head -1", in: "/")
    #expect(run.output.split(separator: "\n").count == 1)
    #expect(run.errors == "")
    #expect(run.code == 0)
  }

  @Test func aFullDiskAtStandardOutput() async throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    for command in [
      "rank population.total", "scenarios show tax-growth", "scenarios check tax-growth",
    ] {
      let run = try await RegionsimProcess.shell(
        "\"$regionsim\" \(command) > /dev/full",
        in: repositoryRoot
      )
      #expect(run.code == 73)
      #expect(
        run.errors == "regionsim: Standard output cannot be written: No space left on device.\n"
      )
    }
  }

  /// What the program writes on a terminal of its own.
  private func onTerminal(_ environment: [String: String]) throws -> String {
    let (terminal, end) = try Self.terminal()
    defer { close(terminal) }
    let process = Process()
    process.executableURL = URL(filePath: RegionsimProcess.executable)
    process.arguments = Self.command
    process.currentDirectoryURL = URL(filePath: repositoryRoot)
    process.environment = RegionsimProcess.baseEnvironment.merging(environment) { _, new in new }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(fileDescriptor: end, closeOnDealloc: false)
    try process.run()
    close(end)
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(terminal, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      bytes += buffer.prefix(count)
    }
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Both ends of a new terminal: the one that reads what is shown, and the program's.
  private static func terminal() throws -> (reader: Int32, program: Int32) {
    #if os(Linux)
      // Glibc's Swift module lacks posix_openpt; these requests are what unlockpt and ptsname use.
      let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
      let reader = open("/dev/ptmx", O_RDWR | O_NOCTTY)
      var lock: Int32 = 0
      var number: Int32 = 0
      try #require(ioctl(reader, setLock, &lock) == 0 && ioctl(reader, getNumber, &number) == 0)
      let name = "/dev/pts/\(number)"
    #else
      let reader = posix_openpt(O_RDWR | O_NOCTTY)
      try #require(grantpt(reader) == 0 && unlockpt(reader) == 0)
      let name = String(cString: try #require(ptsname(reader)))
    #endif
    let program = open(name, O_RDWR | O_NOCTTY)
    try #require(program >= 0)
    return (reader, program)
  }
}
