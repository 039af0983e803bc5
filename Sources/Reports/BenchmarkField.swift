internal import LinearAlgebra
internal import Measurements
internal import Regions
internal import Statistics

/// One column of a table of measurements.
struct BenchmarkField: Sendable {
  /// The name in files.
  let key: String
  /// The heading; `nil` for what is only written to files.
  let title: LocalizedText?
  let meaning: String
  private let read: @Sendable (Measurement, Language) -> Table.Cell

  private init(
    _ key: String,
    _ title: (nb: String, en: String)?,
    _ meaning: String = "",
    _ read: @escaping @Sendable (Measurement, Language) -> Table.Cell
  ) {
    self.key = key
    self.title = title.map { LocalizedText(nb: $0.nb, en: $0.en) }
    self.meaning = meaning
    self.read = read
  }

  /// The column in a table.
  func column(_ language: Language, isShown: Bool) -> Table.Column {
    Table.Column(key, isShown ? title?[language] : nil, meaning: meaning)
  }

  /// The cell of a measurement.
  func cell(_ measurement: Measurement, _ language: Language) -> Table.Cell {
    read(measurement, language)
  }

  /// Whether readers are shown it in the table of a kind of work.
  func isShown(of work: BenchmarkWork) -> Bool { !Self.onlyInComparisons.contains(key) }

  /// All columns, in their order.
  static let all: [BenchmarkField] = [
    work, implementation, version, kernel, units, columns, threads, median, least, most, unit,
    repeats, times, scenarios, gigabytes, bandwidthShare, gigaflops, peakShare, peakMegabytes,
    processorShare, checked, peer, note,
  ]

  /// Those of the table of peers.
  static let compared: [BenchmarkField] = [
    work, implementation, version, units, columns, threads, median, unit, times, peakMegabytes,
    checked,
  ]

  private static let onlyInComparisons: Set = ["work", "version", "times_regionsim"]

  // MARK: - What was measured

  private static let work = BenchmarkField("work", ("Arbeid", "Work")) { measurement, language in
    .word(
      measurement.work.rawValue,
      shown: BenchmarkWording(language: language).name(measurement.work)
    )
  }
  private static let implementation = BenchmarkField("implementation", ("Hvem", "By")) {
    measurement,
    _ in .text(measurement.implementation)
  }
  private static let version = BenchmarkField("version", ("Versjon", "Version")) {
    measurement,
    _ in .text(measurement.version)
  }
  private static let kernel = BenchmarkField("kernel", nil) { measurement, _ in
    measurement.kernel.map { .text($0.rawValue) } ?? .missing("")
  }
  private static let units = BenchmarkField("units", ("Enheter", "Units")) { measurement, _ in
    count(measurement.size.units)
  }
  private static let columns = BenchmarkField("columns", ("Kolonner", "Columns")) {
    measurement,
    _ in count(measurement.size.columns)
  }
  private static let threads = BenchmarkField("threads", ("Tråder", "Threads")) {
    measurement,
    _ in count(measurement.size.threads)
  }
  private static let peer = BenchmarkField("peer", nil) { measurement, _ in
    .text(measurement.isPeer ? "true" : "false")
  }
  private static let note = BenchmarkField("note", nil) { measurement, _ in
    measurement.note.isEmpty ? .missing("") : .text(measurement.note)
  }

  // MARK: - What came of it

  private static let median = BenchmarkField("median", ("Median", "Median")) { measurement, _ in
    number(measurement.median)
  }
  private static let least = BenchmarkField("min", ("Minst", "Least")) { measurement, _ in
    number(measurement.min)
  }
  private static let most = BenchmarkField("max", ("Mest", "Most")) { measurement, _ in
    number(measurement.max)
  }
  private static let unit = BenchmarkField("unit", ("Enhet", "Unit")) { measurement, _ in
    .word(measurement.unit.rawValue, shown: measurement.unit.rawValue.replacing("us", with: "µs"))
  }
  private static let repeats = BenchmarkField("repeats", nil) { measurement, _ in
    count(measurement.repeats)
  }
  private static let times = BenchmarkField(
    "times_regionsim",
    ("× regionsim", "× regionsim"),
    "How many times the time of regionsim's best"
  ) { measurement, _ in number(measurement.timesRegionsim) }
  private static let scenarios = BenchmarkField(
    "scenarios_per_second",
    ("Kolonner/s", "Columns/s"),
    "Columns, scenarios or draws in a second"
  ) { measurement, _ in number(measurement.scenariosPerSecond) }
  private static let gigabytes = BenchmarkField(
    "gigabytes_per_second",
    ("GB/s", "GB/s"),
    "10^9 bytes in a second that must be read and written"
  ) { measurement, _ in number(measurement.gigabytesPerSecond) }
  private static let bandwidthShare = BenchmarkField(
    "bandwidth_share",
    ("% av minnet", "% of memory"),
    "These as a share of the measured bandwidth of memory"
  ) { measurement, _ in share(measurement.bandwidthShare) }
  private static let gigaflops = BenchmarkField(
    "gigaflops",
    ("GFLOP/s", "GFLOP/s"),
    "10^9 floating-point operations in a second"
  ) { measurement, _ in number(measurement.gigaflops) }
  private static let peakShare = BenchmarkField(
    "peak_share",
    ("% av topp", "% of peak"),
    "These as a share of the measured peak of dgemm"
  ) { measurement, _ in share(measurement.peakShare) }
  private static let peakMegabytes = BenchmarkField(
    "peak_megabytes",
    ("Minne, MB", "Memory, MB"),
    "The most memory that the process held, 2^20 bytes"
  ) { measurement, _ in
    measurement.peakMegabytes.map { .number($0, decimals: 0) } ?? .missing("–")
  }
  private static let processorShare = BenchmarkField(
    "processor_share",
    nil,
    "The share of the processors of its threads that the program had"
  ) { measurement, _ in share(measurement.processorShare) }
  private static let checked = BenchmarkField(
    "checked",
    ("Riktig", "Checked"),
    "Whether the result agreed with the reference"
  ) { measurement, language in
    switch measurement.isChecked {
    case true: .word("true", shown: language == .nb ? "ja" : "yes")
    case false: .word("false", shown: language == .nb ? "NEI" : "NO")
    case nil: .missing("–")
    }
  }

  private static func count(_ count: Int) -> Table.Cell {
    count == 0 ? .missing("–") : .number(Double(count), decimals: 0)
  }

  private static func share(_ share: Double?) -> Table.Cell {
    share.map { .share($0, decimals: 0) } ?? .missing("–")
  }

  /// A number with at least three digits.
  private static func number(_ number: Double?) -> Table.Cell {
    guard let number, number.isFinite else { return .missing("–") }
    var (decimals, size) = (2, abs(number))
    while size >= 10, decimals > 0 { (size, decimals) = (size / 10, decimals - 1) }
    while size < 1, size > 0, decimals < 9 { (size, decimals) = (size * 10, decimals + 1) }
    return .number(number, decimals: decimals)
  }

  // MARK: - JSON

  /// A measurement as a JSON object; what is not known is null.
  static func json(_ measurement: Measurement) -> JSONValue {
    var members: [String: JSONValue] = [:]
    for field in all { members[field.key] = field.cell(measurement, .en).value }
    members["checked"] = measurement.isChecked.map(JSONValue.bool) ?? .null
    members["peer"] = .bool(measurement.isPeer)
    return .object(members)
  }
}

extension Table.Cell {
  /// Whether readers would see nothing.
  var showsNothing: Bool {
    switch self {
    case .missing: true
    case .text(let text): text.isEmpty
    default: false
    }
  }

  /// The cell in JSON.
  fileprivate var value: JSONValue {
    switch self {
    case .text(let text), .word(let text, _): .string(text)
    case .integer(let number): .integer(number)
    case .number(let value, _), .signed(let value, _), .share(let value, _),
      .shareDifference(let value, _), .place(let value):
      value == value.rounded() && abs(value) < 1e15 ? .integer(Int(value)) : .number(value)
    case .missing: .null
    }
  }
}
