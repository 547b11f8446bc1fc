// swift-tools-version: 6.2
import PackageDescription

// The architecture, top to bottom; an arrow only ever points down. `make build` passes
// --explicit-target-dependency-import-check error, so an import that is not listed here does not compile.

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// Linked without the start files of Swift, and fully static.
let wholeProgram: LinkerSetting = .unsafeFlags([
  "-nostartfiles", "-static-stdlib", "-Xclang-linker", "-static", "-Xclang-linker", "-Qunused-arguments",
])

/// Swift's libraries inside of the program: it starts sooner, and runs where they are not.
let selfContained: LinkerSetting = .unsafeFlags(
  ["-static-stdlib", "-lswiftSynchronization", "-l_FoundationCShims", "-l_FoundationCollections"],
  .when(configuration: .release))

func clibrary(_ name: String, apt: [String]) -> Target {
  .systemLibrary(name: name, providers: [.apt(apt)])
}

func library(_ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = []) -> Target {
  .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: strict)
}

func tool(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

func service(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict, linkerSettings: [selfContained])
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, exclude: exclude, swiftSettings: strict)
}

let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let histogram: Target.Dependency = .product(name: "Histogram", package: "hdrhistogram-swift")
let yaml: Target.Dependency = .product(name: "Yams", package: "Yams")
let sqlite: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqliteC: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")

let package = Package(
  name: "rce-bench",
  products: [
    .executable(name: "rce-bench", targets: ["rce-bench"]),
    .executable(name: "rce-api", targets: ["rce-api"]),
    .executable(name: "rce-dispatcher", targets: ["rce-dispatcher"]),
    .executable(name: "rce-lambda-host", targets: ["rce-lambda-host"]),
    .executable(name: "rce-executor", targets: ["rce-executor"]),
    .library(name: "rce-zygote", type: .dynamic, targets: ["CZygote"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    // C
    clibrary("CCurl", apt: ["libcurl4-openssl-dev"]),
    clibrary("CMicroHTTPD", apt: ["libmicrohttpd-dev"]),
    clibrary("CHiredis", apt: ["libhiredis-dev"]),
    clibrary("CCrypto", apt: ["libssl-dev"]),
    clibrary("COpenSSL", apt: ["libssl-dev"]),
    clibrary("CSeccomp", apt: ["libseccomp-dev"]),
    clibrary("CZlib", apt: ["zlib1g-dev"]),
    .target(name: "CLinux"),
    // A sandbox as rce-jail makes it; also what the supervisor writes for it to read.
    .target(name: "CJail", dependencies: ["CLinux"]),
    // Loaded into a Python interpreter, which it makes a fork server of sandboxes.
    .target(
      name: "CZygote", dependencies: ["CJail"],
      linkerSettings: [.unsafeFlags(["-nostartfiles", "-static-stdlib", "-Xclang-linker", "-Wl,--as-needed"])]),

    // values: no C library, and no I/O but for the one file that RCE_LANGUAGES may name
    library("Jobs", resources: [.embedInCode("Resources/languages.json")]),
    library("Statistics", [histogram]),
    library("Charts"),

    // the operating system
    library("HostSystem", ["CLinux"]),

    // one owner per C library
    library("Curl", ["CCurl", "CLinux", "HostSystem"]),
    library("Digests", ["CCrypto"]),
    library("TLS", ["COpenSSL", "HostSystem"]),
    library("AWSServices", ["Curl", "TLS", "Digests", "HostSystem"]),
    library("MicroHTTP", ["CMicroHTTPD", "HostSystem"]),
    library("Redis", ["CHiredis", "TLS", "HostSystem"]),
    library("Sandbox", ["CLinux", "CJail", "CSeccomp", "HostSystem"]),
    library("LambdaRuntime", ["Curl", "HostSystem"]),

    // the platform
    library("JobBackends", ["Jobs", "Redis", "HostSystem"]),
    // apart from JobBackends, so that only programs on AWS link what it needs
    library("AWSBackends", ["AWSServices", "JobBackends", "Redis", "Jobs", "HostSystem"]),
    library("JobDispatch", ["Jobs", "JobBackends", "HostSystem", logging]),
    library(
      "EventDispatch",
      ["AWSBackends", "AWSServices", "JobDispatch", "JobBackends", "Jobs", "HostSystem", logging]),
    library(
      "ExecutionAPI", ["Jobs", "JobBackends", "MicroHTTP", "HostSystem", logging],
      resources: [.embedInCode("Resources/landing.html"), .embedInCode("Resources/openapi.yaml")]),
    library("CodeExecution", ["Jobs", "Sandbox", "Digests", "HostSystem"]),
    library("LambdaHost", ["Jobs", "JobBackends", "JobDispatch", "Redis", "MicroHTTP", "HostSystem", logging]),

    // the bench
    library("Scenarios", ["Jobs", "HostSystem", yaml]),
    library("RunRecords", ["Jobs", "Statistics", "HostSystem", "CZlib", sqlite, sqliteC]),
    library("Pricing", ["Jobs"], resources: [.embedInCode("Resources/us-east-1.json")]),
    library("Thresholds", ["Jobs", "Scenarios", "RunRecords", "Statistics"]),
    library("CapacityPlanning", ["Jobs", "Scenarios", "RunRecords", "Thresholds", "Statistics"]),
    library(
      "LoadGeneration",
      ["Jobs", "Digests", "Scenarios", "Statistics", "RunRecords", "Thresholds", "Curl", "HostSystem"]),
    library(
      "SelfTest", ["Jobs", "Statistics", "Scenarios", "RunRecords", "LoadGeneration", "CLinux", "HostSystem"]),
    library(
      "Reporting",
      [
        "Jobs", "Statistics", "Charts", "Scenarios", "RunRecords", "Thresholds", "Pricing", "CapacityPlanning",
        "HostSystem",
      ],
      resources: [.embedInCode("Resources/summary-schema.json")]),
    library("LiveView", ["LoadGeneration", "RunRecords"]),
    // what AWS itself tells of a run there, and allows
    library("AWSMeasurement", ["AWSServices", "RunRecords", "Pricing", "StackControl", "Jobs", "HostSystem"]),
    library("StackControl", ["Jobs", "Curl", "HostSystem"]),

    // what the service programs share in starting
    library("ServiceStart", ["Redis", "HostSystem", arguments, logging]),

    // programs
    service(
      "rce-api",
      [
        "ServiceStart", "ExecutionAPI", "AWSBackends", "JobBackends", "LambdaRuntime", "MicroHTTP", "Redis", "Jobs",
        "HostSystem", arguments, logging,
      ]),
    service(
      "rce-dispatcher",
      ["EventDispatch", "AWSBackends", "JobBackends", "LambdaRuntime", "HostSystem", logging]),
    service(
      "rce-lambda-host",
      [
        "ServiceStart", "LambdaHost", "JobDispatch", "JobBackends", "Redis", "MicroHTTP", "Jobs", "HostSystem",
        arguments, logging,
      ]),
    // These two run before every program: fully static, without anything of Swift's.
    .executableTarget(name: "rce-init", dependencies: ["CLinux"], linkerSettings: [wholeProgram]),
    .executableTarget(name: "rce-jail", dependencies: ["CJail"], linkerSettings: [wholeProgram]),
    service("rce-executor", ["CodeExecution", "LambdaRuntime", "Sandbox", "Jobs", "HostSystem"]),
    tool(
      "rce-bench",
      [
        "LoadGeneration", "LiveView", "Scenarios", "RunRecords", "Reporting", "Pricing", "Statistics", "StackControl",
        "SelfTest", "CapacityPlanning", "AWSMeasurement", "AWSServices", "Jobs", "MicroHTTP", "Curl", "HostSystem",
        arguments,
      ]),

    // tests, one folder a module
    tests("Jobs"),
    tests("Statistics"),
    tests("Charts", ["TestServices"], exclude: ["Goldens"]),
    tests("HostSystem"),
    tests("Curl", ["TestServices", "MicroHTTP", "HostSystem"]),
    tests(
      "AWSBackends",
      ["TestServices", "AWSServices", "JobDispatch", "JobBackends", "Redis", "Jobs", "HostSystem", logging]),
    tests("AWSServices", ["TestServices", "MicroHTTP", "Curl", "HostSystem"]),
    tests("MicroHTTP", ["Curl", "HostSystem"]),
    tests("Redis", ["TestServices", "HostSystem"]),
    tests("Sandbox", ["HostSystem"]),
    tests("LambdaRuntime", ["TestServices", "MicroHTTP", "Jobs", "HostSystem"]),
    tests("JobBackends", ["TestServices", "Redis", "Jobs", "HostSystem"]),
    tests(
      "EventDispatch",
      [
        "rce-api", "rce-dispatcher", "TestServices", "AWSBackends", "AWSServices", "JobBackends", "Redis", "MicroHTTP",
        "Jobs",
        "HostSystem",
      ]),
    tests("JobDispatch", ["TestServices", "Redis", "JobBackends", "Jobs", "HostSystem", logging]),
    tests(
      "ExecutionAPI",
      ["rce-api", "TestServices", "JobBackends", "Redis", "MicroHTTP", "Curl", "Jobs", "HostSystem", yaml, logging]),
    tests("CodeExecution", ["Sandbox", "Jobs", "HostSystem"]),
    // Hostile programs against the whole executor; they are read from the source folder and never compiled by SwiftPM.
    .testTarget(
      name: "AttackTests", dependencies: ["TestServices", "CodeExecution", "Sandbox", "Jobs", "HostSystem"],
      exclude: ["Programs", "README.md"], swiftSettings: strict),
    tests(
      "LambdaHost",
      ["TestServices", "JobBackends", "JobDispatch", "Redis", "MicroHTTP", "Curl", "Jobs", "HostSystem"]),
    tests("Scenarios", ["TestServices", "Reporting", "Jobs", "HostSystem"]),
    tests("RunRecords", ["Jobs", "Statistics", sqlite]),
    tests("Thresholds", ["Scenarios", "RunRecords", "Jobs"]),
    tests("Pricing", ["Jobs"]),
    tests("CapacityPlanning", ["Reporting", "Scenarios", "RunRecords", "Statistics", "Jobs"]),
    tests(
      "LoadGeneration",
      [
        "TestServices", "Scenarios", "RunRecords", "Thresholds", "Statistics", "Jobs", "MicroHTTP", "Curl",
        "HostSystem",
      ]),
    tests(
      "Reporting", ["TestServices", "Digests", "Scenarios", "RunRecords", "Charts", "Pricing", "Statistics", "Jobs"],
      exclude: ["Goldens"]),
    tests("LiveView", ["TestServices", "LoadGeneration", "RunRecords"], exclude: ["Goldens"]),
    tests(
      "AWSMeasurement",
      [
        "TestServices", "AWSServices", "StackControl", "RunRecords", "LambdaHost", "MicroHTTP", "Pricing", "Jobs",
        "HostSystem",
      ]),
    tests("SelfTest", ["RunRecords", "Statistics", "Scenarios", "Jobs", "HostSystem"]),
    tests("StackControl", ["Curl", "Jobs", "HostSystem"]),
    .target(
      name: "TestServices", dependencies: ["Redis", "Jobs", "HostSystem"], path: "Tests/TestServices",
      swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests", dependencies: ["StackControl", "MicroHTTP", "Curl", "Jobs", "HostSystem"],
      swiftSettings: strict),
    // the product's own bars, measured by `make bench` and `make bench-executor`
    .target(name: "BarReporting", path: "Tests/BarReporting", swiftSettings: strict),
    .executableTarget(
      name: "performance-bars",
      dependencies: [
        "BarReporting", "LoadGeneration", "Scenarios", "RunRecords", "Statistics", "StackControl", "MicroHTTP", "Curl",
        "Jobs", "HostSystem", "CLinux", arguments,
      ],
      path: "Tests/PerformanceBars", swiftSettings: strict),
    .executableTarget(
      name: "executor-bars",
      dependencies: [
        "BarReporting", "CodeExecution", "Sandbox", "LambdaHost", "StackControl", "MicroHTTP", "Curl", "Jobs",
        "HostSystem", arguments,
      ], path: "Tests/ExecutorBars", swiftSettings: strict),
  ]
)
