/// What the words of headings and codes mean.
enum HeadingText {
  static let regionNames: Set<String> = [
    "region", "kommune", "kommunenummer", "kommunenr", "kommunenr.", "knr", "knr.", "kommunenavn",
    "municipality", "unit_code", "unit code", "kokkommuneregion0000", "fylke", "komm.nr.",
    "komm.nr",
    "code", "kode", "nr",
  ]
  static let nameNames: Set<String> = [
    "navn", "name", "kommunenavn", "unit_name", "unit name", "kommune", "region_name", "regionnavn",
  ]
  static let timeNames: Set<String> = [
    "tid", "år", "aar", "year", "time", "periode", "period", "kvartal", "quarter", "måned", "month",
    "maaned", "uke", "week", "årgang", "figure_year",
  ]
  static let metricNames: Set<String> = [
    "contentscode", "statistikkvariabel", "contents", "series", "indicator", "indikator",
    "delindikator", "content", "innhold",
  ]
  static let otherNames: Set<String> = [
    "kjonn", "kjønn", "sex", "alder", "age", "nace2007", "level", "variant", "direction",
    "component",
    "lever", "other_code", "hovarbstyrkstatus", "innvandrkat", "nivaa", "måned",
  ]
  static let valueNames: Set<String> = ["value", "verdi", "antall"]

  static func key(_ heading: String) -> String {
    heading.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  static func isKey(_ heading: String) -> Bool {
    let key = key(heading)
    return regionNames.contains(key) || timeNames.contains(key) || metricNames.contains(key)
      || otherNames.contains(key) || nameNames.contains(key) || key.hasPrefix("kommunenummer")
  }

  /// Whether a text is a year, or a month, quarter or week as Statistics Norway writes them.
  static func isTime(_ text: some StringProtocol) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count >= 4, bytes[..<4].allSatisfy(\.isDigit), (0x31...0x32).contains(bytes[0])
    else { return false }
    let rest = bytes[4...]
    guard let sign = rest.first else {
      return (1800...2199).contains(Int(text) ?? 0)
    }
    if sign == UInt8(ascii: "-") {
      return rest.count == 5 && rest.dropFirst().allSatisfy(\.isDigit)
    }
    return "MKUQ".utf8.contains(sign) && (2...3).contains(rest.count)
      && rest.dropFirst().allSatisfy(\.isDigit)
  }

  /// A heading parted into what is measured and the time at its end or beginning.
  static func parted(_ heading: String) -> (content: String, time: String?) {
    let words = heading.split(whereSeparator: \.isWhitespace)
    if let last = words.last, isTime(last) {
      // A code and a text for a time are the same: `2024 - 2024`.
      let isTwice = words.suffix(3).elementsEqual([last, "-", last])
      return (words.dropLast(isTwice ? 3 : 1).joined(separator: " "), String(last))
    }
    if let first = words.first, words.count > 1, isTime(first) {
      return (words.dropFirst().joined(separator: " "), String(first))
    }
    return (words.joined(separator: " "), nil)
  }

  /// The unit that a heading names, in brackets or at its end.
  static func unit(_ heading: String) -> String? {
    let text = key(heading)
    for unit in [
      "1000 kr", "1 000 kr", "mill. kr", "mrd. kr", "kr", "prosent", "personer", "pst.", "%",
    ]
    where text == unit || text.hasSuffix(" \(unit)") || text.contains("(\(unit))")
      || text.hasSuffix("(i \(unit))")
    {
      switch unit {
      case "1 000 kr": return "1000 kr"
      case "pst.", "%": return "prosent"
      default: return unit
      }
    }
    return nil
  }

  /// Whether a text is a unit and nothing else, as `1000 kr` or `(personer)`.
  static func isUnit(_ heading: String) -> Bool {
    let bare = key(heading).filter { !"()".contains($0) }
    return ["1 000 kr", "pst.", "%", "kr/innb.", "kr/innb"].contains(bare) || unit(heading) == bare
  }

  /// Whether a text before ` - ` is a code: it has a digit, or a capital after its first letter.
  static func beginsWithCode(_ text: String) -> Bool {
    guard let code = codeAndText(text)?.code else { return false }
    return code.contains(where: \.isNumber) || code.dropFirst().contains(where: \.isUppercase)
  }

  /// The names of a table's variables that its title lists, as in
  /// `11618: Sysselsatte, etter region, kjønn, statistikkvariabel og år`.
  static func variables(_ title: String) -> [String]? {
    for (word, last) in [(" etter ", " og "), (" by ", " and ")] {
      guard let range = title.firstRange(of: word) else { continue }
      let list = title[range.upperBound...].replacing(last, with: ", ")
      return list.split(separator: ",").map { $0.split(separator: " ").joined(separator: " ") }
    }
    return nil
  }

  /// What stands below or above a table where a total stands in place of a category.
  static func isTotal(_ text: String) -> Bool {
    let key = key(text)
    return totalNames.contains(key) || key.hasPrefix("sum ") || key.hasPrefix("gjennomsnitt")
  }

  private static let totalNames: Set<String> = [
    "sum", "total", "totalt", "i alt", "alt", "alle", "alle kommuner", "hele landet", "landet",
    "norge",
    "snitt", "landssnitt", "landsgjennomsnitt", "median", "the whole country", "country", "average",
  ]

  /// A cell parted into a code and a text, as in `3103 - Moss`; `nil` where it is not both.
  static func codeAndText(_ text: String) -> (code: String, text: String)? {
    guard let range = text.firstRange(of: " - ") else { return nil }
    let code = text[..<range.lowerBound]
    let rest = text[range.upperBound...]
    guard !code.isEmpty, !rest.isEmpty, !code.contains(" ") else { return nil }
    return (String(code), String(rest))
  }

  /// A cell parted into a region's code and name, as in `3103 Moss` or `K-3103 Moss`.
  static func codeAndName(_ text: String) -> (code: String, text: String)? {
    guard let space = text.firstIndex(of: " ") else { return nil }
    let code = text[..<space]
    let digits = code.count { $0.isASCII && $0.isNumber }
    guard digits >= 1, digits <= 4, code.count <= digits + 3,
      code.allSatisfy({ $0.isASCII && ($0.isNumber || $0.isUppercase || $0 == "-") })
    else { return nil }
    return (String(code), String(text[space...].drop { $0 == " " }))
  }

  /// Whether a text is a code of a municipality, perhaps without its leading zero.
  static func isRegionCode(_ text: String) -> Bool {
    (3...4).contains(text.utf8.count) && text.utf8.allSatisfy(\.isDigit)
  }
}
