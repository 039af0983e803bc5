import Foundation
import TestSupport
import Testing

/// Where the program finds the figures, from whichever folder it is started.
@Suite struct DatasetPlaceTests {
  private static let command = words("rank employment.share --around Mosseregionen")
  private static let norway = repositoryRoot + "/datasets/norway"

  @Test func anyFolder() async throws {
    let folder = try TemporaryDirectory()
    let home = try await RegionsimProcess.run(Self.command)
    for directory in [folder.path, "/", repositoryRoot + "/datasets/norway/values"] {
      let run = try await RegionsimProcess.run(Self.command, in: directory)
      #expect(run.output == home.output)
      #expect(run.code == 0)
    }
  }

  @Test func theFolderGiven() async throws {
    let fixture = try FixtureDataset()
    let elsewhere = try TemporaryDirectory()
    let line = words("rank population.total --division areas --all --format csv")
    let option = try await RegionsimProcess.run(line + ["--data", fixture.path])
    #expect(option.output.contains(",fixture 1.0.0\n"))
    let variable = try await RegionsimProcess.run(
      line,
      in: elsewhere.path,
      environment: ["REGIONSIM_DATA": fixture.path]
    )
    #expect(variable.output == option.output)
    let both = try await RegionsimProcess.run(
      line + ["--data", fixture.path],
      environment: ["REGIONSIM_DATA": elsewhere.path]
    )
    #expect(both.output == option.output)
  }

  @Test func theProgramAlone() async throws {
    let folder = try TemporaryDirectory()
    let bin = try folder.makeDirectory("bin")
    let work = try folder.makeDirectory("here")
    let copy = bin + "/regionsim"
    try FileManager.default.copyItem(atPath: RegionsimProcess.executable, toPath: copy)
    for line in ["rank population.total", "simulate employment-growth"] {
      let run = try await RegionsimProcess.run(words(line), in: work, program: copy)
      #expect(run.code == 66)
      #expect(run.output == "")
      let lines = run.errors.split(separator: "\n").map {
        String($0.replacing(folder.path, with: "<folder>"))
      }
      #expect(
        lines.first
          == "regionsim: No dataset (a folder with datapackage.json) was found. Tried:"
      )
      let tried = [
        "  <folder>/here/datasets/norway", "  <folder>/datasets/norway",
        "  <folder>/bin/datasets/norway", "  <folder>/share/regionsim/datasets/norway",
      ]
      let places = tried.map { lines.firstIndex(of: $0) ?? -1 }
      #expect(places == places.sorted() && !places.contains(-1), "\(lines)")
      #expect(
        lines.last == "Give its folder with --data FOLDER or in the environment variable "
          + "REGIONSIM_DATA."
      )
    }
  }

  @Test func theProgramInstalled() async throws {
    let folder = try TemporaryDirectory()
    let bin = try folder.makeDirectory("bin")
    let share = try folder.makeDirectory("share/regionsim/datasets")
    let copy = bin + "/regionsim"
    try FileManager.default.copyItem(atPath: RegionsimProcess.executable, toPath: copy)
    try FileManager.default.copyItem(atPath: Self.norway, toPath: share + "/norway")
    try FileManager.default.copyItem(
      atPath: repositoryRoot + "/scenarios",
      toPath: folder.path + "/share/regionsim/scenarios"
    )
    let run = try await RegionsimProcess.run(Self.command, in: "/", program: copy)
    #expect(try #require(row("R03", in: run.output)).first == "64")
    let scenarios = try await RegionsimProcess.run(
      words("scenarios check tax-growth"),
      in: "/",
      program: copy
    )
    #expect(scenarios.output == "ok     tax-growth (6 expectations)\n")
  }
}
