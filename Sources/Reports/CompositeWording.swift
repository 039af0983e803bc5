internal import Composites
internal import Documents
internal import Regions

/// The words of the reports on composites, in both languages.
enum CompositeWording {
  static let score = LocalizedText(nb: "Poeng", en: "Score")
  static let area = LocalizedText(nb: "Område", en: "Area")
  static let weight = LocalizedText(nb: "Vekt, %", en: "Weight, %")
  static let lacks = LocalizedText(nb: "Mangler", en: "Lacks")
  static let direction = LocalizedText(nb: "Best", en: "Better")
  static let base = LocalizedText(nb: "Målestokk fra", en: "Scale from")
  static let mean = LocalizedText(nb: "Middel", en: "Mean")
  static let deviation = LocalizedText(nb: "σ", en: "σ")
  static let normalised = LocalizedText(nb: "Normalisert", en: "Normalised")
  static let contribution = LocalizedText(nb: "Bidrag", en: "Contribution")
  static let difference = LocalizedText(nb: "Forskjell", en: "Difference")
  static let inAll = LocalizedText(nb: "I alt", en: "In all")

  static func better(_ isLarger: Bool) -> LocalizedText {
    isLarger
      ? LocalizedText(nb: "høy", en: "high") : LocalizedText(nb: "lav", en: "low")
  }

  static func normalisation(_ normalisation: Normalisation) -> LocalizedText {
    switch normalisation {
    case .z: LocalizedText(nb: "z-verdi", en: "z-score")
    case .minMax: LocalizedText(nb: "min–maks (0–100)", en: "min–max (0–100)")
    case .percentile: LocalizedText(nb: "prosentil (0–100)", en: "percentile (0–100)")
    }
  }

  static func aggregation(_ aggregation: Composite.Aggregation) -> LocalizedText {
    switch aggregation {
    case .arithmetic: LocalizedText(nb: "aritmetisk gjennomsnitt", en: "arithmetic mean")
    case .geometric: LocalizedText(nb: "geometrisk gjennomsnitt", en: "geometric mean")
    }
  }

  static func factor(_ factor: RobustnessSettings.Factor) -> LocalizedText {
    switch factor {
    case .weights: LocalizedText(nb: "vekter", en: "weights")
    case .normalisation: LocalizedText(nb: "normalisering", en: "normalisation")
    case .aggregation: LocalizedText(nb: "gjennomsnitt", en: "mean")
    case .winsorising: LocalizedText(nb: "avkorting", en: "winsorising")
    case .leftOut: LocalizedText(nb: "én indikator utelatt", en: "one indicator left out")
    case .base: LocalizedText(nb: "år for målestokken", en: "years of the scale")
    }
  }

  /// A number as it was written, with the decimal sign of the language.
  static func written(_ number: Double, _ language: Language) -> String {
    let text = NumberText.exact(number)
    return language == .nb ? text.replacing(".", with: ",") : text
  }

  /// How many decimals a score is shown with.
  static func decimals(_ composite: Composite) -> Int { composite.normalisation == .z ? 3 : 2 }
}

/// What a composite's reports have in common.
struct CompositeNotes {
  let figures: CompositeFigures
  let series: [Series]
  let vintage: String
  let language: Language

  private func text(_ nb: String, _ en: String) -> String { language == .nb ? nb : en }

  /// How the score comes about.
  var method: String {
    let composite = figures.composite
    let mean = CompositeWording.aggregation(composite.aggregation.value)[language]
    let values: String =
      switch composite.normalisation {
      case .z: text("z-verdier", "z-scores")
      case .minMax:
        text("verdier fra 0 (dårligst) til 100 (best)", "values from 0 (worst) to 100 (best)")
      case .percentile: text("prosentiler (0–100)", "percentiles (0–100)")
      }
    var parts = [text("Poeng: veid \(mean) av \(values)", "Score: weighted \(mean) of \(values)")]
    if let cut = composite.winsorising {
      let low = CompositeWording.written(100 * cut.low, language)
      let high = CompositeWording.written(100 * cut.high, language)
      parts.append(
        text(
          "tall utenfor \(low)- og \(high)-prosentilen er kortet av",
          "figures beyond the percentiles \(low) and \(high) are cut off"
        )
      )
    }
    if composite.shift != 0 {
      let shift = CompositeWording.written(composite.shift, language)
      parts.append(text("hver verdi er økt med \(shift)", "each value is raised by \(shift)"))
    }
    let year = composite.year.value
    let window = composite.base?.value
    let years = window.map { "\($0.lowerBound)–\($0.upperBound)" }
    return parts.joined(separator: "; ")
      + text(
        ". Målestokken er fast: kommunenes tall \(years.map { "fra \($0)" } ?? "til og med \(year)").",
        ". The scales are frozen: the municipalities' figures "
          + (years.map { "of \($0)." } ?? "up to \(year).")
      )
  }

  /// What happens to units that lack figures.
  var missingRule: String {
    let rule = figures.composite.missing
    switch rule.kind {
    case .renormalise:
      let least = CompositeWording.written(100 * rule.least, language)
      return text(
        "Mangler et tall, fordeles vekten på de andre i området; der under \(least) prosent av vekten "
          + "er med, har enheten verken område eller poeng.",
        "Where a figure is missing, its weight is divided among the others of the area; where less "
          + "than \(least) per cent of the weight is there, the unit has neither area nor score."
      )
    case .refuse:
      return text(
        "En enhet som mangler et tall, har ikke poeng.",
        "A unit that lacks a figure has no score."
      )
    }
  }

  /// The sources of the figures, the composite's own note, and the dataset.
  var end: [String] {
    let note = figures.composite.note[language]
    return series.map { $0.sourceNote(language) } + (note.isEmpty ? [] : [note])
      + [Wording.dataset(vintage, language)]
  }

  /// Where the sources are said, the composite's own note, and the dataset; for reports without figures.
  var shortEnd: [String] {
    let note = figures.composite.note[language]
    let pointer = text("Indikatorene og kildene: ", "The indicators and sources: ")
    return ["\(pointer)regionsim composite rank \(figures.composite.id)."]
      + (note.isEmpty ? [] : [note]) + [Wording.dataset(vintage, language)]
  }

  /// The indicators with weight, year, basis and scale.
  func indicatorTable(_ scores: CompositeScores) -> Table {
    var table = Table(
      name: "indicators",
      title: text("Indikatorene", "The indicators"),
      columns: [
        Table.Column("area", CompositeWording.area[language]),
        Table.Column("indicator", Wording.indicator[language]),
        Table.Column("name", nil),
        Table.Column("weight", CompositeWording.weight[language], meaning: "share of the score"),
        Table.Column("better", CompositeWording.direction[language]),
        Table.Column("year", Wording.year[language]),
        Table.Column("basis", Wording.basis[language]),
        Table.Column("base_years", CompositeWording.base[language]),
        Table.Column("mean", CompositeWording.mean[language]),
        Table.Column("deviation", CompositeWording.deviation[language]),
      ]
    )
    for (index, component) in figures.components.enumerated() {
      let decimals = component.indicator.decimals
      table.add([
        .text(figures.composite.areas[component.area].name[language]),
        .text(component.indicator.id),
        .text(component.indicator.name[language]),
        .share(scores.weighting.shares[index], decimals: 1),
        .word(
          component.isLargerBetter ? "higher" : "lower",
          shown: CompositeWording.better(component.isLargerBetter)[language]
        ),
        .text(years(component)),
        .text(bases(component)),
        .text(Self.run(component.baseYears)),
        .number(scores.scales[index].mean, decimals: decimals),
        .number(scores.scales[index].deviation, decimals: decimals),
      ])
    }
    return table
  }

  /// The years of the figures; a span where they were carried.
  func years(_ component: CompositeFigures.Component) -> String {
    let years = component.levels.entries.filter { !$0.value.isNaN }.map(\.oldestYear)
    return Self.run(Array(Set(years)).sorted())
  }

  private func bases(_ component: CompositeFigures.Component) -> String {
    Basis.allCases.compactMap { basis in
      let count = zip(component.statuses, component.values)
        .count { $0.basis == basis && !$1.isNaN }
      return count == 0 ? nil : "\(count) \(Wording.basis(basis)[language])"
    }
    .joined(separator: ", ")
  }

  /// Years as a span where they follow each other.
  static func run(_ years: [Int]) -> String {
    guard let first = years.first, let last = years.last else { return "–" }
    if first == last { return "\(first)" }
    return last - first == years.count - 1
      ? "\(first)–\(last)" : years.map(String.init).joined(separator: ", ")
  }
}
