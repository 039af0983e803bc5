public import Statistics

/// Which ranking is wanted.
public struct RankingRequest: Sendable {
  /// The indicator.
  public var indicator: Indicator
  /// The year.
  public var year: Int
  /// Municipalities or regions.
  public var level: Level
  /// The division whose regions are ranked.
  public var division: Division
  /// The units that are ranked, or `nil` for all.
  public var peers: PeerSet?
  /// How units without figures in the year get them.
  public var fill: FillRule
  /// How equal values share their places.
  public var ties: TieRule
  /// How many units a published ranking ranked, by year.
  public var published: [Int: Int]

  /// Creates a request.
  public init(
    indicator: Indicator,
    year: Int,
    level: Level,
    division: Division,
    peers: PeerSet? = nil,
    fill: FillRule = .none,
    ties: TieRule = .competition,
    published: [Int: Int] = [:]
  ) {
    self.indicator = indicator
    self.year = year
    self.level = level
    self.division = division
    self.peers = peers
    self.fill = fill
    self.ties = ties
    self.published = published
  }
}

/// A set of municipalities among which a ranking is restricted.
///
/// Regions belong to it when all their municipalities do.
public struct PeerSet: Sendable, Hashable {
  /// What the user called it.
  public let name: String
  /// The positions of its municipalities.
  public let members: Set<Int>

  /// Creates a peer set.
  public init(name: String, members: Set<Int>) {
    self.name = name
    self.members = members
  }
}

extension Panel {
  /// Computes the levels of an indicator and ranks them.
  ///
  /// - Throws: `FigureError` when there are no figures, `NotAggregableError` when regions have no
  ///   value.
  /// - Complexity: O(*u* (*y* + log *u*)), with *u* units and *y* years of the series.
  public func ranking(_ request: RankingRequest) throws -> Ranking {
    let figures = try figures(of: request.indicator, year: request.year, fill: request.fill)
    var levels: Levels
    switch request.level {
    case .municipality:
      levels = figures.municipalityLevels(in: register)
      if let peers = request.peers {
        levels = levels.restricted { entry in
          entry.parts.allSatisfy { part in
            (register.combinedUnit(at: part)?.members ?? [part]).allSatisfy(peers.members.contains)
          }
        }
      }
    case .region:
      let aggregation = Aggregation(division: request.division, register: register)
      levels = try figures.regionLevels(aggregation, in: self)
      if let peers = request.peers {
        let included = Set(
          request.division.regions.filter { $0.members.allSatisfy(peers.members.contains) }
            .map(\.code)
        )
        levels = levels.restricted { included.contains($0.unit.code) }
      }
    }
    if request.indicator.aggregation == .publishedRank {
      let ranked = request.published[request.year] ?? levels.values.count { !$0.isNaN }
      return Ranking(published: levels, ranked: ranked)
    }
    return Ranking(levels, ties: request.ties)
  }

  /// The rankings at several levels; a level at which the indicator has no values is left out.
  ///
  /// - Parameters:
  ///   - request: What is wanted; its level is passed over.
  ///   - levels: The levels.
  /// - Returns: The rankings, and why a level was left out, if one was.
  /// - Throws: `FigureError` when there are no figures.
  public func rankings(
    _ request: RankingRequest,
    at levels: some Sequence<Level>
  ) throws -> (byLevel: [Level: Ranking], refusal: NotAggregableError?) {
    var result: (byLevel: [Level: Ranking], refusal: NotAggregableError?) = ([:], nil)
    for level in levels {
      var request = request
      request.level = level
      do {
        result.byLevel[level] = try ranking(request)
      } catch let error as NotAggregableError {
        result.refusal = error
      }
    }
    return result
  }

  /// The years in which at least half of the municipalities have the figures of an indicator,
  /// ascending; in others a place says little.
  ///
  /// - Complexity: O(*u* *y*), with *u* positions and *y* years.
  public func wellCoveredYears(of indicator: Indicator) -> [Int] {
    let half = register.municipalities.count / 2
    return years(of: indicator).filter { year in
      guard let figures = try? figures(of: indicator, year: year) else { return false }
      return (0..<register.count).count(where: figures.isPresent) >= half
    }
  }

  /// The latest year in which at least half of the municipalities have the figures of an indicator;
  /// the latest year with any figure when there is none.
  public func latestYear(of indicator: Indicator) -> Int? {
    wellCoveredYears(of: indicator).last ?? years(of: indicator).last
  }
}
