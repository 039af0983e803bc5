internal import CFuzzer

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Runs libFuzzer with the program's arguments, and ends the program.
///
/// - Parameter body: Tries made-up bytes; it traps where something is wrong.
public func runFuzzer(_ body: @escaping ([UInt8]) -> Void) -> Never {
  tryBytes = body
  var count = CommandLine.argc
  var arguments = CommandLine.unsafeArgv
  exit(
    LLVMFuzzerRunDriver(&count, &arguments) { start, count in
      tryBytes(Array(UnsafeBufferPointer(start: start, count: count)))
      return 0
    }
  )
}

/// libFuzzer takes a C function, which cannot hold on to a closure. It is set once, before it starts.
nonisolated(unsafe) private var tryBytes: ([UInt8]) -> Void = { _ in }
