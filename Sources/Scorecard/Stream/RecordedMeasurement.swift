internal import Events

/// What a restart has to know of a measurement that was written.
struct RecordedMeasurement: Sendable {
  let id: String
  let window: KPIMeasured.Window
  let segment: Scorecard.Segment
  let kpi: KPI
  let revision: Int
  let asOf: Timestamp
  /// Both figures as they were written.
  let figures: [UInt8]

  /// Reads `heed.kpi.measured.v1`; `nil` if it is another type of event, of another version of the definitions, or not as we write it.
  init?(_ tree: JSONTree) {
    guard tree["type"]?.text == EventType.kpiMeasured.rawValue, let data = tree["data"],
      let id = data["measurementId"]?.text, let window = KPIMeasured.Window(data["window"]),
      let segment = Scorecard.Segment(data["segment"]), let measure = data["measure"], let pair = data["pair"],
      let kpi = measure["kpi"]?.text.flatMap({ KPI(rawValue: $0) }), let revision = data["revision"]?.integer,
      data["definition"]?.integer == KPI.definitionVersion, let asOf = data["asOf"]?.time
    else { return nil }
    var writer = JSONWriter()
    writer.array([measure, pair]) { $1.write(to: &$0) }
    (self.id, self.window, self.segment, self.kpi) = (id, window, segment, kpi)
    (self.revision, self.asOf, figures) = (revision, asOf, writer.bytes)
  }
}

extension KPIMeasured.Window {
  fileprivate init?(_ tree: JSONTree?) {
    guard let length = tree?["length"]?.text.flatMap({ Length(rawValue: $0) }), let from = tree?["from"]?.time,
      let until = tree?["until"]?.time
    else { return nil }
    self.init(length, from: from, until: until)
  }
}

extension Scorecard.Segment {
  fileprivate init?(_ tree: JSONTree?) {
    guard let axis = tree?["axis"]?.text.flatMap({ Axis(rawValue: $0) }) else { return nil }
    self.init(axis, tree?["name"]?.text ?? "")
  }
}
