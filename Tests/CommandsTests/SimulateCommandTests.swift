import Foundation
import TestSupport
import Testing

@Suite struct SimulateCommandTests {
  @Test(arguments: [
    ("simulate-all", "simulate population-fixed-jobs --no-export --all"),
    ("simulate", "simulate employment-growth --no-export"),
    ("simulate-nb", "simulate employment-growth-trend --no-export --language nb"),
    ("simulate-set", "simulate employment-growth --set jobs.value=2.5 --no-export"),
    ("simulate-two", "simulate employment-growth employment-growth-trend --no-export"),
    (
      "simulate-three-nb",
      "simulate employment-growth moss-alone population-fixed-jobs --no-export --language nb"
    ),
    ("simulate-two-indicators", "simulate tax-growth-trend --no-export"),
    ("simulate-sweep", "simulate employment-sweep --no-export"),
    ("simulate-targets", "simulate employment-targets --no-export"),
    ("simulate-targets-nb", "simulate employment-targets --no-export --language nb"),
    ("simulate-draws", "simulate employment-targets --draws 100 --seed 3 --no-export"),
    (
      "simulate-draws-nb",
      "simulate jobs-osloregionen --draws 100 --no-export --language nb"
    ),
    (
      "simulate-draws-two",
      "simulate employment-growth employment-growth-trend --draws 60 --no-export"
    ),
    ("simulate-draws-csv", "simulate employment-best --draws 50 --no-export --format csv"),
    ("simulate-draws-one", "simulate employment-best --draws 1 --no-export --format json"),
    ("simulate-draws-none", "simulate employment-targets --draws 0 --no-export"),
    ("simulate-draws-set", "simulate jobs-osloregionen --set up.value=-5 --draws 10 --no-export"),
    ("simulate-csv", "simulate moss-alone --no-export --format csv"),
    ("simulate-json", "simulate population-fixed-jobs --no-export --format json"),
    ("simulate-markdown", "simulate population-trend --no-export --format markdown"),
    ("simulate-not-side-by-side", "simulate employment-growth tax-growth --no-export"),
    ("simulate-set-unknown", "simulate employment-growth --set job.value=2 --no-export"),
    ("simulate-set-not-a-number", "simulate employment-growth --set jobs.value=two --no-export"),
    ("simulate-nothing", "simulate"),
  ])
  func everything(name: String, line: String) async throws {
    try await expectTranscript(name, words(line))
  }

  /// Draws write files of their own, the same for any number of threads, and say what was given.
  @Test func theFuturesWritten() async throws {
    let folder = try TemporaryDirectory()
    let scenario = try folder.write(
      """
      title: {nb: Prøve, en: Trial}
      focus: R03
      indicators: [jobs.private.per_inhabitant]
      baseline: {year: 2014}
      horizon: 2016
      others: {move: model}
      futures: {tails: normal, parameters: {population.total: {drift: 0}}}
      targets: [{id: up, kind: climb, value: 1}]
      """,
      to: "trial.yml"
    )
    var exports: [[String: Data]] = []
    for threads in [1, 3] {
      let line = words(
        "simulate \(scenario) --draws 70 --threads \(threads) --out \(folder.path)/out\(threads) "
          + "--data \(repositoryRoot)/datasets/norway"
      )
      let run = try await RegionsimProcess.run(line, in: folder.path)
      #expect(run.code == 0, "\(run.errors)")
      exports.append(try Export("\(folder.path)/out\(threads)").files)
    }
    #expect(exports[0] == exports[1])
    let names = [
      "place_intervals", "place_probabilities", "all_place_intervals", "target_probabilities",
      "overtake_probabilities",
    ]
    for name in names {
      #expect(exports[0]["data/\(name).csv"] != nil && exports[0]["data/nb-NO/\(name).csv"] != nil)
    }
    let document = String(decoding: exports[0]["scenario.json"] ?? Data(), as: UTF8.self)
    #expect(document.contains("\"tails\" : \"normal\"") && document.contains("\"drift\" : 0"))
    let table = String(
      decoding: exports[0]["data/all_place_intervals.csv"] ?? Data(),
      as: UTF8.self
    )
    #expect(table.split(separator: "\n").count > 400)
  }

  /// The targets' rows stand in a file of their own, and in the scenario as it was run.
  @Test func theTargetsWritten() async throws {
    let folder = try TemporaryDirectory()
    let line = words("simulate employment-targets --data \(repositoryRoot)/datasets/norway")
    let run = try await RegionsimProcess.run(line, in: folder.path)
    #expect(run.code == 0)
    let files = try Export(folder.path + "/notebooks-export/employment-targets").files
    let table = try #require(files["data/targets.csv"])
    expectGolden(String(decoding: table, as: UTF8.self), "Golden/targets.csv")
    let document = String(decoding: try #require(files["scenario.json"]), as: UTF8.self)
    #expect(document.contains("\"scope\" : \"each-and-together\""))
    #expect(files["data/nb-NO/targets.csv"] != nil)
  }

  @Test func theFilesWritten() async throws {
    let folder = try TemporaryDirectory()
    let line = words("simulate employment-sweep --data \(repositoryRoot)/datasets/norway")
    let run = try await RegionsimProcess.run(line, in: folder.path)
    #expect(run.code == 0)
    #expect(run.errors == "Wrote 14 files to notebooks-export/employment-sweep\n")
    let tables = ["attribution", "outcome", "overtakes", "ranks-wide", "sweep"].map { $0 + ".csv" }
    let expected =
      (tables + tables.map { "nb-NO/" + $0 }
      + ["municipality", "region"].map { "wide/places-\($0)-employment.share.csv" })
      .map { "data/" + $0 } + ["datapackage.json", "scenario.json"]
    let written = try Export(folder.path + "/notebooks-export/employment-sweep")
    #expect(written.files.keys.sorted() == expected.sorted())
  }

  @Test func noExportWritesNothing() async throws {
    let folder = try TemporaryDirectory()
    let line = "simulate employment-growth --no-export --data \(repositoryRoot)/datasets/norway"
    let run = try await RegionsimProcess.run(words(line), in: folder.path)
    #expect(run.code == 0)
    #expect(run.errors == "")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  @Test func severalScenariosHaveAFolderEach() async throws {
    let folder = try TemporaryDirectory()
    let run = try await RegionsimProcess.run(
      words("simulate employment-growth moss-alone --language nb --out") + [folder.path + "/ut"]
    )
    #expect(run.code == 0)
    #expect(
      run.errors.replacing(folder.path, with: "") == """
        Skrev 12 filer til /ut/employment-growth
        Skrev 12 filer til /ut/moss-alone

        """
    )
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/ut")
    #expect(names.sorted() == ["employment-growth", "moss-alone"])
  }

  @Test func aReplacedNumberHasAFolderOfItsOwn() async throws {
    let folder = try TemporaryDirectory()
    let line = "simulate employment-growth --set jobs.value=2 --set jobs.from=2026 --data "
    let run = try await RegionsimProcess.run(
      words(line) + [repositoryRoot + "/datasets/norway"],
      in: folder.path
    )
    let name = "employment-growth@jobs.value=2,jobs.from=2026"
    #expect(run.errors == "Wrote 12 files to notebooks-export/\(name)\n")
    let document = try text(ofFile: folder.path + "/notebooks-export/\(name)/scenario.json")
    #expect(document.contains("\"value\" : 2,"))
    #expect(document.contains("\"from\" : 2026,"))
  }

  @Test func theSameBytesTwice() async throws {
    let folder = try TemporaryDirectory()
    for name in ["one", "two"] {
      _ = try await RegionsimProcess.run(
        words("simulate employment-sweep --out") + [folder.path + "/" + name],
        environment: name == "two" ? ["LC_ALL": "nb_NO.UTF-8", "TZ": "Asia/Tokyo"] : [:]
      )
    }
    let (one, two) = (try Export(folder.path + "/one"), try Export(folder.path + "/two"))
    #expect(one.files.count == 14)
    #expect(one.differences(from: two) == [])
  }

  /// The example is a whole pack; what simulate writes of it is the same, but for the dictionary, which
  /// lists the tables of the futures too.
  @Test func theCommittedExample() async throws {
    let folder = try TemporaryDirectory()
    let run = try await RegionsimProcess.run(
      words("simulate employment-growth --out") + [folder.path]
    )
    #expect(run.code == 0)
    let example = try Export(repositoryRoot + "/notebooks-export/employment-growth")
    let written = try Export(folder.path).files.filter { $0.key != "datapackage.json" }
    #expect(written.count == 11)
    for (name, content) in written {
      #expect(example.files[name] == content, "Write \(name) of the example anew: make example")
    }
  }

  // MARK: - Output that cannot be written

  @Test(arguments: ["file", "file/below", "file/below/further"])
  func aFolderThatCannotBeMade(name: String) async throws {
    let folder = try TemporaryDirectory()
    try folder.write("kept", to: "file")
    let run = try await RegionsimProcess.run(
      words("simulate employment-growth --out") + [folder.path + "/" + name]
    )
    #expect(run.code == 73)
    #expect(run.output == "")
    #expect(
      run.errors.replacing(folder.path, with: "…") == "regionsim: …/\(name): The folder cannot be "
        + "made: Not a directory. Choose another with --out.\n"
    )
    #expect(try folder.bytes(of: "file") == Array("kept".utf8))
  }

  @Test func aLimitOnTheSizeOfFiles() async throws {
    let folder = try TemporaryDirectory()
    try folder.makeDirectory("out/data/nb-NO")
    try folder.write("earlier", to: "out/data/outcome.csv")
    try folder.write("earlier", to: "out/scenario.json")
    try folder.write("earlier", to: "out/data/nb-NO/outcome.csv")
    let before = try Export(folder.path + "/out")
    let run = try await RegionsimProcess.shell(
      "ulimit -f 8; exec \"$regionsim\" simulate employment-growth --out \(folder.path)/out",
      in: repositoryRoot
    )
    #expect(run.code == 73)
    #expect(run.output == "")
    #expect(
      run.errors.replacing(folder.path + "/", with: "")
        == "regionsim: out/data/outcome.csv: The file "
        + "cannot be written: File too large. Nothing was changed.\n"
    )
    #expect(try Export(folder.path + "/out").files == before.files)
  }
}

/// The files of a folder and their content, by path.
struct Export {
  let files: [String: Data]

  init(_ folder: String) throws {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder) {
      let path = folder + "/" + name
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      if !isFolder.boolValue { files[name] = try Data(contentsOf: URL(filePath: path)) }
    }
    self.files = files
  }

  /// The names of the files that only one of the folders has, or that differ.
  func differences(from other: Export) -> [String] {
    Set(files.keys).union(other.files.keys).filter { files[$0] != other.files[$0] }.sorted()
  }
}
