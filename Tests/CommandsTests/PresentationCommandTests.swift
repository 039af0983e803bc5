import Foundation
import TestSupport
import Testing

/// `regionsim chart`, `export` and `report` from the command line; without what draws pictures, which
/// the check of the presentation has.
@Suite struct PresentationCommandTests {
  private static let environment = ["REGIONSIM_CHARTS": "/nowhere/python"]

  private func run(_ line: String, in folder: TemporaryDirectory) async throws -> RegionsimProcess {
    try await RegionsimProcess.run(
      words(line) + ["--data", repositoryRoot + "/datasets/norway"],
      in: folder.path,
      environment: Self.environment
    )
  }

  @Test(arguments: ["chart", "export", "report"])
  func help(command: String) async throws {
    try await expectTranscript("help-\(command)", [command, "--help"])
  }

  @Test(arguments: [
    ("chart pie employment-growth", 64, "pie"),
    ("chart bump", 64, "Name a scenario"),
    ("chart contributions business-conditions", 64, "--unit"),
    ("chart small-multiples employment-growth --unit Moss", 64, "no name"),
    ("chart bump employment-growth --out bump.gif", 64, ".vl.json, .svg, .png, .pdf or .html"),
    ("chart bump employment-grwth", 66, "Did you mean employment-growth?"),
    ("chart curve employment-targets --target top4 --draws 10", 64, "Did you mean top40?"),
    ("chart curve employment-growth --draws 10", 64, "no targets"),
    ("chart bump employment-growth --indicator x", 64, "employment.share"),
    ("export employment-growth --compare", 64, "two scenarios or more"),
    ("export employment-growth employment-growth", 64, "twice"),
    ("report employment-growth --format pdf", 64, "--out report.pdf"),
    ("report nothing", 66, "nothing"),
    ("report employment-growth --out report.docx", 64, "--out must end with"),
  ])
  func whatIsRefused(line: String, code: Int, message: String) async throws {
    let folder = try TemporaryDirectory()
    let run = try await run(line, in: folder)
    #expect(run.code == Int32(code), "\(run.errors)")
    #expect(run.errors.contains(message), "\(run.errors)")
    #expect(run.output == "")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  @Test func withoutARendererTheSpecIsWritten() async throws {
    let folder = try TemporaryDirectory()
    let run = try await run("chart waterfall employment-growth --out why.png", in: folder)
    #expect(run.code == 72)
    #expect(run.errors.contains("make charts") && run.errors.contains("why.vl.json"))
    let spec = try text(ofFile: folder.path + "/why.vl.json")
    #expect(spec.contains("vega-lite/v5.json"))
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/why.png"))
    let printed = try await self.run("chart waterfall employment-growth", in: folder)
    #expect(printed.output == spec)
  }

  @Test func aPackWithoutPictures() async throws {
    let folder = try TemporaryDirectory()
    let line = "export employment-growth --draws 20 --pack out"
    let run = try await run(line, in: folder)
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.output == "out\n")
    #expect(run.errors.contains("The pictures are left out.") && run.errors.contains("Skrev"))
    let pack = try Export(folder.path + "/out")
    #expect(pack.files.keys.contains("employment-growth.xlsx"))
    #expect(!pack.files.keys.contains { $0.hasSuffix(".png") || $0.hasSuffix(".svg") })
    let readme = String(decoding: pack.files["README.md"] ?? Data(), as: UTF8.self)
    #expect(readme.contains("bildene mangler"))
    #expect(readme.contains("`regionsim export employment-growth --draws 20`"))
    try folder.write("of earlier figures", to: "out/charts/bump.png")
    let again = try await self.run(line + " --threads 1 --no-pictures", in: folder)
    #expect(again.code == 0)
    #expect(try Export(folder.path + "/out").differences(from: pack) == [])
  }

  @Test func scenariosOfOneNameAreRefused() async throws {
    let folder = try TemporaryDirectory()
    let file = "\(repositoryRoot)/scenarios/employment-growth.yml"
    let run = try await run("export employment-growth \(file) --draws 20", in: folder)
    #expect(run.code == 64)
    #expect(run.errors.contains("called employment-growth"), "\(run.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  @Test func aReportOfAScenario() async throws {
    let folder = try TemporaryDirectory()
    let run = try await run("report employment-growth --draws 20 --format markdown", in: folder)
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.output.contains("> I scenarioet går Mosseregionen fra plass 51 til 19 av 73"))
    #expect(run.output.contains("Uoffisiell beregning"))
    let page = try await self.run("report employment-growth --draws 20 --out r.html", in: folder)
    #expect(page.code == 0)
    #expect(try text(ofFile: folder.path + "/r.html").contains("<html lang=\"nb\">"))
  }

  @Test func aReportOfAPlan() async throws {
    let folder = try TemporaryDirectory()
    let run = try await run("report mosseregionen --draws 20 --out plan.md", in: folder)
    #expect(run.code == 0, "\(run.errors)")
    let report = try text(ofFile: folder.path + "/plan.md")
    #expect(report.hasPrefix("# Resultatrapport: "))
  }
}
