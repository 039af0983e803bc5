import Foundation
import TestSupport
import Testing

@Suite struct CompositeCommandTests {
  @Test(arguments: [
    ("composite-list", "composite list"),
    ("composite-list-nb", "composite --language nb"),
    (
      "composite-rank-region",
      "composite rank business-conditions --around Mosseregionen --window 2"
    ),
    (
      "composite-rank-nb",
      "composite rank business-conditions --around Moss --window 1 --mark Øygarden --language nb"
    ),
    ("composite-rank-mark", "composite rank business-conditions --top 3 --mark Oslo"),
    (
      "composite-rank-csv",
      "composite rank business-conditions --level region --all --format csv"
    ),
    ("composite-rank-json", "composite rank business-conditions --top 2 --format json"),
    (
      "composite-rank-markdown",
      "composite rank business-conditions --around Vestby --window 1 --format markdown"
    ),
    (
      "composite-rank-division",
      "composite rank business-conditions --division regions-73-tf2020 --around R03 --window 1"
    ),
    ("composite-explain", "composite explain business-conditions Moss --against Vestby"),
    (
      "composite-explain-nb",
      "composite explain business-conditions Mosseregionen --step sigma --language nb"
    ),
    ("composite-explain-first", "composite explain business-conditions 4222 --format markdown"),
    ("composite-explain-without-score", "composite explain business-conditions Haram"),
    ("composite-explain-csv", "composite explain business-conditions Moss --format csv"),
    (
      "composite-robustness-region",
      "composite robustness business-conditions Mosseregionen --place 40 --above Follo --draws 400"
    ),
    (
      "composite-robustness-nb",
      "composite robustness business-conditions Moss --place 100 --above Råde --draws 300 "
        + "--vary weights base left-out --language nb"
    ),
    (
      "composite-robustness-weights",
      "composite robustness business-conditions Moss --spread 25 --vary weights --draws 500 "
        + "--place 170"
    ),
    (
      "composite-robustness-all-csv",
      "composite robustness business-conditions --all --level region --draws 200 --format csv"
    ),
    ("composite-fit-four", "composite fit business-conditions --series knm.total.rank"),
    (
      "composite-fit-four-nb",
      "composite fit business-conditions --series knm.total.rank --set Moss:employment.share=+1 "
        + "--language nb"
    ),
    ("error-composite-unknown", "composite rank busines-conditions"),
    ("error-composite-no-file", "composite rank nothing-here.yml"),
    ("error-composite-two-windows", "composite rank business-conditions --all --top 3"),
    ("error-composite-level", "composite explain business-conditions Moss --against Follo"),
    ("error-composite-unit", "composite rank business-conditions --around 1507"),
    ("error-composite-no-unit", "composite robustness business-conditions"),
    ("error-composite-no-focus", "composite robustness business-conditions --all --place 3"),
    ("error-composite-no-score", "composite robustness business-conditions Haram"),
    ("error-composite-vary", "composite robustness business-conditions Moss --vary weight"),
    ("error-composite-draws", "composite robustness business-conditions Moss --draws 1"),
    (
      "error-composite-scheme",
      "composite robustness business-conditions Moss --spread 5 --concentration 5"
    ),
    ("error-composite-no-places", "composite fit business-conditions"),
    (
      "error-composite-series",
      "composite fit business-conditions --series employment.share"
    ),
    (
      "error-composite-set",
      "composite fit business-conditions --series knm.total.rank --set Moss=1"
    ),
    (
      "error-composite-set-indicator",
      "composite fit business-conditions --series knm.total.rank --set Moss:employment.shar=+1"
    ),
    (
      "error-composite-set-unit",
      "composite fit business-conditions --series knm.total.rank --set Oslo:employment.share=+1"
    ),
  ])
  func everything(name: String, line: String) async throws {
    try await expectTranscript(name, words(line))
  }

  // MARK: - A composite of one's own

  private static let own = """
    title: {nb: Egen, en: My own}
    year: 2024
    fill: carry
    normalisation: min-max
    winsorise: {low: 1, high: 99}
    aggregation: geometric
    shift: 1
    missing: refuse
    areas:
      - id: competence
        weight: 3
        indicators: [education.higher.share]
      - id: work
        indicators:
          - {id: employment.share, weight: 2}
          - {id: unemployed.share.20_66, year: 2022}
    """

  @Test(arguments: [
    ("composite-own-rank", "rank own.yml --around Mosseregionen --window 1"),
    ("composite-own-rank-nb", "rank own.yml --top 2 --language nb"),
    ("composite-own-explain", "explain own.yml Moss --against Vestby"),
    ("composite-own-robustness", "robustness own.yml Moss --draws 300"),
  ])
  func ownComposite(name: String, line: String) async throws {
    let folder = try TemporaryDirectory()
    try folder.write(Self.own, to: "own.yml")
    try await expectTranscript(
      name,
      ["composite"] + words(line),
      in: folder.path,
      environment: ["REGIONSIM_DATA": repositoryRoot + "/datasets/norway"],
      masking: [folder.path: "<folder>"]
    )
  }

  /// A name is looked up in `composites/` of the working directory first.
  @Test func nameInTheWorkingDirectory() async throws {
    let folder = try TemporaryDirectory()
    try folder.makeDirectory("composites")
    try folder.write(Self.own, to: "composites/business-conditions.yml")
    try folder.write("title: {nb: a}\n", to: "composites/broken.yml")
    let run = try await RegionsimProcess.run(
      ["composite", "list", "--data", repositoryRoot + "/datasets/norway", "--format", "csv"],
      in: folder.path
    )
    #expect(run.code == 0)
    #expect(run.output.contains("broken,"))
    let inView = try await RegionsimProcess.run(
      ["composite", "rank", "broken", "--data", repositoryRoot + "/datasets/norway"],
      in: folder.path
    )
    #expect(inView.code == 65)
    #expect(
      inView.errors.contains("composites/broken.yml:1:1: The composite needs the key \"year\"")
    )
  }

  @Test(arguments: [
    ("own-indicator", "education.higher.share", "education.hihger.share"),
    ("own-key", "winsorise:", "winsorize:"),
    ("own-weight", "weight: 2", "weight: -2"),
    ("own-neutral", "education.higher.share", "education.upper_secondary.share"),
    ("own-places", "education.higher.share", "knm.total.rank"),
    ("own-positive", "shift: 1", "shift: 0"),
    ("own-year", "year: 2022", "year: 2015"),
    ("own-yaml", "areas:", "areas"),
  ])
  func wrongComposite(name: String, part: String, other: String) async throws {
    let folder = try TemporaryDirectory()
    #expect(Self.own.contains(part))
    try folder.write(Self.own.replacing(part, with: other), to: "own.yml")
    try await expectTranscript(
      "error-composite-\(name)",
      ["composite", "rank", "own.yml", "--top", "1"],
      in: folder.path,
      environment: ["REGIONSIM_DATA": repositoryRoot + "/datasets/norway"],
      masking: [folder.path: "<folder>"]
    )
  }

  // MARK: - Draws

  @Test func drawsAreWrittenWhole() async throws {
    let folder = try TemporaryDirectory()
    let arguments = words(
      "composite robustness business-conditions Moss --place 100 --above Råde --draws 300 --seed 4"
    )
    var files: [[UInt8]] = []
    for threads in ["1", "3"] {
      let run = try await RegionsimProcess.run(
        arguments + ["--threads", threads, "--draws-csv", folder.path + "/draws.csv"]
      )
      #expect(run.code == 0)
      files.append(try folder.bytes(of: "draws.csv"))
    }
    #expect(files[0] == files[1])
    let lines = String(decoding: files[0], as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 301)
    #expect(
      lines[0].hasPrefix("draw,normalisation,aggregation,winsorised,scale,left_out,shift,weight_")
    )
    #expect(lines[0].hasSuffix(",rank,average_shift,target_1,target_2"))
    for line in lines.dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      let weights = fields[7..<16].compactMap { Double($0) }
      expectClose(weights.reduce(0, +), 1, relative: 1e-10)
      let place = try #require(Int(fields[16]))
      #expect((fields[18] == "1") == (place <= 100))
    }
    let lost = try await RegionsimProcess.run(
      arguments + ["--draws-csv", "/dev/null/draws.csv"]
    )
    #expect(lost.code == 73)
    #expect(lost.output.isEmpty)
  }

  // MARK: - Fit

  /// Places made from the composite and seeded noise: synthetic, nobody's.
  private static func synthetic(noise: Double, keep: Int = .max) async throws -> String {
    let run = try await RegionsimProcess.run(
      words("composite rank business-conditions --all --format csv")
    )
    var generator = SplitMix64(seed: 2026)
    var scored: [(code: String, score: Double)] = []
    for line in run.output.split(separator: "\n").dropFirst() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard let score = Double(fields[3]) else { continue }
      scored.append(
        (String(fields[1]), score + noise * Double.random(in: -1...1, using: &generator))
      )
    }
    let rows = scored.prefix(keep).map { item in
      "\(item.code),\(1 + scored.count { $0.score > item.score })"
    }
    return "municipality,place\n" + rows.joined(separator: "\n") + "\n"
  }

  @Test(arguments: [
    ("composite-fit-good", 0.05, "--set Moss:employment.share=+1 --set Råde:employment.share=70"),
    ("composite-fit-poor", 0.8, "--set Moss:employment.share=+1"),
  ])
  func fitToASyntheticList(name: String, noise: Double, line: String) async throws {
    let folder = try TemporaryDirectory()
    try folder.write(try await Self.synthetic(noise: noise), to: "places.csv")
    try await expectTranscript(
      name,
      words("composite fit business-conditions --published places.csv --ranked 345 \(line)"),
      in: folder.path,
      environment: ["REGIONSIM_DATA": repositoryRoot + "/datasets/norway"]
    )
  }

  @Test func wrongListsOfPlaces() async throws {
    let folder = try TemporaryDirectory()
    func run(_ rows: String) async throws -> RegionsimProcess {
      try folder.write("municipality,place\n" + rows, to: "places.csv")
      return try await RegionsimProcess.run(
        words("composite fit business-conditions --published places.csv"),
        in: folder.path,
        environment: ["REGIONSIM_DATA": repositoryRoot + "/datasets/norway"]
      )
    }
    let twice = try await run("3103,1\n3103,2\n")
    #expect(twice.code == 65 && twice.output.isEmpty)
    #expect(
      twice.errors.hasPrefix("regionsim: places.csv:3:1: The column \"municipality\" has 3103")
    )
    let range = try await run("3103,358\n")
    #expect(range.code == 65)
    #expect(range.errors.contains("places.csv:2:6: The column \"place\" must be from 1 to 357"))
    let few = try await run("3103,107\n3114,160\n")
    #expect(few.code == 69)
    #expect(few.errors.hasPrefix("regionsim: Only 2 units have both"))
  }
}
