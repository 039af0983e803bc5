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
    precondition(again.statuses == cube.statuses, "A status differs after writing.")
    for (one, other) in zip(cube.dimensions, again.dimensions) {
      precondition(
        one.categories.map(\.code) == other.categories.map(\.code),
        "A code differs after writing."
      )
    }
  } catch {
    precondition(error.kind == .tooLarge, "What was written cannot be read: \(error)")
  }
}
