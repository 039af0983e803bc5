import Regions
import Testing

@Suite struct SourcePlaceTests {
  @Test func asEditorsUnderstandIt() {
    #expect(SourcePlace(file: "jobs.yml").description == "jobs.yml")
    #expect(SourcePlace(file: "jobs.yml", line: 17).description == "jobs.yml:17")
    #expect(SourcePlace(file: "jobs.yml", line: 17, column: 9).description == "jobs.yml:17:9")
  }
}
