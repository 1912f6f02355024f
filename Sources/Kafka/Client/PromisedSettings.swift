/// librdkafka's settings that our promises hang on, each with the sentence said when somebody tries to pass it through.
///
/// Aliases are listed too: librdkafka takes `metadata.broker.list` for `bootstrap.servers`, and so on.
let promisedSettings: [String: String] = {
  var reasons: [String: String] = [:]
  func protect(_ keys: String..., because reason: String) { for key in keys { reasons[key] = reason } }

  protect("partitioner", because: "one customer, one log: every client must choose partitions as Java clients do")
  protect("isolation.level", because: "records of aborted transactions must never be read")
  protect(
    "enable.auto.commit", "auto.commit.enable", "enable.auto.offset.store", "auto.commit.interval.ms",
    because: "positions are committed with the outputs they led to, never by a timer")
  protect(
    "enable.idempotence", "acks", "request.required.acks", "retries", "message.send.max.retries",
    "max.in.flight", "max.in.flight.requests.per.connection", "enable.gapless.guarantee", "queuing.strategy",
    because: "records must arrive once and in order")
  protect("partition.assignment.strategy", because: "only eager assignors are sound in librdkafka 2.0.2")
  protect("enable.partition.eof", because: "the end of a partition is the only proof of being caught up")
  protect(
    "delivery.report.only.error", "enabled_events", "log.queue",
    because: "delivery reports and events are counted by the client")
  protect("plugin.library.paths", because: "an interceptor could change anything we promise")
  protect("test.mock.num.brokers", because: "it would replace the cluster by an empty one in this process")
  protect("allow.auto.create.topics", because: "a misspelt topic must be an error, not a new topic")
  protect("socket.nagle.disable", because: "with Nagle's algorithm a transaction takes 44 ms instead of 1")

  protect(
    "bootstrap.servers", "metadata.broker.list", "client.id", "group.id", "group.instance.id", "transactional.id",
    "session.timeout.ms", "max.poll.interval.ms", "auto.offset.reset", "transaction.timeout.ms", "message.timeout.ms",
    "delivery.timeout.ms",
    because: "it has a setting of its own")
  return reasons
}()
