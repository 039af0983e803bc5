public import Regions

/// The kinds of charts, by the names that the command line has for them.
public enum ChartKind: String, Sendable, Hashable, CaseIterable {
  case rankedStrip = "ranked-strip"
  case rankedBars = "ranked-bars"
  case bump
  case slope
  case fan
  case heatMap = "heat-map"
  case curve
  case difficulty
  case tornado
  case waterfall
  case contributions
  case overtakes
  case mapRegions = "map-regions"
  case mapMunicipalities = "map-municipalities"
  case smallMultiples = "small-multiples"

  /// From what a kind of chart is drawn.
  public enum Source: Sendable, Hashable {
    /// The central path of a scenario.
    case scenario
    /// The uncertain futures of a scenario.
    case futures
    /// A target of a scenario.
    case target
    /// A composite.
    case composite
    /// Observed figures.
    case observed
  }

  /// From what it is drawn.
  public var source: Source {
    switch self {
    case .rankedStrip, .rankedBars, .bump, .slope, .tornado, .waterfall, .overtakes, .mapRegions,
      .mapMunicipalities:
      .scenario
    case .fan, .heatMap: .futures
    case .curve, .difficulty: .target
    case .contributions: .composite
    case .smallMultiples: .observed
    }
  }

  /// What it shows, in a few words.
  public var summary: LocalizedText {
    switch self {
    case .rankedStrip:
      LocalizedText(
        nb: "alle enheter som streker, før og etter",
        en: "all units as ticks, before and after"
      )
    case .rankedBars: LocalizedText(nb: "femten rundt enheten", en: "fifteen around the unit")
    case .bump: LocalizedText(nb: "plasser år for år", en: "places year by year")
    case .slope: LocalizedText(nb: "plasser før og etter", en: "places before and after")
    case .fan:
      LocalizedText(
        nb: "plassene i uvisse framtider, 50 og 90 %",
        en: "places in uncertain futures, 50 and 90%"
      )
    case .heatMap:
      LocalizedText(nb: "hvor sannsynlig hver plass er", en: "how likely each place is")
    case .curve:
      LocalizedText(nb: "hvor mye som trengs for et mål", en: "how much a target takes")
    case .difficulty:
      LocalizedText(nb: "hva andre har klart", en: "what others have achieved")
    case .tornado:
      LocalizedText(nb: "hvilken antakelse som betyr mest", en: "which assumption matters most")
    case .waterfall:
      LocalizedText(nb: "hva bevegelsen skyldes", en: "what the movement is due to")
    case .contributions:
      LocalizedText(nb: "hva en sammensatt plass skyldes", en: "why a composite's place")
    case .overtakes: LocalizedText(nb: "hvem som passeres", en: "who is passed")
    case .mapRegions: LocalizedText(nb: "kart over regionene", en: "map of the regions")
    case .mapMunicipalities:
      LocalizedText(nb: "kart over kommunene", en: "map of the municipalities")
    case .smallMultiples:
      LocalizedText(nb: "plassene i flere indikatorer", en: "places in several indicators")
    }
  }
}
