internal import LinearAlgebra
public import Measurements
public import Regions
internal import Statistics

/// How fast this machine does what regionsim does.
public struct BenchmarkReport: Sendable {
  /// What is shown.
  public enum Part: String, Sendable, CaseIterable {
    /// Everything.
    case all
    /// What the machine can do.
    case machine
    /// The measurements of regionsim.
    case measurements
    /// The peers beside regionsim.
    case peers
  }

  private let result: BenchmarkResult
  private let settings: BenchmarkSettings
  private let program: String
  private let vintage: String
  private let language: Language

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - result: What was measured.
  ///   - settings: What was asked for.
  ///   - program: Name and version of the program.
  ///   - vintage: Name and version of the dataset.
  ///   - language: The language of labels.
  public init(
    _ result: BenchmarkResult,
    settings: BenchmarkSettings,
    program: String,
    vintage: String,
    language: Language
  ) {
    self.result = result
    self.settings = settings
    self.program = program
    self.vintage = vintage
    self.language = language
  }

  private var wording: BenchmarkWording { BenchmarkWording(language: language) }

  /// The report for readers.
  ///
  /// - Parameter part: What is shown; the title stands in all, all notes where everything does.
  /// - Returns: The report.
  public func report(_ part: Part = .all) -> Report {
    let own = BenchmarkWork.allCases.compactMap(table)
    let tables: [Table] =
      switch part {
      case .all: [machine] + own + (result.comparisons.isEmpty ? [] : [comparison])
      case .machine: [machine]
      case .measurements: own
      case .peers: [comparison]
      }
    return Report(
      title: wording.title(program),
      tables: tables,
      notes: part == .all ? notes : part == .machine ? machineNotes : remarks
    )
  }

  /// The report for a file: all measurements in one table, those of peers too.
  public var file: Report {
    var table = Table(
      name: "measurements",
      title: "",
      columns: BenchmarkField.all.map { $0.column(language, isShown: true) }
    )
    for measurement in result.measurements {
      table.add(BenchmarkField.all.map { $0.cell(measurement, language) })
    }
    return Report(title: wording.title(program), tables: [table], notes: notes)
  }

  // MARK: - Tables

  /// The measurements of regionsim of one kind; columns that would be empty are left out.
  private func table(of work: BenchmarkWork) -> Table? {
    let measurements = result.measurements.filter { $0.work == work && !$0.isPeer }
    guard !measurements.isEmpty else { return nil }
    let fields = BenchmarkField.all.map { field in
      let isEmpty = measurements.allSatisfy { field.cell($0, language).showsNothing }
      return (field, field.column(language, isShown: !isEmpty && field.isShown(of: work)))
    }
    var table = Table(
      name: work.rawValue,
      title: wording.title(work),
      columns: fields.map(\.1)
    )
    for measurement in measurements {
      table.add(fields.map { $0.0.cell(measurement, language) })
    }
    return table
  }

  /// The peers, each kind of work and size below regionsim's best.
  private var comparison: Table {
    let fields = BenchmarkField.compared
    var table = Table(
      name: "peers",
      title: wording.peers,
      columns: fields.map { $0.column(language, isShown: true) }
    )
    for comparison in result.comparisons {
      var own = comparison.own
      own.timesRegionsim = 1
      table.add(fields.map { $0.cell(own, language) }, marked: true)
      let peers = comparison.peers.sorted { $0.timesRegionsim ?? 0 < $1.timesRegionsim ?? 0 }
      for peer in peers { table.add(fields.map { $0.cell(peer, language) }) }
    }
    return table
  }

  private var machine: Table {
    var table = Table(
      name: "machine",
      title: wording.machine,
      columns: [
        Table.Column("what", wording.text("Hva", "What")),
        Table.Column("value", wording.text("Verdi", "Value")),
      ]
    )
    for (what, value) in wording.rows(result.limits) { table.add([.text(what), .text(value)]) }
    return table
  }

  // MARK: - Notes

  private var notes: [String] {
    machineNotes + wording.explanations(result, settings) + remarks + [
      Wording.dataset(vintage, language)
    ]
  }

  private var machineNotes: [String] { wording.notes(result.limits) }

  /// What the measurements say, each once, and what was left out.
  private var remarks: [String] {
    var remarks = [wording.disturbance(result)].compactMap { $0 }
    for measurement in result.measurements where !measurement.note.isEmpty {
      let name = measurement.isPeer ? measurement.implementation : ""
      let remark =
        "\(measurement.work.rawValue)\(name.isEmpty ? "" : ", \(name)"): \(measurement.note)."
      if !remarks.contains(remark) { remarks.append(remark) }
    }
    return remarks + result.skipped.map(wording.skipped)
  }

  // MARK: - JSON

  /// Everything as JSON: the machine, an object for each measurement, and what was left out.
  public var json: JSONValue {
    .object([
      "title": .string(wording.title(program)),
      "program": .string(program),
      "dataset": .string(vintage),
      "seed": .string("\(settings.seed)"),
      "machine": machineJSON,
      "measurements": .array(result.measurements.map(BenchmarkField.json)),
      "skipped": .array(
        result.skipped.map {
          .object([
            "work": .string($0.work), "implementation": .string($0.implementation),
            "reason": .string($0.reason),
          ])
        }
      ),
      "notes": .array(notes.map(JSONValue.string)),
    ])
  }

  private var machineJSON: JSONValue {
    let limits = result.limits
    return .object([
      "processor": limits.processor.name.map(JSONValue.string) ?? .null,
      "cores": .integer(limits.processor.cores),
      "cache_bytes": limits.processor.cache.map(JSONValue.integer) ?? .null,
      "kernel": .string(limits.kernel.rawValue),
      "kernels": .array(limits.kernels.map { .string($0.rawValue) }),
      "openblas_version": .string(limits.version),
      "openblas_core": .string(limits.core),
      "openblas_core_chosen_by": .string(limits.coreChoice.rawValue),
      "bandwidth": .array(
        limits.bandwidths.sorted { $0.key < $1.key }.map { threads, bandwidth in
          .object([
            "threads": .integer(threads), "read": .number(bandwidth.read),
            "triad": .number(bandwidth.triad),
          ])
        }
      ),
      "dgemm": .array(
        limits.peaks.sorted { $0.key < $1.key }.map { threads, peak in
          .object(["threads": .integer(threads), "gigaflops": .number(peak)])
        }
      ),
    ])
  }
}
