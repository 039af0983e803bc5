import Cubes
import FuzzSupport

// Reads made-up bytes as JSON-stat: no trap, no endless loop, no more memory than is allowed, and what
// is read is equal once written and read again.
runFuzzer { bytes in
  let reader = JSONStatReader(file: "fuzz", bytes: bytes)
  _ = try? reader.metadata()
  guard let cubes = try? reader.cubes() else { return }
  for cube in cubes {
    for layout in JSONStatWriter.Layout.allCases {
      let written = JSONStatWriter(values: layout, statuses: layout).bytes(of: cube)
      // What a small file claims may be more than what a larger one may hold; that is no finding.
      do throws(CubeError) {
        let again = try JSONStatReader(file: "again", bytes: written).cube()
        precondition(again == cube, "A cube differs after it was written and read.")
      } catch {
        precondition(error.kind == .tooLarge, "What was written cannot be read: \(error)")
      }
    }
  }
}
