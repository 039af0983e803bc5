import Foundation
import TestSupport
import Testing

/// What `regionsim benchmark` says; how fast anything is, is no business of a test.
@Suite struct BenchmarkCommandTests {
  private static let tiny = "--columns 64 --repeats 1 --quick --seed 5"
  private static let works = ["rank", "top", "aggregate", "simulate", "weights", "confidence"]

  private static func json(_ run: RegionsimProcess) throws -> [String: Any] {
    #expect(run.code == 0)
    #expect(run.errors.isEmpty)
    let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
    return try #require(object as? [String: Any])
  }

  private static func measurements(_ document: [String: Any]) throws -> [[String: Any]] {
    try #require(document["measurements"] as? [[String: Any]])
  }

  // MARK: - Whole runs

  @Test func everyWorkAsJSON() async throws {
    let work = Self.works.joined(separator: ",")
    let line = "benchmark --units 30 --work \(work) --threads 1,2 --format json \(Self.tiny)"
    let document = try Self.json(try await RegionsimProcess.run(words(line)))
    let machine = try #require(document["machine"] as? [String: Any])
    for key in ["kernel", "openblas_version", "openblas_core"] {
      #expect(machine[key] as? String != "", "\(key)")
    }
    #expect((machine["bandwidth"] as? [[String: Any]])?.count == 2)
    #expect((machine["dgemm"] as? [[String: Any]])?.count == 2)
    let measurements = try Self.measurements(document)
    #expect(Set(measurements.compactMap { $0["work"] as? String }) == Set(Self.works))
    for measurement in measurements {
      let figures = ["min", "median", "max"].compactMap { measurement[$0] as? Double }
      #expect(figures.count == 3 && figures.sorted() == figures && (figures.first ?? 0) > 0)
      #expect(measurement["checked"] as? Bool == true)
      #expect(measurement["peer"] as? Bool == false)
      #expect((measurement["implementation"] as? String)?.hasPrefix("regionsim ") == true)
      #expect(measurement["unit"] is String)
      let isSimulation = measurement["work"] as? String == "simulate"
      #expect(measurement["units"] as? Int == (isSimulation ? 356 : 30))
      let isConfidence = measurement["work"] as? String == "confidence"
      #expect(measurement["columns"] as? Int == (isConfidence ? 1000 : 64))
      #expect([1, 2].contains(measurement["threads"] as? Int))
    }
  }

  @Test func wholeCommands() async throws {
    let line = "benchmark --work commands --threads 2 --format json \(Self.tiny)"
    let measurements = try Self.measurements(
      try Self.json(try await RegionsimProcess.run(words(line)))
    )
    #expect(measurements.count == 5)
    #expect(measurements.first?["implementation"] as? String == "regionsim --version")
    #expect(measurements.allSatisfy { $0["unit"] as? String == "ms" })
    #expect(measurements.allSatisfy { ($0["peak_megabytes"] as? Double ?? 0) > 1 })
    #expect(measurements.map { $0["threads"] as? Int } == [1, 1, 1, 2, 2])
  }

  @Test func everyCombinationAsCSV() async throws {
    let line =
      "benchmark --work rank --units 5,300 --columns 10,40 --threads 1,3 --kernel reference "
      + "--format csv --repeats 2 --quick"
    let run = try await RegionsimProcess.run(words(line))
    #expect(run.code == 0)
    let rows = run.output.split(separator: "\n")
    #expect(
      rows.first
        == """
        work,implementation,version,kernel,units,columns,threads,median,min,max,unit,repeats,\
        times_regionsim,scenarios_per_second,gigabytes_per_second,bandwidth_share,gigaflops,\
        peak_share,peak_megabytes,processor_share,checked,peer,note
        """
    )
    let starts = [
      "5,10,1", "5,10,3", "5,40,1", "5,40,3", "300,10,1", "300,10,3", "300,40,1", "300,40,3",
    ]
    #expect(rows.count == 9)
    for (row, start) in zip(rows.dropFirst(), starts) {
      #expect(row.hasPrefix("rank,regionsim reference,,reference,\(start),"))
      #expect(row.contains(",true,false,"))
    }
  }

  @Test func tablesInBothLanguages() async throws {
    let line = "benchmark --work aggregate --units 20 --threads 1 \(Self.tiny)"
    let english = try await RegionsimProcess.run(words(line + " --format markdown"))
    #expect(english.output.hasPrefix("## Measurements of regionsim"))
    #expect(english.output.contains("### Sums over regions"))
    #expect(english.output.contains("| GFLOP/s |"))
    let norwegian = try await RegionsimProcess.run(words(line + " --language nb"))
    #expect(norwegian.output.hasPrefix("Målinger av regionsim"))
    #expect(norwegian.output.contains("Regnekjerne i bruk"))
    #expect(norwegian.errors.isEmpty)
  }

  @Test func sizesThatAreLeftOut() async throws {
    let line = "benchmark --work weights,confidence --units 5000 --threads 1 \(Self.tiny)"
    let run = try await RegionsimProcess.run(words(line))
    #expect(run.code == 0)
    #expect(run.output.contains("Left out: weights: it is measured for 2 to 4096 units."))
    #expect(run.output.contains("Left out: confidence: it is measured for up to 2000 units."))
  }

  // MARK: - Errors

  @Test(arguments: [
    ("units", "--units 0"), ("units-many", "--units 357,65536"), ("columns", "--columns 1e5"),
    ("threads", "--threads 65"), ("work", "--work rank,simulation"), ("kernel", "--kernel neon"),
    ("repeats", "--repeats 0"), ("python-alone", "--python /usr/bin/python3"),
  ])
  func commandLines(name: String, options: String) async throws {
    try await expectTranscript("error-benchmark-" + name, words("benchmark " + options))
  }

  // MARK: - Peers

  /// A folder with a script that stands in for `peers.py`. It is a shell's, run by `--python /bin/sh`,
  /// so that the tests need no Python.
  private static func project(_ script: String) throws -> TemporaryDirectory {
    let folder = try TemporaryDirectory()
    try folder.makeDirectory("Scripts/peers")
    try folder.makeDirectory("temporary")
    try folder.write(script, to: "Scripts/peers/peers.py")
    return folder
  }

  private static func run(
    _ folder: TemporaryDirectory,
    _ options: String
  ) async throws -> (run: RegionsimProcess, arguments: [String]) {
    let arguments =
      words("benchmark --peers \(tiny) ") + words(options)
      + ["--data", repositoryRoot + "/datasets/norway"]
    let run = try await RegionsimProcess.run(
      arguments,
      in: folder.path,
      environment: ["TMPDIR": folder.path + "/temporary"]
    )
    return (run, arguments)
  }

  /// Nothing is left where temporary folders are made.
  private static func expectEmpty(_ folder: TemporaryDirectory) throws {
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/temporary")
    #expect(left.isEmpty)
  }

  /// Says a line for each kind of work, when its files have the sizes that they must.
  private static let good = """
    directory=$2 work=$4 threads=$6 quick=$9
    [ "$1 $3 $5 $7 $8 $9" = "--directory --work --threads --repeats 1 --quick" ] || exit 3
    size() { [ "$(wc -c < "$directory/$1")" -eq "$2" ] || { echo "$1" >&2; exit 4; }; }
    say() {
      echo '{"work":"'$1'","implementation":"other '$2'","version":"1.2","units":30,"columns":64,'\\
        '"threads":'$threads',"median":1e9,"min":1,"max":2e9,"unit":"'$3'","repeats":1,'\\
        '"peakMegabytes":5.5,"isEqual":true,"note":"made up"}'
    }
    [ -s "$directory/work.json" ] || exit 5
    case $work in
      rank,aggregate)
        size values.f64 15360; size places.u16 3840; size sums.f64 3072; size regionOf.i32 120
        say rank sort ns/element
        say top heap ns/element
        say aggregate add ns/scenario
        ;;
      simulate)
        size sim-value.f64 2848; size correlation.f64 42632; size regionPlaceError.f64 584
        size municipalityTop.f64 2848; size regionOf.i32 1424
        say simulate draw us/scenario
        ;;
      weights)
        size indicators.f64 4800; size base.f64 160; size place.f64 240
        say weights draw draws/s
        ;;
      confidence)
        size values.f64 240; size lower.i32 120; size marginalUpper.i32 120
        say confidence marginal s
        echo '{"work":"confidence","implementation":"R","skipped":"R is missing"}'
        ;;
      *) exit 6 ;;
    esac
    """

  @Test func peersOnTheSameData() async throws {
    let folder = try Self.project(Self.good)
    let work = Self.works.joined(separator: ",")
    let (run, _) = try await Self.run(
      folder,
      "--units 30 --threads 1,2 --python /bin/sh --work \(work) --format json"
    )
    let document = try Self.json(run)
    let peers = try Self.measurements(document).filter { $0["peer"] as? Bool == true }
    #expect(
      peers.compactMap { $0["implementation"] as? String } == [
        "other sort", "other sort", "other heap", "other heap", "other add", "other add",
        "other draw", "other draw", "other draw", "other draw", "other marginal",
      ]
    )
    #expect(peers.allSatisfy { $0["version"] as? String == "1.2" })
    #expect(peers.allSatisfy { ($0["times_regionsim"] as? Double ?? 0) > 0 })
    #expect(peers.allSatisfy { $0["note"] as? String == "made up" })
    let skipped = try #require(document["skipped"] as? [[String: String]])
    #expect(skipped == [["work": "confidence", "implementation": "R", "reason": "R is missing"]])
    try Self.expectEmpty(folder)
  }

  @Test func ratiosInATable() async throws {
    let folder = try Self.project(Self.good)
    let (run, _) = try await Self.run(
      folder,
      "--units 30 --threads 1 --python /bin/sh --work rank,aggregate --kernel reference"
    )
    #expect(run.code == 0)
    #expect(run.output.contains("× regionsim"))
    let own = try #require(row("▸", in: run.output) ?? row("sort", in: run.output))
    #expect(own.contains("other") && own.contains("1.2") && own.contains("yes"))
    #expect(run.output.contains("rank, other sort: made up."))
    #expect(run.errors.isEmpty)
  }

  @Test(arguments: [
    ("nonsense", "echo Traceback"), ("fails", "exit 3"),
    (
      "unit",
      #"echo '{"work":"rank","implementation":"a","units":1,"median":1,"unit":"s"}'"#
    ),
  ])
  func peersThatFail(name: String, script: String) async throws {
    let folder = try Self.project(script)
    let (run, _) = try await Self.run(folder, "--units 30 --work rank --threads 1 --python /bin/sh")
    #expect(run.code == 70)
    #expect(run.output.isEmpty)
    let sentences = [
      "nonsense": "regionsim: The peers' program said what is not understood: Traceback\n",
      "unit": "regionsim: The peers' program measures rank in s instead of ns/element.\n",
    ]
    if let sentence = sentences[name] { #expect(run.errors == sentence) }
    if name == "fails" {
      #expect(run.errors.hasPrefix("regionsim: The peers' program failed with the exit code 3."))
    }
    try Self.expectEmpty(folder)
  }

  @Test(arguments: [
    ("no-python", "--work rank"), ("no-such-python", "--python nowhere/python"),
    ("peers-columns", "--python /bin/sh --units 65535 --columns 10000 --work rank"),
  ])
  func peersThatAreNotThere(name: String, options: String) async throws {
    let folder = try Self.project("")
    let dataset = try FixtureDataset()
    try await expectTranscript(
      "error-benchmark-" + name,
      words("benchmark --peers \(options) --data") + [dataset.path],
      in: folder.path,
      masking: [
        "/private" + folder.path: "<folder>", folder.path: "<folder>", dataset.path: "<dataset>",
      ]
    )
  }
}
