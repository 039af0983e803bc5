/// A column, or a code and a name side by side, whose texts are the categories of a dimension.
struct GridKey {
  let column: Int
  let nameColumn: Int?
  let heading: String
  var role: CubeDimension.Role?
  /// The different codes in order of first appearance, and the index of each row's.
  private(set) var codes: [String] = []
  private(set) var indices: [UInt32] = []
  private(set) var hasRegionCodes = false
  private var labels: [String] = []
  /// Whether some category has a text beside its code.
  var hasLabels: Bool { labels != codes }
  private var positions: [String: UInt32] = [:]
  private var last: (text: String, index: UInt32)?

  init(column: Int, nameColumn: Int?, heading: String) {
    self.column = column
    self.nameColumn = nameColumn
    self.heading = heading
  }

  /// Makes room for a number of rows, so that no list is copied while it grows.
  mutating func reserve(_ count: Int) {
    indices.reserveCapacity(count)
  }

  /// Notes the key of the next row, and says whether it is a new one.
  mutating func add(_ text: String, name: String?) -> Bool {
    if let last, last.text == text {
      indices.append(last.index)
      return false
    }
    let known = codes.count
    let index: UInt32
    if let known = positions[text] {
      index = known
    } else {
      index = UInt32(codes.count)
      positions[text] = index
      codes.append(text)
      labels.append(name.map { $0.isEmpty ? text : $0 } ?? text)
    }
    last = (text, index)
    indices.append(index)
    return codes.count > known
  }

  /// Notes that the key of the next row is that of the last.
  mutating func repeatLast() {
    indices.append(last?.index ?? 0)
  }

  /// Parts codes from texts and finds the role, when all rows are there.
  ///
  /// - Parameters:
  ///   - isYear: Whether the heading is that of a time.
  ///   - isRegion: Whether the heading is that of a region.
  ///   - isOwn: Whether the table is this project's own, whose codes are as they stand and whose
  ///     headings tell roles.
  mutating func finish(isYear: Bool, isRegion: Bool, isOwn: Bool) {
    positions = [:]
    if isYear { role = .time }
    if isRegion { role = .geo }
    if HeadingText.metricNames.contains(HeadingText.key(heading)) { role = .metric }
    guard !isOwn else { return }
    if nameColumn == nil { part() }
    let likely = codes.count { code in
      HeadingText.isRegionCode(code) || code.hasPrefix("K-") || code.hasPrefix("F-")
    }
    hasRegionCodes = role == nil && likely * 5 >= codes.count * 4
  }

  /// Parts `3103 - Moss`, and for regions `3103 Moss`. Every cell must be of a code and a text, and a
  /// code must have a digit, so that `Oslo - Oslove` stays a name.
  private mutating func part() {
    let dashed = codes.map(HeadingText.codeAndText)
    let hasDigits = dashed.allSatisfy { $0?.code.contains(where: \.isNumber) ?? false }
    let spaced = codes.map(HeadingText.codeAndName)
    let parts: [(code: String, text: String)?]
    if hasDigits {
      parts = dashed
    } else if role != .time, spaced.count(where: { $0 != nil }) * 5 >= codes.count * 4,
      role == .geo || spaced.allSatisfy({ HeadingText.isRegionCode($0?.code ?? "") })
    {
      parts = spaced
    } else {
      return
    }
    let new = zip(codes, parts).map { code, part in part?.code ?? code }
    guard Set(new).count == new.count else { return }
    labels = zip(labels, parts).map { label, part in part?.text ?? label }
    codes = new
  }

  var dimension: CubeDimension {
    CubeDimension(
      id: heading.isEmpty ? (role == .geo ? "region" : "column \(column + 1)") : heading,
      role: role,
      categories: zip(codes, labels).map { CubeCategory($0, label: $1) }
    )
  }
}
