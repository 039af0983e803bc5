// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "regionsim",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "regionsim", targets: ["regionsim"]),
    // For Benchmarks and Fuzzing, packages of their own, so that building the program fetches nothing
    // for them.
    .library(
      name: "RegionsimLibrary",
      targets: ["Composites", "Cubes", "LinearAlgebra", "Statistics"]
    ),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // MARK: - The library, lowest first: dependencies point one way

    .target(name: "CKernels"),
    .target(name: "LinearAlgebra", dependencies: ["CKernels"]),
    .target(name: "Statistics", dependencies: ["CKernels"]),
    .target(name: "Regions", dependencies: ["LinearAlgebra", "Statistics"]),
    .target(
      name: "Documents",
      dependencies: ["Regions", .product(name: "Yams", package: "Yams")]
    ),
    .target(
      name: "Composites",
      dependencies: ["Documents", "LinearAlgebra", "Regions", "Statistics"]
    ),
    // Workbooks are read through the system's minizip and expat, and written through libxlsxwriter,
    // whose header alone is needed to build: CWorkbook loads it when the first is written.
    .systemLibrary(
      name: "CMinizip",
      pkgConfig: "minizip",
      providers: [.apt(["libminizip-dev", "zlib1g-dev"]), .brew(["minizip"])]
    ),
    .systemLibrary(
      name: "CExpat",
      pkgConfig: "expat",
      providers: [.apt(["libexpat1-dev"]), .brew(["expat"])]
    ),
    .target(name: "CWorkbook"),
    .target(name: "Cubes", dependencies: ["CExpat", "CMinizip", "CWorkbook", "Regions"]),
    .target(name: "Datasets", dependencies: ["LinearAlgebra", "Regions"]),
    // libcurl is loaded when something is fetched; nothing of it is needed to build.
    .target(name: "CTransfer"),
    .target(name: "Fetching", dependencies: ["CTransfer", "Cubes", "Datasets", "Regions"]),
    .target(name: "Imports", dependencies: ["Cubes", "Datasets", "Regions"]),
    .target(name: "Forecasts", dependencies: ["LinearAlgebra", "Regions", "Statistics"]),
    .target(
      name: "Scenarios",
      dependencies: ["Documents", "Forecasts", "LinearAlgebra", "Regions", "Statistics"]
    ),
    .target(
      name: "Measurements",
      dependencies: [
        "Composites", "Forecasts", "LinearAlgebra", "Regions", "Scenarios", "Statistics",
      ]
    ),
    .target(
      name: "Plans",
      dependencies: ["Datasets", "Documents", "Forecasts", "Regions", "Scenarios", "Statistics"]
    ),
    .target(
      name: "Reports",
      dependencies: [
        "CWorkbook", "Composites", "Datasets", "Documents", "Forecasts", "Imports", "LinearAlgebra",
        "Measurements", "Plans", "Regions", "Scenarios", "Statistics",
      ]
    ),

    // MARK: - The program

    .target(
      name: "Commands",
      dependencies: [
        "Composites", "Cubes", "Datasets", "Documents", "Fetching", "Forecasts", "Imports",
        "LinearAlgebra", "Measurements", "Plans", "Regions", "Reports", "Scenarios", "Statistics",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    .executableTarget(name: "regionsim", dependencies: ["Commands"]),

    // MARK: - Tests

    .target(name: "TestSupport", dependencies: ["Datasets", "Regions"], path: "Tests/TestSupport"),
    .testTarget(
      name: "LinearAlgebraTests",
      dependencies: ["CKernels", "LinearAlgebra", "TestSupport"]
    ),
    .testTarget(
      name: "StatisticsTests",
      dependencies: ["Statistics", "TestSupport"],
      exclude: ["Reference"]
    ),
    .testTarget(
      name: "RegionsTests",
      dependencies: ["LinearAlgebra", "Regions", "Statistics", "TestSupport"],
      exclude: ["Reference"]
    ),
    .testTarget(
      name: "CompositesTests",
      dependencies: [
        "Composites", "Datasets", "Documents", "LinearAlgebra", "Regions", "Statistics",
        "TestSupport",
      ],
      exclude: ["Reference"]
    ),
    .testTarget(
      name: "CubesTests",
      dependencies: ["Cubes", "Regions", "TestSupport"],
      exclude: ["Reference", "Workbooks"]
    ),
    // A server of statistics on the loopback interface; nothing is fetched from elsewhere in tests.
    .target(name: "FixtureServer", dependencies: ["Cubes"], path: "Tests/FixtureServer"),
    .testTarget(
      name: "FetchingTests",
      dependencies: [
        "Cubes", "Datasets", "Fetching", "FixtureServer", "Regions", "Statistics", "TestSupport",
      ]
    ),
    .testTarget(name: "DatasetsTests", dependencies: ["Datasets", "Regions", "TestSupport"]),
    .testTarget(
      name: "ImportsTests",
      dependencies: ["Cubes", "Datasets", "Imports", "Regions", "Statistics", "TestSupport"]
    ),
    .testTarget(
      name: "ForecastsTests",
      dependencies: ["Datasets", "Forecasts", "Regions", "Statistics", "TestSupport"],
      exclude: ["Reference"]
    ),
    .testTarget(
      name: "ScenariosTests",
      dependencies: [
        "Datasets", "Documents", "Forecasts", "Plans", "Regions", "Scenarios", "Statistics",
        "TestSupport",
      ],
      exclude: ["Reference"]
    ),
    .testTarget(
      name: "PlansTests",
      dependencies: [
        "Datasets", "Documents", "Plans", "Regions", "Scenarios", "TestSupport",
      ]
    ),
    .testTarget(
      name: "MeasurementsTests",
      dependencies: [
        "Datasets", "LinearAlgebra", "Measurements", "Regions", "Statistics", "TestSupport",
      ]
    ),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "Datasets", "Documents", "LinearAlgebra", "Measurements", "Regions", "Reports", "Scenarios",
        "Statistics", "TestSupport",
      ],
      exclude: ["Golden"]
    ),
    .testTarget(
      name: "CommandsTests",
      dependencies: [
        "Commands", "Cubes", "FixtureServer", "LinearAlgebra", "TestSupport", "regionsim",
      ],
      exclude: ["Golden", "Imports"]
    ),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
  target.cSettings = [.treatAllWarnings(as: .error)]
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
  ]
}
