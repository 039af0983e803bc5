import Forecasts
import Regions
import TestSupport
import Testing

@testable import Forecasts

@Suite struct IndicatorGrowthTests {
  static let made = MadeUpGrowth(
    units: 30,
    changes: 10,
    parameters: [.trend: 0.01, .noise: 0.01]
  )
  static let people = MadeUpGrowth(units: 30, changes: 10, seed: 2, parameters: [.noise: 0.01])
  static let last = 2011

  /// `amount` and `people` over eleven years, `loss` that may be negative; `short` for two years,
  /// and `new` for the last one, such that the logarithm of `new` per person is twice that of
  /// `amount` per person.
  static let panel: Panel = {
    let (amounts, residents) = (made.amounts, people.amounts)
    var panel = Panel(register: made.register)
    func add(_ id: String, _ years: ClosedRange<Int>, _ value: (Int, Int) -> Double) {
      let columns = years.map { year in
        let values = (0..<30).map { value($0, year - 2001) }
        return (year, Small.column(values, year: year, count: 30))
      }
      panel.add(
        Small.series(id, minimum: id == "loss" ? nil : 0),
        columns: Dictionary(uniqueKeysWithValues: columns)
      )
    }
    add("amount", 2001...last) { amounts[$0][$1] }
    add("loss", 2001...last) { amounts[$0][$1] }
    add("people", 2001...last) { residents[$0][$1] }
    add("residents", 2001...last) { residents[$0][$1] * 2 }
    add("short", 2010...last) { amounts[$0][$1] }
    add("new", last...last) { unit, year in
      let perHead = amounts[unit][year] / residents[unit][year]
      return residents[unit][year] * perHead * perHead / 10
    }
    add("population.total", 2001...last) { unit, _ in made.size(unit) }
    return panel
  }()

  static func catalogue(_ substitutes: [Substitute] = []) -> Catalogue {
    var catalogue = Catalogue(
      register: made.register,
      divisions: [made.division],
      series: ["amount", "loss", "people", "residents", "short", "new", "population.total"].map {
        Small.series($0)
      },
      indicators: [
        Small.indicator("amount", "amount"), Small.indicator("short", "short"), perHead,
        newPerHead, newShare,
      ]
    )
    catalogue.substitutes = substitutes
    return catalogue
  }

  static let perHead = Small.indicator("per_head", "amount", over: "people")
  static let newPerHead = Small.indicator("new_per_head", "new", over: "people")
  static let newShare = Small.indicator("new_share", "new", over: "people", isShare: true)
  static let named = Substitute(series: "new", lender: "per_head", note: "The nearest.")

  static func growth(
    _ indicator: Indicator,
    from baseline: Int = last,
    substitutes: [Substitute] = [],
    borrow: [String: String] = [:],
    parameters: [String: [String: Double]] = [:]
  ) throws(ForecastError) -> IndicatorGrowth {
    try IndicatorGrowth(
      indicator,
      from: baseline,
      panel: panel,
      catalogue: catalogue(substitutes),
      groups: made.groups,
      borrow: borrow,
      parameters: parameters
    )
  }

  // MARK: - Own history

  @Test("A quantity with a history has its own model, and so has the denominator")
  func own() throws {
    let growth = try Self.growth(Self.perHead)
    #expect(growth.value.lender == nil)
    #expect(growth.value.factor == 1)
    #expect(growth.value.note.isEmpty)
    #expect(growth.value.ownYears == 10)
    #expect(growth.value.quantity.name == "amount/people")
    let denominator = try #require(growth.denominator)
    #expect(denominator.series == "people")
    #expect(denominator.quantity.scale == .log)
    // The more people, the less for each: −1 / √3 with a trend and noise besides, told from 300.
    expectClose(growth.correlation, -0.577, absolute: 0.15)
    let forecast = growth.forecast(years: 2)
    #expect(
      forecast.value
        == growth.value.model.forecast(
          years: 2,
          from: Self.last,
          register: Self.made.register
        )
    )
    #expect(forecast.denominator != nil)
    #expect(forecast.correlation == growth.correlation)
  }

  @Test("An amount has no denominator; a weighted mean has its weight for one")
  func denominators() throws {
    #expect(try Self.growth(Small.indicator("amount", "amount")).denominator == nil)
    let weighted = Small.indicator("level", "amount", weight: "people", unit: .index)
    let growth = try Self.growth(weighted)
    #expect(growth.value.quantity.scale == .identity)
    #expect(growth.value.quantity.denominator == nil)
    #expect(growth.denominator?.series == "people")
  }

  @Test("Later figures are not looked at")
  func baseline() throws {
    let growth = try Self.growth(Small.indicator("amount", "amount"), from: 2006)
    #expect(growth.value.model.history.years == 2001...2006)
    #expect(growth.value.ownYears == 5)
  }

  // MARK: - Borrowing

  @Test("A named ratio lends its growth, as much wider as the values lie apart")
  func borrowedRatio() throws {
    let growth = try Self.growth(Self.newPerHead, substitutes: [Self.named])
    #expect(growth.value.lender == "per_head")
    #expect(growth.value.note == "The nearest.")
    #expect(growth.value.ownYears == 0)
    #expect(growth.value.quantity.name == "new/people")
    #expect(growth.value.model.history.quantity.name == "amount/people")
    expectClose(growth.value.factor, 2, relative: 1e-9)
    let lent = try Self.growth(Self.perHead).forecast(years: 2).value
    let forecast = growth.forecast(years: 2).value
    expectClose(forecast.mean, lent.mean.map { 2 * $0 }, relative: 1e-9)
    expectClose(forecast.ownFactors, lent.ownFactors.map { 2 * $0 }, relative: 1e-9)
    expectClose(forecast.groupFactor, lent.groupFactor.map { 2 * $0 }, relative: 1e-9)
    expectClose(forecast.nationalFactor, lent.nationalFactor.map { 2 * $0 }, relative: 1e-9)
    #expect(forecast.scale == .log)
  }

  @Test("Borrowed changes of a share are read on its own scale")
  func borrowedScale() throws {
    let growth = try Self.growth(Self.newShare, substitutes: [Self.named])
    #expect(growth.value.quantity.scale == .logit)
    #expect(growth.forecast(years: 1).value.scale == .logit)
    #expect(growth.value.model.history.quantity.scale == .log)
  }

  @Test("A series lends its growth per the same denominator, or per its substitute")
  func borrowedSeries() throws {
    let growth = try Self.growth(Self.newPerHead, borrow: ["new": "amount"])
    #expect(growth.value.lender == "amount")
    #expect(growth.value.note.isEmpty)
    #expect(growth.value.model.history.quantity.name == "amount/people")
    expectClose(growth.value.factor, 2, relative: 1e-9)
    let stand = Substitute(series: "people", lender: "residents", note: "")
    let other = try Self.growth(
      Self.newPerHead,
      substitutes: [stand],
      borrow: ["new": "amount"]
    )
    #expect(other.value.model.history.quantity.name == "amount/residents")
    let given = try Self.growth(
      Self.newPerHead,
      substitutes: [stand],
      borrow: ["new": "amount", "people": "population.total"]
    )
    #expect(given.value.model.history.quantity.name == "amount/population.total")
    #expect(given.denominator?.lender == "population.total")
  }

  @Test(
    "What is given goes before the dataset's and before an own history; an amount is not scaled"
  )
  func borrowGiven() throws {
    let growth = try Self.growth(
      Self.newPerHead,
      substitutes: [Substitute(series: "new", lender: "nothing", note: "Wrong.")],
      borrow: ["new": "per_head"]
    )
    #expect(growth.value.lender == "per_head")
    #expect(growth.value.note.isEmpty)
    let amount = try Self.growth(Small.indicator("amount", "amount"), borrow: ["amount": "people"])
    #expect(amount.value.lender == "people")
    #expect(amount.value.factor == 1)
    #expect(amount.value.ownYears == 10)
    #expect(amount.value.model.history.quantity.name == "people")
  }

  // MARK: - Parameters

  @Test("Given parameters replace the estimated ones of the value or of the denominator")
  func parameters() throws {
    let growth = try Self.growth(
      Self.perHead,
      parameters: ["per_head": ["noise": 0.5, "tails": 4], "people": ["size_noise": 7], "x": [:]]
    )
    #expect(growth.value.model.parameters[.noise] == 0.5)
    #expect(growth.value.model.parameters[.tails] == 4)
    #expect(growth.denominator?.model.parameters[.sizeNoise] == 7)
    #expect(growth.denominator?.model.parameters[.noise] != 0.5)
    let borrowed = try Self.growth(
      Self.newPerHead,
      substitutes: [Self.named],
      parameters: ["new_per_head": ["scale": 0.25]]
    )
    #expect(borrowed.value.factor == 0.25)
  }

  @Test(
    "The ranges of the parameters",
    arguments: [
      ("persistence", 1, "must be from 0 up to, not including, 1"),
      ("region_persistence", -0.1, "must be from 0 up to, not including, 1"),
      ("county_correlation", 1.5, "must be from 0 up to, not including, 1"),
      ("tails", 2, "must be above 2"), ("tails", .nan, "must be above 2"),
      ("national", .infinity, "must be a number"), ("noise", -0.1, "must be 0 or more"),
      ("trend", .infinity, "must be 0 or more"), ("drift", .nan, "must be 0 or more"),
      ("size_noise", -1, "must be 0 or more"), ("level_noise", -1, "must be 0 or more"),
      ("region_trend", -1, "must be 0 or more"), ("region_drift", -1, "must be 0 or more"),
      ("region_shock", -1, "must be 0 or more"), ("national_noise", -1, "must be 0 or more"),
    ] as [(String, Double, String)]
  )
  func ranges(_ name: String, _ value: Double, _ objection: String) throws {
    let parameter = try #require(GrowthParameters.Name(rawValue: name))
    #expect(GrowthParameters.objection(to: value, for: parameter) == objection)
    let text = errorText {
      try Self.growth(Self.perHead, parameters: ["per_head": [name: value]])
    }
    #expect(text == "The parameter \(name) of per_head \(objection).")
  }

  @Test("What a parameter may be at the edges of its range")
  func edges() {
    for name in GrowthParameters.Name.allCases {
      let allowed = name == .tails ? [2.1, .infinity] : name == .national ? [-1, 0] : [0, 0.99]
      for value in allowed { #expect(GrowthParameters.objection(to: value, for: name) == nil) }
    }
  }

  // MARK: - Errors

  static let parameterNames = """
    trend, drift, persistence, noise, size_noise, level_noise, region_trend, region_drift, \
    region_persistence, region_shock, county_correlation, national, national_noise, tails
    """

  @Test("A parameter that is not there, with the nearest that is")
  func unknownParameter() {
    func text(_ name: String, _ indicator: Indicator = Self.perHead) -> String {
      errorText {
        try Self.growth(
          indicator,
          substitutes: [Self.named],
          parameters: [indicator.id: [name: 1]]
        )
      }
    }
    let names = Self.parameterNames
    #expect(
      text("nois") == "The growth model of per_head has no parameter nois; it has \(names). "
        + "Did you mean noise?"
    )
    // Only borrowed changes are scaled.
    #expect(
      text("scale") == "The growth model of per_head has no parameter scale; it has \(names)."
    )
    #expect(
      text("scal", Self.newPerHead) == "The growth model of new_per_head has no parameter scal; "
        + "it has \(names), scale. Did you mean scale?"
    )
    let negative = errorText {
      try Self.growth(
        Self.newPerHead,
        substitutes: [Self.named],
        parameters: ["new_per_head": ["scale": -1]]
      )
    }
    #expect(negative == "The parameter scale must be 0 or more.")
    let denominator = errorText {
      try Self.growth(Self.perHead, parameters: ["people": ["tail": 4]])
    }
    #expect(
      denominator == "The growth model of people has no parameter tail; it has \(names). "
        + "Did you mean tails?"
    )
  }

  @Test("No history, or too short a one, and nobody to borrow from")
  func noHistory() {
    let short = Small.indicator("short", "short")
    #expect(
      errorText { try Self.growth(short) } == """
        short has 1 yearly change up to 2011, too few to say how it moves; 3 are needed. Name a \
        series or ratio with a history under others.borrow: short, give parameters under \
        futures.parameters, or choose a later baseline.
        """
    )
    #expect(
      errorText { try Self.growth(Self.perHead, from: 2000) } == """
        amount/people has no yearly changes up to 2000, too few to say how it moves; 3 are needed. \
        Name a series or ratio with a history under others.borrow: amount, give parameters under \
        futures.parameters, or choose a later baseline.
        """
    )
    #expect(
      errorText { try Self.growth(Self.perHead, from: 2003) } == """
        amount/people has 2 yearly changes up to 2003, too few to say how it moves; 3 are needed. \
        Name a series or ratio with a history under others.borrow: amount, give parameters under \
        futures.parameters, or choose a later baseline.
        """
    )
    #expect(throws: Never.self) { try Self.growth(Self.perHead, from: 2004) }
    // The value is borrowed, but the denominator has no history.
    let perShort = Small.indicator("a", "amount", over: "short")
    let text = errorText { try Self.growth(perShort, borrow: ["amount": "per_head"]) }
    #expect(text.hasPrefix("short has 1 yearly change up to 2011"), "\(text)")
  }

  @Test("Lenders that cannot lend")
  func lenders() {
    let short = Small.indicator("short", "short")
    func text(_ lender: String, from baseline: Int = Self.last) -> String {
      errorText { try Self.growth(short, from: baseline, borrow: ["short": lender]) }
    }
    #expect(
      text("new")
        == "new, from which short borrows its growth, has no yearly changes up to 2011; 3 are needed."
    )
    #expect(
      text("amount", from: 2003)
        == "amount, from which short borrows its growth, has 2 yearly changes up to 2003; 3 are "
        + "needed."
    )
    #expect(
      text("per_head")
        == "short is no ratio, so it cannot borrow the growth of the ratio per_head."
    )
    #expect(
      text("nobody") == "nobody, from which short borrows its growth, is no series of the dataset."
    )
    #expect(text("loss") == "loss, from which short borrows its growth, can be negative.")
    let ratio = errorText {
      try Self.growth(Self.newPerHead, from: 2003, borrow: ["new": "per_head"])
    }
    #expect(
      ratio
        == "amount/people, from which new borrows its growth, has 2 yearly changes up to 2003; 3 "
        + "are needed."
    )
  }

  @Test("An error says what it is about")
  func subjects() {
    #expect(throws: ForecastError.self) { try Self.growth(Small.indicator("short", "short")) }
    func subject(_ body: () throws(ForecastError) -> IndicatorGrowth) -> ForecastError.Subject? {
      do {
        _ = try body()
        return nil
      } catch {
        return error.subject
      }
    }
    let short = Small.indicator("short", "short")
    #expect(
      subject { () throws(ForecastError) in try Self.growth(short) } == .history(series: "short")
    )
    #expect(
      subject { () throws(ForecastError) in try Self.growth(short, borrow: ["short": "new"]) }
        == .lender(series: "short")
    )
    #expect(
      subject { () throws(ForecastError) in
        try Self.growth(Self.perHead, parameters: ["people": ["x": 1]])
      } == .parameter(process: "people", name: "x")
    )
  }

  @Test("The series that a model may need")
  func series() {
    func series(_ indicator: Indicator, _ borrow: [String: String] = [:]) -> Set<String> {
      IndicatorGrowth.series(
        of: indicator,
        catalogue: Self.catalogue([Self.named]),
        borrow: borrow
      ).filter { $0 != "per_head" }
    }
    #expect(series(Small.indicator("amount", "amount")) == ["amount", "population.total"])
    #expect(series(Self.newPerHead) == ["new", "people", "amount", "population.total"])
    #expect(
      series(Self.newPerHead, ["new": "loss", "people": "residents"])
        == ["new", "people", "loss", "residents", "population.total"]
    )
    let weighted = Small.indicator("level", "amount", weight: "people")
    #expect(series(weighted) == ["amount", "people", "population.total"])
  }
}
