internal import Scenarios
internal import Statistics

// What each kind of work gives to the peers' program.

/// How many columns come with their places or sums.
private let checkedColumns = 400

extension RankBenchmark {
  /// Writes the columns and the places of the first.
  func export(to directory: PeerDirectory, columns: Int) throws -> PeerWork.Rank {
    let checked = min(checkedColumns, columns)
    return PeerWork.Rank(
      values: "values.f64",
      places: try directory.write(firstPlaces(checked), "places.u16"),
      checked: checked,
      top: TopBenchmark.top
    )
  }
}

extension AggregateBenchmark {
  /// Writes which region each unit is in, and the sums of the first columns.
  func export(to directory: PeerDirectory, columns: Int) throws -> PeerWork.Aggregate {
    let checked = min(checkedColumns, columns)
    return PeerWork.Aggregate(
      values: "values.f64",
      regionOf: try directory.write(regionOf, "regionOf.i32"),
      sums: try directory.write(firstSums(checked), "sums.f64"),
      checked: checked
    )
  }
}

extension SimulationBenchmark {
  /// Writes the model, and the mean places and chances that the engine finds.
  func export(to directory: PeerDirectory, draws: Int, threads: Int) throws -> PeerWork.Simulate {
    let arrays = model.arrays
    let year = try futures(draws, threads)
    guard let regions = year.region else {
      throw MeasurementError(.failed, "The dataset's regions have no values for the peers.")
    }
    let top = [50, 10]
    func write(_ numbers: [Double], _ name: String) throws -> String {
      try directory.write(numbers, name + ".f64")
    }
    func means(_ places: PlaceDistribution, _ units: [Int], _ name: String) throws -> [String] {
      let means = units.map(places.mean)
      return [
        try write(means.map(\.place), name + "Place"),
        try write(means.map(\.standardError), name + "PlaceError"),
      ]
    }
    func chances(_ places: PlaceDistribution, _ units: [Int], _ top: Int) -> [Double] {
      units.map { places.probability(atMost: top, $0) }
    }
    let all = Array(regions.units.indices)
    let municipality = try means(year.municipality, arrays.entries, "municipality")
    let region = try means(regions, all, "region")
    return PeerWork.Simulate(
      draws: draws,
      value: try write(arrays.value, "sim-value"),
      denominator: try write(arrays.denominator, "sim-denominator"),
      valueDeviation: try write(arrays.valueDeviation, "sim-valueDeviation"),
      denominatorDeviation: try write(arrays.denominatorDeviation, "sim-denominatorDeviation"),
      valueGroupDeviation: SimulationModel.valueGroupDeviation,
      denominatorGroupDeviation: SimulationModel.denominatorGroupDeviation,
      correlation: try write(model.correlation, "correlation"),
      regionOf: try directory.write(arrays.regionOf.map { Int32($0) }, "regionOf.i32"),
      top: top,
      expected: PeerWork.Simulate.Expected(
        municipalityPlace: municipality[0],
        municipalityPlaceError: municipality[1],
        regionPlace: region[0],
        regionPlaceError: region[1],
        municipalityTop: try write(
          chances(year.municipality, arrays.entries, top[0]),
          "municipalityTop"
        ),
        regionTop: try write(chances(regions, all, top[1]), "regionTop")
      )
    )
  }
}

extension WeightsBenchmark {
  /// Writes the indicators and weights, and the mean places that are found.
  func export(to directory: PeerDirectory, draws: Int) throws -> PeerWork.Weights {
    let (places, errors) = expected()
    return PeerWork.Weights(
      draws: draws,
      indicators: Self.indicators,
      values: try directory.write(values, "indicators.f64"),
      base: try directory.write(base, "base.f64"),
      spread: Self.spread,
      expected: PeerWork.Weights.Expected(
        place: try directory.write(places, "place.f64"),
        placeError: try directory.write(errors, "placeError.f64")
      )
    )
  }
}

extension ConfidenceBenchmark {
  /// Writes the values, their standard errors and the sets that are found.
  func export(to directory: PeerDirectory) throws -> PeerWork.Confidence {
    let (simultaneous, marginal) = (sets(.simultaneous), sets(.marginal))
    func write(_ bounds: [Int?], _ name: String) throws -> String {
      try directory.write(bounds.map { Int32($0 ?? 0) }, name + ".i32")
    }
    return PeerWork.Confidence(
      values: try directory.write(values, "values.f64"),
      standardErrors: try directory.write(standardErrors, "standardErrors.f64"),
      draws: Self.draws,
      level: Self.level,
      expected: PeerWork.Confidence.Expected(
        lower: try write(simultaneous.lower, "lower"),
        upper: try write(simultaneous.upper, "upper"),
        marginalLower: try write(marginal.lower, "marginalLower"),
        marginalUpper: try write(marginal.upper, "marginalUpper")
      )
    )
  }
}
