internal import Documents
internal import Regions
internal import Scenarios

/// What a target asks, and why it cannot be had, in words.
struct TargetWording {
  let change: RequiredChange
  let language: Language

  private var nb: Bool { language == .nb }

  /// The target after "in order to".
  static func aim(_ change: RequiredChange) -> LocalizedText {
    LocalizedText(
      nb: TargetWording(change: change, language: .nb).aim,
      en: TargetWording(change: change, language: .en).aim
    )
  }

  private var aim: String {
    let target = change.target
    let value = target.value?.value ?? 0
    let year = change.year
    let whole = NumberText.fixed(value, decimals: value == value.rounded() ? 0 : 1, language)
    let decimals = max(change.indicator.decimals, value == value.rounded() ? 0 : 1)
    let level =
      NumberText.fixed(value, decimals: decimals, language) + " "
      + Wording.unitName(change.indicator.unit)[language]
    let scope =
      switch target.scope?.value ?? .together {
      case .together: ""
      case .each: nb ? " i hver kommune" : " in each municipality"
      case .eachAndTogether:
        nb ? " i hver kommune og samlet" : " in each municipality and together"
      }
    let what: String =
      switch target.kind {
      case .rank: nb ? "nå plass \(whole)" : "reach place \(whole)"
      case .climb: nb ? "klatre \(whole) \(places)" : "climb \(whole) \(places)"
      case .best: best
      case .sum:
        nb
          ? "få kommunene opp \(whole) \(places) til sammen"
          : "move its municipalities up \(whole) \(places) in all"
      case .level: nb ? "nå \(level)" : "reach \(level)"
      case .improve:
        target.value == nil
          ? (nb ? "bli bedre enn ved utgangspunktet" : "be better than at the baseline")
          : (nb ? "bli bedre med minst \(level)" : "improve by at least \(level)")
      case .country:
        nb ? "nå \(whole) prosent av landet" : "reach \(whole) per cent of the country"
      }
    return what + scope + (nb ? " innen \(year)" : " by \(year)")
  }

  private var places: String {
    let isOne = change.target.value?.value == 1
    return isOne ? (nb ? "plass" : "place") : (nb ? "plasser" : "places")
  }

  private var best: String {
    switch change.target.measure?.value ?? .place {
    case .place: nb ? "ha den beste framgangen i plasser" : "have the best movement in places"
    case .sum:
      nb
        ? "ha den beste framgangen i sum av plasser" : "have the best movement by sum of places"
    case .mean:
      nb
        ? "ha den beste framgangen i plasser per kommune"
        : "have the best movement in places per municipality"
    case .headroom:
      nb
        ? "ha den beste framgangen som andel av det mulige"
        : "have the best movement as a share of what was possible"
    }
  }

  /// Why no change leads to the target; `nil` when one does.
  var obstacle: String? {
    guard case .impossible(let obstacle) = change.result else { return nil }
    switch obstacle {
    case .rate:
      return nb
        ? "\(change.series) er en rate, som ikke kan telles opp." : "\(change.series) is a rate."
    case .otherSeries:
      return nb
        ? "\(change.indicator.id) regnes ikke fra \(change.series)."
        : "\(change.indicator.id) is not computed from \(change.series)."
    case .otherMember:
      let name = change.member?.name ?? ""
      return nb
        ? "\(name) hører ikke til \(change.unit.name), eller mangler tall."
        : "\(name) is not in \(change.unit.name), or has no figures."
    case .negativeNumerator:
      return nb ? "Telleren er negativ." : "The numerator is negative."
    case .limit(let limit, let unit, let units):
      let count = NumberText.signed(Double(units), decimals: 0, language)
      let reached =
        nb
        ? "\(unit.name) når \(name(of: limit)) ved \(count) i alt, og det er ikke nok."
        : "\(unit.name) reaches \(name(of: limit)) at \(count) in all, which is not enough."
      return reached
    case .rival(let rival, let movement, let own):
      let (theirs, mine) = (
        NumberText.signed(movement, decimals: movement == movement.rounded() ? 0 : 2, language),
        NumberText.signed(own, decimals: own == own.rounded() ? 0 : 2, language)
      )
      return nb
        ? "Selv på beste plass er bevegelsen \(mine), mot \(theirs) for \(rival.name)."
        : "Even at the best place the movement is \(mine), against \(theirs) of \(rival.name)."
    case .headroom(let most):
      let text = NumberText.signed(most, decimals: most == most.rounded() ? 0 : 1, language)
      return nb ? "Det er bare \(text) plasser å hente." : "Only \(text) places can be had."
    case .place(let unit):
      return nb
        ? "\(unit.name) kan ikke komme høyere enn plass 1."
        : "\(unit.name) cannot stand higher than place 1."
    case .members:
      return nb
        ? "Kommunene står i veien for hverandre." : "The municipalities are in each other's way."
    case .country:
      return nb
        ? "Landets verdi følger med enhetens egen." : "The country's value follows the unit's own."
    case .noEffect:
      return nb ? "Endringen virker ikke på det målet gjelder." : "The change does not reach it."
    case .searchEnded:
      return nb ? "Ikke funnet." : "None was found."
    }
  }

  /// The word for the result in files.
  var word: String {
    switch change.result {
    case .alreadyMet: "met"
    case .change: ""
    case .impossible(let obstacle):
      switch obstacle {
      case .rate: "rate"
      case .otherSeries: "other_series"
      case .otherMember: "other_member"
      case .negativeNumerator: "negative_numerator"
      case .limit: "limit"
      case .rival: "rival"
      case .headroom: "headroom"
      case .place: "place"
      case .members: "members"
      case .country: "country"
      case .noEffect: "no_effect"
      case .searchEnded: "search_ended"
      }
    }
  }

  private func name(of limit: RequiredChange.Limit) -> String {
    switch limit {
    case .fullShare: nb ? "100 prosent" : "100 per cent"
    case .maximum(let value), .minimum(let value):
      (nb ? "grensen " : "the limit ") + NumberText.exact(value)
    case .emptyDenominator: nb ? "en tom nevner" : "an empty denominator"
    }
  }
}
