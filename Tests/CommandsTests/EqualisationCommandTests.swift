import Foundation
import TestSupport
import Testing

@Suite struct EqualisationCommandTests {
  @Test(arguments: [
    ("equalisation-region", "equalisation show Mosseregionen"),
    ("equalisation-default", "equalisation"),
    ("equalisation-regions", "equalisation show --level region --language nb"),
    (
      "equalisation-change",
      "equalisation show Mosseregionen --tax 3114=+15% --tax Moss=+5000000 --rates 2023"
    ),
    ("equalisation-end-state-nb", "equalisation show Moss --rates end-state --language nb"),
    ("equalisation-csv", "equalisation show R03 --format csv"),
    ("equalisation-json", "equalisation show Råde --format json --rates alpha=0.5,beta=0.25"),
    ("equalisation-markdown", "equalisation show 0301 --tax 0301=-2.5% --format markdown"),
    ("error-equalisation-year", "equalisation show Moss --year 2021"),
    ("error-equalisation-rates-unknown", "equalisation show Moss --rates 2025"),
    ("error-equalisation-rates-name", "equalisation show Moss --rates end-stat"),
    ("error-equalisation-rates-key", "equalisation show Moss --rates alfa=0.6,beta=0.35"),
    ("error-equalisation-rates-half", "equalisation show Moss --rates alpha=0.6"),
    ("error-equalisation-rates-number", "equalisation show Moss --rates alpha=0,6"),
    ("error-equalisation-rates-sum", "equalisation show Moss --rates alpha=0.7,beta=0.35"),
    ("error-equalisation-tax", "equalisation show --tax Moss=more"),
    ("error-equalisation-tax-unit", "equalisation show --tax Mos=+1%"),
    ("error-equalisation-tax-below", "equalisation show --tax Moss=-5000000000"),
    ("error-equalisation-no-table", "equalisation show --average 38440"),
    ("error-equalisation-table-year", "equalisation show --table x.csv"),
    ("error-equalisation-calibrate-file", "equalisation calibrate no-such.csv"),
    ("error-simulate-rates", "simulate employment-growth --rates end-state --no-export"),
    ("simulate-equalisation", "simulate tax-growth --rates alpha=0.62,beta=0.35 --no-export"),
  ])
  func everything(name: String, line: String) async throws {
    try await expectTranscript(name, words(line))
  }

  /// A settlement by α 0.62 and β 0.35 as a spreadsheet writes it, whole kroner, in KDD's layout.
  private static func settlement() throws -> (kdd: String, table: String) {
    let rows = try ["values/tax", "values/population"].map { name in
      try text(ofFile: "\(repositoryRoot)/datasets/norway/\(name).csv").split(separator: "\n")
        .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        .filter { $0[2] == "2023" && !$0[3].isEmpty }
    }
    func column(_ rows: [[String]], _ series: String) -> [String: Double] {
      Dictionary(
        uniqueKeysWithValues: rows.filter { $0[0] == series }.map { ($0[1], Double($0[3]) ?? .nan) }
      )
    }
    let own = column(rows[0], "tax.before.per_inhabitant")
    let people = column(rows[1], "population.total")
    let codes = own.keys.sorted()
    let all = codes.reduce(0) { $0 + (people[$1] ?? 0) }
    let average = codes.reduce(0) { $0 + (people[$1] ?? 0) * (own[$1] ?? 0) } / all
    func gap(_ code: String) -> Double { max(0, 0.9 * average - (own[code] ?? 0)) }
    let cost = codes.reduce(0) { $0 + 0.35 * (people[$1] ?? 0) * gap($1) } / all
    var kdd = "Beregninger av skatt og netto inntektsutjevning;;;;;;;;;;\r\n"
    kdd += "Knr.;Kommune;Skatt;Innb.;Skatt;I pst.;;;;;Netto\r\n;;1;2;3;4;5;6;7;8;9\r\n"
    var table = "kommune\tskatt\tinnbyggere\n"
    for code in codes {
      guard let own = own[code], let people = people[code], let number = Int(code) else { continue }
      let supplement = (0.62 * (average - own) + 0.35 * gap(code) - cost).rounded()
      let ratio = "\((1000 * own / average).rounded() / 10)".replacing(".", with: ",")
      kdd += "\(number);Navn;\(Int(own * people / 1000));\(Int(people));\(Int(own));\(ratio) %;"
      kdd += ";;;;\(Int(supplement))\r\n"
      table += "\(code)\t\(Int(own * people / 1000))\t\(Int(people))\n"
    }
    return (kdd + ";Hele landet;1;2;3;100;;;;;0\r\n", table)
  }

  @Test(arguments: [
    ("calibrate", "equalisation calibrate kdd.csv --year 2024"),
    ("calibrate-nb", "equalisation calibrate kdd.csv --year 2025 --language nb"),
    ("calibrate-csv", "equalisation calibrate kdd.csv --format csv"),
    ("calibrate-turned", "equalisation calibrate turned.csv"),
    ("calibrate-no-net", "equalisation calibrate table.tsv"),
    ("calibrate-few", "equalisation calibrate few.csv"),
    ("equalisation-table", "equalisation show Mosseregionen --table table.tsv --year 2024"),
    (
      "equalisation-table-settlement",
      "equalisation show Moss --table kdd.csv --columns municipality=A,tax=C,population=D --year 2025 "
        + "--rates alpha=0.62,beta=0.35 --tax-unit thousand_NOK"
    ),
    ("error-equalisation-table-rates", "equalisation show --table table.tsv --year 2026"),
    ("error-equalisation-table-partial", "equalisation show --table part.tsv --year 2024"),
    (
      "equalisation-table-partial",
      "equalisation show 3103 Råde --table part.tsv --year 2024 --average 38440 --tax 3112=+1% "
        + "--language nb"
    ),
    (
      "error-equalisation-columns",
      "equalisation show --table part.tsv --year 2024 --columns taks=B"
    ),
  ])
  func tables(name: String, line: String) async throws {
    let folder = try TemporaryDirectory()
    let (kdd, table) = try Self.settlement()
    try folder.write(kdd, to: "kdd.csv")
    try folder.write(table, to: "table.tsv")
    let lines = kdd.split(separator: "\r\n", omittingEmptySubsequences: false)
    try folder.write(lines.prefix(7).joined(separator: "\r\n"), to: "few.csv")
    // Inhabitants and revenue per inhabitant have changed places.
    try folder.write(
      kdd.replacing("Knr.;", with: "kommune;").replacing(
        "Innb.;Skatt;I",
        with: "Tax per inhabitant;Innbyggere;I"
      )
      .replacing(";Netto", with: ";Supplement"),
      to: "turned.csv"
    )
    let part = table.split(separator: "\n").filter { line in
      ["kommune", "3103", "3112", "3114", "3216"].contains { line.hasPrefix($0) }
    }
    try folder.write(part.joined(separator: "\n"), to: "part.tsv")
    try await expectTranscript(
      name,
      words(line),
      in: folder.path,
      environment: ["REGIONSIM_DATA": repositoryRoot + "/datasets/norway"]
    )
  }

  /// The files of a scenario with levers on tax have the equalisation, described in the package.
  @Test func exported() async throws {
    let folder = try TemporaryDirectory()
    let line = "simulate tax-growth-trend --out out --data \(repositoryRoot)/datasets/norway"
    let run = try await RegionsimProcess.run(words(line), in: folder.path)
    #expect(run.code == 0, "\(run.errors)")
    let lines = try text(ofFile: folder.path + "/out/data/equalisation.csv").split(separator: "\n")
    #expect(lines.count == 6)
    #expect(lines[0].hasPrefix("level,unit_code,unit_name,indicator,year,own_without,"))
    #expect(lines[1].hasPrefix("region,R03,Mosseregionen,tax.relative_to_country,2028,"))
    let package = try text(ofFile: folder.path + "/out/datapackage.json")
    #expect(package.contains("equalisation.csv") && package.contains("kept_total / own_total"))
    let excel = try text(ofFile: folder.path + "/out/data/nb-NO/equalisation.csv")
    #expect(excel.contains(";0,35;0,9;2016-2024;"))
  }
}
