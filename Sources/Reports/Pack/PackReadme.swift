internal import Datasets
internal import Documents
internal import Regions
internal import Scenarios

/// The README of a pack: what each file is, in Norwegian and in English.
struct PackReadme {
  let parts: [ScenarioPart]
  let name: String
  let tables: [String]
  let charts: [Chart]
  let hasPictures: Bool
  let dataset: Dataset
  let program: String
  let command: String

  /// The text, as Markdown.
  var markdown: String { section(.nb) + "\n---\n\n" + section(.en) }

  private func section(_ language: Language) -> String {
    func text(_ nb: String, _ en: String) -> String { language == .nb ? nb : en }
    let title = parts.map { $0.scenario.title[language] }.joined(separator: " · ")
    var lines = ["# \(title)", ""]
    for part in parts where !part.scenario.note[language].isEmpty {
      lines += [part.scenario.note[language], ""]
    }
    lines += files(text) + ["", text("Figurene:", "The charts:"), ""]
    lines += charts.map { "- `\($0.name)` – \($0.title)" }
    lines += [
      "",
      text(
        "Kommunenumre er tekst: «0301» er ikke 301. I Excel: åpne arbeidsboka, eller filene i `nb-NO`.",
        "Municipality numbers are text: \"0301\" is not 301. In Excel: open the workbook, or the files "
          + "in `nb-NO`."
      ), "",
      text(
        "Regnet av \(program) fra \(dataset.vintage). Uoffisiell beregning. Kildene står i arket "
          + "«Datakatalog» og i hver figur. Lages på nytt med `\(command)`.",
        "Computed by \(program) from \(dataset.vintage). Unofficial computation. The sources are in the "
          + "sheet “Datakatalog” or “Data catalogue”, and in each chart. Made anew with `\(command)`."
      ), "",
    ]
    return lines.joined(separator: "\n")
  }

  /// What each file is, as a table, and which tables there are.
  private func files(_ text: (String, String) -> String) -> [String] {
    let pictures =
      hasPictures
      ? text(
        "som SVG (PowerPoint, Word), PNG i dobbel oppløsning og Vega-Lite (`.vl.json`)",
        "as SVG (PowerPoint, Word), PNG of double resolution and Vega-Lite (`.vl.json`)"
      )
      : text(
        "som Vega-Lite (`.vl.json`); bildene mangler, for vl-convert var ikke der",
        "as Vega-Lite (`.vl.json`); the pictures are missing, as vl-convert was not there"
      )
    return [
      text("| Fil | Hva det er |", "| File | What it is |"), "| --- | --- |",
      row(
        "\(name).xlsx",
        text("arbeidsbok for Excel, med figurer", "workbook for Excel, with charts")
      ),
      row(
        "data/nb-NO/*.csv",
        text(
          "tabellene for norsk Excel: semikolon og desimalkomma",
          "the tables for Norwegian Excel: semicolon and decimal comma"
        )
      ),
      row(
        "data/*.csv",
        text(
          "de samme for Jupyter, R, Power BI og Datawrapper: komma og desimalpunktum",
          "the same for Jupyter, R, Power BI and Datawrapper: comma and decimal point"
        )
      ),
      row(
        "data/wide/*.csv",
        text(
          "en rad per enhet og en kolonne per år, for Flourish og Datawrapper",
          "a row a unit and a column a year, for Flourish and Datawrapper"
        )
      ),
      row("charts/", text("figurene, ", "the charts, ") + pictures),
      row("tables/*.md", text("tabeller for rapporter", "tables for reports")),
      row(
        "explore.ipynb",
        text("notatbok for Jupyter; trenger bare pandas", "notebook for Jupyter; needs only pandas")
      ),
      row(
        "scenario*.json",
        text("scenarioet slik det ble kjørt", "the scenario as it was run")
      ),
      row(
        "datapackage.json",
        text("hva hver kolonne er (Frictionless)", "what each column is (Frictionless)")
      ), "",
      text("Tabellene", "The tables") + ": " + tables.map { "`\($0)`" }.joined(separator: ", ")
        + ".",
    ]
  }

  private func row(_ file: String, _ meaning: String) -> String { "| `\(file)` | \(meaning) |" }
}
