public import Testing

/// Expects two numbers to differ by at most `relative` times the larger, or by `absolute`.
///
/// Two NaN count as equal, as do two infinities of one sign.
public func expectClose(
  _ actual: Double,
  _ expected: Double,
  relative: Double = 1e-12,
  absolute: Double = 0,
  _ comment: @autoclosure () -> String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  if isClose(actual, expected, relative: relative, absolute: absolute) { return }
  Issue.record(
    "\(actual) is not close to \(expected). \(comment())",
    sourceLocation: sourceLocation
  )
}

/// Expects two lists to be of one length and close element by element.
public func expectClose(
  _ actual: [Double],
  _ expected: [Double],
  relative: Double = 1e-12,
  absolute: Double = 0,
  _ comment: @autoclosure () -> String = "",
  sourceLocation: SourceLocation = #_sourceLocation
) {
  guard actual.count == expected.count else {
    Issue.record(
      "\(actual.count) numbers instead of \(expected.count). \(comment())",
      sourceLocation: sourceLocation
    )
    return
  }
  let far = actual.indices.filter {
    !isClose(actual[$0], expected[$0], relative: relative, absolute: absolute)
  }
  guard let first = far.first else { return }
  Issue.record(
    """
    \(far.count) of \(actual.count) numbers differ, first at \(first): \
    \(actual[first]) is not close to \(expected[first]). \(comment())
    """,
    sourceLocation: sourceLocation
  )
}

/// Whether two numbers are the same, both NaN counted as the same.
public func isSame(_ a: Double, _ b: Double) -> Bool { a == b || (a.isNaN && b.isNaN) }

/// Whether two lists hold the same numbers, both NaN counted as the same.
public func isSame(_ a: [Double], _ b: [Double]) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { isSame($0, $1) }
}

/// The text of the error that `body` throws, or a remark that it threw none.
///
/// ```swift
/// #expect(errorText { try fixture.dataset() } == "…")
/// ```
public func errorText<Result>(of body: () throws -> Result) -> String {
  do {
    _ = try body()
    return "(no error)"
  } catch {
    return "\(error)"
  }
}

func isClose(
  _ a: Double,
  _ b: Double,
  relative: Double,
  absolute: Double
) -> Bool {
  if isSame(a, b) { return true }
  let difference = (a - b).magnitude
  return difference <= max(absolute, relative * max(a.magnitude, b.magnitude))
    && difference.isFinite
}
