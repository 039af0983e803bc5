public import Regions

/// What a reader of a target must be warned of, each in a short sentence.
public struct FeasibilityWarning: Sendable, Hashable {
  /// The warning in both languages.
  public let text: LocalizedText

  /// What decides which warnings are given.
  public struct Circumstances: Sendable, Hashable {
    /// Whether the target is a place or a movement in places.
    public var isOfPlaces = false
    /// The place at the start, if known.
    public var startPlace: Double?
    /// How many units are ranked.
    public var ranked = 0
    /// The value that the target takes, 0–1, when the indicator is a share; else `nil`.
    public var targetShare: Double?
    /// The unit's municipalities with their inhabitants.
    public var municipalities: [String: Double] = [:]
    /// The name of the denominator, when the indicator is a ratio.
    public var denominator: LocalizedText?
    /// Whether the target is a number in itself, which does not say how many it is shared by.
    public var isOfAmounts = false
    /// Which values are better.
    public var direction = Indicator.Direction.higher
    /// How many of the ranked units rest on carried figures.
    public var carried = 0
    /// How many of the ranked units rest on estimated figures.
    public var estimated = 0

    /// Creates circumstances in which there is nothing to warn of.
    public init() {}
  }

  /// Municipalities with fewer inhabitants are small: their figures move much by chance.
  public static let smallMunicipality = 10_000.0

  /// The warnings that the circumstances call for, in a fixed order.
  public static func all(in circumstances: Circumstances) -> [FeasibilityWarning] {
    let texts = [
      zeroSum(circumstances), ceiling(circumstances), fullShare(circumstances),
      smallUnits(circumstances), gaming(circumstances), amounts(circumstances),
      circumstances.carried == 0
        ? nil : Wording.carried(circumstances.carried, of: circumstances.ranked),
      estimated(circumstances),
    ]
    return texts.compactMap { $0 }.map(FeasibilityWarning.init)
  }

  private static func zeroSum(_ circumstances: Circumstances) -> LocalizedText? {
    guard circumstances.isOfPlaces else { return nil }
    return LocalizedText(
      nb: "Plasser er et nullsumspill: det én vinner, taper andre, og de andre har også mål.",
      en: "Places are a zero-sum game: what one wins others lose, and they have targets too."
    )
  }

  /// Within the first tenth there are few places left to win.
  private static func ceiling(_ circumstances: Circumstances) -> LocalizedText? {
    guard circumstances.isOfPlaces, let place = circumstances.startPlace,
      place <= Double(circumstances.ranked) / 10
    else { return nil }
    let nb = NumberText.place(place, .nb)
    let en = NumberText.place(place, .en)
    guard place > 1 else {
      return LocalizedText(
        nb: "Plass 1 er taket: derfra går det bare nedover.",
        en: "Place 1 is the ceiling: from there the only way is down."
      )
    }
    return LocalizedText(
      nb: "Plass \(nb) av \(circumstances.ranked) er nær taket: det er få plasser igjen å vinne.",
      en: "Place \(en) of \(circumstances.ranked) is near the ceiling: few places are left to win."
    )
  }

  private static func fullShare(_ circumstances: Circumstances) -> LocalizedText? {
    guard let share = circumstances.targetShare else { return nil }
    if share > 1 {
      return LocalizedText(
        nb: "Målet krever mer enn 100 prosent og kan ikke nås.",
        en: "The target takes more than 100 per cent and cannot be reached."
      )
    }
    guard share >= 0.9 else { return nil }
    let percent = [Language.nb, .en].map { NumberText.fixed(100 * share, decimals: 1, $0) }
    return LocalizedText(
      nb: "Målet krever \(percent[0]) prosent, nær taket på 100.",
      en: "The target takes \(percent[1]) per cent, near the ceiling of 100."
    )
  }

  private static func smallUnits(_ circumstances: Circumstances) -> LocalizedText? {
    let small = circumstances.municipalities.filter { $0.value < smallMunicipality }
      .sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    guard !small.isEmpty else { return nil }
    func names(_ language: Language) -> String {
      let named = small.map { name, inhabitants in
        "\(name) (\(NumberText.fixed(inhabitants, decimals: 0, language)))"
      }
      guard named.count > 1, let last = named.last else { return named[0] }
      let and = language == .nb ? "og" : "and"
      return "\(named.dropLast().joined(separator: ", ")) \(and) \(last)"
    }
    return LocalizedText(
      nb: "\(names(.nb)) har få innbyggere, og tilfeldigheter kan flytte dem mange plasser.",
      en: "\(names(.en)) \(small.count == 1 ? "has" : "have") few inhabitants, and chance alone "
        + "can move them many places."
    )
  }

  private static func gaming(_ circumstances: Circumstances) -> LocalizedText? {
    guard let denominator = circumstances.denominator else { return nil }
    let isLower = circumstances.direction == .lower
    return LocalizedText(
      nb: "Tallet blir også bedre når «\(denominator.nb)» \(isLower ? "øker" : "synker"), "
        + "uten at noen har fått det bedre.",
      en: "The figure also improves when “\(denominator.en)” \(isLower ? "rises" : "falls"), "
        + "without anybody being better off."
    )
  }

  private static func amounts(_ circumstances: Circumstances) -> LocalizedText? {
    guard circumstances.isOfAmounts else { return nil }
    return LocalizedText(
      nb: "Et antall sier ikke hvor mange det er å dele på: se også på tallet per innbygger.",
      en: "A number does not say how many share it: look at the figure per inhabitant too."
    )
  }

  private static func estimated(_ circumstances: Circumstances) -> LocalizedText? {
    guard circumstances.estimated > 0 else { return nil }
    return LocalizedText(
      nb:
        "\(circumstances.estimated) av de \(circumstances.ranked) rangerte bygger på anslåtte tall.",
      en:
        "\(circumstances.estimated) of the \(circumstances.ranked) ranked units rest on estimated "
        + "values."
    )
  }
}
