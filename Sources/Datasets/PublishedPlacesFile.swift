public import Regions

extension PublishedPlaces {
  /// Reads published places from a CSV file with the columns `municipality` and `place`, with commas,
  /// semicolons or tabs between them.
  ///
  /// The municipality is given by its four-digit code. Equal places are allowed where the publisher left
  /// the next ones empty, as in 1, 2, 2, 4.
  ///
  /// - Parameters:
  ///   - file: The path of the file.
  ///   - register: The municipalities.
  ///   - ranked: How many were ranked; `nil` for as many as there are municipalities.
  /// - Throws: `DatasetError` naming line and column for an unknown code, a municipality that stands
  ///   twice, a place out of range, or one that an equal place above leaves no room for.
  public init(
    file: String,
    register: MunicipalityRegister,
    ranked: Int? = nil
  ) throws(DatasetError) {
    let bytes = try DatasetFiles.content(of: file)
    var table = try CSVTable(
      file: file,
      bytes: bytes,
      separator: CSVTable.separator(of: bytes),
      required: ["municipality", "place"]
    )
    let limit = ranked ?? register.municipalities.count
    var places: [Int: Int] = [:]
    var lines: [Int: Int] = [:]
    var lineOfPlace: [Int: Int] = [:]
    while try table.next() {
      let position = try Self.position(table, register)
      if let earlier = lines[position] {
        let code = register.municipalities[position].code
        throw table.error("municipality", "has \(code) a second time; it stands in line \(earlier)")
      }
      let place = try table.integer("place")
      guard (1...limit).contains(place) else {
        throw table.error("place", "must be from 1 to \(limit), not \"\(table.text("place"))\"")
      }
      places[position] = place
      lines[position] = table.line
      lineOfPlace[place] = table.line
    }
    guard !places.isEmpty else { throw table.error("The file holds no places.") }
    try Self.checkTies(places, lineOfPlace, file)
    guard places.count <= limit else {
      throw table.error("The file has \(places.count) places, but \(limit) were ranked.")
    }
    self.init(places: places, ranked: limit, source: file)
  }

  private static func position(
    _ table: CSVTable,
    _ register: MunicipalityRegister
  ) throws(DatasetError) -> Int {
    let code = table.text("municipality")
    if let position = register.position(ofCode: code), position < register.municipalities.count {
      return position
    }
    let named = register.municipalities.filter { $0.name.lowercased() == code.lowercased() }
    let hint =
      named.isEmpty
      ? nearestMatch(to: code, among: register.municipalities.map(\.code))
        .map { " Did you mean \($0)?" } ?? ""
      : " \(code) has the code \(named.map(\.code).joined(separator: " or "))."
    throw table.error(
      "municipality",
      "must be the code of a municipality, not \"\(code)\".\(hint)"
    )
  }

  /// Refuses a place that the municipalities which share a better one leave no room for.
  private static func checkTies(
    _ places: [Int: Int],
    _ lines: [Int: Int],
    _ file: String
  ) throws(DatasetError) {
    var counts: [Int: Int] = [:]
    for place in places.values { counts[place, default: 0] += 1 }
    var above: (place: Int, count: Int)?
    for (place, count) in counts.sorted(by: { $0.key < $1.key }) {
      if let above, place < above.place + above.count {
        throw DatasetError(
          .invalid,
          file: file,
          line: lines[place],
          """
          The place \(place) cannot be: \(above.count) municipalities share the place \
          \(above.place), so the next is \(above.place + above.count).
          """
        )
      }
      above = (place, count)
    }
  }
}
