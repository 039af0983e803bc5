internal import Datasets
internal import Measurements
internal import Reports

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Draws charts as pictures, through vl-convert in a Python that `make charts` prepares.
struct ChartRenderer {
  /// A form of picture.
  enum Form: String, CaseIterable {
    case svg
    case png
    case pdf
    case html
  }

  /// A chart in a form.
  struct Job {
    let chart: Chart
    let form: Form
  }

  private let script: String
  private let python: String

  /// Finds the script and its Python: `REGIONSIM_CHARTS`, else `.venv-charts` in a folder above the
  /// working directory, the dataset or the program.
  ///
  /// - Throws: `ChartError` when one of them is not there.
  init(locator: DatasetLocator) throws(ChartError) {
    let files = FileManager.default
    let roots = locator.programDirectories()
    func script(_ root: String) -> String {
      root + (root.hasSuffix("/share/regionsim") ? "" : "/Scripts") + "/charts/render.py"
    }
    guard let root = roots.first(where: { files.isReadableFile(atPath: script($0)) }) else {
      throw ChartError(.rendererMissing, "Scripts/charts/render.py was not found. \(Self.remedy)")
    }
    self.script = script(root)
    let own = ProcessInfo.processInfo.environment["REGIONSIM_CHARTS"].flatMap {
      $0.isEmpty ? nil : $0
    }
    python = own ?? root + "/.venv-charts/bin/python"
    guard files.isExecutableFile(atPath: python) else {
      throw ChartError(
        .rendererMissing,
        "There is no Python with vl-convert (\(python)). \(Self.remedy)"
      )
    }
  }

  /// Draws charts.
  ///
  /// - Parameters:
  ///   - jobs: The charts and forms.
  ///   - progress: Called with the share that is done.
  /// - Returns: The pictures in the order of the jobs.
  /// - Throws: `ChartError` when vl-convert is missing or refuses a chart, `DatasetError` when
  ///   a temporary file cannot be written.
  func pictures(_ jobs: [Job], progress: @escaping (Double) -> Void = { _ in }) throws -> [[UInt8]]
  {
    guard !jobs.isEmpty else { return [] }
    let manager = FileManager.default
    let folder =
      manager.temporaryDirectory.path + "/regionsim-charts-\(UUID().uuidString.lowercased())"
    defer { try? manager.removeItem(atPath: folder) }
    var files = WholeFiles(directory: folder)
    var list: [JSONValue] = []
    for (index, job) in jobs.enumerated() {
      files.add("\(index).json", try job.chart.text())
      list.append([
        "spec": .string("\(folder)/\(index).json"), "out": .string("\(folder)/\(index).out"),
        "form": .string(job.form.rawValue),
      ])
    }
    files.add("jobs.json", try JSONValue.array(list).text())
    // What is drawn is nobody else's to read or change before it is in its place.
    try manager.createDirectory(
      atPath: folder,
      withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700]
    )
    try files.write()
    var done = 0
    let run = try ChildProcess(python, [script, "\(folder)/jobs.json"], showsErrors: true) { _ in
      done += 1
      progress(Double(done) / Double(jobs.count))
    }
    let pictures = jobs.indices.compactMap { manager.contents(atPath: "\(folder)/\($0).out") }
    guard run.code == 0, pictures.count == jobs.count else {
      throw ChartError(
        .failed,
        "The pictures were not drawn: \(python) \(script) ended with \(run.code)."
      )
    }
    return pictures.map { Array($0) }
  }

  /// What brings the pictures about.
  private static let remedy =
    "Pictures are drawn by vl-convert; `make charts` prepares it. Elsewhere: python3 -m pip install "
    + "vl-convert-python pillow, and set REGIONSIM_CHARTS to that Python."
}

/// Why a chart was not drawn.
struct ChartError: Error {
  /// What went wrong.
  enum Kind {
    /// What draws pictures is not there.
    case rendererMissing
    /// It failed.
    case failed
    /// The figures do not have what the chart shows.
    case nothingToDraw
  }

  let kind: Kind
  let message: String

  init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }
}
