import Datasets
import Fetching
import FixtureServer
import Regions
import TestSupport
import Testing

@Suite struct KlassClientTests {
  @Test func changesOfNumbersThatAreNotKnown() throws {
    let made = try MadeUpFetch()
    made.server.set(
      changes: """
        [{"oldCode":"3018","oldName":"Våler (Viken)","newCode":"3114","newName":"Våler (Østfold)",\
        "changeOccurred":"2024-01-01"},
        {"oldCode":"5001","oldName":"Trondheim","newCode":"5001","newName":"Trondheim - Tråante",\
        "changeOccurred":"2023-01-01"},
        {"oldCode":"3103","oldName":"Moss","newCode":"3199","newName":"Ny","changeOccurred":"2027-01-01"}]
        """
    )
    let client = KlassClient(
      base: made.server.klass,
      transfer: Transfer(userAgent: "regionsim/test", limits: made.limits),
      clock: made.clock.clock
    )
    let history = try NorwayDataset.dataset().municipalityHistory()
    let changes = try client.changes(missingIn: history, to: "2027-01-02")
    #expect(changes.map(\.newCode) == ["3199"])
    #expect(made.server.log[0].target.hasSuffix("changes?from=2014-01-01&to=2027-01-02"))
  }
}
