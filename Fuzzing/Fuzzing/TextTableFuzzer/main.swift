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

/// The figures in the cube's order, with what is said of them.
///
/// Codes are compared by the order that they give; what a cell cannot hold, such as a line break at the
/// end of a code, may be lost.
func figures(_ cube: Cube) -> [String] {
  cube.values.indices.compactMap { index in
    let symbol = cube.statuses[index]?.symbol
    let value = cube.values[index]
    return value.isNaN && symbol == nil ? nil : "\(value == 0 ? 0 : value) \(symbol ?? "")"
  }
}
