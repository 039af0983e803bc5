internal import Regions
internal import Scenarios
internal import Statistics

/// The words of the reports in both languages, in one place.
enum Wording {
  static let unit = LocalizedText(nb: "Enhet", en: "Unit")
  static let municipality = LocalizedText(nb: "Kommune", en: "Municipality")
  static let region = LocalizedText(nb: "Region", en: "Region")
  static let code = LocalizedText(nb: "Kode", en: "Code")
  static let place = LocalizedText(nb: "Plass", en: "Place")
  static let places = LocalizedText(nb: "Plasser", en: "Places")
  static let of = LocalizedText(nb: "Av", en: "Of")
  static let from = LocalizedText(nb: "fra", en: "from")
  static let to = LocalizedText(nb: "til", en: "to")
  static let year = LocalizedText(nb: "År", en: "Year")
  static let value = LocalizedText(nb: "Verdi", en: "Value")
  static let basis = LocalizedText(nb: "Grunnlag", en: "Basis")
  static let indicator = LocalizedText(nb: "Indikator", en: "Indicator")
  static let series = LocalizedText(nb: "Serie", en: "Series")
  static let numerator = LocalizedText(nb: "Teller", en: "Numerator")
  static let denominator = LocalizedText(nb: "Nevner", en: "Denominator")
  static let percentile = LocalizedText(nb: "Prosentil", en: "Percentile")
  static let toNext = LocalizedText(nb: "Til neste plass", en: "To next place")
  static let toCountry = LocalizedText(nb: "Til landet", en: "To the country")
  static let movement = LocalizedText(nb: "Bevegelse", en: "Movement")
  static let before = LocalizedText(nb: "Uten grep", en: "Without levers")
  static let after = LocalizedText(nb: "Med grep", en: "With levers")
  static let own = LocalizedText(nb: "Egne tall", en: "Own figures")
  static let others = LocalizedText(nb: "De andres tall", en: "Others' figures")
  static let leverEffect = LocalizedText(nb: "Herav grepene", en: "Effect of levers")
  static let lever = LocalizedText(nb: "Grep", en: "Lever")
  static let scenario = LocalizedText(nb: "Scenario", en: "Scenario")
  static let baseline = LocalizedText(nb: "Utgangspunkt", en: "Baseline")
  static let source = LocalizedText(nb: "Kilde", en: "Source")
  static let measure = LocalizedText(nb: "Mål", en: "Measure")
  static let name = LocalizedText(nb: "Navn", en: "Name")
  static let note = LocalizedText(nb: "Merknad", en: "Note")

  /// F1 to F6.
  static let movementMeasures: [(id: String, name: LocalizedText)] = [
    ("F1", LocalizedText(nb: "sum av plasser (planens mål)", en: "sum of places (the plan's)")),
    ("F2", LocalizedText(nb: "gjennomsnitt per kommune", en: "mean per municipality")),
    ("F3", LocalizedText(nb: "vektet med innbyggere", en: "weighted by inhabitants")),
    (
      "F4",
      LocalizedText(nb: "endring i prosentil, sum (0–1)", en: "change in percentile, sum (0–1)")
    ),
    ("F5", LocalizedText(nb: "andel av det mulige", en: "share of what was possible")),
    ("F6", LocalizedText(nb: "regionens egen plass", en: "the region's own place")),
  ]

  static func dataset(_ vintage: String, _ language: Language) -> String {
    language == .nb
      ? "Datasett: \(vintage). Uoffisiell beregning."
      : "Dataset: \(vintage). Unofficial computation."
  }

  static func carried(_ carried: Int, of ranked: Int) -> LocalizedText {
    LocalizedText(
      nb: "\(carried) av de \(ranked) rangerte bygger på videreførte tall.",
      en: "\(carried) of the \(ranked) ranked units rest on carried values."
    )
  }

  static func unitName(_ unit: MeasureUnit) -> LocalizedText {
    switch unit {
    case .persons: LocalizedText(nb: "personer", en: "persons")
    case .jobs: LocalizedText(nb: "arbeidsplasser", en: "jobs")
    case .nok: LocalizedText(nb: "kroner", en: "NOK")
    case .thousandNOK: LocalizedText(nb: "1000 kroner", en: "1000 NOK")
    case .percent: LocalizedText(nb: "prosent", en: "per cent")
    case .percentagePoints: LocalizedText(nb: "prosentpoeng", en: "percentage points")
    case .perThousand: LocalizedText(nb: "per 1000", en: "per 1000")
    case .index: LocalizedText(nb: "indeks", en: "index")
    case .decare: LocalizedText(nb: "dekar", en: "decares")
    case .dwellings: LocalizedText(nb: "boliger", en: "dwellings")
    case .enterprises: LocalizedText(nb: "foretak", en: "enterprises")
    case .place: LocalizedText(nb: "plass", en: "place")
    case .other: LocalizedText(nb: "enhet ikke oppgitt", en: "unit not stated")
    }
  }

  static func direction(_ direction: Overtake.Direction) -> LocalizedText {
    switch direction {
    case .passes: LocalizedText(nb: "passerer", en: "passes")
    case .passedBy: LocalizedText(nb: "passeres av", en: "is passed by")
    }
  }

  static func direction(_ direction: Indicator.Direction) -> LocalizedText {
    switch direction {
    case .higher: LocalizedText(nb: "høyere er bedre", en: "higher is better")
    case .lower: LocalizedText(nb: "lavere er bedre", en: "lower is better")
    case .neutral: LocalizedText(nb: "nøytral", en: "neutral")
    }
  }

  static func aggregation(_ aggregation: Indicator.Aggregation) -> LocalizedText {
    switch aggregation {
    case .sum: LocalizedText(nb: "sum", en: "sum")
    case .ratioOfSums: LocalizedText(nb: "forhold mellom summer", en: "ratio of sums")
    case .weightedMean: LocalizedText(nb: "veid gjennomsnitt", en: "weighted mean")
    case .notAggregable: LocalizedText(nb: "ikke for regioner", en: "not for regions")
    case .publishedRank: LocalizedText(nb: "publisert plass", en: "published place")
    }
  }

  static func kind(_ kind: Target.Kind) -> LocalizedText {
    switch kind {
    case .rank: LocalizedText(nb: "plass minst så god som", en: "place at least as good as")
    case .climb: LocalizedText(nb: "plasser opp", en: "places up")
    case .best: LocalizedText(nb: "best framgang", en: "best movement")
    case .sum: LocalizedText(nb: "sum av plasser opp", en: "sum of places up")
    case .level: LocalizedText(nb: "nivå", en: "level")
    case .improve: LocalizedText(nb: "bedre enn i dag", en: "better than at the baseline")
    case .country: LocalizedText(nb: "prosent av landet", en: "per cent of the country")
    }
  }

  static func kind(_ kind: Division.Kind) -> LocalizedText {
    switch kind {
    case .partition: LocalizedText(nb: "inndeling", en: "partition")
    case .peerSet: LocalizedText(nb: "sammenlikningsgruppe", en: "peer set")
    }
  }

  static func grade(_ grade: Difficulty.Grade) -> LocalizedText {
    switch grade {
    case .common: LocalizedText(nb: "vanlig", en: "common")
    case .demanding: LocalizedText(nb: "krevende", en: "demanding")
    case .ambitious: LocalizedText(nb: "ambisiøst", en: "ambitious")
    case .rare: LocalizedText(nb: "sjeldent", en: "rare")
    case .withoutParallel:
      LocalizedText(nb: "uten sidestykke i dataene", en: "without parallel in the data")
    }
  }

  static func basis(_ basis: Basis) -> LocalizedText {
    switch basis {
    case .observed: LocalizedText(nb: "observert", en: "observed")
    case .provisional: LocalizedText(nb: "foreløpig", en: "provisional")
    case .estimated: LocalizedText(nb: "anslått", en: "estimated")
    case .plan: LocalizedText(nb: "fra planen", en: "plan")
    case .carried: LocalizedText(nb: "videreført", en: "carried")
    case .projected: LocalizedText(nb: "framskrevet", en: "projected")
    }
  }

  static func reason(_ reason: MissingReason) -> LocalizedText {
    switch reason {
    case .split: LocalizedText(nb: "delt kommune", en: "split municipality")
    case .combined: LocalizedText(nb: "tall for flere sammen", en: "combined with others")
    case .suppressed: LocalizedText(nb: "skjermet", en: "suppressed")
    case .notPublished: LocalizedText(nb: "ikke publisert", en: "not published")
    case .notComputable: LocalizedText(nb: "kan ikke beregnes", en: "not computable")
    case .implausible: LocalizedText(nb: "usannsynlig i kilden", en: "implausible at source")
    case .notApplicable: LocalizedText(nb: "ikke i bruk", en: "not in use")
    case .pending: LocalizedText(nb: "kommer senere", en: "not there yet")
    case .notInSeries: LocalizedText(nb: "ikke i serien", en: "not in the series")
    case .memberMissing: LocalizedText(nb: "kommune mangler", en: "a member is missing")
    case .lowCoverage: LocalizedText(nb: "for lav dekning", en: "coverage too low")
    case .zeroDenominator: LocalizedText(nb: "nevner er null", en: "zero denominator")
    }
  }

  static func tieRule(_ rule: TieRule) -> LocalizedText {
    switch rule {
    case .competition:
      LocalizedText(
        nb: "Like verdier deler beste plass (1224).",
        en: "Equal values share the best place (1224)."
      )
    case .modified:
      LocalizedText(
        nb: "Like verdier deler dårligste plass (1334).",
        en: "Equal values share the worst place (1334)."
      )
    case .dense:
      LocalizedText(
        nb: "Like verdier deler plass uten hull (1223).",
        en: "Equal values share a place, none left empty (1223)."
      )
    case .fractional:
      LocalizedText(
        nb: "Like verdier får gjennomsnittsplass (1 2,5 2,5 4).",
        en: "Equal values share the mean place (1 2.5 2.5 4)."
      )
    case .ordinal:
      LocalizedText(
        nb: "Like verdier ordnes etter kode (1234).",
        en: "Equal values are ordered by code (1234)."
      )
    }
  }
}
