import Cubes
import FuzzSupport

// Reads made-up bytes as PX: no trap, no endless loop, no more memory than is allowed, and values,
// statuses and codes are equal once written and read again.
runFuzzer { bytes in
  guard let cube = try? PXReader(file: "fuzz", bytes: bytes).cube() else { return }
  let written = PXWriter().bytes(of: cube)
  do throws(CubeError) {
    let again = try PXReader(file: "again", bytes: written).cube()
    precondition(again.values.count == cube.values.count, "The shape differs after writing.")
    for (one, other) in zip(cube.values, again.values) {
      precondition(one == other || one.isNaN && other.isNaN, "A value differs after writing.")
    }
    for index in cube.values.indices {
      let (one, other) = (cube.statuses[index]?.symbol, again.statuses[index]?.symbol)
      precondition(one.map(plain) == other.map(plain), "A status differs after writing.")
    }
    for (one, other) in zip(cube.dimensions, again.dimensions) {
      precondition(
        one.categories.map { plain($0.code) } == other.categories.map { plain($0.code) },
        "A code differs after writing."
      )
    }
  } catch {
    precondition(error.kind == .tooLarge, "What was written cannot be read: \(error)")
  }
}

/// A text without quotes and line breaks, which PX cannot hold.
func plain(_ text: String) -> String {
  text.unicodeScalars.map { scalar in
    switch scalar {
    case "\"": "'"
    case "\n", "\r": " "
    default: String(scalar)
    }
  }.joined()
}
