import Cubes
import TestSupport

/// A made-up cube that both formats can say: seeded, with every member filled at times.
func randomCube(seed: UInt64) -> Cube {
  var generator = SplitMix64(seed: seed)
  func chance(_ odds: Int) -> Bool { Int.random(in: 0..<odds, using: &generator) == 0 }
  func word() -> String {
    let letters = Array("abæøÅ€😀;,=()[]:\\/ ")
    return "w"
      + String(
        (0..<Int.random(in: 0...6, using: &generator)).map { _ in
          letters.randomElement(using: &generator) ?? "a"
        }
      )
  }
  func notes() -> [CubeNote] {
    chance(3) ? [CubeNote(word() + "\n" + word(), isMandatory: chance(2)), CubeNote(word())] : []
  }
  var roles: [CubeDimension.Role?] = [.metric, .time, .geo, nil, nil]
  roles.shuffle(using: &generator)
  let dimensions = (0..<Int.random(in: 1...4, using: &generator)).map { index in
    let role = roles[index]
    let isLabelled = chance(2)
    return CubeDimension(
      id: "\(word())\(index)",
      label: chance(2) ? nil : "\(word())\(index)",
      role: role,
      categories: (0..<Int.random(in: 1...5, using: &generator)).map { position in
        CubeCategory(
          "\(position)\(word())",
          label: isLabelled ? word() : nil,
          unit: role == .metric && chance(2) ? word() : nil,
          decimals: role == .metric && chance(2) ? Int.random(in: 0...6, using: &generator) : nil,
          notes: notes()
        )
      },
      notes: notes(),
      isEliminable: chance(2)
    )
  }
  let count = dimensions.reduce(1) { $0 * $1.categories.count }
  var values = (0..<count).map { _ in
    chance(3)
      ? Double(Int.random(in: -99...9999, using: &generator))
      : Double.random(in: -1e6...1e6, using: &generator) * (chance(9) ? 1e200 : 1)
  }
  var statuses = chance(3) ? CellStatuses() : CellStatuses(count: count)
  for index in values.indices {
    guard !statuses.isEmpty, chance(2) else {
      if chance(5) { values[index] = .nan }
      continue
    }
    let symbol = [".", "..", "...", ":", "-", "*", "e"].randomElement(using: &generator) ?? "*"
    if [".", "..", "...", ":"].contains(symbol) { values[index] = .nan }
    if symbol == "-" { values[index] = 0 }
    _ = statuses.set(symbol, at: index)
  }
  return Cube(
    title: word(),
    table: chance(2) ? word() : nil,
    source: chance(2) ? word() : nil,
    updated: chance(2) ? "2024-02-21T07:00:00Z" : nil,
    dimensions: dimensions,
    values: values,
    statuses: statuses,
    notes: notes(),
    isSummable: chance(2)
  )
}
