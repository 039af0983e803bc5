internal import Plans
internal import Regions

/// What an audit found, in words: what does not agree, and what follows from it.
struct FindingWording {
  let finding: Finding
  let language: Language

  private var nb: Bool { language == .nb }
  private var decimals: Int { finding.series?.decimals ?? 0 }

  /// What was found.
  var text: String { wording.text[language] }

  /// What follows for those who judge the plan.
  var consequence: String { wording.consequence[language] }

  private var wording: (text: LocalizedText, consequence: LocalizedText) {
    switch finding.kind {
    case .total(let printed, let sum): total(printed, sum)
    case .ratio(let unit, let printed, let computed): ratio(unit, printed, computed)
    case .truncated(let unit, let printed, let computed): truncated(unit, printed, computed)
    case .denominators(let denominators): self.denominators(denominators)
    case .country(let printed, let consistent, let country):
      self.country(printed, consistent, country)
    case .noCountry: noCountry
    case .place(let unit, let printed, let expected, let ranked, let value):
      place(unit, printed, expected, ranked, value)
    case .area(let printed, let value, let places): area(printed, value, places)
    case .density(let densities): density(densities)
    case .movement(let printed, let sum): movement(printed, sum)
    case .oneDecides(let unit, let movement, let sum, let before, let after):
      oneDecides(unit, movement, sum, before, after)
    case .ranked(let before, let beforeYear, let after, let afterYear):
      ranked(before, beforeYear, after, afterYear)
    case .year(let printed, let plan): year(printed, plan)
    case .homonym(let unit, let other, let county): homonym(unit, other, county)
    case .noYear(let targets): noYear(targets)
    case .noThreshold(let targets): noThreshold(targets)
    case .count(let target, let indicator): count(target, indicator)
    case .unmeasurable(let target, let reason): unmeasurable(target, reason)
    case .remark(let remark): (remark.text, remark.consequence)
    }
  }

  // MARK: - Numbers

  private func number(_ value: Double, _ decimals: Int? = nil) -> LocalizedText {
    let decimals = decimals ?? self.decimals
    return LocalizedText(
      nb: NumberText.fixed(value, decimals: decimals, .nb),
      en: NumberText.fixed(value, decimals: decimals, .en)
    )
  }

  private func signed(_ value: Double) -> LocalizedText {
    LocalizedText(
      nb: NumberText.signed(value, decimals: 0, .nb),
      en: NumberText.signed(value, decimals: 0, .en)
    )
  }

  private var series: LocalizedText { finding.series?.name ?? LocalizedText(nb: "", en: "") }

  // MARK: - Sums and ratios

  private func total(_ printed: Double, _ sum: Double) -> (LocalizedText, LocalizedText) {
    let (a, b) = (number(printed), number(sum))
    let difference = number(abs(printed - sum))
    let percent = number(100 * abs(printed - sum) / abs(sum), 2)
    let isLow = printed < sum
    return (
      LocalizedText(
        nb: """
          \(series.nb): samlet er trykt \(a.nb), men kommunene summerer til \(b.nb). Trykt sum er \
          \(difference.nb) for \(isLow ? "lav" : "høy") (\(percent.nb) %).
          """,
        en: """
          \(series.en): the printed total is \(a.en), but the municipalities sum to \(b.en). It is \
          \(difference.en) too \(isLow ? "low" : "high") (\(percent.en)%).
          """
      ),
      LocalizedText(
        nb: """
          Målt mot trykt sum \(isLow ? "ser uendrede tall ut som en økning" : "forsvinner en økning") \
          på \(percent.nb) %. Her måles det mot \(b.nb).
          """,
        en: """
          Against the printed total \(isLow ? "unchanged figures look like a rise" : "a rise is lost") \
          of \(percent.en)%. Here \(b.en) is the baseline.
          """
      )
    )
  }

  private func ratio(
    _ unit: Unit,
    _ printed: Double,
    _ computed: Double
  ) -> (LocalizedText, LocalizedText) {
    let (a, b) = (number(printed), number(computed, decimals + 2))
    return (
      LocalizedText(
        nb: "\(series.nb), \(unit.name): trykt \(a.nb), men tallene ved siden av gir \(b.nb).",
        en: "\(series.en), \(unit.name): printed \(a.en), but the figures beside it give \(b.en)."
      ),
      LocalizedText(
        nb: "Bruk tallene det regnes av, og kontroller kilden.",
        en: "Use the figures it is computed from, and check the source."
      )
    )
  }

  private func truncated(
    _ unit: Unit,
    _ printed: Double,
    _ computed: Double
  ) -> (LocalizedText, LocalizedText) {
    let (a, b, c) = (number(printed), number(computed, decimals + 3), number(computed))
    return (
      LocalizedText(
        nb:
          "\(series.nb), \(unit.name): \(b.nb) er trykt \(a.nb), altså kuttet; avrundet er det \(c.nb).",
        en:
          "\(series.en), \(unit.name): \(b.en) is printed \(a.en), cut off; rounded it is \(c.en)."
      ),
      LocalizedText(
        nb: "En avrundet andel neste år kan se ut som en økning uten at noe er endret.",
        en: "A rounded share next year may look like a rise though nothing has changed."
      )
    )
  }

  private func denominators(
    _ found: Finding.Denominators
  ) -> (LocalizedText, LocalizedText) {
    let rows = found.rows.map { row in
      let (implied, shown) = (number(row.implied, 0), number(row.shown, 0))
      return LocalizedText(
        nb: "\(row.unit.name) \(implied.nb) (vist \(shown.nb))",
        en: "\(row.unit.name) \(implied.en) (shown \(shown.en))"
      )
    }
    let (implied, shown) = (number(found.implied, 0), number(found.shown, 0))
    let (a, b) = (number(found.printed), number(found.consistent))
    let percent = number(100 * (found.shown / found.implied - 1), 2)
    return (
      LocalizedText(
        nb: """
          \(series.nb): kommunenes tall er regnet over et annet folketall enn det viste – \
          \(rows.map(\.nb).joined(separator: ", ")); sum \(implied.nb) mot \(shown.nb) \
          (\(percent.nb) % mer). Samlet, \(a.nb), er regnet over det viste.
          """,
        en: """
          \(series.en): the municipalities' figures are over another population than the one shown – \
          \(rows.map(\.en).joined(separator: ", ")); in all \(implied.en) against \(shown.en) \
          (\(percent.en)% more). The total, \(a.en), is over the one shown.
          """
      ),
      LocalizedText(
        nb: """
          Med samme folketall som kommunene er samlet \(b.nb), ikke \(a.nb). En oppfølging med kildens \
          folketall viser ellers en økning som ikke har funnet sted.
          """,
        en: """
          Over the municipalities' own population the total is \(b.en), not \(a.en). A follow-up by the \
          source's population would otherwise show a rise that has not taken place.
          """
      )
    )
  }

  private func country(
    _ printed: Double,
    _ consistent: ClosedRange<Double>,
    _ country: ClosedRange<Double>
  ) -> (LocalizedText, LocalizedText) {
    let (a, low, high) = (
      number(printed), number(consistent.lowerBound, 1), number(consistent.upperBound, 1)
    )
    let (from, to) = (number(country.lowerBound, 0), number(country.upperBound, 0))
    return (
      LocalizedText(
        nb: """
          \(series.nb): samlet er trykt \(a.nb). Kommunenes prosenter krever et landsgjennomsnitt \
          mellom \(from.nb) og \(to.nb), og da er samlet \(low.nb)–\(high.nb).
          """,
        en: """
          \(series.en): the printed total is \(a.en). The municipalities' percentages need an average of \
          the country between \(from.en) and \(to.en), and then the total is \(low.en)–\(high.en).
          """
      ),
      LocalizedText(
        nb:
          "Målet måles fra \(low.nb)–\(high.nb), ikke \(a.nb); ellers nås det uten at noe er endret.",
        en: "The target starts from \(low.en)–\(high.en), not \(a.en); else it is met by itself."
      )
    )
  }

  private var noCountry: (LocalizedText, LocalizedText) {
    (
      LocalizedText(
        nb: "\(series.nb): ikke noe landsgjennomsnitt passer med alle kommunenes prosenter.",
        en: "\(series.en): no average of the country fits all the municipalities' percentages."
      ),
      LocalizedText(
        nb: "Minst én prosent eller ett beløp er feil.",
        en: "At least one percentage or amount is wrong."
      )
    )
  }
}

// MARK: - Places

extension FindingWording {
  private func place(
    _ unit: Unit,
    _ printed: Double,
    _ expected: Double,
    _ ranked: Int,
    _ value: Double
  ) -> (LocalizedText, LocalizedText) {
    let (a, b, v) = (number(printed, 0), number(expected, 0), number(value, 2))
    return (
      LocalizedText(
        nb: """
          \(series.nb), \(unit.name): trykt plass \(a.nb), men verdien \(v.nb) gir plass \(b.nb) av \
          \(ranked) blant de siste tallene som finnes for alle.
          """,
        en: """
          \(series.en), \(unit.name): printed place \(a.en), but the value \(v.en) gives place \(b.en) \
          of \(ranked) among the latest figures of all.
          """
      ),
      LocalizedText(
        nb:
          "\(number(abs(printed - expected), 0).nb) plasser fra det ventede: kontroller for skrivefeil.",
        en:
          "\(number(abs(printed - expected), 0).en) places from what is expected: check for a slip."
      )
    )
  }

  private func area(
    _ printed: Double,
    _ value: Double,
    _ areas: [Finding.Area]
  ) -> (LocalizedText, LocalizedText) {
    let parts = areas.map { area in
      let names = area.members.map(\.name).joined(separator: ", ")
      let (place, share) = (number(area.place, 0), number(area.value, 2))
      return LocalizedText(
        nb: "plass \(place.nb) av \(area.of) med \(names) (\(share.nb))",
        en: "place \(place.en) of \(area.of) with \(names) (\(share.en))"
      )
    }
    let nearest = areas.min { abs($0.place - printed) < abs($1.place - printed) }
    let names = nearest?.members.map(\.name).joined(separator: ", ") ?? ""
    let isOwn = nearest == areas.first
    let a = number(printed, 0)
    return (
      LocalizedText(
        nb:
          "\(series.nb), samlet: trykt plass \(a.nb); beregnet er det \(parts.map(\.nb).joined(separator: "; ")).",
        en:
          "\(series.en), together: printed place \(a.en); computed it is \(parts.map(\.en).joined(separator: "; "))."
      ),
      isOwn
        ? LocalizedText(
          nb: "Hvilket område og hvilket år plassen gjelder, må bekreftes av kilden.",
          en: "Which area and year the place is of must be confirmed by its source."
        )
        : LocalizedText(
          nb: """
            Trykt plass passer best med \(names). Da gjelder plassen et annet område enn tallene i \
            samme rad.
            """,
          en: """
            The printed place fits \(names) best. Then it is of another area than the figures in the \
            same row.
            """
        )
    )
  }

  private func density(_ densities: [Finding.Density]) -> (LocalizedText, LocalizedText) {
    let parts = densities.map { density in
      let places = number(density.placesPerPoint, 1)
      return LocalizedText(
        nb: "\(density.better.name)–\(density.worse.name) \(places.nb)",
        en: "\(density.better.name)–\(density.worse.name) \(places.en)"
      )
    }
    return (
      LocalizedText(
        nb: """
          \(series.nb): plasser for hver enhet verdien skiller: \
          \(parts.map(\.nb).joined(separator: ", ")). For én fordeling er det usannsynlig ujevnt.
          """,
        en: """
          \(series.en): places for each unit between the values: \
          \(parts.map(\.en).joined(separator: ", ")). That is too uneven for one distribution.
          """
      ),
      LocalizedText(
        nb: "Plassene kan gjelde endring i stedet for nivå, eller én av dem er feil.",
        en: "The places may be of changes instead of levels, or one of them is wrong."
      )
    )
  }

  private func movement(_ printed: Double, _ sum: Double) -> (LocalizedText, LocalizedText) {
    let (a, b) = (signed(printed), signed(sum))
    return (
      LocalizedText(
        nb: "\(series.nb): trykt \(a.nb), men plassene gir \(b.nb).",
        en: "\(series.en): printed \(a.en), but the places give \(b.en)."
      ),
      LocalizedText(nb: "Bruk \(b.nb).", en: "Use \(b.en).")
    )
  }

  private func oneDecides(
    _ unit: Unit,
    _ movement: Double,
    _ sum: Double,
    _ before: Int,
    _ after: Int
  ) -> (LocalizedText, LocalizedText) {
    let (own, all, rest) = (signed(movement), signed(sum), signed(sum - movement))
    return (
      LocalizedText(
        nb: """
          \(series.nb): kommunene beveget seg \(all.nb) plasser til sammen fra \(before) til \(after), \
          \(unit.name) alene \(own.nb). Uten \(unit.name) er summen \(rest.nb).
          """,
        en: """
          \(series.en): the municipalities moved \(all.en) places in all from \(before) to \(after), \
          \(unit.name) alone \(own.en). Without \(unit.name) the sum is \(rest.en).
          """
      ),
      LocalizedText(
        nb: "Én kommune avgjør fortegnet. Vis også gjennomsnitt og folkevektet bevegelse.",
        en: "One municipality decides the sign. Show the mean and the weighted movement too."
      )
    )
  }

  private func ranked(
    _ before: Int,
    _ beforeYear: Int,
    _ after: Int,
    _ afterYear: Int
  ) -> (LocalizedText, LocalizedText) {
    (
      LocalizedText(
        nb: "\(series.nb): \(before) er rangert i \(beforeYear) og \(after) i \(afterYear).",
        en: "\(series.en): \(before) are ranked in \(beforeYear) and \(after) in \(afterYear)."
      ),
      LocalizedText(
        nb: "En plass kan endres med én bare fordi en kommune er kommet til eller falt fra.",
        en: "A place can change by one only because a municipality was added or has gone."
      )
    )
  }
}

// MARK: - Years, names and targets

extension FindingWording {
  private func year(_ printed: Int, _ plan: Int) -> (LocalizedText, LocalizedText) {
    (
      LocalizedText(
        nb: "\(series.nb): tallene er for \(printed), mens planens utgangspunkt er \(plan).",
        en: "\(series.en): the figures are of \(printed), while the plan starts from \(plan)."
      ),
      LocalizedText(
        nb: "Utviklingen måles over et annet tidsrom enn for de andre målene.",
        en: "The development is measured over another span than for the other targets."
      )
    )
  }

  private func homonym(
    _ unit: Unit,
    _ other: Unit,
    _ county: String
  ) -> (LocalizedText, LocalizedText) {
    (
      LocalizedText(
        nb: "\(unit.name) (\(unit.code)) har navn til felles med \(other.code) i \(county).",
        en: "\(unit.name) (\(unit.code)) shares its name with \(other.code) in \(county)."
      ),
      LocalizedText(
        nb: "Hent tall på kommunenummer, aldri på navn.",
        en: "Fetch figures by code, never by name."
      )
    )
  }

  private func names(_ targets: [PlanTarget]) -> LocalizedText {
    LocalizedText(
      nb: targets.map { "«\($0.name.nb)»" }.joined(separator: ", "),
      en: targets.map { "“\($0.name.en)”" }.joined(separator: ", ")
    )
  }

  private func noYear(_ targets: [PlanTarget]) -> (LocalizedText, LocalizedText) {
    let list = names(targets)
    return (
      LocalizedText(
        nb: "Planen sier ikke når målene skal være nådd: \(list.nb).",
        en: "The plan does not say by when the targets are to be met: \(list.en)."
      ),
      LocalizedText(
        nb: "De bedømmes på siste år med tall. Et mål kan være nådd ett år og ikke det neste.",
        en: "They are judged by the latest year. A target may be met one year and not the next."
      )
    )
  }

  private func noThreshold(_ targets: [PlanTarget]) -> (LocalizedText, LocalizedText) {
    let list = names(targets)
    return (
      LocalizedText(
        nb: "Målene sier at noe skal øke eller gå ned, men ikke hvor mye: \(list.nb).",
        en: "The targets say that something is to rise or fall, not by how much: \(list.en)."
      ),
      LocalizedText(
        nb: "Den minste endring oppfyller dem, også en tilfeldig.",
        en: "The smallest change meets them, also one by chance."
      )
    )
  }

  private func count(_ target: PlanTarget, _ indicator: Indicator) -> (LocalizedText, LocalizedText)
  {
    (
      LocalizedText(
        nb: "\(target.name.nb): «\(indicator.name.nb)» er et antall.",
        en: "\(target.name.en): “\(indicator.name.en)” is a count."
      ),
      LocalizedText(
        nb: "Det faller når folk flytter ut og øker når regionen vokser. Se på andelen også.",
        en: "It falls when people move out, and rises as the region grows. Look at the share too."
      )
    )
  }

  private func unmeasurable(
    _ target: PlanTarget,
    _ reason: LocalizedText
  ) -> (LocalizedText, LocalizedText) {
    (
      LocalizedText(nb: "\(target.name.nb): \(reason.nb)", en: "\(target.name.en): \(reason.en)"),
      LocalizedText(
        nb: "Målet kan ikke bedømmes før det er gjort målbart.",
        en: "The target cannot be judged until it can be measured."
      )
    )
  }
}
