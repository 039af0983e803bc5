import Regions
import Reports
import TestSupport
import Testing

@Suite struct FeasibilitySentenceTests {
  private let sentence = FeasibilitySentence(
    unit: "Mosseregionen",
    indicator: LocalizedText(nb: "Sysselsettingsandel 20–66 år", en: "Employment share aged 20-66"),
    target: LocalizedText(
      nb: "nå plass 20 blant regionene innen 2030",
      en: "reach place 20 among the regions by 2030"
    ),
    requirement: .init(
      change: 1534.2,
      unit: .persons,
      counted: LocalizedText(nb: "sysselsatte", en: "employed persons"),
      years: 6
    ),
    others: LocalizedText(nb: "de andre står stille", en: "the others stand still"),
    record: .init(
      grade: .ambitious,
      achieved: 12,
      units: 73,
      level: .region,
      share: 0.084,
      interval: 0.0412...0.1608,
      substitute: nil
    ),
    probability: .init(share: 0.231, standardError: 0.0042, interval: 0.223...0.2392),
    basis: .observed
  )

  @Test func whole() {
    #expect(
      sentence.text(.nb)
        == "For å nå plass 20 blant regionene innen 2030 må Mosseregionen ha 1\u{A0}535 flere "
        + "sysselsatte, om lag 256 i året, hvis de andre står stille. Det er ambisiøst: 12 av 73 "
        + "regioner har klart minst så mye på 6 år (8,4 prosent av periodene, 95\u{A0}%-intervall "
        + "4,1–16,1 prosent). Modellen gir det en sannsynlighet på 23 prosent (simuleringsfeil 0,4 "
        + "prosentpoeng, 95\u{A0}%-intervall 22,3–23,9 prosent)."
    )
    #expect(
      sentence.text(.en)
        == "To reach place 20 among the regions by 2030, Mosseregionen needs 1,535 more employed "
        + "persons, about 256 a year, if the others stand still. That is ambitious: 12 of 73 "
        + "regions have achieved at least as much in 6 years (8.4 per cent of the periods, 95% "
        + "interval 4.1–16.1 per cent). The model gives it a probability of 23 per cent (simulation "
        + "error 0.4 percentage points, 95% interval 22.3–23.9 per cent)."
    )
  }

  @Test(arguments: [
    (
      MeasureUnit.nok, 12_345_678.1, 2,
      "må Mosseregionen ha 12\u{A0}345\u{A0}679\u{A0}kroner mer i skatt, om lag "
        + "6\u{A0}172\u{A0}840\u{A0}kroner i året, hvis",
      "needs NOK\u{A0}12,345,679 more in tax, about NOK\u{A0}6,172,840 a year, if"
    ),
    (
      .thousandNOK, 1.5, 1, "må Mosseregionen ha 1\u{A0}500\u{A0}kroner mer i skatt, hvis",
      "needs NOK\u{A0}1,500 more in tax, if"
    ),
    (.nok, -10, 1, "ha 10\u{A0}kroner mindre i skatt, hvis", "needs NOK\u{A0}10 less in tax, if"),
    (
      .persons, -30.5, 3, "ha 31 færre skatt, om lag 11 i året, hvis",
      "needs 31 fewer tax, about 11 a year, if"
    ),
  ])
  func amounts(unit: MeasureUnit, change: Double, years: Int, nb: String, en: String) {
    var sentence = sentence
    sentence.requirement = .init(
      change: change,
      unit: unit,
      counted: LocalizedText(nb: "skatt", en: "tax"),
      years: years
    )
    #expect(sentence.sentences(.nb)[0].contains(nb), "\(sentence.sentences(.nb)[0])")
    #expect(sentence.sentences(.en)[0].contains(en), "\(sentence.sentences(.en)[0])")
  }

  @Test func noChangeAndNoWay() {
    var sentence = sentence
    sentence.requirement.change = 0
    #expect(
      sentence.sentences(.nb)[0]
        == "For å nå plass 20 blant regionene innen 2030 trenger Mosseregionen ingen endring i "
        + "sysselsatte hvis de andre står stille."
    )
    #expect(sentence.sentences(.nb).count == 2)
    sentence.requirement.change = nil
    sentence.probability = nil
    #expect(
      sentence.text(.nb)
        == "Ingen endring i sysselsatte alene gjør at Mosseregionen kan nå plass 20 blant regionene "
        + "innen 2030 hvis de andre står stille. Sannsynligheten er ikke beregnet."
    )
    #expect(
      sentence.text(.en)
        == "No change in employed persons alone lets Mosseregionen reach place 20 among the regions "
        + "by 2030 if the others stand still. The probability has not been computed."
    )
  }

  @Test(arguments: [
    (
      Basis.estimated, "hvis de andre står stille (regnet fra anslåtte tall).",
      "if the others stand still (computed from estimated figures)."
    ),
    (
      .carried, "hvis de andre står stille (regnet fra videreførte tall).",
      "if the others stand still (computed from figures carried forward)."
    ),
  ])
  func basis(basis: Basis, nb: String, en: String) {
    var sentence = sentence
    sentence.basis = basis
    #expect(sentence.sentences(.nb)[0].hasSuffix(nb))
    #expect(sentence.sentences(.en)[0].hasSuffix(en))
  }

  @Test func noneOneAndASubstitute() {
    var sentence = sentence
    sentence.record = .init(
      grade: .withoutParallel,
      achieved: 0,
      units: 357,
      level: .municipality,
      share: 0,
      interval: 0...0.0107,
      substitute: LocalizedText(
        nb: "Private arbeidsplasser per 1000 innbyggere",
        en: "Private-sector jobs per 1000 inhabitants"
      )
    )
    sentence.requirement.years = 1
    #expect(
      sentence.sentences(.nb)[1...2].joined(separator: " ")
        == "Det er uten sidestykke i dataene: ingen av 357 kommuner har klart så mye på ett år (0,0 "
        + "prosent av periodene, 95\u{A0}%-intervall 0,0–1,1 prosent). Historien til "
        + "«Sysselsettingsandel 20–66 år» er for kort; sammenlikningen gjelder plasser etter "
        + "«Private arbeidsplasser per 1000 innbyggere»."
    )
    #expect(
      sentence.sentences(.en)[1...2].joined(separator: " ")
        == "That is without parallel in the data: none of 357 municipalities has achieved as much in "
        + "one year (0.0 per cent of the periods, 95% interval 0.0–1.1 per cent). The history of "
        + "“Employment share aged 20-66” is too short; the comparison is of places by "
        + "“Private-sector jobs per 1000 inhabitants”."
    )
    sentence.record?.achieved = 1
    #expect(sentence.sentences(.nb)[1].contains("1 av 357 kommuner har klart minst så mye"))
    #expect(sentence.sentences(.en)[1].contains("1 of 357 municipalities has achieved at least"))
    sentence.record?.share = 1.0 / 14_078
    #expect(sentence.sentences(.nb)[1].contains("(under 0,1 prosent av periodene, "))
    #expect(sentence.sentences(.en)[1].contains("(less than 0.1 per cent of the periods, "))
    sentence.record = nil
    #expect(
      sentence.sentences(.nb)[1]
        == "Hvor vanskelig det er, kan ikke bedømmes: historien til «Sysselsettingsandel 20–66 år» "
        + "er for kort."
    )
    #expect(
      sentence.sentences(.en)[1]
        == "How hard that is cannot be judged: the history of “Employment share aged 20-66” is too "
        + "short."
    )
  }

  @Test(arguments: [
    (0.0, "under 1 prosent", "less than 1 per cent"), (0.0099, "under 1 prosent", "less than 1"),
    (0.01, "1 prosent", "1 per cent"), (0.99, "99 prosent", "99 per cent"),
    (0.991, "over 99 prosent", "more than 99 per cent"),
    (1.0, "over 99 prosent", "more than 99 per cent"),
  ])
  func aProbabilityIsNeverCertain(share: Double, nb: String, en: String) {
    var sentence = sentence
    sentence.probability = .init(share: share, standardError: 0.001, interval: 0...1)
    #expect(sentence.text(.nb).contains("en sannsynlighet på \(nb)"))
    #expect(sentence.text(.en).contains("a probability of \(en)"))
  }

  @Test(arguments: [
    (Difficulty.Grade.common, "Det er vanlig:", "That is common:"),
    (.demanding, "Det er krevende:", "That is demanding:"),
    (.ambitious, "Det er ambisiøst:", "That is ambitious:"),
    (.rare, "Det er sjeldent:", "That is rare:"),
    (
      .withoutParallel, "Det er uten sidestykke i dataene:", "That is without parallel in the data:"
    ),
  ])
  func grades(grade: Difficulty.Grade, nb: String, en: String) {
    var sentence = sentence
    sentence.record?.grade = grade
    #expect(sentence.sentences(.nb)[1].hasPrefix(nb))
    #expect(sentence.sentences(.en)[1].hasPrefix(en))
  }

  // MARK: - Warnings

  @Test func nothingToWarnOf() {
    #expect(FeasibilityWarning.all(in: .init()).isEmpty)
  }

  @Test func everyWarning() {
    var circumstances = FeasibilityWarning.Circumstances()
    circumstances.isOfPlaces = true
    circumstances.startPlace = 35.5
    circumstances.ranked = 357
    circumstances.targetShare = 0.912
    circumstances.municipalities = ["Råde": 7_900, "Våler": 6_204, "Moss": 53_000]
    circumstances.denominator = LocalizedText(nb: "Folkemengde", en: "Population")
    circumstances.isOfAmounts = true
    circumstances.carried = 353
    circumstances.estimated = 4
    let warnings = FeasibilityWarning.all(in: circumstances)
    #expect(
      warnings.map(\.text.nb) == [
        "Plasser er et nullsumspill: det én vinner, taper andre, og de andre har også mål.",
        "Plass 35,5 av 357 er nær taket: det er få plasser igjen å vinne.",
        "Målet krever 91,2 prosent, nær taket på 100.",
        "Våler (6\u{A0}204) og Råde (7\u{A0}900) har få innbyggere, og tilfeldigheter kan flytte dem "
          + "mange plasser.",
        "Tallet blir også bedre når «Folkemengde» synker, uten at noen har fått det bedre.",
        "Et antall sier ikke hvor mange det er å dele på: se også på tallet per innbygger.",
        "353 av de 357 rangerte bygger på videreførte tall.",
        "4 av de 357 rangerte bygger på anslåtte tall.",
      ]
    )
    #expect(
      warnings.map(\.text.en) == [
        "Places are a zero-sum game: what one wins others lose, and they have targets too.",
        "Place 35.5 of 357 is near the ceiling: few places are left to win.",
        "The target takes 91.2 per cent, near the ceiling of 100.",
        "Våler (6,204) and Råde (7,900) have few inhabitants, and chance alone can move them many "
          + "places.",
        "The figure also improves when “Population” falls, without anybody being better off.",
        "A number does not say how many share it: look at the figure per inhabitant too.",
        "353 of the 357 ranked units rest on carried values.",
        "4 of the 357 ranked units rest on estimated values.",
      ]
    )
  }

  @Test func limitsOfTheWarnings() {
    func texts(_ change: (inout FeasibilityWarning.Circumstances) -> Void) -> [String] {
      var circumstances = FeasibilityWarning.Circumstances()
      change(&circumstances)
      return FeasibilityWarning.all(in: circumstances).map(\.text.en)
    }
    func place(_ place: Double) -> [String] {
      Array(
        texts {
          $0.isOfPlaces = true
          $0.startPlace = place
          $0.ranked = 73
        }.dropFirst()
      )
    }
    #expect(place(8) == [])
    #expect(place(7) == ["Place 7 of 73 is near the ceiling: few places are left to win."])
    #expect(place(1) == ["Place 1 is the ceiling: from there the only way is down."])
    #expect(texts { $0.targetShare = 0.89 } == [])
    #expect(
      texts { $0.targetShare = 1.01 }
        == ["The target takes more than 100 per cent and cannot be reached."]
    )
    #expect(texts { $0.municipalities = ["Ås": 10_000] } == [])
    #expect(
      texts { $0.municipalities = ["Ås": 9_999] }
        == ["Ås (9,999) has few inhabitants, and chance alone can move them many places."]
    )
    #expect(
      texts {
        $0.denominator = LocalizedText(nb: "n", en: "n")
        $0.direction = .lower
      } == ["The figure also improves when “n” rises, without anybody being better off."]
    )
  }
}
