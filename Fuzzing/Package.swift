// swift-tools-version: 6.2
import PackageDescription

// One program a reader. To add one: a folder with a main.swift like the others', its name here, and
// what it starts from in FuzzSeeds.
let fuzzers = ["JSONStatFuzzer", "PXFuzzer", "TextTableFuzzer", "WorkbookFuzzer"]

let package = Package(
  name: "Fuzzing",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "regionsim", path: "../")],
  targets: [
    .target(name: "CFuzzer", path: "Fuzzing/CFuzzer"),
    .target(name: "FuzzSupport", dependencies: ["CFuzzer"], path: "Fuzzing/FuzzSupport"),
    .executableTarget(
      name: "FuzzSeeds",
      dependencies: [.product(name: "RegionsimLibrary", package: "regionsim")],
      path: "Fuzzing/FuzzSeeds"
    ),
  ]
    + fuzzers.map { name in
      .executableTarget(
        name: name,
        dependencies: [
          "FuzzSupport", .product(name: "RegionsimLibrary", package: "regionsim"),
        ],
        path: "Fuzzing/\(name)"
      )
    },
  swiftLanguageModes: [.v6]
)

for target in package.targets {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
  ]
}
