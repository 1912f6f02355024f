import Streams
import Testing

extension Promise {
  static let reading: [Promise] = [
    Promise("records come in the order of their partition, and its end after them") { stage in
      try stage.write((0..<40).map { stage.event("\($0)", in: $0 % 2) })
      let worker = try Member(stage)
      try worker.join()
      let events = try worker.eventsToTheEnd(of: 0, 1)
      for partition in Int32(0)..<2 {
        #expect(events.texts(of: partition) == (0..<20).map { "\($0 * 2 + Int(partition))" })
        #expect(events.records.filter { $0.source.partition == partition }.map(\.offset) == Array(0..<20))
        let end = EndOfPartition(stage.input(partition), next: 20, highWatermark: 20)
        #expect(events.end(of: end.source) == end)
        let last = events.lastIndex { if case .record(let record) = $0 { record.source == end.source } else { false } }
        let told = events.firstIndex { if case .endOfPartition(end) = $0 { true } else { false } }
        #expect(last! < told!)
      }
      worker.close()
    },
    Promise("nothing is read before an assignment is answered") { stage in
      try stage.write([stage.event("early")])
      let worker = try Member(stage)
      let given = try worker.given()
      #expect(given.sorted() == [stage.input(0), stage.input(1)])
      let early = worker.events(for: .seconds(1))
      #expect(early.records.isEmpty && early.ends.isEmpty)
      try worker.assign(given.map { ReadingStart($0, from: .beginning) })
      #expect(try worker.eventsToTheEnd(of: 0, 1).records.texts == ["early"])
      worker.close()
    },
    Promise("reading begins where it is asked to") { stage in
      try stage.write((0..<5).map { stage.event("\($0)") } + (0..<5).map { stage.event("\($0)", in: 1) })
      let worker = try Member(stage)
      _ = try worker.given()
      try worker.assign([ReadingStart(stage.input(0), from: .offset(3)), ReadingStart(stage.input(1), from: .end)])
      #expect(try worker.eventsToTheEnd(of: 0, 1).records.texts == ["3", "4"])
      try stage.write([stage.event("new", in: 1)])
      #expect(try worker.events("the new one") { !$0.records.isEmpty }.records.texts == ["new"])
      worker.close()
    },
    Promise("what was fetched for an earlier assignment is never handed out") { stage in
      try stage.write((0..<300).map { stage.event("\($0)") })
      let worker = try Member(stage)
      try worker.join(from: .beginning)
      for start in [Int64(10), 100, 0, 295] {
        // Somewhere in the middle of it, or behind it.
        try worker.events("some") { !$0.records.isEmpty || !$0.ends.isEmpty }
        try worker.assign([ReadingStart(stage.input(0), from: .offset(start))])
        let records = try worker.events("some from \(start)") { !$0.records.isEmpty }.records
        #expect(records.map(\.offset) == Array(start..<start + Int64(records.count)))
      }
      worker.close()
    },
    Promise("an empty assignment reads nothing") { stage in
      let worker = try Member(stage)
      try worker.join()
      _ = try worker.eventsToTheEnd(of: 0, 1)
      try worker.assign([])
      try stage.write([stage.event("not now")])
      #expect(worker.events(for: .seconds(1)).records.isEmpty)
      try worker.assign([ReadingStart(stage.input(0), from: .offset(0))])
      #expect(try worker.events("it") { !$0.records.isEmpty }.records.texts == ["not now"])
      worker.close()
    },
    Promise("an end is told once, and the next one when there is one") { stage in
      let worker = try Member(stage)
      try worker.join()
      let before = try worker.eventsToTheEnd(of: 0, 1)
      #expect(before.end(of: stage.input(0))?.next == 0)
      #expect(worker.events(for: .seconds(1)).ends.isEmpty)
      try stage.write([stage.event("one")])
      let after = try worker.eventsToTheEnd(of: 0)
      #expect(after.records.texts == ["one"] && after.ends.count == 1)
      #expect(after.end(of: stage.input(0))?.next == 1)
      worker.close()
    },
    Promise("an offset that is not kept is told, and reading can go on elsewhere") { stage in
      try stage.write([stage.event("kept")])
      let worker = try Member(stage)
      _ = try worker.given()
      try worker.assign([ReadingStart(stage.input(0), from: .offset(500))])
      let events = try worker.events("told") { $0.failures.contains { $0.isOffsetGone } }
      #expect(events.records.isEmpty && events.failures.allSatisfy { !$0.isFatal })
      try worker.assign([ReadingStart(stage.input(0), from: .offset(0))])
      #expect(try worker.events("what is kept") { !$0.records.isEmpty }.records.texts == ["kept"])
      worker.close()
    },
    Promise("the bounds are the first offset kept and the one after the last") { stage in
      let worker = try Member(stage)
      #expect(try worker.bounds(of: stage.input(0)) == 0..<0)
      try stage.write((0..<3).map { stage.event("\($0)") })
      #expect(try worker.bounds(of: stage.input(0)) == 0..<3)
      worker.close()
    },
  ]

  static let writing: [Promise] = [
    Promise("outputs are written as they are, where their keys or they themselves say") { stage in
      let worker = try Member(stage)
      try worker.join()
      var headers = Headers()
      headers.append("ce_id", "1")
      headers.append("empty", bytes: [UInt8]?.none)
      let keyed = OutgoingRecord(topic: stage.output, key: Array("C7".utf8), headers: headers, value: Array("x".utf8))
      let tombstone = OutgoingRecord(topic: stage.output, partition: 1, key: Array("gone".utf8), value: nil)
      #expect(worker.commit(Commit(outputs: [keyed], tables: [tombstone])) == .committed)
      let written = try stage.read(stage.output, awaiting: 2)
      #expect(written.count == 2)
      let first = try #require(written.first { $0.value != nil })
      #expect(first.source.partition == partition(forKey: Array("C7".utf8), of: 2))
      #expect(first.key == keyed.key && first.headers == headers && first.value == keyed.value)
      let second = try #require(written.first { $0.value == nil })
      #expect(second.source.partition == 1 && second.key == tombstone.key)
      worker.close()
    },
    Promise("outputs stand in the order of the commits") { stage in
      let worker = try Member(stage)
      try worker.join()
      for commit in 0..<10 {
        let outputs = (0..<10).map { OutgoingRecord(stage.output, in: 0, text: "\(commit * 10 + $0)") }
        #expect(worker.commit(Commit(outputs: outputs)) == .committed)
      }
      #expect(try stage.read(stage.output, awaiting: 100).texts == (0..<100).map { "\($0)" })
      worker.close()
    },
    Promise("a commit of nothing is committed") { stage in
      let worker = try Member(stage)
      #expect(worker.commit(Commit()) == .committed)
      try worker.join()
      #expect(worker.commit(Commit()) == .committed)
      #expect(try worker.committed() == [:])
      worker.close()
    },
    Promise("a value that is too large is refused, and the next commit goes on") { stage in
      let worker = try Member(stage)
      try worker.join()
      let large = OutgoingRecord(
        topic: stage.output, partition: 0, key: nil, value: [UInt8](repeating: 120, count: 2_000_000))
      let outcome = worker.commit(Commit(outputs: [large], positions: [Position(stage.input(0), next: 9)]))
      guard case .rewind(let failure) = outcome else {
        Issue.record("got \(outcome)")
        return
      }
      #expect(failure.isOfTheRecord && !failure.isFatal)
      #expect(try worker.committed() == [:])
      #expect(worker.commit(Commit(outputs: [OutgoingRecord(stage.output, in: 0, text: "small")])) == .committed)
      #expect(try stage.read(stage.output, awaiting: 1).texts == ["small"])
      worker.close()
    },
  ]

  static let groups: [Promise] = [
    Promise("positions outlive the worker, and reading goes on at them") { stage in
      try stage.write((0..<5).map { stage.event("\($0)") })
      let worker = try Member(stage, "first")
      try worker.join()
      #expect(try worker.committed() == [:])
      #expect(worker.commit(Commit(positions: [Position(stage.input(0), next: 3)])) == .committed)
      // Where nothing was committed nothing is said.
      #expect(try worker.committed() == [stage.input(0): 3])
      worker.close()
      let successor = try Member(stage, "second")
      try successor.join()
      #expect(try successor.committed() == [stage.input(0): 3])
      #expect(try successor.eventsToTheEnd(of: 0, 1).records.texts == ["3", "4"])
      successor.close()
    },
    Promise("each partition is given to one member, and to another when that one leaves") { stage in
      let first = try Member(stage, "first")
      #expect(try first.join().count == 2)
      let second = try Member(stage, "second")
      var shares: [[TopicPartition]] = [[], []]
      let deadline = stage.now + .seconds(60)
      while shares.map(\.count) != [1, 1], stage.now < deadline {
        for (index, member) in [first, second].enumerated() {
          for event in member.poll() {
            switch event {
            case .revoked(_, let lost):
              // It may take more than one rebalance, but each is in order.
              #expect(!lost)
              shares[index] = []
              try member.assign([])
            case .assigned(let partitions):
              shares[index] = partitions
              try member.assign(partitions.map { ReadingStart($0, from: .committed) })
            case .record, .endOfPartition, .failed: continue
            }
          }
        }
      }
      #expect(shares.map(\.count) == [1, 1] && Set(shares.joined()).count == 2)
      first.close()
      try second.events("a revocation") { $0.revocation != nil }
      try second.assign([])
      #expect(try second.join().count == 2)
      second.close()
    },
    Promise("a member that does not poll loses its partitions, hears of it, and may come again") { stage in
      let worker = try Member(stage, "worker", StageMembership(pollIntervalMax: .seconds(6)))
      try worker.join()
      stage.wait(.seconds(10))
      let events = try worker.events("a revocation") { $0.revocation != nil }
      #expect(events.failures.contains { $0.code == "_MAX_POLL_EXCEEDED" && !$0.isFatal })
      #expect(events.contains { if case .revoked(_, lost: true) = $0 { true } else { false } })
      try worker.assign([])
      #expect(try worker.join().count == 2)
      worker.close()
    },
    Promise("a member that lost its partitions moves no position") { stage in
      let worker = try Member(stage, "worker", StageMembership(pollIntervalMax: .seconds(6)))
      try worker.join()
      stage.wait(.seconds(10))
      let outcome = worker.commit(Commit(positions: [Position(stage.input(0), next: 1)]))
      #expect(outcome != .committed)
      #expect(try worker.committed() == [:])
      worker.close()
    },
    Promise("a static member that comes back has its partitions") { stage in
      let first = try Member(stage, "first", StageMembership(isStatic: true))
      let given = try first.join()
      first.kill()
      let again = try Member(stage, "first", StageMembership(isStatic: true))
      #expect(try again.join() == given)
      again.close()
    },
    Promise("a second static member of one name fences the first", needs: .fencing) { stage in
      let first = try Member(stage, "one", StageMembership(isStatic: true))
      try first.join()
      let second = try Member(stage, "one", StageMembership(isStatic: true))
      try second.join()
      let events = try first.events("a fatal failure") { $0.failures.contains { $0.isFatal } }
      #expect(events.failures.contains { $0.isFatal && $0.isFenced })
      let outcome = first.commit(Commit(positions: [Position(stage.input(0), next: 1)]))
      guard case .fenced = outcome else {
        Issue.record("got \(outcome)")
        return
      }
      #expect(try second.committed() == [:])
      first.close()
      second.close()
    },
    Promise("a copy whose worker is killed loses nothing") { stage in
      let copied = try copyThroughADeath(stage)
      #expect(Set(copied) == Set((0..<400).map { "\($0)" }))
    },
  ]

  static let transactions: [Promise] = [
    Promise("aborted records are passed over, and the end lies behind them", needs: .isolation) { stage in
      try stage.beginTransaction(writing: [stage.event("aborted")])(false)
      try stage.write([stage.event("kept")])
      try stage.beginTransaction(writing: [stage.event("aborted, too")])(false)
      let worker = try Member(stage)
      try worker.join()
      let events = try worker.eventsToTheEnd(of: 0, 1)
      #expect(events.records.texts == ["kept"] && events.records.map(\.offset) == [2])
      #expect(
        events.end(of: stage.input(0)) == EndOfPartition(stage.input(0), next: 5, highWatermark: 5))
      worker.close()
    },
    Promise("an open transaction hides what is behind it, the end says so, and its end shows it", needs: .isolation) {
      stage in
      try stage.write([stage.event("before")])
      let end = try stage.beginTransaction(writing: [stage.event("open")])
      try stage.write([stage.event("behind")])
      let worker = try Member(stage)
      try worker.join()
      let events = try worker.eventsToTheEnd(of: 0, 1)
      #expect(events.records.texts == ["before"])
      let told = try #require(events.end(of: stage.input(0)))
      #expect(told.next == 1 && told.highWatermark == 3 && told.hidesOpenTransaction)
      #expect(try worker.bounds(of: stage.input(0)) == 0..<1)
      try end(true)
      #expect(try worker.eventsToTheEnd(of: 0).records.texts == ["open", "behind"])
      #expect(try worker.bounds(of: stage.input(0)) == 0..<4)
      worker.close()
    },
    Promise("markers leave gaps, and the end is told from within one", needs: .controlRecords) { stage in
      for text in ["1", "2", "3"] { try stage.beginTransaction(writing: [stage.event(text)])(true) }
      let worker = try Member(stage)
      try worker.join()
      let events = try worker.eventsToTheEnd(of: 0, 1)
      #expect(events.records.texts == ["1", "2", "3"] && events.records.map(\.offset) == [0, 2, 4])
      #expect(events.end(of: stage.input(0))?.next == 6)
      #expect(try worker.bounds(of: stage.input(0)) == 0..<6)
      try worker.assign([ReadingStart(stage.input(0), from: .offset(5))])
      let rest = try worker.eventsToTheEnd(of: 0)
      #expect(rest.records.isEmpty && rest.end(of: stage.input(0))?.next == 6)
      worker.close()
    },
    Promise("who takes the place of a worker fences it, and nothing of it is seen", needs: .fencing) { stage in
      let zombie = try Member(stage, "one")
      try zombie.join()
      let successor = try Member(stage, "one")
      let commit = Commit(
        outputs: [OutgoingRecord(stage.output, in: 0, text: "of the zombie")],
        positions: [Position(stage.input(0), next: 1)])
      let outcome = zombie.commit(commit)
      guard case .fenced = outcome else {
        Issue.record("got \(outcome)")
        return
      }
      #expect(try stage.read(stage.output).isEmpty)
      zombie.close()
      // Asked for by a member, as workers do: while it waits to become one, a cluster does not answer its other requests.
      try successor.join()
      #expect(try successor.committed() == [:])
      successor.close()
    },
    Promise(
      "a member that lost its partitions writes nothing", needs: [.transactionalPositions, .isolation]
    ) { stage in
      let worker = try Member(stage, "worker", StageMembership(pollIntervalMax: .seconds(6)))
      try worker.join()
      stage.wait(.seconds(10))
      let outcome = worker.commit(
        Commit(
          outputs: [OutgoingRecord(stage.output, in: 0, text: "too late")],
          positions: [Position(stage.input(0), next: 1)]))
      #expect(outcome != .committed)
      #expect(try stage.read(stage.output).isEmpty)
      #expect(try worker.committed() == [:])
      worker.close()
    },
    Promise(
      "a copy whose worker is killed repeats nothing", needs: [.transactionalPositions, .isolation, .fencing]
    ) { stage in
      let copied = try copyThroughADeath(stage)
      #expect(copied.count == 400)
    },
  ]
}

/// A worker copies and dies between two commits; its successor goes on. Gives what was copied.
private func copyThroughADeath(_ stage: any Stage) throws -> [String] {
  try stage.write((0..<400).map { stage.event("\($0)", in: $0 % 2) })
  let dying = try Member(stage)
  try dying.join()
  try copy(dying, stage, commitsMax: 3)
  dying.kill()
  let successor = try Member(stage)
  try successor.join()
  try copy(successor, stage, commitsMax: .max)
  successor.close()
  return try stage.read(stage.output, awaiting: 400).texts
}

/// Copies until both partitions are at their ends, in commits small enough that there is something between them.
private func copy(_ worker: Member, _ stage: any Stage, commitsMax: Int) throws {
  var commits = 0
  var ends: Set<TopicPartition> = []
  let deadline = stage.now + .seconds(60)
  while ends.count < 2, commits < commitsMax {
    guard stage.now < deadline else { throw NotInTime(description: "copied to the ends") }
    let events = worker.poll()
    ends.formUnion(events.ends)
    let records = events.records
    for begin in stride(from: 0, to: records.count, by: 20) where commits < commitsMax {
      let chunk = records[begin..<min(begin + 20, records.count)]
      let next = chunk.reduce(into: [TopicPartition: Offset]()) { $0[$1.source] = $1.offset + 1 }
      let commit = Commit(
        outputs: chunk.map {
          OutgoingRecord(topic: stage.output, partition: $0.source.partition, key: nil, value: $0.value)
        },
        positions: next.sorted { $0.key < $1.key }.map { Position($0.key, next: $0.value) })
      let outcome = worker.commit(commit)
      #expect(outcome == .committed)
      commits += 1
    }
  }
}
