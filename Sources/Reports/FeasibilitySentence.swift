public import Regions
internal import Statistics

/// What may be said of a target in a sentence or two: what it takes, how rare that is, how likely.
///
/// The numbers are computed elsewhere; here they are put into words, never without the assumption
/// and the uncertainty they come with.
public struct FeasibilitySentence: Sendable, Hashable {
  /// The change that the target takes.
  public struct Requirement: Sendable, Hashable {
    /// The change over all years, in `unit`; rounded away from zero, as half a person is one more.
    /// `nil` when no such change leads to the target.
    public var change: Double?
    /// What the change is counted in.
    public var unit: MeasureUnit
    /// What is counted: nb `sysselsatte`, en `employed persons`; for kroner the revenue or cost.
    public var counted: LocalizedText
    /// Over how many years.
    public var years: Int

    /// Creates a requirement.
    public init(change: Double?, unit: MeasureUnit, counted: LocalizedText, years: Int) {
      self.change = change
      self.unit = unit
      self.counted = counted
      self.years = years
    }
  }

  /// How rare the change has been.
  public struct Record: Sendable, Hashable {
    /// The word for the difficulty.
    public var grade: Difficulty.Grade
    /// How many units have achieved it in some period.
    public var achieved: Int
    /// Of how many.
    public var units: Int
    /// Whether these are municipalities or regions.
    public var level: Level
    /// The share of the periods in which it was achieved, 0–1.
    public var share: Double
    /// The 95 % interval of that share, 0–1.
    public var interval: ClosedRange<Double>
    /// The name of the indicator whose history stands in, if the indicator's own is too short.
    public var substitute: LocalizedText?

    /// Creates a record.
    public init(
      grade: Difficulty.Grade,
      achieved: Int,
      units: Int,
      level: Level,
      share: Double,
      interval: ClosedRange<Double>,
      substitute: LocalizedText? = nil
    ) {
      self.grade = grade
      self.achieved = achieved
      self.units = units
      self.level = level
      self.share = share
      self.interval = interval
      self.substitute = substitute
    }

    /// The record of a comparison; `level` is that of its units.
    public init(_ comparison: Difficulty.Comparison, level: Level, substitute: LocalizedText?) {
      self.init(
        grade: comparison.grade,
        achieved: comparison.achievedUnits,
        units: comparison.units,
        level: level,
        share: comparison.achievedShare,
        interval: comparison.interval.lower...comparison.interval.upper,
        substitute: substitute
      )
    }
  }

  /// A probability from simulation.
  public struct Probability: Sendable, Hashable {
    /// The share of the simulated futures in which the target is met, 0–1.
    public var share: Double
    /// Its standard error from the finite number of simulations, 0–1.
    public var standardError: Double
    /// The 95 % interval of the share, 0–1.
    public var interval: ClosedRange<Double>

    /// Creates a probability.
    public init(share: Double, standardError: Double, interval: ClosedRange<Double>) {
      self.share = share
      self.standardError = standardError
      self.interval = interval
    }
  }

  /// The unit's name.
  public var unit: String
  /// The name of the indicator.
  public var indicator: LocalizedText
  /// The target after "in order to": nb `nå plass 20 innen 2030`, en `reach place 20 by 2030`.
  public var target: LocalizedText
  /// What it takes.
  public var requirement: Requirement
  /// What is assumed of the others, after "if": nb `de andre står stille`, en `the others stand still`.
  public var others: LocalizedText
  /// How rare that has been, or `nil` when no history can tell.
  public var record: Record?
  /// How likely it is, or `nil` when that was not computed.
  public var probability: Probability?
  /// On what the figures rest.
  public var basis: Basis

  /// Creates a sentence.
  public init(
    unit: String,
    indicator: LocalizedText,
    target: LocalizedText,
    requirement: Requirement,
    others: LocalizedText,
    record: Record?,
    probability: Probability?,
    basis: Basis
  ) {
    self.unit = unit
    self.indicator = indicator
    self.target = target
    self.requirement = requirement
    self.others = others
    self.record = record
    self.probability = probability
    self.basis = basis
  }

  /// The sentences: what it takes, how rare that is, what stands in for a missing history, how
  /// likely it is.
  public func sentences(_ language: Language) -> [String] {
    let needs = self.needs(language) + (language == .nb ? basisNb : basisEn)
    // What takes no change, or cannot be had by one, is neither rare nor common.
    guard let change = requirement.change, change != 0 else {
      return [needs + ".", likelihood(language)]
    }
    return [needs + "."] + history(language) + [likelihood(language)]
  }

  /// The sentences as one text.
  public func text(_ language: Language) -> String {
    sentences(language).joined(separator: " ")
  }

  // MARK: - What it takes

  private func needs(_ language: Language) -> String {
    let (target, others) = (target[language], others[language])
    guard let change = requirement.change else {
      return language == .nb
        ? "Ingen endring i \(counted(language)) alene gjør at \(unit) kan \(target) "
          + "hvis \(others)"
        : "No change in \(counted(language)) alone lets \(unit) \(target) if \(others)"
    }
    guard change != 0 else {
      return language == .nb
        ? "For å \(target) trenger \(unit) ingen endring i \(counted(language)) hvis \(others)"
        : "To \(target), \(unit) needs no change in \(counted(language)) if \(others)"
    }
    let amount = amount(change, language)
    let yearly = perYear(change, language)
    return language == .nb
      ? "For å \(target) må \(unit) ha \(amount)\(yearly), hvis \(others)"
      : "To \(target), \(unit) needs \(amount)\(yearly), if \(others)"
  }

  private func counted(_ language: Language) -> String { requirement.counted[language] }

  private var isMoney: Bool { requirement.unit == .nok || requirement.unit == .thousandNOK }

  /// A size in persons, kroner and so on, whole and rounded up.
  private func whole(_ change: Double, _ language: Language) -> String {
    let size = abs(change) * (requirement.unit == .thousandNOK ? 1000 : 1)
    return NumberText.fixed(size.rounded(.up), decimals: 0, language)
  }

  private func amount(_ change: Double, _ language: Language) -> String {
    let size = whole(change, language)
    let isMore = change > 0
    switch (language, isMoney) {
    case (.nb, true):
      return "\(size)\u{A0}kroner \(isMore ? "mer" : "mindre") i \(counted(.nb))"
    case (.en, true): return "NOK\u{A0}\(size) \(isMore ? "more" : "less") in \(counted(.en))"
    case (.nb, false): return "\(size) \(isMore ? "flere" : "færre") \(counted(.nb))"
    case (.en, false): return "\(size) \(isMore ? "more" : "fewer") \(counted(.en))"
    }
  }

  private func perYear(_ change: Double, _ language: Language) -> String {
    guard requirement.years > 1 else { return "" }
    let size = whole(change / Double(requirement.years), language)
    let amount = isMoney ? (language == .nb ? "\(size)\u{A0}kroner" : "NOK\u{A0}\(size)") : size
    return language == .nb ? ", om lag \(amount) i året" : ", about \(amount) a year"
  }

  private var basisNb: String {
    switch basis {
    case .observed: ""
    case .provisional: " (regnet fra foreløpige tall)"
    case .estimated: " (regnet fra anslåtte tall)"
    case .plan: " (regnet fra tallene i planen)"
    case .carried: " (regnet fra videreførte tall)"
    case .projected: " (regnet fra framskrevne tall)"
    }
  }

  private var basisEn: String {
    switch basis {
    case .observed: ""
    case .provisional: " (computed from provisional figures)"
    case .estimated: " (computed from estimated figures)"
    case .plan: " (computed from the figures of the plan)"
    case .carried: " (computed from figures carried forward)"
    case .projected: " (computed from projected figures)"
    }
  }

  // MARK: - How rare and how likely

  private func history(_ language: Language) -> [String] {
    guard let record else {
      return [
        language == .nb
          ? "Hvor vanskelig det er, kan ikke bedømmes: historien til «\(indicator.nb)» er for kort."
          : "How hard that is cannot be judged: the history of “\(indicator.en)” is too short."
      ]
    }
    let substitute = record.substitute.map { name in
      language == .nb
        ? "Historien til «\(indicator.nb)» er for kort; sammenlikningen gjelder plasser etter "
          + "«\(name.nb)»."
        : "The history of “\(indicator.en)” is too short; the comparison is of places by "
          + "“\(name.en)”."
    }
    return [language == .nb ? rarityNb(record) : rarityEn(record)] + [substitute].compactMap { $0 }
  }

  private func rarityNb(_ record: Record) -> String {
    let years = requirement.years == 1 ? "ett år" : "\(requirement.years) år"
    let noun = record.level == .region ? "regioner" : "kommuner"
    let done =
      record.achieved == 0
      ? "ingen av \(record.units) \(noun) har klart så mye på \(years)"
      : "\(record.achieved) av \(record.units) \(noun) har klart minst så mye på \(years)"
    return "Det er \(Wording.grade(record.grade).nb): \(done) "
      + "(\(periods(record.share, .nb)) prosent av periodene, "
      + "95\u{A0}%-intervall \(range(record.interval, .nb)) prosent)."
  }

  private func rarityEn(_ record: Record) -> String {
    let years = requirement.years == 1 ? "one year" : "\(requirement.years) years"
    let noun = record.level == .region ? "regions" : "municipalities"
    let verb = record.achieved == 1 ? "has" : "have"
    let done =
      record.achieved == 0
      ? "none of \(record.units) \(noun) has achieved as much in \(years)"
      : "\(record.achieved) of \(record.units) \(noun) \(verb) achieved at least as much in "
        + "\(years)"
    return "That is \(Wording.grade(record.grade).en): \(done) "
      + "(\(periods(record.share, .en)) per cent of the periods, "
      + "95% interval \(range(record.interval, .en)) per cent)."
  }

  private func likelihood(_ language: Language) -> String {
    guard let probability else {
      return language == .nb
        ? "Sannsynligheten er ikke beregnet." : "The probability has not been computed."
    }
    let share = shown(probability.share, language)
    let error = NumberText.fixed(100 * probability.standardError, decimals: 1, language)
    let interval = range(probability.interval, language)
    return language == .nb
      ? "Modellen gir det en sannsynlighet på \(share) prosent (simuleringsfeil \(error) "
        + "prosentpoeng, 95\u{A0}%-intervall \(interval) prosent)."
      : "The model gives it a probability of \(share) per cent (simulation error \(error) "
        + "percentage points, 95% interval \(interval) per cent)."
  }

  /// Per cent without decimals; never 0 or 100, which no simulation can know.
  private func shown(_ share: Double, _ language: Language) -> String {
    if share < 0.01 { return language == .nb ? "under 1" : "less than 1" }
    if share > 0.99 { return language == .nb ? "over 99" : "more than 99" }
    return NumberText.fixed(100 * share, decimals: 0, language)
  }

  /// Per cent with one decimal; what has happened is never shown as 0.
  private func periods(_ share: Double, _ language: Language) -> String {
    guard share > 0, share < 0.0005 else { return percent(share, language) }
    return (language == .nb ? "under " : "less than ") + percent(0.001, language)
  }

  private func percent(_ share: Double, _ language: Language) -> String {
    NumberText.fixed(100 * share, decimals: 1, language)
  }

  private func range(_ interval: ClosedRange<Double>, _ language: Language) -> String {
    "\(percent(interval.lowerBound, language))–\(percent(interval.upperBound, language))"
  }
}
