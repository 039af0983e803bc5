#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What the peers' program says in one line: a measurement, or why there is none.
struct PeerLine: Sendable, Hashable, Codable {
  var work: String
  var implementation: String
  var version: String?
  var units: Int?
  var columns: Int?
  var threads: Int?
  var median: Double?
  var min: Double?
  var max: Double?
  var unit: String?
  var repeats: Int?
  var peakMegabytes: Double?
  var isEqual: Bool?
  var note: String?
  var skipped: String?

  /// Reads a line of JSON.
  ///
  /// - Throws: `MeasurementError` for a line that is none, or lacks what a measurement needs.
  init(_ line: Substring) throws(MeasurementError) {
    do {
      self = try JSONDecoder().decode(PeerLine.self, from: Data(line.utf8))
    } catch {
      throw Self.misunderstood(line)
    }
    guard skipped != nil || median != nil && unit != nil && units != nil else {
      throw Self.misunderstood(line)
    }
  }

  /// The measurement; `nil` where there is none, or of work that is not known.
  ///
  /// - Throws: `MeasurementError` for figures in another unit than the work's.
  func measurement() throws(MeasurementError) -> Measurement? {
    guard skipped == nil, let work = BenchmarkWork(rawValue: work), work != .commands else {
      return nil
    }
    guard let unit, unit == work.unit.rawValue else {
      throw MeasurementError(
        .failed,
        "The peers' program measures \(self.work) in \(unit ?? "nothing") instead of "
          + "\(work.unit.rawValue)."
      )
    }
    return Measurement(peer: self, work: work, unit: work.unit)
  }

  private static func misunderstood(_ line: Substring) -> MeasurementError {
    MeasurementError(.failed, "The peers' program said what is not understood: \(line)")
  }
}

extension BenchmarkWork {
  /// What the figures of this work are in.
  var unit: Measurement.Unit {
    switch self {
    case .rank, .top: .nanosecondsPerElement
    case .aggregate: .nanosecondsPerScenario
    case .simulate: .microsecondsPerScenario
    case .weights: .drawsPerSecond
    case .confidence: .seconds
    case .commands: .milliseconds
    }
  }
}
