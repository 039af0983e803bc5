public import Regions

/// The rates found from a settlement, beside those on file.
public struct CalibrationReport: Sendable {
  private let calibration: EqualisationCalibration
  private let rule: EqualisationRule?
  private let register: MunicipalityRegister
  private let wording: EqualisationWording
  private var language: Language { wording.language }

  /// Prepares a report.
  ///
  /// - Parameters:
  ///   - calibration: The rates found.
  ///   - rule: The row of the dataset for the year, rates or none; `nil` when no year was named.
  ///   - register: The municipalities.
  ///   - language: The language of labels.
  public init(
    _ calibration: EqualisationCalibration,
    rule: EqualisationRule?,
    register: MunicipalityRegister,
    language: Language
  ) {
    self.calibration = calibration
    self.rule = rule
    self.register = register
    wording = EqualisationWording(language: language)
  }

  /// The report.
  ///
  /// - Parameters:
  ///   - title: The file, and the year if one was named.
  ///   - isWhole: Whether every municipality has a row, so that supplements must sum to zero.
  ///   - notes: How the file was read.
  /// - Returns: The report.
  public func report(title: String, isWhole: Bool, notes: [String]) -> Report {
    let hasFile = rule?.rates != nil
    let table = Table(
      name: "calibration",
      title: "",
      columns: [
        Table.Column("parameter", ""),
        Table.Column("meaning", wording.text("Hva", "What")),
        Table.Column("found", wording.text("Funnet", "Found")),
        Table.Column("on_file", hasFile ? wording.text("I datasettet", "In the dataset") : nil),
        Table.Column("difference", hasFile ? wording.text("Forskjell", "Difference") : nil),
      ],
      rows: (rates + (isWhole && calibration.isBetaKnown ? [balance] : []) + fit).map(cells)
    )
    return Report(title: title, tables: [table], notes: self.notes + notes)
  }

  /// One row: the name of a number, what it is in both languages, the number found and that on file.
  private struct Line {
    let id: String
    let meaning: LocalizedText
    let found: Double?
    let decimals: Int
    let onFile: Double?

    init(
      _ id: String,
      nb: String,
      en: String,
      _ found: Double?,
      _ decimals: Int,
      onFile: Double? = nil
    ) {
      self.id = id
      meaning = LocalizedText(nb: nb, en: en)
      self.found = found
      self.decimals = decimals
      self.onFile = onFile
    }
  }

  private func cells(_ line: Line) -> [Table.Cell] {
    let difference = line.found.flatMap { found in line.onFile.map { found - $0 } }
    return [
      .text(line.id), .text(line.meaning[language]),
      line.found.map { .number($0, decimals: line.decimals) } ?? .missing("–"),
      line.onFile.map { .number($0, decimals: line.decimals) } ?? .missing(""),
      difference.map { .signed($0, decimals: line.decimals) } ?? .missing(""),
    ]
  }

  private var rates: [Line] {
    let found = calibration.rates
    let file = rule?.rates
    return [
      Line(
        "alpha",
        nb: "andel av avstanden til landet",
        en: "share of the distance to the country",
        found.alpha,
        5,
        onFile: file?.alpha
      ),
      Line(
        "beta",
        nb: "tillegg under grensen",
        en: "further share below the threshold",
        calibration.isBetaKnown ? found.beta : nil,
        5,
        onFile: file?.beta
      ),
      Line(
        "threshold",
        nb: "grensen, oppgitt",
        en: "the threshold, as given",
        found.threshold,
        2,
        onFile: file?.threshold
      ),
      Line(
        "N",
        nb: "landet, kr per innbygger",
        en: "the country, kr per inhabitant",
        calibration.average,
        2
      ),
      Line(
        "f",
        nb: "trekk, kr per innbygger",
        en: "deduction, kr per inhabitant",
        calibration.deduction,
        2
      ),
    ]
  }

  private var balance: Line {
    Line(
      "f_balance",
      nb: "trekk som gir sum null",
      en: "deduction that makes all sum to zero",
      calibration.balancingDeduction,
      2
    )
  }

  private var fit: [Line] {
    [
      Line(
        "r2_above",
        nb: "R², på eller over grensen",
        en: "R², at or above the threshold",
        calibration.fitAbove,
        8
      ),
      Line(
        "r2_below",
        nb: "R², under grensen",
        en: "R², below the threshold",
        calibration.fitBelow,
        8
      ),
      Line(
        "n_above",
        nb: "kommuner på eller over grensen",
        en: "municipalities at or above the threshold",
        Double(calibration.counts.above),
        0
      ),
      Line(
        "n_below",
        nb: "kommuner under grensen",
        en: "municipalities below the threshold",
        Double(calibration.counts.below),
        0
      ),
      Line(
        "residual",
        nb: "største avvik, kr per innbygger",
        en: "largest difference, kr per inhabitant",
        calibration.largestResidual.value,
        2
      ),
    ]
  }

  private var notes: [String] {
    let unit = register.unit(at: calibration.largestResidual.position)
    var notes = [
      wording.text(
        "Største avvik: \(unit.code) \(unit.name). Satsene bør gi hver kommune innenfor avrundingen i "
          + "filen.",
        "Largest difference: \(unit.code) \(unit.name). The rates should give each municipality within "
          + "the rounding of the file."
      )
    ]
    if !calibration.isBetaKnown {
      notes.append(
        wording.text(
          "For få kommuner under grensen til å finne β.",
          "Too few municipalities below the threshold to find β."
        )
      )
    }
    if let rule {
      notes.append(
        rule.rates == nil
          ? wording.text(
            "I datasettet er satsene for \(rule.id) ukjent. \(rule.note)",
            "In the dataset the rates of \(rule.id) are unknown. \(rule.note)"
          )
          : wording.text(
            "I datasettet: \(rule.id), \(wording.basis(rule.basis)).",
            "In the dataset: \(rule.id), \(wording.basis(rule.basis))."
          )
      )
    }
    let digits = [calibration.rates.alpha, calibration.rates.beta].map {
      NumberText.fixed($0, decimals: 5, .en)
    }
    if calibration.isBetaKnown {
      notes.append(
        wording.text("Bruk dem: ", "Use them: ")
          + "--rates alpha=\(digits[0]),beta=\(digits[1]),"
          + "threshold=\(NumberText.exact(calibration.rates.threshold))"
      )
    }
    return notes
  }
}
