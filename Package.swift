// swift-tools-version: 6.2
import PackageDescription

/// Settings of every target we write: what is imported is imported on purpose, and a warning is an error.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "heed",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    // Without its traits: settings and Foundation come from elsewhere here.
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // Pure: no I/O, no clock, no randomness. They cannot import what stands below them.
    .target(name: "Streams", swiftSettings: strict),
    .target(
      name: "Events", dependencies: ["Streams", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),
    .target(name: "Classifier", dependencies: ["CPrefetch", "CZlib", "Events"], swiftSettings: strict),
    .target(
      name: "Policy",
      dependencies: [
        "Events", .product(name: "Yams", package: "Yams"), .product(name: "Mustache", package: "swift-mustache"),
      ], swiftSettings: strict),
    .target(
      name: "Triage",
      dependencies: [
        "Streams", "Events", "Classifier", "Policy", .product(name: "HeapModule", package: "swift-collections"),
      ], swiftSettings: strict),
    .target(
      name: "Intake",
      dependencies: [
        "Streams", "Events", .product(name: "Crypto", package: "swift-crypto"), .product(name: "Yams", package: "Yams"),
      ], swiftSettings: strict),

    .target(name: "Scorecard", dependencies: ["Events"], swiftSettings: strict),
    .target(name: "Egress", dependencies: ["Streams", "Events", "Triage", "Intake"], swiftSettings: strict),

    // Checks what was decided from its bytes alone. It depends on nothing of ours, so that it cannot share what is wrong with it.
    .target(name: "Chain", dependencies: [.product(name: "Crypto", package: "swift-crypto")], swiftSettings: strict),
    .target(name: "Console", dependencies: ["Streams", "Events", "Classifier", "Scorecard"], swiftSettings: strict),

    // Learns the model from labelled texts and judges it; no worker needs it.
    .target(
      name: "Trainer", dependencies: ["Classifier", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),

    // What agents corrected, as rows to train on and as changes of the policy.
    .target(
      name: "Learning", dependencies: ["Events", "Classifier", "Policy", "Scorecard", "Trainer"],
      swiftSettings: strict),

    // Data that is compiled in.
    .target(name: "CDefaults"),
    .target(name: "CModel"),
    .target(name: "Shipped", dependencies: ["CDefaults", "CModel"], swiftSettings: strict),

    // A word that Swift lacks, and what unpacks a model.
    .target(name: "CPrefetch"),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    // Shell: the only places that wait, fail and look at a clock.
    .systemLibrary(name: "CRdKafka", pkgConfig: "rdkafka", providers: [.apt(["librdkafka-dev"])]),
    .systemLibrary(name: "CMalloc"),
    .target(name: "Kafka", dependencies: ["Streams", "CRdKafka"], swiftSettings: strict),
    .target(
      name: "Worker",
      dependencies: [
        "Streams", .product(name: "Logging", package: "swift-log"),
      ], swiftSettings: strict),
    .target(
      name: "Web",
      dependencies: [
        "Worker", "Streams", "Events", "Classifier", "Policy", "Triage", "Scorecard", "Console",
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Hummingbird", package: "hummingbird"), .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ], swiftSettings: strict),
    .executableTarget(
      name: "heed",
      dependencies: [
        "Streams", "Events", "Classifier", "Trainer", "Learning", "Policy", "Triage", "Chain", "Intake", "Egress",
        "Scorecard", "Console", "Shipped", "CMalloc", "Kafka", "Worker", "Web",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        .product(name: "Yams", package: "Yams"),
      ], swiftSettings: strict),

    // What it costs: copies without triage, triage without a broker, the whole worker; `make bench` runs it.
    .target(name: "CCopyLoop", dependencies: ["CRdKafka"], path: "Tests/Benchmarks/CCopyLoop"),
    .executableTarget(
      name: "Benchmarks",
      dependencies: [
        "CCopyLoop", "Streams", "Events", "Classifier", "Policy", "Triage", "Shipped", "Kafka", "Worker",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ], path: "Tests/Benchmarks/Speed", swiftSettings: strict),

    .executableTarget(
      name: "ReadingBenchmark", dependencies: ["Classifier", "Shipped", "Events"], path: "Tests/Benchmarks/Reading",
      swiftSettings: strict),

    .testTarget(name: "KafkaTests", dependencies: ["Kafka", "Simulation", "Streams"], swiftSettings: strict),
    .testTarget(name: "StreamsTests", dependencies: ["Streams"], swiftSettings: strict),
    .testTarget(
      name: "WorkerTests", dependencies: ["Worker", "Streams", .product(name: "Logging", package: "swift-log")],
      swiftSettings: strict),
    .testTarget(
      name: "WebTests",
      dependencies: [
        "ConsoleFixtures", "Web", "Worker", "Console", "Triage", "Policy", "Shipped", "TestSupport", "Events",
        "Streams", .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
      ], swiftSettings: strict),
    .testTarget(
      name: "ConsoleTests", dependencies: ["ConsoleFixtures", "Console", "Scorecard", "Events", "Streams"],
      swiftSettings: strict),
    // A fleet of one, whose records a console reads.
    .target(
      name: "ConsoleFixtures",
      dependencies: ["Console", "Triage", "Policy", "Classifier", "Shipped", "Events", "Streams"],
      path: "Tests/ConsoleFixtures", swiftSettings: strict),
    .testTarget(
      name: "FleetTests",
      dependencies: [
        "TestSupport", "Shipped", "heed", "Console", "Egress", "Events", "Kafka", "Simulation", "Streams", "Web",
        "Worker",
        .product(name: "Logging", package: "swift-log"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ClassifierTests", dependencies: ["TestSupport", "Shipped", "Classifier", "Events"], swiftSettings: strict),
    .testTarget(name: "TrainerTests", dependencies: ["Trainer", "Classifier", "Events"], swiftSettings: strict),
    .testTarget(
      name: "LearningTests",
      dependencies: [
        "TestSupport", "Learning", "Shipped", "Policy", "Trainer", "Scorecard", "Events",
      ], swiftSettings: strict),
    .testTarget(
      name: "PolicyTests",
      dependencies: [
        "TestSupport", "Shipped", "Policy", "Classifier", "Events", .product(name: "Yams", package: "Yams"),
      ], swiftSettings: strict),
    .testTarget(
      name: "TriageTests",
      dependencies: [
        "TestSupport", "Shipped", "Triage", "Classifier", "Policy", "Events", "Streams",
        .product(name: "Yams", package: "Yams"),
      ],
      // Read where they are written, so that a conversation can be changed without a build.
      exclude: ["Conversations"], swiftSettings: strict),
    .testTarget(
      name: "IntakeTests",
      dependencies: [
        "TestSupport", "Shipped", "Intake", "Triage", "Classifier", "Policy", "Events",
      ],
      // Read where they are written, as payloads are changed more often than tests.
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "ScorecardTests", dependencies: ["TestSupport", "Scorecard", "Events"], swiftSettings: strict),
    .testTarget(
      name: "EgressTests",
      dependencies: [
        "TestSupport", "Shipped", "Egress", "Intake", "Triage", "Classifier", "Policy", "Events", "Streams", "Worker",
        .product(name: "Logging", package: "swift-log"),
      ], swiftSettings: strict),
    .testTarget(
      name: "ChainTests",
      dependencies: ["TestSupport", "Shipped", "Chain", "Triage", "Classifier", "Policy", "Events"],
      swiftSettings: strict),
    // What tests share: dice, files of the repository, an HTTP client.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(name: "EventsTests", dependencies: ["TestSupport", "Events", "Streams"], swiftSettings: strict),

    // The real loop on a simulated cluster, in virtual time: `make sim`, and the scenarios, seeds and planted faults of its tests.
    .target(
      name: "Simulation",
      dependencies: [
        "Streams", "Events", "Classifier", "Policy", "Triage", "Shipped", "Worker",
        .product(name: "Logging", package: "swift-log"),
      ],
      path: "Tests/Simulation", swiftSettings: strict),
    .executableTarget(
      name: "simulate",
      dependencies: ["Simulation", .product(name: "ArgumentParser", package: "swift-argument-parser")],
      path: "Tests/SimulationCommand", swiftSettings: strict),
    .testTarget(
      name: "SimulationTests", dependencies: ["Simulation", "simulate", "Events", "Streams", "Triage", "Worker"],
      swiftSettings: strict),
  ]
)
