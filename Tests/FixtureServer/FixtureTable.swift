public import Cubes

/// A table that the server has.
public struct FixtureTable: Sendable {
  /// Its figures; `table` is the id under which it is asked for. A dimension that is eliminable may be left
  /// out of a query, and is then summed.
  public var cube: Cube
  /// The code lists of variables: by the id of the list, the codes and labels. A code of a list stands for
  /// the code of the variable that it ends with.
  public var codelists: [String: [CubeCategory]]

  /// Creates a table.
  public init(_ cube: Cube, codelists: [String: [CubeCategory]] = [:]) {
    self.cube = cube
    self.codelists = codelists
  }
}

/// What goes wrong with an answer.
public enum FixtureFault: Sendable, Hashable {
  /// Status 429, with the seconds or the date to wait until, if any.
  case tooManyRequests(retryAfter: String?)
  /// A status without a body.
  case status(Int)
  /// Nothing for a number of milliseconds, then the end.
  case stall(milliseconds: Int)
  /// The connection ends in the middle of the body.
  case cut
  /// The header promises more than there is.
  case wrongLength
  /// The body is no JSON.
  case invalidJSON
  /// A page of HTML with status 200.
  case html
  /// The answer has other codes than were asked for.
  case otherCodes
  /// The table says that it was changed at another time.
  case otherUpdate
  /// The figures of the table are one larger each.
  case revised
}
