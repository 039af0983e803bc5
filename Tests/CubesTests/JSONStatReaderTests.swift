import Cubes
import TestSupport
import Testing

@Suite struct JSONStatReaderTests {
  private func cubes(_ text: String) throws -> [Cube] {
    try JSONStatReader(file: "a.json", bytes: Array(text.utf8)).cubes()
  }

  private func cube(_ text: String) throws -> Cube {
    try JSONStatReader(file: "a.json", bytes: Array(text.utf8)).cube()
  }

  /// The shape of an answer of PxWebApi v2.
  private let answer = """
    {"version":"2.0","class":"dataset","label":"Sysselsatte","source":"Statistisk sentralbyrå",
    "updated":"2024-02-21T07:00:00Z","note":["First.","Second."],
    "role":{"time":["Tid"],"metric":["ContentsCode"],"geo":["Region"]},
    "id":["Region","ContentsCode","Tid"],"size":[2,1,2],
    "dimension":{
    "Region":{"label":"region","note":["Borders."],
    "category":{"index":{"3112":1,"3103":0},"label":{"3103":"Moss","3112":"R\\u00e5de \\ud83d\\ude00"},
    "note":{"3112":["Small."]}},
    "extension":{"elimination":true,"categoryNoteMandatory":{"3112":{"0":true}}}},
    "ContentsCode":{"label":"innhold","category":{"index":{"Syssel":0},"label":{"Syssel":"Sysselsatte"},
    "unit":{"Syssel":{"base":"personer","decimals":1}}}},
    "Tid":{"label":"år","category":{"index":["2022","2023"],"label":{"2022":"2022","2023":"2023"}}}},
    "extension":{"noteMandatory":{"1":true},"px":{"tableid":"11618","aggregallowed":false}},
    "value":[null,2.5,null,7],"status":{"0":"-","2":":","3":"*"}}
    """

  @Test func answerOfPxWebApi() throws {
    let cube = try cube(answer)
    #expect(cube.title == "Sysselsatte" && cube.table == "11618" && !cube.isSummable)
    #expect(cube.source == "Statistisk sentralbyrå" && cube.updated == "2024-02-21T07:00:00Z")
    #expect(cube.notes == [CubeNote("First."), CubeNote("Second.", isMandatory: true)])
    #expect(
      cube.dimensions[0]
        == CubeDimension(
          id: "Region",
          label: "region",
          role: .geo,
          categories: [
            CubeCategory("3103", label: "Moss"),
            CubeCategory("3112", label: "Råde 😀", notes: [CubeNote("Small.", isMandatory: true)]),
          ],
          notes: [CubeNote("Borders.")],
          isEliminable: true
        )
    )
    #expect(
      cube.dimensions[1].categories
        == [CubeCategory("Syssel", label: "Sysselsatte", unit: "personer", decimals: 1)]
    )
    #expect(cube.dimensions.map(\.role) == [.geo, .metric, .time])
    #expect(isSame(cube.values, [0, 2.5, .nan, 7]))
    #expect((0..<4).map { cube.statuses[$0]?.symbol } == ["-", nil, ":", "*"])
  }

  @Test("metadata are read where there are no values", arguments: ["[]", "null", "[null,1,1,1]"])
  func metadata(values: String) throws {
    let text = answer.replacing("[null,2.5,null,7]", with: values)
    let metadata = try JSONStatReader(file: "a.json", bytes: Array(text.utf8)).metadata()
    #expect(metadata.table == "11618" && metadata.dimensions.map(\.id).count == 3)
    #expect(metadata.dimensions[0].isEliminable && !metadata.isSummable)
  }

  /// A small dataset with the members that a test puts in.
  private func small(
    id: String = #"["a","b"]"#,
    size: String = "[2,2]",
    category: String = #"{"index":["x","y"]}"#,
    value: String = "[1,2,3,4]",
    more: String = ""
  ) -> String {
    """
    {"class":"dataset","value":\(value)\(more),
    "dimension":{"a":{"category":\(category)},"b":{"category":{"index":["p","q"]}}},
    "size":\(size),"id":\(id)}
    """
  }

  @Test("members in any order, and both layouts of values and statuses")
  func layouts() throws {
    #expect(try cube(small()).values == [1, 2, 3, 4])
    #expect(isSame(try cube(small(value: #"{"3":4,"0":1e2}"#)).values, [100, .nan, .nan, 4]))
    let array = try cube(small(more: #","status":[null,"","p",".."]"#))
    #expect(isSame(array.values, [1, 2, 3, .nan]))
    #expect((0..<4).map { array.statuses[$0]?.symbol } == [nil, nil, "p", ".."])
    let one = try cube(small(more: #","status":"p""#))
    #expect((0..<4).allSatisfy { one.statuses[$0]?.symbol == "p" })
  }

  @Test("a single category needs no index; children and unknown members are passed over")
  func singleCategory() throws {
    let category = #"{"label":{"T":"total"},"child":{"T":["x"]},"coordinates":{"T":[1,2]}}"#
    let cube = try cube(small(size: "[1,2]", category: category, value: "[1,2]"))
    #expect(cube.dimensions[0].categories == [CubeCategory("T", label: "total")])
  }

  @Test("a multiplier is part of the unit, and the standard's label goes before")
  func units() throws {
    let category =
      #"{"index":["x","y"],"unit":{"x":{"base":"euro","multiplier":6},"y":{"label":"%","base":"b"}}}"#
    let cube = try cube(small(category: category))
    #expect(cube.dimensions[0].categories.map(\.unit) == ["10^6 euro", "%"])
  }

  @Test("collections and version 1")
  func collections() throws {
    let collection = """
      {"class":"collection","link":{"item":[\(small()),{"class":"dataset","href":"https://a"},
      \(small(value: "[5,6,7,8]"))]}}
      """
    #expect(try cubes(collection).map { $0.values[0] } == [1, 5])
    #expect(
      errorText { try cube(collection) }
        == #"a.json: The file is a collection of 2 datasets: "", "". One is expected."#
    )
    let version1 = """
      {"dataset":{"label":"old","dimension":{"a":{"category":{"index":{"x":0,"y":1}}},
      "id":["a"],"size":[2],"role":{"time":["a"]}},"value":[1,2]}}
      """
    let old = try cube(version1)
    #expect(old.values == [1, 2] && old.dimensions[0].role == .time)
  }

  @Test(arguments: [
    ("", "1:1: The file is empty; JSON-stat is expected."),
    ("[1]", "1:1: Expected an object, a dataset or collection of JSON-stat, found [1."),
    (
      #"{"a":1}"#,
      "1:1: The file is JSON, but no JSON-stat: it has no class, and no dataset within."
    ),
    (
      #"{"class":"datset"}"#,
      #"1:10: The class is "datset". Dataset and collection can be read. Did you mean "dataset"?"#
    ),
    (
      #"{"class":"dataset"}"#,
      #"1:1: The dataset has no "id", which JSON-stat 2.0 demands."#
    ),
    (
      #"{"class":"collection","link":{"item":[{"href":"a"}]}}"#,
      "1:1: The file is a collection that only links to 1 datasets. Fetch one of them."
    ),
    ("{\"class\":\"å\n\"}", "1:12: A string holds a bare control character or line break."),
    ("{\"a\":01}", "1:6: A number must not begin with a zero, as 01 does."),
    ("{\"a\":1e999}", "1:6: The number 1e999 is too large."),
    ("{\"a\":NaN}", "1:6: Expected a value, found NaN."),
    ("{\"a\":\"\\ud800\"}", "1:7: \\ud800\" is no character, or half of one."),
    ("{\"a\":1} x", "1:9: Expected the end of the file, found x."),
    ("{\"a\":1,}", "1:8: Expected a string, found }."),
  ])
  func malformed(text: String, message: String) {
    #expect(errorText { try cubes(text) } == "a.json:" + message)
  }

  @Test("what does not fit together is named with its place")
  func mismatches() {
    let cases = [
      (small(value: "[1,2,3]"), "There are 3 values instead of the 4 that 2 × 2 make."),
      (small(value: "[1,2,3,4,5]"), "There are more values than the 4 that 2 × 2 make."),
      (small(value: "null"), "The dataset has no values. Ask for data rather than metadata."),
      (small(value: #"{"4":1}"#), #"The index must be from 0 to 3, not "4"."#),
      (small(value: #"{"1":1,"1":2}"#), "The value 1 stands here twice."),
      (small(id: #"["aa","b"]"#), #"The dimension "aa" is not described. Did you mean "a"?"#),
      (small(id: #"["a","a"]"#), #"The dimension "a" stands here twice."#),
      (small(size: "[2,3]"), #"The size of "b" is 3, but it has 2 categories."#),
      (small(category: #"{"index":{"x":0,"y":2}}"#), #"The position 2 of "y" is too high"#),
      (small(category: #"{"index":{"x":0,"y":0}}"#), #"The position 0 of "y" is taken"#),
      (small(category: #"{"index":["x","x"]}"#), #"The category "x" of "a" stands here twice."#),
      (small(category: #"{"label":{"x":"X","y":"Y"}}"#), #"The dimension "a" has no index"#),
      (
        small(category: #"{"index":["xa","y"],"label":{"xb":"X"}}"#),
        #"A label is given for "xb", which is no category of "a". Did you mean "xa"?"#
      ),
      (small(more: #","role":{"geo":["c"]}"#), #"The role is that of "c", which is no dimension."#),
    ]
    for (text, message) in cases {
      let found = errorText { try cubes(text) }
      #expect(found.contains(message), "\(found)")
      #expect(found.split(separator: ":").count >= 4, "\(found) names line and column")
    }
  }

  @Test("a small file cannot claim much, nor nest deeply")
  func limits() throws {
    let claims = [
      #"{"class":"dataset","size":[1000000000,2],"value":{"0":1}}"#,
      #"{"class":"dataset","size":[5000,5000],"value":{"0":1}}"#,
      small(size: "[9007199254740992,9007199254740992]"),
      #"{"a":"# + String(repeating: "[", count: 100_000),
    ]
    for text in claims {
      do throws(CubeError) {
        _ = try JSONStatReader(file: "a.json", bytes: Array(text.utf8)).cubes()
        Issue.record("No error for \(text.prefix(80))")
      } catch {
        #expect(error.kind == .tooLarge, "\(error)")
      }
    }
  }

  @Test("bytes that are no UTF-8 are named by their place")
  func encoding() {
    let bytes = Array("{\"label\":\"M".utf8) + [0xF8] + Array("re\"}".utf8)
    #expect(
      errorText { try JSONStatReader(file: "a.json", bytes: bytes).cubes() }.hasPrefix(
        "a.json:1:12: "
      )
    )
  }
}
