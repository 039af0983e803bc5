import Cubes
import Foundation

/// Writes the files that the fuzzers start from into a folder, one folder a fuzzer.
let folder = CommandLine.arguments.dropFirst().first ?? "corpus"

var statuses = CellStatuses(count: 12)
for (index, symbol) in [":", "..", ".", "-", "*", "e"].enumerated() {
  _ = statuses.set(symbol, at: index)
}
let cube = Cube(
  title: "Sysselsatte på Østlandet",
  table: "11618",
  source: "Statistisk sentralbyrå",
  updated: "2024-02-21T07:00:00Z",
  dimensions: [
    CubeDimension(
      id: "Region",
      label: "region",
      role: .geo,
      categories: [CubeCategory("3103", label: "Moss"), CubeCategory("3112", label: "Råde")],
      notes: [CubeNote("A note.", isMandatory: true)],
      isEliminable: true
    ),
    CubeDimension(
      id: "ContentsCode",
      role: .metric,
      categories: [
        CubeCategory("A", unit: "personer", decimals: 1, notes: [CubeNote("One.")]),
        CubeCategory("B"),
      ]
    ),
    CubeDimension(
      id: "Tid",
      role: .time,
      categories: ["2022", "2023", "2024"].map { CubeCategory($0) }
    ),
  ],
  values: [.nan, .nan, .nan, 0, 5, 6.25, 7, 8, .nan, 1e30, -11, 12],
  statuses: statuses,
  notes: [CubeNote("Figures\nare revised."), CubeNote("Another.", isMandatory: true)],
  isSummable: false
)

func write(_ bytes: [UInt8], _ fuzzer: String, _ name: String) throws {
  let url = URL(filePath: folder).appending(path: fuzzer)
  try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  try Data(bytes).write(to: url.appending(path: name))
}

for index in JSONStatWriter.Index.allCases {
  for layout in JSONStatWriter.Layout.allCases {
    let writer = JSONStatWriter(index: index, values: layout, statuses: layout)
    try write(writer.bytes(of: cube), "JSONStatFuzzer", "\(index)-\(layout)")
  }
}
for encoding in PXWriter.Encoding.allCases {
  try write(PXWriter(encoding: encoding).bytes(of: cube), "PXFuzzer", "\(encoding)")
}
