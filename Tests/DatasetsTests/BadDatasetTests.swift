import Datasets
import TestSupport
import Testing

/// Each way to spoil a dataset, with the whole message that names file, line and column.
@Suite struct BadDatasetTests {
  struct Spoilt: Sendable, CustomTestStringConvertible {
    let file: String
    let text: String
    let replacement: String
    let message: String

    init(_ file: String, _ text: String, _ replacement: String, _ message: String) {
      self.file = file
      self.text = text
      self.replacement = replacement
      self.message = message
    }

    var testDescription: String { "\(file): \(text) → \(replacement)" }
  }

  private func message(_ fixture: FixtureDataset) -> String {
    errorText { try fixture.panel() }.replacing(fixture.path + "/", with: "")
  }

  @Test(arguments: values + tables)
  func spoilt(_ spoilt: Spoilt) throws {
    let fixture = try FixtureDataset()
    try fixture.replace(spoilt.text, with: spoilt.replacement, in: spoilt.file)
    #expect(message(fixture) == spoilt.message)
  }

  private static let people = "values/people.csv"
  private static let first = "population.total,0301,2020,690000,observed,"

  private static let values: [Spoilt] = [
    Spoilt(
      people,
      first,
      "population.total,0301,2020,NaN,observed,",
      "values/people.csv:2:28: The column \"value\" must be a number, not \"NaN\"."
    ),
    Spoilt(
      people,
      first,
      "population.total,0301,2020,690000,5,observed,",
      "values/people.csv:2: The line has 7 fields; the header has 6."
    ),
    Spoilt(
      people,
      first,
      "population.total,0301,2020,\"690000,5\",observed,",
      """
      values/people.csv:2:29: The column "value" must be a number, not "690000,5". \
      Write the decimals after a point.
      """
    ),
    Spoilt(
      people,
      first,
      "population.total,0301,2020,-690000,observed,",
      """
      values/people.csv:2:28: The column "value" is -690000; population.total cannot be below 0.
      """
    ),
    Spoilt(
      "values/rates.csv",
      "low_income.share,3103,2023,12.1",
      "low_income.share,3103,2023,121",
      """
      values/rates.csv:12:28: The column "value" is 121; low_income.share cannot be above 100.
      """
    ),
    Spoilt(
      people,
      first,
      first + "\n" + first,
      "values/people.csv:3: A second row for population.total, 0301, 2020."
    ),
    Spoilt(
      people,
      "population.total,0301,2021,695000,observed,",
      "population.total,301,2021,695000,observed,",
      """
      values/people.csv:9:18: The column "municipality" has "301", which is not known. \
      Has its leading zero been lost?
      """
    ),
    Spoilt(
      people,
      first,
      "population.total,9999,2020,690000,observed,",
      "values/people.csv:2:18: The column \"municipality\" has \"9999\", which is not known."
    ),
    Spoilt(
      people,
      first,
      "population.total,0301,2020.0,690000,observed,",
      "values/people.csv:2:23: The column \"year\" must be a whole number, not \"2020.0\""
    ),
    Spoilt(
      people,
      first,
      "population.total,0301,2020,690000,observd,",
      """
      values/people.csv:2:35: The column "basis" must be observed, provisional, estimated or plan \
      where there is a value, not "observd"
      """
    ),
    Spoilt(people, first, "population.total,0301,2020,,observed,", gap("2:28")),
    Spoilt(
      people,
      "population.total,1508,2020,,missing,combined",
      "population.total,1508,2020,,missing,",
      gap("4:28")
    ),
    Spoilt(
      people,
      "population.total,1508,2020,,missing,combined",
      "population.total,1508,2020,,missing,not_in_series",
      gap("4:28")
    ),
    Spoilt(
      people,
      first + "\n",
      "",
      """
      values/people.csv: population.total has no row for 0301 Oslo in 2020. The series is said to \
      be complete; a missing value needs a row with its reason. Has the file been cut off?
      """
    ),
  ]

  private static func gap(_ place: String) -> String {
    """
    values/people.csv:\(place): The column "value" is empty; then basis must be "missing" and \
    reason one of split, combined, suppressed, not_published, not_computable, implausible, \
    not_applicable, pending
    """
  }

  private static let tables: [Spoilt] = [
    Spoilt(
      "memberships.csv",
      "areas,A3,Østlandet sør,3103,official\n",
      "areas,A3,Østlandet sør,3103,official\nareas,A2,Sunnmøre,3103,official\n",
      """
      memberships.csv: 3103 Moss is in two regions of areas: A2 and A3. In a partition each \
      municipality is in exactly one.
      """
    ),
    Spoilt(
      "memberships.csv",
      "areas,A3,Østlandet sør,3103,official\n",
      "",
      "memberships.csv: 3103 Moss is in no region of areas. In a partition each is in one."
    ),
    Spoilt(
      "memberships.csv",
      "areas,A1,Oslo,0301",
      "areas,A1,Oslo,301",
      """
      memberships.csv:2:15: The column "municipality" has "301", which is not in municipalities.csv
      """
    ),
    Spoilt(
      "memberships.csv",
      "areas,A2,Sunnmøre,1580",
      "areas,A2,Sunnmøre,1508",
      "memberships.csv:4:19: The column \"municipality\" has 1508 twice in areas/A2"
    ),
    Spoilt(
      "memberships.csv",
      "areas,A2,Sunnmøre,1580",
      "areas,A2,Sunnmore,1580",
      "memberships.csv:4:10: The column \"region_name\" calls A2 \"Sunnmore\"; above it is \"Sunnmøre\""
    ),
    Spoilt(
      "memberships.csv",
      "circles,C1,Indre ring,0301",
      "circle,C1,Indre ring,0301",
      "memberships.csv: The division circle is not in divisions.csv."
    ),
    Spoilt(
      "memberships.csv",
      "3103,inferred",
      "3103,infered",
      """
      memberships.csv:9:28: The column "basis" must be one of official, documented, inferred, \
      assumed, not "infered". Did you mean inferred?
      """
    ),
    Spoilt(
      "divisions.csv",
      "peer_set",
      "peerset",
      """
      divisions.csv:3:9: The column "kind" must be one of partition, peer_set, not "peerset". \
      Did you mean peer_set?
      """
    ),
    Spoilt(
      "divisions.csv",
      "areas,partition",
      "area,partition",
      "divisions.csv:2:1: The column \"id\" has area, which memberships.csv does not"
    ),
    Spoilt(
      "municipalities.csv",
      "0301,Oslo",
      "301,Oslo",
      """
      municipalities.csv:2:1: The column "code" must have four digits with the leading zero kept, \
      not "301"
      """
    ),
    Spoilt(
      "municipalities.csv",
      "3114,Våler",
      "3103,Våler",
      "municipalities.csv:6:1: The column \"code\" has 3103 twice"
    ),
    Spoilt(
      "municipalities.csv",
      "3114,Våler",
      "2114,Våler",
      "municipalities.csv:6:1: The column \"code\" must ascend; 2114 stands after 3103"
    ),
    Spoilt(
      "municipalities.csv",
      "county_name",
      "county_nam",
      "municipalities.csv:1: The column \"county_name\" is missing. Is it \"county_nam\"?"
    ),
    Spoilt(
      "combined_units.csv",
      "1508 1580",
      "1508 1581",
      "combined_units.csv:2:26: The column \"members\" names 1581, which is not a municipality"
    ),
    Spoilt(
      "combined_units.csv",
      "1508 1580",
      "1508",
      "combined_units.csv:2:26: The column \"members\" must name at least two municipalities"
    ),
    Spoilt(
      "combined_units.csv",
      "1507,",
      "1508,",
      "combined_units.csv:2:1: The column \"code\" has 1508, which another unit bears"
    ),
    Spoilt(
      "combined_units.csv",
      "1508 1580,true",
      "1508 1580,yes",
      "combined_units.csv:2:36: The column \"is_municipality\" must be true or false, not \"yes\"."
    ),
    Spoilt(
      "series.csv",
      "Population,persons",
      "Population,person",
      """
      series.csv:2:41: The column "unit" must be one of persons, jobs, NOK, thousand_NOK, percent, \
      percentage_points, per_1000, index, decare, dwellings, enterprises, place, other, not \
      "person". Did you mean persons?
      """
    ),
    Spoilt(
      "series.csv",
      "2020,2024,all,sum",
      "2020,2024,al,sum",
      """
      series.csv:2:82: The column "coverage" must be all or partial, not "al". Did you mean all?
      """
    ),
    Spoilt(
      "series.csv",
      "2020,2024,all,sum",
      "2020,2024,all,yes",
      "series.csv:2:86: The column \"country_total\" must be sum or none, not \"yes\"."
    ),
    Spoilt(
      "series.csv",
      "2020,2024,all",
      "2025,2024,all",
      "series.csv:2:77: The column \"last_year\" is before first_year"
    ),
    Spoilt(
      "series.csv",
      "tax.rate,Skattenivå",
      "employed.20_66,Skattenivå",
      "series.csv:5:1: The column \"id\" has employed.20_66 twice"
    ),
    Spoilt(
      "indicators.csv",
      "employed.20_66,employment.base,100,ratio_of_sums,,,share",
      "employed.20_6,employment.base,100,ratio_of_sums,,,share",
      """
      indicators.csv:3:72: The column "numerator" names "employed.20_6", which is not a series. \
      Is it employed.20_66?
      """
    ),
    Spoilt(
      "indicators.csv",
      "employment.base,100,ratio_of_sums,,,share",
      ",100,ratio_of_sums,,,share",
      "indicators.csv:3:87: The column \"denominator\" is empty; a ratio of sums needs one"
    ),
    Spoilt(
      "indicators.csv",
      "weighted_mean,population.total",
      "weighted_mean,",
      "indicators.csv:5:74: The column \"weight\" is empty; a weighted mean needs one"
    ),
    Spoilt(
      "indicators.csv",
      "not_aggregable",
      "not_aggregatable",
      """
      indicators.csv:6:97: The column "aggregation" must be one of sum, ratio_of_sums, \
      weighted_mean, not_aggregable, published_rank, not "not_aggregatable". \
      Did you mean not_aggregable?
      """
    ),
    Spoilt(
      "indicators.csv",
      "ratio_of_sums,,country",
      "ratio_of_sums,,contry",
      """
      indicators.csv:4:148: The column "relative_to" must be country or empty, not "contry". \
      Did you mean country?
      """
    ),
    Spoilt(
      "indicators.csv",
      "ratio_of_sums,,,share",
      "ratio_of_sums,,,shares",
      """
      indicators.csv:3:123: The column "bounds" must be share or empty, not "shares". \
      Did you mean share?
      """
    ),
    Spoilt(
      "breaks.csv",
      "3114,2022",
      "3114,x",
      "breaks.csv:2:23: The column \"year\" must be a whole number, not \"x\""
    ),
    Spoilt(
      "substitutes.csv",
      "employed.20_66,employment.relative",
      "employed.20_66,employment.relativ",
      """
      substitutes.csv:2:16: The column "substitute" names "employment.relativ", no series or \
      indicator. Is it employment.relative?
      """
    ),
    Spoilt(
      "substitutes.csv",
      "It stands in for itself.",
      "Once.\nemployed.20_66,employment.share,Twice.",
      "substitutes.csv:3:1: The column \"series\" has employed.20_66 twice"
    ),
    Spoilt(
      "published_rankings.csv",
      "2023,356",
      "2023,",
      "published_rankings.csv:2:19: The column \"ranked\" must be a whole number, not \"\""
    ),
    Spoilt(
      "datapackage.json",
      "\"version\": \"1.0.0\",",
      "",
      "datapackage.json: The key \"version\" is missing; name, version and resources are needed."
    ),
    Spoilt(
      "datapackage.json",
      "\"1.0.0\"",
      "1",
      "datapackage.json: The value of \"version\" is of the wrong kind."
    ),
  ]
}
