internal import Datasets
internal import Documents
internal import Regions
internal import Scenarios

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The notebook of a pack (nbformat 4.5, https://nbformat.readthedocs.io/): text, code that reads the
/// pack's own files with pandas, and what the code puts out.
///
/// The outputs are computed here, and are those of the code: the tests run it and compare.
struct PackNotebook {
  let parts: [ScenarioPart]
  let vintage: String
  let program: String
  let language: Language
  /// The number of rows of `outcome.csv`.
  let rows: Int
  /// The charts in the order in which they are shown, with the pictures that were drawn.
  let charts: [(chart: Chart, png: [UInt8]?)]

  private var isComparing: Bool { parts.count > 1 }
  private func text(_ nb: String, _ en: String) -> String { language == .nb ? nb : en }

  /// The notebook.
  var json: JSONValue {
    var cells: [JSONValue] = []
    func add(_ type: String, _ source: String, _ outputs: [JSONValue]? = nil, count: Int = 0) {
      var cell: [String: JSONValue] = [
        "cell_type": .string(type), "id": .string("cell-\(cells.count + 1)"), "metadata": [:],
        "source": .array(Self.lines(source)),
      ]
      if let outputs {
        cell["outputs"] = .array(outputs)
        cell["execution_count"] = .integer(count)
      }
      cells.append(.object(cell))
    }
    add("markdown", introduction)
    add("code", Self.loading, [stream(loaded)], count: 1)
    var count = 1
    for part in parts {
      count += 1
      add(
        "markdown",
        "## \(part.outcome.focus.name)" + (isComparing ? ": \(part.scenario.title[language])" : "")
      )
      add("code", standingsCode(part), [stream(standings(part))], count: count)
    }
    add("markdown", text("## Figurer", "## Charts"))
    count += 1
    add("code", Self.drawing, [], count: count)
    for (chart, png) in charts {
      count += 1
      add("code", "chart(\"\(chart.name)\")", [output(chart, png)], count: count)
    }
    add("markdown", closing)
    return [
      "nbformat": 4, "nbformat_minor": 5,
      "metadata": [
        "kernelspec": ["display_name": "Python 3", "language": "python", "name": "python3"],
        "language_info": ["name": "python"], "title": .string(title),
      ],
      "cells": .array(cells),
    ]
  }

  private var title: String { parts.map { $0.scenario.title[language] }.joined(separator: " · ") }

  // MARK: - Text

  private var introduction: String {
    let notes = parts.map { $0.scenario.note[language] }.filter { !$0.isEmpty }
    return "# \(title)\n\n" + notes.map { "\($0)\n\n" }.joined()
      + text(
        "Regnet av \(program) fra \(vintage). Uoffisiell beregning. Notatboka leser filene ved siden av "
          + "seg og kan kjøres på nytt; den trenger bare pandas.",
        "Computed by \(program) from \(vintage). Unofficial computation. The notebook reads the files "
          + "beside it and can be run again; it needs only pandas."
      )
  }

  private var closing: String {
    var seen: Set<String> = []
    let notes = parts.flatMap { $0.report(vintage: vintage, language).notes }
    return text("## Forutsetninger og kilder", "## Assumptions and sources") + "\n\n"
      + notes.filter { !$0.isEmpty && seen.insert($0).inserted }.map { "- \($0)" }
      .joined(separator: "\n")
  }

  // MARK: - Code and what it puts out

  private static let loading = """
    import base64
    import json
    from pathlib import Path

    import pandas as pd

    # Codes are text: 0301 is not 301.
    outcome = pd.read_csv("data/outcome.csv", dtype={"unit_code": str})
    print(f"{len(outcome)} rows, {outcome['unit_code'].nunique()} units")
    """

  private var loaded: String {
    var codes: Set<String> = []
    for part in parts {
      for result in part.outcome.indicators {
        for ranking in [result.baseline.municipality, result.baseline.region] {
          codes.formUnion(ranking?.levels.entries.map(\.unit.code) ?? [])
        }
      }
    }
    return "\(rows) rows, \(codes.count) units\n"
  }

  private func standingsCode(_ part: ScenarioPart) -> String {
    let focus = part.outcome.focus
    let scenario = isComparing ? "(outcome[\"scenario\"] == \"\(part.scenario.id)\") & " : ""
    return """
      chosen = outcome[\(scenario)(outcome["unit_code"] == "\(focus.code)") & (outcome["variant"] != "without_levers")]
      for row in chosen.itertuples():
          print(f"{row.year}  {row.indicator}: {row.value:.\(decimals)f}, place {row.rank:.0f} of {row.ranked}")
      """
  }

  private var decimals: Int { 2 }

  private func standings(_ part: ScenarioPart) -> String {
    let focus = part.outcome.focus
    return part.outcome.indicators.flatMap { result in
      ([result.baseline] + result.withLevers).compactMap { standings -> String? in
        guard let ranking = standings.ranking(at: focus.level) else { return nil }
        let (value, place) = standings.standing(of: focus)
        return "\(standings.year)  \(result.indicator.id): \(Self.python(value, decimals)), place "
          + "\(Self.python(place, 0)) of \(ranking.ranked)\n"
      }
    }.joined()
  }

  /// A number as Python's format with fixed decimals has it.
  private static func python(_ value: Double, _ decimals: Int) -> String {
    value.isNaN
      ? "nan"
      : NumberText.printed(
        "%.*f",
        Double(NumberText.exact(value)) ?? value,
        decimals: decimals
      )
  }

  private static let drawing = """
    def chart(name):
        \"\"\"Shows a chart as data for Jupyter, as a picture elsewhere, and in words.\"\"\"
        spec = json.loads(Path("charts", f"{name}.vl.json").read_text(encoding="utf-8"))
        bundle = {"application/vnd.vegalite.v5+json": spec, "text/plain": spec["description"]}
        picture = Path("charts", f"{name}.png")
        if picture.exists():
            bundle["image/png"] = base64.b64encode(picture.read_bytes()).decode()
        display(bundle, raw=True)
    """

  private func stream(_ text: String) -> JSONValue {
    ["output_type": "stream", "name": "stdout", "text": .array(Self.lines(text))]
  }

  private func output(_ chart: Chart, _ png: [UInt8]?) -> JSONValue {
    var bundle: [String: JSONValue] = [
      "application/vnd.vegalite.v5+json": chart.spec,
      "text/plain": .array(Self.lines(chart.description)),
    ]
    if let png { bundle["image/png"] = .string(Data(png).base64EncodedString()) }
    return ["output_type": "display_data", "data": .object(bundle), "metadata": [:]]
  }

  /// A text as the list of its lines, each with its line feed, as notebooks hold it.
  private static func lines(_ text: String) -> [JSONValue] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { "\($0)\n" }
    if let last = lines.popLast(), last != "\n" { lines.append(String(last.dropLast())) }
    return lines.map { .string($0) }
  }
}
