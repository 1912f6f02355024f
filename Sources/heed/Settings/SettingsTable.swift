extension Setting {
  /// Every setting there is.
  static let table: [Setting] = [
    Setting(
      name: "bootstrap.servers", kind: .text, standard: "127.0.0.1:9092", isSecret: false,
      words: "Where the cluster is: host:port, several with commas."),
    Setting(
      name: "topic.prefix", kind: .text, standard: "heed.", isSecret: false,
      words: "What the names of all topics begin with; a backfill has its own, so that it cannot reach customers."),
    Setting(
      name: "topic.partitions", kind: .integer(1...10_000), standard: "12", isSecret: false,
      words: "Partitions of each topic that is created; 12 divides well among 1, 2, 3, 4, 6 or 12 workers."),
    Setting(
      name: "topic.replicas", kind: .integer(-1...15), standard: "-1", isSecret: false,
      words: "Copies of each topic that is created; -1 leaves it to the cluster."),
    Setting(
      name: "policy", kind: .text, standard: "", isSecret: false,
      words: "The file of the policy document; empty is the default policy that is compiled in."),
    Setting(
      name: "model", kind: .text, standard: "", isSecret: false,
      words: "The file of the model that reads tickets; empty is the shipped model that is compiled in."),
    Setting(
      name: "processing.guarantee", kind: .oneOf(["exactly_once", "at_least_once"]), standard: "exactly_once",
      isSecret: false,
      words:
        "exactly_once commits outputs, contexts and positions in one transaction; at_least_once needs none, for the embedded broker."
    ),
    Setting(
      name: "group.id", kind: .text, standard: "heed-triage", isSecret: false,
      words: "The consumer group that shares the partitions."),
    Setting(
      name: "group.instance.id", kind: .text, standard: "", isSecret: false,
      words:
        "A name that stays the same over restarts (the pod's), so that a restart moves no partitions; empty is a dynamic member."
    ),
    Setting(
      name: "transactional.id", kind: .text, standard: "", isSecret: false,
      words:
        "The producer's name for transactions; empty derives it from group.id and group.instance.id, or makes a new one."
    ),
    Setting(
      name: "intake.sources", kind: .pairs, standard: "", isSecret: false,
      words:
        "For the role intake: each foreign topic and who sends to it, such as heed.foreign.zendesk=zendesk or heed.foreign.own=mapping:FILE; zendesk@desk-eu names the second of a kind."
    ),
    Setting(
      name: "intake.group.id", kind: .text, standard: "heed-intake", isSecret: false,
      words: "The begin of intake's consumer groups; - and the source's name follow."),
    Setting(
      name: "intake.identity", kind: .oneOf(["keyed", "plain"]), standard: "keyed", isSecret: false,
      words:
        "How customers' ids are made: keyed is a hash that tells nobody who it is, plain can be read, for trying out."),
    Setting(
      name: "intake.identity.key.file", kind: .text, standard: "", isSecret: false,
      words:
        "The file with the key of customers' ids, 16 bytes or more; another key makes other customers, so keep it as long as the topics."
    ),
    Setting(
      name: "intake.phone.country", kind: .text, standard: "", isSecret: false,
      words: "ISO 3166 code of the country whose national phone numbers are meant where a payload names none."),
    Setting(
      name: "intake.links", kind: .oneOf(["none", "accounts", "accounts_and_phones"]), standard: "accounts",
      isSecret: false,
      words:
        "Which ids are linked to the e-mail address that comes with them, so that open cases move: those of the source's own accounts, or phone numbers, too, if no source takes them unchecked."
    ),
    Setting(
      name: "intake.automation.actors", kind: .list, standard: "", isSecret: false,
      words:
        "Ids of the accounts under which machines write in the ticketing systems, Heed's own above all: else its own replies look like a person's takeover."
    ),
    Setting(
      name: "clock.interval", kind: .duration(.zero...(.seconds(3_600))), standard: "1m", isSecret: false,
      words:
        "How often the role intake tells the time to every partition; promises are noticed as broken or over that late. 0s tells none."
    ),
    Setting(
      name: "egress.targets", kind: .list, standard: "", isSecret: false,
      words:
        "For the role egress: the ticketing systems to write to, by vendor (zendesk, freshdesk, zammad) or by file; each has its topic."
    ),
    Setting(
      name: "egress.group.id", kind: .text, standard: "heed-egress", isSecret: false,
      words: "Egress's consumer group; its listener's has -voices behind it."),
    Setting(
      name: "scorecard.grace", kind: .duration(.zero...(.seconds(86_400))), standard: "10m", isSecret: false,
      words:
        "For the role scorecard: how long after midnight, by the time that the log tells, KPIs of the day are written; what comes later is a correction a day later."
    ),
    Setting(
      name: "scorecard.interval", kind: .duration(.seconds(1)...(.seconds(3_600))), standard: "1m", isSecret: false,
      words: "How often the role scorecard computes its gauges; a week of 100,000 tickets takes it a few seconds."),
    Setting(
      name: "scorecard.audit", kind: .integer(0...1_000_000), standard: "100", isSecret: false,
      words:
        "One of how many tickets the role scorecard decides again in somebody else's words, to see whether people are treated alike; 0 is none."
    ),
    Setting(
      name: "session.timeout", kind: .duration(.seconds(3)...(.seconds(300))), standard: "20s", isSecret: false,
      words:
        "How long a silent worker keeps its partitions; above the time of a restart, below the patience of a customer."),
    Setting(
      name: "poll.interval.max", kind: .duration(.seconds(5)...(.seconds(3_600))), standard: "5m", isSecret: false,
      words: "How long a worker may be busy without polling before it gives up its partitions."),
    Setting(
      name: "transaction.timeout", kind: .duration(.seconds(1)...(.seconds(900))), standard: "15s", isSecret: false,
      words:
        "After this the cluster aborts the open transaction of a worker that died; others wait for it, so it is below session.timeout."
    ),
    Setting(
      name: "delivery.timeout", kind: .duration(.seconds(1)...(.seconds(900))), standard: "10s", isSecret: false,
      words:
        "How long a record may take to be acknowledged before its batch is tried again; not above transaction.timeout."),
    Setting(
      name: "drain.timeout", kind: .duration(.seconds(1)...(.seconds(300))), standard: "15s", isSecret: false,
      words:
        "How long a worker that is told to stop may take to commit what is open, leave its group and end; then it ends without, with status 70. Below session.timeout, and below the 30s after which Kubernetes kills."
    ),
    Setting(
      name: "offset.reset", kind: .oneOf(["earliest", "latest"]), standard: "earliest", isSecret: false,
      words: "Where to begin in a partition in which the group never committed anything; earliest loses nothing."),
    Setting(
      name: "offset.out.of.range", kind: .oneOf(["fail", "earliest", "latest"]), standard: "fail", isSecret: false,
      words:
        "What to do when the log does not keep the committed offset: fail ends with status 66, since a person should choose; earliest or latest goes on there."
    ),
    Setting(
      name: "breaker.window", kind: .integer(10...1_000_000), standard: "1000", isSecret: false,
      words: "Of how many of the last records the share of dead letters is looked at."),
    Setting(
      name: "breaker.share", kind: .integer(0...100), standard: "20", isSecret: false,
      words:
        "The percentage of dead letters above which a worker stops with status 65 instead of flooding them; 100 never stops."
    ),
    Setting(
      name: "breaker.keys", kind: .integer(1...10_000), standard: "10", isSecret: false,
      words: "From how many customers those dead letters must come; one customer's bad records stop nobody."),
    Setting(
      name: "fetch.wait", kind: .duration(.milliseconds(1)...(.seconds(5))), standard: "20ms", isSecret: false,
      words: "How long a broker may hold back an empty fetch; short keeps decisions fresh."),
    Setting(
      name: "batch.delay", kind: .duration(.milliseconds(1)...(.seconds(10))), standard: "10ms", isSecret: false,
      words:
        "How long the first record of a commit waits for others that have not come yet; behind a backlog a commit grows for half a second. More makes fewer transactions, less makes decisions sooner."
    ),
    Setting(
      name: "batch.records", kind: .integer(1...100_000), standard: "5000", isSecret: false,
      words: "Records in one commit at most."),
    Setting(
      name: "batch.bytes", kind: .integer(1_024...268_435_456), standard: "8388608", isSecret: false,
      words: "Bytes written in one commit at most; bounds memory."),
    Setting(
      name: "log.level", kind: .oneOf(["trace", "debug", "info", "notice", "warning", "error"]), standard: "info",
      isSecret: false,
      words: "What is logged; nothing per ticket stands above debug, and nothing of a customer anywhere."),
    Setting(
      name: "log.format", kind: .oneOf(["text", "json"]), standard: "text", isSecret: false,
      words: "How a log line looks: text for people, json for machines, one object a line."),
    Setting(
      name: "ops.address", kind: .text, standard: "127.0.0.1:9464", isSecret: false,
      words:
        "Where a worker answers /metrics, /live and /ready, as host:port; port 0 lets the kernel choose, empty is nowhere. Only if it is left at its default a worker goes without where the port is taken."
    ),
    Setting(
      name: "telemetry.interval", kind: .duration(.seconds(1)...(.seconds(300))), standard: "10s", isSecret: false,
      words: "How often the cluster is asked for the ends of our partitions, for lag and progress."),
    Setting(
      name: "watchdog.patience", kind: .duration(.seconds(5)...(.seconds(3_600))), standard: "3m", isSecret: false,
      words:
        "How long a partition may stand still while records wait, or the worker's thread hang, before /live fails; above transaction.timeout."
    ),
    Setting(
      name: "security.protocol", kind: .oneOf(["plaintext", "ssl", "sasl_plaintext", "sasl_ssl"]),
      standard: "plaintext", isSecret: false, words: "How the connection to the cluster is secured."),
    Setting(
      name: "sasl.mechanism", kind: .oneOf(["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER", "GSSAPI"]),
      standard: "SCRAM-SHA-512", isSecret: false,
      words: "How a worker proves who it is, where security.protocol is a sasl one."),
    Setting(
      name: "sasl.username", kind: .text, standard: "", isSecret: false, words: "Who the worker is."),
    Setting(
      name: "sasl.password", kind: .text, standard: "", isSecret: true,
      words: "The proof; better from the environment than from a file, never from a flag."),
    Setting(
      name: "ssl.ca.location", kind: .text, standard: "", isSecret: false,
      words: "The file or folder of certificates to trust; empty is the system's."),
    Setting(
      name: "ssl.certificate.location", kind: .text, standard: "", isSecret: false,
      words: "The file of the worker's own certificate (PEM), where brokers ask for one; with ssl.key.location."),
    Setting(
      name: "ssl.key.location", kind: .text, standard: "", isSecret: false,
      words: "The file of the key to that certificate (PEM); readable for the worker alone."),
    Setting(
      name: "ssl.key.password", kind: .text, standard: "", isSecret: true,
      words:
        "What the key is encrypted with, if it is; better from the environment than from a file, never from a flag."),
  ]

  static let byName = Dictionary(uniqueKeysWithValues: table.map { ($0.name, $0) })
}
