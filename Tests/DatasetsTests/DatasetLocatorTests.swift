import Datasets
import TestSupport
import Testing

@Suite struct DatasetLocatorTests {
  private func folder(
    with datasets: [String],
    scenarios: [String] = []
  ) throws
    -> TemporaryDirectory
  {
    let folder = try TemporaryDirectory()
    for name in ["here/deep", "build/bin"] + scenarios { try folder.makeDirectory(name) }
    for name in datasets {
      try folder.makeDirectory(name)
      try folder.write("{}", to: name + "/datapackage.json")
    }
    return folder
  }

  private func locator(
    in folder: TemporaryDirectory,
    option: String? = nil,
    environment: String? = nil
  ) -> DatasetLocator {
    DatasetLocator(
      options: [option].compactMap { $0 }.map { folder.path + "/" + $0 },
      environment: environment.map { folder.path + "/" + $0 },
      workingDirectory: folder.path + "/here/deep",
      executableDirectory: folder.path + "/build/bin"
    )
  }

  /// The places in their order; each is found when those before it are not there.
  private static let places = [
    "here/deep/datasets/norway", "here/datasets/norway", "datasets/norway",
    "build/bin/datasets/norway", "build/datasets/norway",
    "build/share/regionsim/datasets/norway",
  ]

  @Test(arguments: places.indices)
  func firstPlaceWithADatasetIsTaken(index: Int) throws {
    let folder = try folder(with: Array(Self.places[index...]))
    #expect(
      try locator(in: folder).folders().dataset == folder.path + "/" + Self.places[index]
    )
  }

  /// What belongs to the program is looked for where one works, beside the program, then by the dataset.
  @Test func programDirectories() throws {
    let folder = try folder(with: [])
    let found = locator(in: folder, option: "data/norway").programDirectories()
    let wanted = [
      "here/deep", "here", "build/bin", "build", "build/share/regionsim", "data/norway", "data",
    ].map { folder.path + "/" + $0 }
    #expect(wanted.compactMap(found.firstIndex(of:)).sorted().map { found[$0] } == wanted)
  }

  @Test func namedFoldersGoFirst() throws {
    let folder = try folder(with: Self.places + ["mine", "yours"])
    let environment = locator(in: folder, environment: "yours")
    #expect(try environment.folders().dataset == folder.path + "/yours")
    let both = locator(in: folder, option: "mine", environment: "yours")
    #expect(try both.folders().dataset == folder.path + "/mine")
  }

  @Test(arguments: [
    ("mine", "mine"), ("mine/norway", "mine"), ("mine/datasets/norway", "mine"),
    ("mine", "mine/"), ("mine/norway", "mine//"),
  ])
  func namedFolderMayHoldTheDataset(place: String, option: String) throws {
    let folder = try folder(with: [place])
    let found = try locator(in: folder, option: option).folders().dataset
    #expect(found == folder.path + "/" + place)
  }

  @Test func namedFolderWithoutDatasetIsNotPassedOver() throws {
    let folder = try folder(with: Self.places)
    for (found, origin) in [
      (locator(in: folder, option: "empty"), "--data"),
      (locator(in: folder, environment: "empty"), "REGIONSIM_DATA"),
    ] {
      let text = errorText { try found.folders().dataset }.replacing(folder.path, with: "…")
      #expect(
        text == """
          No dataset (a folder with datapackage.json) in the folder given with \(origin). Tried:
            …/empty
            …/empty/norway
            …/empty/datasets/norway
          """
      )
    }
  }

  @Test func everyPlaceTriedIsListed() {
    let locator = DatasetLocator(
      options: [],
      environment: nil,
      workingDirectory: "/nowhere/project",
      executableDirectory: "/nowhere/opt/bin"
    )
    #expect(
      errorText { try locator.folders().dataset } == """
        No dataset (a folder with datapackage.json) was found. Tried:
          /nowhere/project/datasets/norway
          /nowhere/datasets/norway
          /nowhere/opt/bin/datasets/norway
          /nowhere/opt/datasets/norway
          /nowhere/opt/share/regionsim/datasets/norway
        Give its folder with --data FOLDER or in the environment variable REGIONSIM_DATA.
        """
    )
    let unknown = DatasetLocator(
      options: [],
      environment: nil,
      workingDirectory: "/nowhere",
      executableDirectory: nil
    )
    #expect(
      errorText { try unknown.folders().dataset }.contains("  /nowhere/datasets/norway\nGive")
    )
  }

  @Test(arguments: ["mine/datasets/norway", "mine/datasets/norway/"])
  func scenariosAreBesideTheDataset(option: String) throws {
    let folder = try folder(
      with: ["mine/datasets/norway"],
      scenarios: ["mine/scenarios", "scenarios", "build/share/regionsim/scenarios"]
    )
    try folder.write("a file", to: "here/scenarios")
    let found = locator(in: folder, option: option).directories(called: "scenarios")
    #expect(
      found.map { $0.replacing(folder.path + "/", with: "") }
        == ["mine/scenarios", "scenarios", "build/share/regionsim/scenarios"]
    )
  }

  @Test func compositesAreFoundLikeScenarios() {
    let locator = DatasetLocator.current(options: [repositoryRoot])
    #expect(locator.directories(called: "composites").first == repositoryRoot + "/composites")
    #expect(locator.directories(called: "scenarios").first == repositoryRoot + "/scenarios")
  }

  @Test func currentProcessFindsTheRepository() throws {
    let locator = DatasetLocator.current(options: [repositoryRoot])
    #expect(try locator.folders().dataset == repositoryRoot + "/datasets/norway")
  }
}
