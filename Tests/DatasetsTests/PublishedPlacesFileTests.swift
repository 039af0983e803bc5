import Datasets
import Regions
import TestSupport
import Testing

@Suite struct PublishedPlacesFileTests {
  private static func read(_ text: String, ranked: Int? = nil) throws -> PublishedPlaces {
    let folder = try TemporaryDirectory()
    let path = try folder.write(text, to: "places.csv")
    do {
      return try PublishedPlaces(
        file: path,
        register: FixtureDataset().catalogue().register,
        ranked: ranked
      )
    } catch let error as DatasetError {
      let place = error.place.map { "\($0)".replacing(folder.path + "/", with: "") } ?? ""
      throw Shown(text: "\(place): \(error.message)")
    }
  }

  private struct Shown: Error, CustomStringConvertible {
    let text: String
    var description: String { text }
  }

  @Test func placesInAnyOrderOfColumns() throws {
    let places = try Self.read("place,name,municipality\n2,Moss,3103\n1,Oslo,0301\n")
    #expect(places.places.count == 2)
    #expect(places.ranked == 6)
    let register = try FixtureDataset().catalogue().register
    #expect(places.places[try #require(register.position(ofCode: "3103"))] == 2)
    #expect(try Self.read("municipality,place\n3103,300\n", ranked: 356).ranked == 356)
  }

  @Test func equalPlacesLeaveRoom() throws {
    let shared = try Self.read("municipality,place\n0301,2\n3103,2\n3114,4\n")
    #expect(shared.places.values.sorted() == [2, 2, 4])
  }

  @Test(arguments: [
    (
      "0301,1\n0999,2\n",
      "places.csv:3:1: The column \"municipality\" must be the code of a municipality, not \"0999\"."
    ),
    (
      "Moss,1\n",
      "places.csv:2:1: The column \"municipality\" must be the code of a municipality, not \"Moss\". "
        + "Moss has the code 3103."
    ),
    (
      "Våler,1\n",
      "places.csv:2:1: The column \"municipality\" must be the code of a municipality, not \"Våler\". "
        + "Våler has the code 3114 or 3419."
    ),
    (
      "1507,1\n",
      "places.csv:2:1: The column \"municipality\" must be the code of a municipality, not \"1507\". "
        + "Did you mean 1508?"
    ),
    (
      "0301,1\n3103,2\n0301,3\n",
      "places.csv:4:1: The column \"municipality\" has 0301 a second time; it stands in line 2"
    ),
    ("0301,7\n", "places.csv:2:6: The column \"place\" must be from 1 to 6, not \"7\""),
    ("0301,0\n", "places.csv:2:6: The column \"place\" must be from 1 to 6, not \"0\""),
    ("0301,1.5\n", "places.csv:2:6: The column \"place\" must be a whole number, not \"1.5\""),
    (
      "0301,2\n3103,2\n3114,3\n",
      "places.csv:4: The place 3 cannot be: 2 municipalities share the place 2, so the next is 4."
    ),
    ("", "places.csv:1: The file holds no places."),
  ])
  func wrong(rows: String, message: String) {
    #expect(errorText { try Self.read("municipality,place\n" + rows) } == message)
  }

  @Test func asExcelSetToNorwegianWritesIt() throws {
    let norwegian = try Self.read("municipality;place\r\n3103;2\r\n0301;1\r\n", ranked: 5)
    let standard = try Self.read("municipality,place\n3103,2\n0301,1\n", ranked: 5)
    #expect(norwegian.places == standard.places)
    #expect(norwegian.places.values.sorted() == [1, 2])
  }

  @Test func noFile() {
    let text = errorText {
      try PublishedPlaces(
        file: "/nowhere/places.csv",
        register: FixtureDataset().catalogue().register
      )
    }
    #expect(text == "/nowhere/places.csv: The file is not there.")
  }
}
