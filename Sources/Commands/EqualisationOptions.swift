internal import ArgumentParser
internal import Datasets
internal import Regions
internal import Scenarios

/// Which rates of the income equalisation are used.
struct RatesOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The rates of the income equalisation instead of those on file for the year.",
      discussion: """
        As alpha=0.62,beta=0.35 with threshold=0.9 if it is another, or the name or a year of those on \
        file: end-state, 2024.
        """,
      valueName: "rates"
    )
  )
  var rates: String?

  /// The rates given, and the row they are from if they are on file; `nil` when none are given.
  func chosen(_ catalogue: Catalogue) throws -> ChosenEqualisation? {
    guard let rates else { return nil }
    guard rates.contains("=") else {
      let rule = try catalogue.equalisation(named: rates)
      return rule.rates.map { ChosenEqualisation(rates: $0, rule: rule) }
    }
    let numbers = try NamedNumbers(
      rates,
      option: "--rates",
      names: ["alpha", "beta", "threshold"]
    ).values
    guard let alpha = numbers["alpha"], let beta = numbers["beta"] else {
      throw CommandLineError(
        message:
          "--rates needs both alpha and beta, such as alpha=0.62,beta=0.35, not \"\(rates)\"."
      )
    }
    let onFile = catalogue.equalisation.last { $0.rates != nil }?.rates?.threshold
    guard let threshold = numbers["threshold"] ?? onFile else {
      throw CommandLineError(message: "--rates needs a threshold, such as threshold=0.9.")
    }
    return ChosenEqualisation(
      rates: try EqualisationRates(alpha: alpha, beta: beta, threshold: threshold),
      rule: nil
    )
  }
}

/// In what tax revenue is given.
enum TaxUnit: String, CaseIterable, ExpressibleByArgument {
  case kroner = "NOK"
  case thousandKroner = "thousand_NOK"

  var unit: MeasureUnit { self == .kroner ? .nok : .thousandNOK }
}

/// Numbers by name in one argument, such as `alpha=0.62,beta=0.35`.
struct NamedNumbers {
  private(set) var values: [String: Double] = [:]

  init(_ text: String, option: String, names: [String]) throws {
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard sides.count == 2, let number = Double(sides[1]), number.isFinite else {
        throw CommandLineError(
          message:
            "\(option) has \"\(part)\"; each part is a name and a number with a decimal point, "
            + "such as \(names[0])=0.62."
        )
      }
      guard names.contains(sides[0]) else {
        let hint = nearestMatch(to: sides[0], among: names).map { " Did you mean \($0)?" } ?? ""
        throw CommandLineError(
          message: "\(option) has \"\(sides[0])\"; known are \(names.joined(separator: ", "))."
            + hint
        )
      }
      guard values.updateValue(number, forKey: sides[0]) == nil else {
        throw CommandLineError(message: "\(option) has \(sides[0]) twice.")
      }
    }
  }
}

/// Where the columns of a user's table are.
struct TableColumnOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where the columns of the table are, when their headings do not say so.",
      discussion: """
        By letter, number or heading: municipality=A,tax=C,population=D. The names are \
        municipality, tax, population, tax-per-inhabitant, ratio and supplement.
        """,
      valueName: "name=column,…"
    )
  )
  var columns: String?

  func located() throws -> [MunicipalTable.Column: MunicipalTable.Location] {
    var located: [MunicipalTable.Column: MunicipalTable.Location] = [:]
    for part in (columns ?? "").split(separator: ",") {
      let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
      let names = MunicipalTable.Column.allCases.map(\.rawValue)
      guard sides.count == 2, let column = MunicipalTable.Column(rawValue: sides[0]) else {
        let hint = nearestMatch(to: sides.first ?? "", among: names)
        throw CommandLineError(
          message:
            "--columns has \"\(part)\"; each part is one of \(names.joined(separator: ", ")) "
            + "and where it is, such as tax=C." + (hint.map { " Did you mean \($0)?" } ?? "")
        )
      }
      located[column] = Self.location(sides[1])
    }
    return located
  }

  /// A column's number, its letters as in a spreadsheet, or its heading.
  private static func location(_ text: String) -> MunicipalTable.Location {
    if let number = Int(text), number > 0 { return .number(number) }
    let letters = text.utf8.map { Int($0) - Int(UInt8(ascii: "A")) + 1 }
    if letters.count <= 2, letters.allSatisfy((1...26).contains) {
      return .number(letters.reduce(0) { 26 * $0 + $1 })
    }
    return .heading(text)
  }
}

/// A change of a unit's own tax revenue, such as `Moss=+1%`.
struct TaxChange {
  let unit: Unit
  /// What it is multiplied by.
  let factor: Double
  /// What is added in all, in kroner, spread by inhabitants.
  let kroner: Double

  init(_ text: String, _ names: UnitNames) throws {
    let sides = text.split(separator: "=", maxSplits: 1).map(String.init)
    let amount = sides.count == 2 ? sides[1] : ""
    let isPercent = amount.hasSuffix("%")
    let digits = isPercent ? String(amount.dropLast()) : amount
    guard let number = Double(digits.replacing("\u{2212}", with: "-")), number.isFinite else {
      throw CommandLineError(
        message:
          "--tax has \"\(text)\"; it is a unit and a change in per cent or kroner in all, such as "
          + "Moss=+1% or Moss=+5000000, with a decimal point."
      )
    }
    unit = try names.unit(sides[0])
    factor = isPercent ? 1 + number / 100 : 1
    kroner = isPercent ? 0 : number
    guard factor >= 0 else {
      throw CommandLineError(message: "--tax has \"\(text)\"; tax cannot fall by more than 100 %.")
    }
  }

  /// The revenue with the change.
  func applied(to tax: [Double], _ population: [Double], at positions: [Int]) throws -> [Double] {
    let present = positions.filter { !tax[$0].isNaN && population[$0] > 0 }
    guard !present.isEmpty else {
      throw EqualisationError(.figures, "\(unit.name) has no tax revenue to change.")
    }
    let people = present.reduce(0) { $0 + population[$1] }
    var changed = tax
    for position in present {
      changed[position] = factor * tax[position] + kroner * (population[position] / people)
      guard changed[position] >= 0 else {
        throw EqualisationError(.figures, "The tax revenue of \(unit.name) would fall below 0.")
      }
    }
    return changed
  }
}
