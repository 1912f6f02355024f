internal import Events
internal import Streams

/// Events of desks as records of `heed.events.v1`.
enum DeskEvents {
  /// An hour later with each event, so that promises fall due.
  static func time(_ number: Int) -> String {
    Timestamp(rfc3339: "2026-03-02T10:00:00Z")!.adding(seconds: Int64(number) * 3_600).rfc3339
  }

  /// One event of a customer.
  static func one(
    _ id: String, _ number: Int, _ type: EventType, _ customer: String, _ partitions: Int, _ data: String
  ) -> OutgoingRecord {
    record(line(id, number, type, customer, data), customer, partitions)
  }

  /// An event for all, in each partition.
  static func broadcast(_ number: Int, _ type: EventType, _ partitions: Int, _ data: String) -> [OutgoingRecord] {
    (0..<Int32(partitions)).map { record(line("e\(number).\($0)", number, type, "*", data), "*", in: $0) }
  }

  /// What `customer` is said to have done, be it an event or not.
  static func record(_ value: String, _ customer: String, _ partitions: Int) -> OutgoingRecord {
    record(value, customer, in: partition(forKey: customer.utf8, of: Int32(partitions)))
  }

  private static func line(_ id: String, _ number: Int, _ type: EventType, _ key: String, _ data: String) -> String {
    #"{"id":"\#(id)","specversion":"1.0","source":"/sim","type":"\#(type.rawValue)","time":"\#(time(number))","#
      + #""partitionkey":"\#(key)","data":{\#(data)}}"#
  }

  private static func record(_ value: String, _ key: String, in partition: Int32) -> OutgoingRecord {
    var headers = Headers()
    headers.append("content-type", "application/cloudevents+json")
    return OutgoingRecord(
      topic: DeskWorkload.catalogue.events.name, partition: partition, key: Array(key.utf8), headers: headers,
      value: Array(value.utf8))
  }
}
