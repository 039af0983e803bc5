internal import Cubes
internal import Datasets
internal import Documents
internal import Fetching
internal import Forecasts
internal import Imports
internal import LinearAlgebra
internal import Measurements
internal import Regions
internal import Reports
internal import Scenarios

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// An error of the library with the sentence shown for it and the exit code it ends the program with.
struct Failure {
  let message: String
  /// As in `sysexits.h`.
  let code: Int32

  /// The failure for an error; `nil` for errors of the command line's own grammar.
  init?(_ error: any Error) {
    switch error {
    case let error as DatasetError:
      message = error.description
      code =
        switch error.kind {
        case .notFound: EX_NOINPUT
        case .invalid: EX_DATAERR
        case .unreadable: EX_IOERR
        case .unwritable: EX_CANTCREAT
        }
    case let error as DocumentError:
      message = error.description
      code = error.kind == .invalid ? EX_DATAERR : EX_UNAVAILABLE
    case let error as CubeError:
      message = error.description
      code = error.kind == .libraryMissing ? EX_OSFILE : EX_DATAERR
    case let error as FetchError:
      message = error.description
      code = error.kind == .libraryMissing ? EX_OSFILE : EX_UNAVAILABLE
    case let error as ImportError:
      message = error.description
      code = error.kind == .unclear ? EX_USAGE : EX_DATAERR
    case let error as UnknownNameError:
      message = error.description
      code = EX_USAGE
    case let error as UnitNameError:
      message = error.description
      code = EX_USAGE
    case let error as CommandLineError:
      message = error.message
      code = EX_USAGE
    case let error as FigureError:
      message = error.description
      code = EX_UNAVAILABLE
    case let error as ForecastError:
      message = error.description
      switch error.subject {
      case .history: code = EX_UNAVAILABLE
      case .lender, .parameter: code = EX_USAGE
      }
    case let error as OpenBLASError:
      message = error.description
      code = EX_OSFILE
    case let error as MeasurementError:
      message = error.description
      code =
        switch error.kind {
        case .wrongResult, .failed: EX_SOFTWARE
        case .notFound: EX_NOINPUT
        case .unwritable: EX_CANTCREAT
        }
    case let error as WorkbookError:
      message = error.description
      code = error == .libraryMissing ? EX_OSFILE : EX_SOFTWARE
    case let error as ChartError:
      message = error.message
      code =
        switch error.kind {
        case .rendererMissing: EX_OSFILE
        case .failed: EX_SOFTWARE
        case .nothingToDraw: EX_UNAVAILABLE
        }
    case let error as EqualisationError:
      message = error.description
      code = error.kind == .wrongRates ? EX_USAGE : EX_UNAVAILABLE
    case let error as NotAggregableError:
      message = error.description
      code = EX_UNAVAILABLE
    case let error as NoStandardErrorsError:
      message = error.description
      code = EX_UNAVAILABLE
    default:
      return nil
    }
  }

  /// Shows the sentence on standard error and ends the process.
  func end() -> Never {
    printError("regionsim: \(message)")
    exit(code)
  }
}

/// A command line that its grammar allows and its meaning does not.
struct CommandLineError: Error {
  let message: String
}

/// Prints a line on standard error.
func printError(_ line: String) {
  _ = writeAll(line + "\n", to: STDERR_FILENO)
}

/// Prints a text on standard output.
///
/// - Throws: `DatasetError` when it cannot be written, as on a full disk.
func printOutput(_ text: String) throws(DatasetError) {
  let code = writeAll(text, to: STDOUT_FILENO)
  guard code != 0 else { return }
  throw DatasetError(
    .unwritable,
    "Standard output cannot be written: \(String(cString: strerror(code)))."
  )
}

/// Writes a text whole; returns the system's error number, or 0.
func writeAll(_ text: String, to descriptor: Int32) -> Int32 {
  var text = text
  return text.withUTF8 { bytes in
    var offset = 0
    while offset < bytes.count {
      let count = write(descriptor, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
      if count < 0, errno != EINTR { return errno }
      offset += max(count, 0)
    }
    return 0
  }
}
