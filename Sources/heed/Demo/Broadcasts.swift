import Events

/// What concerns every customer: carriers in trouble, and the hours that pass.
enum Broadcasts {
  static func events() -> [DemoEvent] { disruptions() + hours() }

  private static func disruptions() -> [DemoEvent] {
    var log = DisruptionLog()
    log.declare(
      "storm-north", day(1, "05:10"), .nordPost, .ukNorth, from: day(0, "22:00"),
      cause: "severe weather in the north of England and Scotland", nextUpdate: day(2, "12:00"))
    log.declare(
      "storm-north", day(2, "11:20"), .nordPost, .ukNorth, from: day(0, "22:00"), until: day(4, "06:00"),
      cause: "severe weather in the north of England and Scotland", nextUpdate: day(3, "17:00"))
    log.declare(
      "sorting-strike", day(2, "06:30"), .parcelWay, .euCentral, from: day(2, "04:00"),
      cause: "a strike at the sorting centre in Leipzig", nextUpdate: day(3, "16:00"))
    log.declare(
      "sorting-strike", day(3, "15:15"), .parcelWay, .euCentral, from: day(2, "04:00"), until: day(5, "04:00"),
      cause: "a strike at the sorting centre in Leipzig", nextUpdate: day(4, "18:00"))
    log.declare(
      "flooded-roads", day(3, "05:45"), .swiftShip, .euSouth, from: day(3, "01:00"),
      cause: "flooded roads after heavy rain", nextUpdate: day(4, "10:00"))
    log.declare(
      "flooded-roads", day(4, "09:10"), .swiftShip, .euSouth, from: day(3, "01:00"), until: day(6, "12:00"),
      cause: "flooded roads after heavy rain", nextUpdate: day(5, "10:00"))
    log.declare(
      "depot-fire", day(3, "10:05"), .urbanCourier, .euWest, from: day(3, "07:30"), until: day(5, "20:00"),
      cause: "a fire in the depot at Lille; nobody was hurt", nextUpdate: day(4, "15:00"))
    log.declare(
      "early-snow", day(4, "12:40"), nil, .usEast, from: day(4, "10:00"), until: day(6, "10:00"),
      cause: "a snowstorm that closed airports on the East Coast", nextUpdate: day(5, "16:00"))
    return log.events
  }

  /// From the first morning to the last evening.
  private static func hours() -> [DemoEvent] {
    var events: [DemoEvent] = []
    var hour = DemoTraffic.opens
    while hour <= DemoTraffic.closes {
      let id = "hour-\(events.count + 1)"
      events.append(DemoEvent(id: id, time: hour, key: broadcastKey, type: .timePassed, source: "/clock"))
      hour = hour.adding(seconds: 3_600)
    }
    return events
  }
}

private struct DisruptionLog {
  var events: [DemoEvent] = []

  mutating func declare(
    _ name: String, _ time: Timestamp, _ carrier: Carrier?, _ region: Story.Region?, from: Timestamp,
    until: Timestamp? = nil, cause: String, nextUpdate: Timestamp
  ) {
    var data = JSONWriter()
    data.object { data in
      data.field("disruptionId", name)
      data.field("carrier", optional: carrier?.rawValue)
      data.field("region", optional: region?.rawValue)
      data.field("from", optional: from)
      data.field("until", optional: until)
      data.field("cause", cause)
      data.field("nextUpdateBy", optional: nextUpdate)
    }
    events.append(
      DemoEvent(
        id: "\(name)-\(events.count + 1)", time: time, key: broadcastKey, type: .disruptionDeclared,
        source: "/ops/carriers", subject: name, data: data.bytes))
  }
}
