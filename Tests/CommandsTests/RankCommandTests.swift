import TestSupport
import Testing

@Suite struct RankCommandTests {
  @Test(arguments: [
    ("rank-region", "rank employment.share --around Mosseregionen"),
    ("rank-municipality-nb", "rank employment.share --around Moss --window 3 --language nb"),
    ("rank-tf2020", "rank employment.share --division regions-73-tf2020 --around R03 --window 2"),
    ("rank-all-csv", "rank employment.share --level region --all --format csv"),
    ("rank-top-json", "rank population.total --year 2024 --top 2 --format json"),
    ("rank-around-markdown", "rank employment.share --around Vestby --window 1 --format markdown"),
    ("rank-carry", "rank employment.share --year 2024 --fill carry --around R03 --window 2"),
    (
      "rank-carry-municipality",
      "rank employment.share --year 2024 --fill carry --around Moss --window 1 --language nb"
    ),
    ("rank-top", "rank tax.relative_to_country --level region --top 3"),
    ("rank-default", "rank population.total"),
    ("rank-lower", "rank education.basic.share --level region --top 3"),
    ("rank-modified", "rank low_income.share --top 5 --ties modified"),
    ("rank-dense", "rank low_income.share --top 5 --ties dense"),
    ("rank-fractional", "rank low_income.share --top 5 --ties fractional --language nb"),
    ("rank-ordinal", "rank low_income.share --top 5 --ties ordinal"),
    (
      "rank-peer-set", "rank population.total --year 2024 --peers osloregionen --level region --all"
    ),
    ("rank-peer-region", "rank employment.share --peers Mosseregionen --all"),
    ("rank-peer-county", "rank employment.share --peers counties/31 --top 3"),
    ("rank-published", "rank knm.total.rank --around Moss --window 1"),
    ("rank-published-nb", "rank knm.total.rank --top 4 --year 2023 --language nb"),
    ("rank-weighted-mean", "rank tax.level --level region --around Mosseregionen --window 1"),
    ("rank-combined-member", "rank population.total --year 2023 --around Haram --window 1"),
    ("rank-thin", "rank employment.share --year 2024 --top 4"),
    ("rank-combined-unit", "rank population.total --year 2023 --around 1507 --window 1"),
    ("rank-confidence", "rank employment.share --around Mosseregionen --window 2 --confidence 95"),
    (
      "rank-confidence-nb",
      "rank employment.share --around Moss --window 1 --confidence 99.5 --seed 5 --language nb"
    ),
    ("rank-confidence-top", "rank employment.share --level region --top 3 --confidence 90"),
    (
      "rank-confidence-top-nb",
      "rank education.basic.share --level region --top 1 --confidence 80 --language nb"
    ),
    (
      "rank-confidence-csv",
      "rank education.higher.share --level region --all --confidence 95 --simultaneous --draws 500 "
        + "--format csv"
    ),
    (
      "rank-confidence-json",
      "rank employed.20_66 --year 2024 --peers Mosseregionen --confidence 95 --simultaneous "
        + "--overdispersion 2.5 --format json"
    ),
    (
      "rank-confidence-markdown",
      "rank jobs.private.per_inhabitant --around R03 --window 1 --confidence 95 --overdispersion 2 "
        + "--format markdown --language nb"
    ),
    (
      "rank-confidence-missing",
      "rank employment.share --year 2024 --all --peers counties/31 --confidence 95"
    ),
  ])
  func everything(name: String, line: String) async throws {
    try await expectTranscript(name, words(line))
  }

  @Test func placesOfTheRegion() async throws {
    let now = try await RegionsimProcess.run(words("rank employment.share --around R03"))
    #expect(
      try #require(row("R03", in: now.output)).prefix(4) == ["64", "R03", "Mosseregionen", "73.8"]
    )
    #expect(now.output.contains("73 of 73 units"))
    let line = "rank employment.share --around R03 --division regions-73-tf2020"
    let before = try await RegionsimProcess.run(words(line))
    #expect(try #require(row("R03", in: before.output)).first == "68")
  }

  @Test func placesOfTheRegionWithCarriedValues() async throws {
    let line = "rank employment.share --year 2024 --fill carry --around R03"
    let now = try await RegionsimProcess.run(words(line))
    #expect(try #require(row("R03", in: now.output)).first == "51")
    let before = try await RegionsimProcess.run(words(line + " --division regions-73-tf2020"))
    #expect(try #require(row("R03", in: before.output)).first == "58")
  }

  @Test(arguments: [("3103", "322"), ("3216", "139"), ("3112", "253"), ("3114", "129")])
  func placesOfTheMunicipalities(code: String, place: String) async throws {
    let run = try await RegionsimProcess.run(
      words("rank employment.share --window 0 --around") + [code]
    )
    #expect(try #require(row(code, in: run.output)).first == place)
    #expect(run.output.contains("356 of 357 units"))
  }

  @Test func populationOfTheRegion() async throws {
    let line = "rank population.total --year 2024 --around Mosseregionen --window 0"
    let english = try await RegionsimProcess.run(words(line))
    #expect(try #require(row("R03", in: english.output)).contains("85,572"))
    let norwegian = try await RegionsimProcess.run(words(line + " --language nb"))
    #expect(norwegian.output.contains("85\u{A0}572"))
  }

  /// The places of the four municipalities and the region with the sets of each alone.
  @Test(arguments: [
    ("3103", "277"), ("3112", "233"), ("3114", "148"), ("3216", "99"), ("R03", "51"),
  ])
  func aPlaceIsWithinItsSet(code: String, place: String) async throws {
    let line = "rank employment.share --year 2024 --fill carry --window 0 --confidence 95 --around"
    let run = try await RegionsimProcess.run(words(line) + [code])
    let cells = try #require(row(code, in: run.output))
    #expect(cells.first == place)
    let bounds = try cells[1...2].map { try #require(Int($0)) }
    #expect(bounds[0] < (Int(place) ?? 0) && (Int(place) ?? 0) < bounds[1])
  }

  @Test func theSeedDecidesTheDraws() async throws {
    let line = "rank employment.share --level region --top 5 --confidence 95 --format csv --seed"
    let runs = try await [
      RegionsimProcess.run(words(line) + ["1"]), RegionsimProcess.run(words(line) + ["1"]),
      RegionsimProcess.run(words(line) + ["2"]),
    ]
    #expect(runs[0].output == runs[1].output)
    let sets = runs.map { run in
      run.output.split(separator: "\n").map { $0.split(separator: ",").prefix(3) }
    }
    #expect(sets[0] != sets[2])
  }

  @Test(arguments: [
    ("nb_NO.UTF-8", "Plass"), ("nn_NO.UTF-8", "Plass"), ("no", "Plass"), ("en_GB.UTF-8", "Place"),
    ("de_DE.UTF-8", "Place"),
  ])
  func theLanguageOfTheSystem(locale: String, heading: String) async throws {
    let run = try await RegionsimProcess.run(
      words("rank population.total --top 1"),
      environment: ["LC_ALL": "", "LANG": locale]
    )
    #expect(run.output.contains("  \(heading)  "))
  }
}
