import ArgumentParser
import Logging
import ServiceLifecycle
import Web

struct ConsoleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "console",
    abstract: "Serves pages that show what the fleet is doing, and why.",
    discussion: """
      Reads all topics as no group, from the last --tail records of each partition on, and changes nothing. Served on this \
      machine alone, unless --listen says otherwise; then it wants --token-file or --trust-proxy-header, since it shows what \
      customers wrote, without their personal data.
      """)

  @OptionGroup var source: SettingsOptions
  @OptionGroup var serving: ConsoleOptions
  @Option(name: .long, help: "How many records of each partition are read back.") var tail = 2_000
  @Option(
    name: .long,
    help: ArgumentHelp(
      "What `heed diff --json` wrote before the last change, for the page of the policy; read again when it changes.",
      valueName: "file"))
  var diff: String?

  func run() async throws {
    let stopping = await StopSignals()
    let (address, access) = (try serving.address(), try serving.access())
    guard (0...1_000_000).contains(tail) else { throw Failure(status: .usage, words: "--tail is from 0 to 1000000") }
    let settings = try source.settings()
    let logger = Log.logger(settings)
    let policy = try DecidingOptions.policy(at: settings.optional("policy"))
    let board = ConsoleBoard()
    let feed = try ConsoleFeed(settings, board: board, tail: tail, logger: logger)
    let server = ConsoleServer(
      host: address.host, port: address.port, access: access,
      sources: try ConsoleServer.Sources(
        board: board, settings: settings, policy: policy, diff: diff, logger: logger), logger: logger,
      onListening: { port in
        Terminal.complain(
          "heed: the console is on http://\(serving.listen.hasSuffix(":0") ? "\(address.host):\(port)" : serving.listen)"
        )
      })
    do {
      try await stopping.run([server, FeedService(feed), FreedMemory()], within: .seconds(5))
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(status: .badConfiguration, words: "the console cannot be served on \(serving.listen): \(error)")
    }
  }
}

/// The feed as a service: ends when it is told to, or with what keeps it from reading.
private struct FeedService: Service {
  let feed: ConsoleFeed

  init(_ feed: ConsoleFeed) { self.feed = feed }

  func run() async throws {
    let (reading, asking) = feed.start()
    let result = await withGracefulShutdownHandler {
      await reading.value()
    } onGracefulShutdown: {
      feed.stop()
    }
    feed.stop()
    await asking.value()
    try result.get()
  }
}
