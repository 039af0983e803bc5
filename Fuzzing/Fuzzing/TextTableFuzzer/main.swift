import Cubes
import FuzzSupport

// Reads made-up bytes as a table of cells in text: no trap, no endless loop, no more memory than is
// allowed, and the same figures once written in the own form and read again.
runFuzzer { bytes in
  guard let reading = try? CubeFile.read(file: "fuzz", bytes: bytes) else { return }
  for cube in reading.cubes where !figures(cube).isEmpty {
    let written = TidyCSVWriter.bytes(cube)
    do throws(CubeError) {
      let again = try CubeFile.read(file: "again", bytes: written).cubes
      precondition(again.first.map(figures) == figures(cube), "A figure differs after writing.")
    } catch {
      precondition(error.kind == .tooLarge, "What was written cannot be read: \(error)")
    }
  }
}

/// The figures with what is said of them, sorted: gaps have no rows, so that categories may come in
/// another order.
func figures(_ cube: Cube) -> [String] {
  let figures: [String] = cube.values.indices.compactMap { index in
    let symbol = cube.statuses[index]?.symbol
    let value = cube.values[index]
    return value.isNaN && symbol == nil ? nil : "\(value == 0 ? 0 : value) \(symbol ?? "")"
  }
  return figures.sorted()
}
