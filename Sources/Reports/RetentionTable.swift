internal import Regions

/// Units before and after a change of tax revenue: income before and after equalisation, places, and
/// what they keep.
struct RetentionTable {
  let earlier: EqualisationStandings
  let later: EqualisationStandings
  let language: Language
  /// What the state before the change and that after it are called.
  let words: (without: String, with: String)

  private var wording: EqualisationWording { EqualisationWording(language: language) }

  func columns(_ leading: [Table.Column]) -> [Table.Column] {
    let before = wording.text("Før", "Before")
    let after = wording.text("Etter", "After")
    let place = Wording.place[language]
    return leading + [
      Table.Column(
        "own_without",
        "\(before), \(words.without)",
        meaning: "tax per inhabitant before equalisation without the change, kr"
      ),
      Table.Column("rank_own_without", place, meaning: "place by it"),
      Table.Column(
        "own",
        "\(before), \(words.with)",
        meaning: "tax per inhabitant before equalisation with the change, kr"
      ),
      Table.Column("rank_own", place, meaning: "place by it"),
      Table.Column(
        "after_without",
        "\(after), \(words.without)",
        meaning: "tax per inhabitant after equalisation without the change, kr"
      ),
      Table.Column("rank_after_without", place, meaning: "place by it"),
      Table.Column(
        "after",
        "\(after), \(words.with)",
        meaning: "tax per inhabitant after equalisation with the change, kr"
      ),
      Table.Column("rank_after", place, meaning: "place by it"),
      Table.Column(
        "own_total",
        wording.text("Egen vekst, kr", "Own growth, kr"),
        meaning: "change of own tax, kr"
      ),
      Table.Column(
        "kept_per_inhabitant",
        wording.text("Beholdt per innb.", "Kept per inh."),
        meaning: "change of tax per inhabitant after equalisation, kr"
      ),
      Table.Column(
        "kept_total",
        wording.text("Beholdt, kr", "Kept, kr"),
        meaning: "change of tax after equalisation, kr"
      ),
      Table.Column(
        "kept_share",
        wording.text("Beholdt, %", "Kept, %"),
        meaning: "kept_total / own_total"
      ),
    ]
  }

  /// The cells of a unit; `nil` for one without figures.
  func cells(_ unit: Unit) -> [Table.Cell]? {
    guard let change = later.change(of: unit, since: earlier) else { return nil }
    let kept = change.retention
    return [
      .value(change.without.before, decimals: 0), .rank(change.without.placeBefore),
      .value(change.with.before, decimals: 0), .rank(change.with.placeBefore),
      .value(change.without.after, decimals: 0), .rank(change.without.placeAfter),
      .value(change.with.after, decimals: 0), .rank(change.with.placeAfter),
      .signed(kept.own, decimals: 0), .signed(kept.keptPerInhabitant, decimals: 0),
      .signed(kept.kept, decimals: 0),
      kept.share.map { .share($0, decimals: 1) } ?? .missing("–"),
    ]
  }

  /// Who crosses the threshold, if anybody.
  func crossingNotes() -> [String] {
    let (up, down) = later.crossings(since: earlier)
    let line = wording.threshold(later.equalisation.rates)
    func names(_ units: [Unit]) -> String {
      let shown = units.prefix(8).map(\.name).joined(separator: ", ")
      let rest = units.count - 8
      return rest > 0 ? shown + wording.text(" og \(rest) til", " and \(rest) more") : shown
    }
    var notes: [String] = []
    if !up.isEmpty {
      notes.append(
        wording.text(
          "Kommer opp i \(line) av landet, og beholder mer av vekst derfra: \(names(up)).",
          "Reaches \(line) of the country, and keeps more of growth from there: \(names(up))."
        )
      )
    }
    if !down.isEmpty {
      notes.append(
        wording.text(
          "Kommer under \(line) av landet: \(names(down)).",
          "Falls below \(line) of the country: \(names(down))."
        )
      )
    }
    return notes
  }
}
