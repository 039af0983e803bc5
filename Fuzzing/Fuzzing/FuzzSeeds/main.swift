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

let lone = Cube(
  title: "07459: Folk",
  dimensions: cube.dimensions,
  values: cube.values,
  statuses: statuses
)
for text in TableText.allCases {
  for isWide in [false, true] {
    for (separator, encoding) in [
      (",", TextEncoding.utf8), (";", .windows1252), ("\t", .utf16LittleEndian),
    ] {
      var form = PxWebCSVWriter.Form()
      form.text = text
      form.isWide = isWide
      form.hasTitle = isWide
      form.separator = Character(separator)
      form.encoding = encoding
      guard let bytes = PxWebCSVWriter.bytes(lone, form) else { continue }
      try write(bytes, "TextTableFuzzer", "\(text)-\(isWide ? "wide" : "long")-\(encoding)")
    }
  }
}
try write(TidyCSVWriter.bytes(cube), "TextTableFuzzer", "own")
let settlement = """
  Inntektsutjevning januar-desember 2024
  Knr.;Kommune;Skatt;Innb.;Skatt;I pst.;;;;;Netto
  ;;1000 kr;;kr/innb.;av landet;;;;;1000 kr
  ;;1;2;3;4;5;6;7;8;9
  301;Oslo;38 430;709 037;54 201,5;141,3 %;1;1;1;1;-10 344,25
  ;Hele landet;1;2;3;100 %;;;;;0
  """
let levels = """
  Folk, etter region, kjønn og år
  ;Menn;;Kvinner;
  ;2022;2023;2022;2023
  0301 Oslo;1;2,5;3;..
  3103 Moss;9;269 av 357;11*;-
  Kilde: her
  """
try write(Array(settlement.utf8), "TextTableFuzzer", "settlement")
try write(Array(levels.utf8), "TextTableFuzzer", "levels")
let workbook = "\(folder)/seed.xlsx"
try WorkbookWriter.write(cube, to: workbook)
try write([UInt8](Data(contentsOf: URL(filePath: workbook))), "WorkbookFuzzer", "own")
let books = URL(filePath: "../Tests/CubesTests/Workbooks")
for name in ["cells.xlsx", "statbank.xlsx", "stored.xlsx"] {
  try write([UInt8](Data(contentsOf: books.appending(path: name))), "WorkbookFuzzer", name)
}
