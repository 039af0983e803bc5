internal import Datasets
internal import Documents
internal import Plans
internal import Regions
internal import Scenarios

/// Finds and reads plans, by path or by name.
struct PlanFiles {
  let files: DocumentFiles

  init(locator: DatasetLocator) {
    files = DocumentFiles(locator: locator, kind: .plans)
  }

  /// Reads a plan.
  ///
  /// - Parameter argument: A path that ends with `.yml` or `.yaml`, a name, or `nil` for the only plan
  ///   there is beside examples.
  /// - Returns: The plan, called as its file.
  /// - Throws: `DatasetError` when there is no such file, `DocumentError` when it is wrong,
  ///   `CommandLineError` when it is not clear which is meant.
  func plan(_ argument: String?) throws -> Plan {
    if let argument { return try read(try files.path(of: argument)) }
    let real = try files.all.map { try read($0.path) }.filter { !$0.isExample }
    if real.count == 1 { return real[0] }
    let names = files.all.map(\.name).joined(separator: ", ")
    throw CommandLineError(
      message: names.isEmpty
        ? "There is no plan. Give one as a .yml file."
        : "Which plan? There are: \(names)."
    )
  }

  private func read(_ path: String) throws -> Plan {
    try Plan(id: DocumentFiles.name(of: path), file: path, text: try files.text(path))
  }

  /// The target that a name such as `mosseregionen/employment-best` stands for.
  func target(_ name: Located<String>) throws(DocumentError) -> Target {
    let parts = name.value.split(separator: "/", maxSplits: 1).map(String.init)
    func refuse(_ message: String) -> DocumentError {
      DocumentError(.invalid, at: name.place, message)
    }
    guard parts.count == 2 else {
      throw refuse("\"\(name.value)\" must name a plan and its target, as plan/target.")
    }
    let plan: Plan
    do {
      plan = try read(try files.path(of: parts[0]))
    } catch let error as DocumentError {
      throw error
    } catch {
      throw refuse("\(error)")
    }
    guard let target = plan.statement(parts[1]) else {
      let ids = plan.targets.filter { $0.statement != nil }.map(\.id)
      let hint = nearestMatch(to: parts[1], among: ids).map { " Did you mean \($0)?" } ?? ""
      throw refuse(
        "The plan \(plan.id) has no measurable target \"\(parts[1])\".\(hint) It has: "
          + ids.joined(separator: ", ") + "."
      )
    }
    return target
  }
}
