extension FixtureDataset {
  /// The content of each file of the dataset.
  public static var files: [String: String] {
    [
      "datapackage.json": datapackage,
      "municipalities.csv": municipalities,
      "combined_units.csv": combinedUnits,
      "divisions.csv": divisions,
      "memberships.csv": memberships,
      "series.csv": series,
      "indicators.csv": indicators,
      "breaks.csv": breaks,
      "substitutes.csv": substitutes,
      "published_rankings.csv": publishedRankings,
      "values/people.csv": people,
      "values/rates.csv": rates,
    ]
  }

  private static let datapackage = """
    {
      "name": "fixture",
      "title": "A small dataset for tests",
      "version": "1.0.0",
      "resources": [
        {"path": "municipalities.csv"},
        {"path": "substitutes.csv"},
        {"path": "extra.csv", "bytes": 1234}
      ]
    }

    """

  private static let municipalities = """
    code,name,county_code,county_name
    0301,Oslo,03,Oslo
    1508,Ålesund,15,Møre og Romsdal
    1580,Haram,15,Møre og Romsdal
    3103,Moss,31,Østfold
    3114,Våler,31,Østfold
    3419,Våler,34,Innlandet

    """

  private static let combinedUnits = """
    code,name,members,is_municipality,reason
    1507,Ålesund (2020–2023),1508 1580,true,One municipality until 2024.

    """

  private static let divisions = """
    id,kind,name_nb,name_en,source,note
    areas,partition,Områder,Areas,Tests,
    circles,peer_set,Ringer,Circles,Tests,"Moss is in both, ""three"" in none."

    """

  private static let memberships = """
    division,region,region_name,municipality,basis
    areas,A1,Oslo,0301,official
    areas,A2,Sunnmøre,1508,official
    areas,A2,Sunnmøre,1580,official
    areas,A3,Østlandet sør,3103,official
    areas,A3,Østlandet sør,3114,official
    areas,A3,Østlandet sør,3419,official
    circles,C1,Indre ring,0301,documented
    circles,C1,Indre ring,3103,inferred
    circles,C2,Ytre ring,3103,documented
    circles,C2,Ytre ring,3114,assumed

    """

  private static let series = """
    id,name_nb,name_en,unit,decimals,minimum,maximum,file,first_year,last_year,coverage,\
    country_total,source,vintage,licence,note
    population.total,Folkemengde,Population,persons,0,0,,values/people.csv,2020,2024,all,sum,\
    Tests,2024,CC0,
    employed.20_66,Sysselsatte,Employed,persons,0,0,,values/people.csv,2022,2024,all,sum,\
    Tests,2024,CC0,
    employment.base,Folkemengde 20–66 år,Population aged 20-66,persons,0,0,,values/people.csv,\
    2022,2024,all,sum,Tests,2024,CC0,
    tax.rate,Skattenivå,Tax level,percent,1,0,,values/rates.csv,2023,2023,all,none,Tests,2024,CC0,
    low_income.share,Andel med lavinntekt,Share with low income,percent,1,0,100,values/rates.csv,\
    2023,2023,partial,none,Tests,2024,CC0,
    contest.rank,Plassering,Place,place,0,1,357,values/rates.csv,2023,2024,partial,none,\
    Tests,2024,CC0,

    """

  private static let indicators = """
    id,name_nb,name_en,unit,decimals,direction,numerator,denominator,scale,aggregation,weight,\
    relative_to,bounds,source,note
    population.total,Folkemengde,Population,persons,0,higher,population.total,,1,sum,,,,Tests,
    employment.share,Sysselsettingsandel,Employment share,percent,1,higher,employed.20_66,\
    employment.base,100,ratio_of_sums,,,share,Tests,
    employment.relative,Sysselsetting mot landet,Employment relative to the country,percent,1,\
    higher,employed.20_66,employment.base,100,ratio_of_sums,,country,,Tests,
    tax.rate,Skattenivå,Tax level,percent,1,higher,tax.rate,,1,weighted_mean,population.total,,,\
    Tests,
    low_income.share,Andel med lavinntekt,Share with low income,percent,1,lower,low_income.share,\
    ,1,not_aggregable,,,,Tests,A share without its counts is never averaged.
    contest.rank,Plassering,Place,place,0,lower,contest.rank,,1,published_rank,population.total,,,\
    Tests,

    """

  private static let breaks = """
    series,municipality,year,reason
    population.total,3114,2022,A border was moved.
    employed.20_66,,2023,A new register.

    """

  private static let substitutes = """
    series,substitute,note
    employed.20_66,employment.relative,It stands in for itself.

    """

  private static let publishedRankings = """
    series,year,ranked
    contest.rank,2023,356
    contest.rank,2024,357

    """

  private static let header = "series,municipality,year,value,basis,reason\n"

  private static let people =
    header
    + rows(
      "population.total",
      2020...2024,
      [
        "0301": "690000 695000 700000 705000 710000",
        "1508": "combined combined combined combined 58000",
        "1580": "combined combined combined combined 9300",
        "3103": "49000 50000 51000 51500 52000",
        "3114": "5700 5800 6100 6200 6300",
        "3419": "3700 suppressed 3600 3550 3500",
        "1507": "66200 66500 66700 67000 -",
      ]
    )
    + rows(
      "employed.20_66",
      2022...2024,
      [
        "0301": "350000 352000 356000", "1508": "combined combined 26000",
        "1580": "combined combined 4000", "3103": "23000 23100 23200", "3114": "2700 2710 2800",
        "3419": "1500 not_published 1400", "1507": "29500 30000 -",
      ]
    )
    + rows(
      "employment.base",
      2022...2024,
      [
        "0301": "460000 465000 470000", "1508": "combined combined 34000",
        "1580": "combined combined 5200", "3103": "30400 30800 31000", "3114": "3550 3600 3650",
        "3419": "0 1950 1900", "1507": "38500 39000 -",
      ]
    )

  private static let rates =
    header
    + rows(
      "tax.rate",
      2023...2023,
      [
        "0301": "125.5", "1508": "combined", "1580": "combined", "3103": "93", "3114": "79",
        "3419": "80.5", "1507": "97.25",
      ]
    )
    + rows(
      "low_income.share",
      2023...2023,
      [
        "0301": "suppressed", "1508": "10.5", "1580": "9", "3103": "12.1", "3114": "9",
        "3419": "11",
      ]
    )
    + rows(
      "contest.rank",
      2023...2024,
      ["0301": "1 2", "3103": "101 107", "3114": "183 160", "3419": "320 322"]
    )

  /// Rows ordered as in the real files: by year, then code. A word instead of a number is the reason
  /// for a gap; `-` leaves the row out.
  private static func rows(
    _ series: String,
    _ years: ClosedRange<Int>,
    _ figures: [String: String]
  ) -> String {
    let cells = figures.mapValues { $0.split(separator: " ") }
    var text = ""
    for year in years {
      for (code, values) in cells.sorted(by: { $0.key < $1.key }) {
        let value = values[year - years.lowerBound]
        guard value != "-" else { continue }
        let isGap = value.allSatisfy { $0.isLetter || $0 == "_" }
        text += "\(series),\(code),\(year),"
        text += isGap ? ",missing,\(value)\n" : "\(value),observed,\n"
      }
    }
    return text
  }
}
