/// Finds out which municipalities the codes and labels of a table stand for.
///
/// It knows the numbers since 2013 with the prefixes `K-` and `F-`, numbers that lost their leading zero,
/// those of counties, KOSTRA groups and the country, labels with their history such as
/// `Moss (2020-2023)`, with the county such as `Våler (Østfold)` or `Herøy (M.R.)`, in several languages
/// such as `Oslo - Oslove`, and with the number such as `3103 Moss`. It never guesses: a name of two
/// municipalities stands for neither of them.
public struct MunicipalityLabels: Sendable {
  private let history: MunicipalityHistory
  private let counties: [String: [String]]
  private var codesByName: [String: Set<String>] = [:]
  private var namesByCode: [String: [MunicipalityName]] = [:]
  private let allNames: [String]

  private static let countryNames: Set<String> = [
    "hele landet", "landet", "norge", "noreg", "norway", "the whole country", "the country",
    "landet i alt", "heile landet", "i alt", "eak",
  ]

  /// Prepares the names.
  ///
  /// - Parameters:
  ///   - history: The numbers through time.
  ///   - names: The names of the numbers.
  ///   - counties: The counties of all years.
  public init(
    history: MunicipalityHistory,
    names: [MunicipalityName],
    counties: [CountyName]
  ) {
    self.history = history
    self.counties = Dictionary(grouping: counties, by: \.code).mapValues { $0.map(\.name.folded) }
    for name in names {
      namesByCode[name.code, default: []].append(name)
      var spellings = [name.name.folded]
      // The qualified name is found by its qualifier; the bare name is then one of several.
      if let parts = name.name.folded.qualified { spellings.append(parts.name) }
      spellings += name.name.folded.languages
      for spelling in spellings { codesByName[spelling, default: []].insert(name.code) }
    }
    allNames = Set(names.map(\.name)).sorted()
  }

  /// What the places of a table are.
  ///
  /// Where names stand without numbers, they are those of the latest numbering that has all of them; a
  /// table in which no such numbering is found has each name's latest number.
  ///
  /// - Parameter places: The codes and labels; the code is the label where a table has no codes.
  /// - Returns: One meaning per place, and how many numbers got their leading zero back.
  /// - Complexity: O(*n* *p*) for *n* places and *p* periods; for a place that is unknown also that of
  ///   `nearestMatch`.
  public func meanings(
    of places: some Collection<(code: String, label: String)>
  ) -> (meanings: [PlaceMeaning], zerosRestored: Int) {
    var zeros = 0
    let readings = places.map { reading(code: $0.code, label: $0.label, zeros: &zeros) }
    let named = readings.compactMap { reading -> Set<String>? in
      guard case .name(let codes, _) = reading else { return nil }
      return codes
    }
    let period = history.periods.reversed().first { years in
      named.allSatisfy { codes in codes.contains { history.isInUse($0, on: years.lowerBound) } }
    }
    let meanings = zip(places, readings).map { place, reading in
      switch reading {
      case .meaning(let meaning): return meaning
      case .name(let codes, let years):
        return meaning(of: codes, in: years ?? period, label: place.label)
      }
    }
    return (meanings, zeros)
  }

  /// What is read in one place: a meaning, or the numbers that have had a name.
  private enum Reading {
    case meaning(PlaceMeaning)
    case name(Set<String>, years: ClosedRange<Int>?)
  }

  private func reading(code: String, label: String, zeros: inout Int) -> Reading {
    let code = code.folded
    if let meaning = meaning(ofCode: code, zeros: &zeros) {
      guard case .municipality(let number) = meaning else { return .meaning(meaning) }
      return .meaning(contradiction(number, label.folded) ?? meaning)
    }
    let label = label.folded.isEmpty ? code : label.folded
    if Self.countryNames.contains(label) { return .meaning(.country) }
    if ["uoppgitt", "uoppgitt kommune", "not stated"].contains(label) {
      return .meaning(.other("not stated"))
    }
    if let (number, name) = label.numbered, let meaning = meaning(ofCode: number, zeros: &zeros) {
      guard case .municipality(let found) = meaning else { return .meaning(meaning) }
      return .meaning(contradiction(found, name) ?? meaning)
    }
    return read(name: label, original: label)
  }

  private func read(name: String, original: String) -> Reading {
    if let codes = codesByName[name], name.qualified == nil { return .name(codes, years: nil) }
    if let (bare, qualifier) = name.qualified {
      if let years = qualifier.yearRange {
        guard case .name(let codes, _) = read(name: bare, original: original) else {
          return .meaning(unknown(original))
        }
        return .name(codes.filter { code in isInUse(code, during: years) }, years: years)
      }
      let codes = (codesByName[bare] ?? []).filter { isIn(county: qualifier, $0) }
      if !codes.isEmpty { return .name(codes, years: nil) }
    }
    let languages = name.languages.compactMap { codesByName[$0] }
    if let first = languages.first {
      let shared = languages.dropFirst().reduce(first) { $0.intersection($1) }
      if !shared.isEmpty { return .name(shared, years: nil) }
    }
    if counties.values.contains(where: { $0.contains(name) }) { return .meaning(.other("county")) }
    return .meaning(unknown(original))
  }

  private func unknown(_ label: String) -> PlaceMeaning {
    let wanted = label.qualified?.name ?? label
    return .unknown(nearest: nearestMatch(to: wanted, among: allNames))
  }

  private func isInUse(_ code: String, during years: ClosedRange<Int>) -> Bool {
    history.years(of: code).contains { $0.overlaps(years) }
  }

  /// The only number among some that was in use in a period; without a period, the latest.
  private func meaning(
    of codes: Set<String>,
    in years: ClosedRange<Int>?,
    label: String
  ) -> PlaceMeaning {
    let inUse = codes.filter { code in years.map { isInUse(code, during: $0) } ?? true }
    guard !inUse.isEmpty else { return unknown(label.folded) }
    let latest = inUse.map { history.years(of: $0).last?.upperBound ?? 0 }.max() ?? 0
    let last = inUse.filter { history.years(of: $0).last?.upperBound == latest }.sorted()
    guard last.count > 1 else { return .municipality(last[0]) }
    return .ambiguous(last.map { code in "\(code) \(described(code))" })
  }

  /// The name of a number, with its county.
  private func described(_ code: String) -> String {
    let name = namesByCode[code]?.last?.name.folded.qualified?.name ?? namesByCode[code]?.last?.name
    let county = counties[String(code.prefix(2))]?.last ?? ""
    return "\((name ?? "").capitalisedWords) (\(county.capitalisedWords))"
  }

  /// What contradicts a number: a label that is the name of other municipalities only.
  private func contradiction(_ number: String, _ label: String) -> PlaceMeaning? {
    let bare = label.numbered?.name ?? label
    guard case .name(let codes, _) = read(name: bare, original: bare), !codes.contains(number)
    else { return nil }
    return .contradictory(described(number))
  }

  private func meaning(ofCode code: String, zeros: inout Int) -> PlaceMeaning? {
    var code = code[...]
    for prefix in ["k-", "f-"] where code.hasPrefix(prefix) { code = code.dropFirst(2) }
    if let kostra = Self.kostra(code) { return kostra }
    guard !code.isEmpty, code.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
    switch code.count {
    case 4:
      if !history.years(of: String(code)).isEmpty { return .municipality(String(code)) }
      if code == "9999" { return .other("not stated") }
      if ["21", "22", "23", "25", "26"].contains(code.prefix(2)) {
        return .other("Svalbard, sea or abroad")
      }
      let known = history.periods.flatMap { history.codes(on: $0.lowerBound) }
      return .unknown(nearest: nearestMatch(to: String(code), among: Set(known).sorted()))
    case 3:
      guard !history.years(of: "0" + code).isEmpty else { return .unknown(nearest: nil) }
      zeros += 1
      return .municipality("0" + code)
    case 1, 2:
      if Int(code) == 0 { return .country }
      let padded = code.count == 1 ? "0" + code : String(code)
      return counties[padded] == nil ? .other("not stated") : .other("county")
    default: return code.count == 6 ? .other("district") : nil
    }
  }

  /// The regions of KOSTRA's tables.
  private static func kostra(_ code: Substring) -> PlaceMeaning? {
    if code == "eak" { return .country }
    if code == "eakuo" { return .other("country without Oslo") }
    if code.hasPrefix("eka") { return .other("county") }
    if code.hasPrefix("ekg") { return .other("KOSTRA group") }
    return code.hasPrefix("eaf") ? .other("county municipality") : nil
  }

  /// Whether a municipality's number is of a county, which may be shortened, as in `M.R.`.
  private func isIn(county: String, _ code: String) -> Bool {
    let wanted = county.split { $0 == "." || $0 == " " }.filter { $0 != "og" }
    return (counties[String(code.prefix(2))] ?? []).contains { name in
      let words = name.split { $0 == " " || $0 == "-" }.filter { $0 != "og" }
      return wanted.count <= words.count && zip(wanted, words).allSatisfy { $1.hasPrefix($0) }
        && !wanted.isEmpty
    }
  }
}

extension String {
  /// In lower case, with single plain spaces and hyphens, without `kommune` at its end.
  fileprivate var folded: String {
    var text = ""
    for character in lowercased() {
      switch character {
      case "–", "—", "‑", "\u{2212}": text.append("-")
      case _ where character.isWhitespace: if text.last != " ", !text.isEmpty { text.append(" ") }
      default: text.append(character)
      }
    }
    while text.last == " " { text.removeLast() }
    return text.hasSuffix(" kommune") ? String(text.dropLast(8)) : text
  }

  /// The parts of a name in several languages.
  fileprivate var languages: [String] {
    for separator in [" - ", " / ", "/"] where contains(separator) {
      return split(separator: separator).map(String.init)
    }
    return []
  }

  /// The name before, and what stands in brackets at the end.
  fileprivate var qualified: (name: String, qualifier: String)? {
    guard hasSuffix(")"), let open = lastIndex(of: "("), open > startIndex else { return nil }
    let name = self[..<open].trimmed
    return name.isEmpty ? nil : (name, self[index(after: open)...].dropLast().trimmed)
  }

  /// The number and the name of a label such as `3103 moss`, `k-3103 - moss` or `moss (3103)`.
  fileprivate var numbered: (number: String, name: String)? {
    var text = self[...]
    for prefix in ["k-", "f-"] where text.hasPrefix(prefix) { text = text.dropFirst(2) }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let rest = text.dropFirst(digits.count)
    if (1...4).contains(digits.count), let next = rest.first, " -:.".contains(next) {
      let name = rest.drop { " -:.".contains($0) }
      if !name.isEmpty { return (String(digits), String(name)) }
    }
    guard let (name, qualifier) = qualified, (3...4).contains(qualifier.count),
      qualifier.allSatisfy({ $0.isASCII && $0.isNumber })
    else { return nil }
    return (qualifier, name)
  }

  /// The years of a text such as `2020-2023`, `-2019` or `2024-`.
  fileprivate var yearRange: ClosedRange<Int>? {
    guard contains("-") else { return nil }
    let parts = split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map(\.trimmed)
    guard parts.count == 2, parts.contains(where: { !$0.isEmpty }) else { return nil }
    var ends = [Int.min, Int.max]
    for (index, part) in parts.enumerated() where !part.isEmpty {
      guard part.count == 4, let year = Int(part) else { return nil }
      ends[index] = year
    }
    return ends[0] <= ends[1] ? ends[0]...ends[1] : nil
  }

  fileprivate var capitalisedWords: String {
    split(separator: " ").map {
      $0 == "og" ? String($0) : $0.prefix(1).uppercased() + $0.dropFirst()
    }
    .joined(separator: " ")
  }
}

extension Substring {
  fileprivate var trimmed: String {
    let kept = drop { $0 == " " }
    return String(kept.reversed().drop { $0 == " " }.reversed())
  }
}
