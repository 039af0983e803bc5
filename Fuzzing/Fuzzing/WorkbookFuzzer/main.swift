import Cubes
import FuzzSupport

// Reads made-up bytes as a workbook: no trap, no endless loop, no more memory than is allowed. The
// seeds are stored without compression, so that changed bytes reach the readers of XML and of cells,
// unless their checksum is seen to be wrong.
runFuzzer { bytes in
  _ = try? WorkbookReader.read(file: "fuzz", bytes: bytes)
  _ = try? CubeFile.read(file: "fuzz", bytes: bytes)
}
