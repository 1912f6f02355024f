@testable import Events

/// Full events as triage writes them; their bytes are the valid examples of the output types.
///
/// The customers are those of the input examples: Maren's tent, a lamp that came broken, an address to change.
enum OutputExamples {
  struct Golden {
    let type: EventType
    let name: String
    let line: [UInt8]
  }

  static var all: [Golden] { decisions + cases + resolutions + insights + kpis + updates + deadLetters }

  // MARK: Maren's tent, and the storm

  private static let tent = Envelope(
    id: "tkt-20418-opened", source: "/zendesk/fernweh-outdoor", type: EventType.ticketOpened.rawValue,
    time: time("2026-03-02T06:03:34.900Z"), subject: "ticket/20418", partitionKey: "cust-7301",
    traceparent: "00-5be1f2a07c9d4e6b8a13c40d52e7f961-7d3a90b2c14f5e68-01", tracestate: "shop=fernweh")
  private static let tentText = "Tent still not here, leaving on Friday\nWhere is it? Six days \"in transit\"!"
  private static let tentChecks = [
    DecisionMade.Check(name: "order_status", finding: "in_transit", order: OrderID("9120984410237748301")),
    DecisionMade.Check(name: "package_exceptions", finding: "none", order: OrderID("9120984410237748301")),
    DecisionMade.Check(name: "address_problems", finding: "none", order: OrderID("9120984410237748301")),
  ]
  private static let versions = DecisionMade.Versions(policy: "2026-02.3+9c41e0d7", model: "2026-01.2", heed: "1.0.0")

  private static var tentReading: Reading {
    var reading = Reading(abstention: .unclear)
    reading.abstention = nil
    reading.language = .init(tag: "en", probability: 998)
    reading.intents = [
      .init(name: "order_status", probability: 941, band: .high),
      .init(name: "delivery_estimate", probability: 47, band: .low),
    ]
    reading.sentiment = .init(level: -1, score: -412)
    reading.cues = [
      .init(kind: .intent, name: "order_status", span: span(of: "Where is it", in: tentText)),
      .init(kind: .urgency, name: "deadline", span: span(of: "on Friday", in: tentText)),
      .init(kind: .emphasis, name: "exclamation", span: span(of: "!", in: tentText)),
    ]
    reading.pressure = .deadline
    return reading
  }

  private static var tentDecision: DecisionMade {
    DecisionMade(
      decision: id("decision", tent), ticket: TicketID("20418"), customer: CustomerID("cust-7301"), action: .resolve,
      step: "answer_carrier_delay", queue: nil, urgency: .high, dueBy: time("2026-03-02T10:03:34.9Z"),
      reading: tentReading, trajectory: "first", cause: "carrier_delay", order: OrderID("9120984410237748301"),
      checks: tentChecks,
      facts: [
        .init(name: "intent", value: "order_status"), .init(name: "confidence", value: "high"),
        .init(name: "order.status", value: "in_transit"), .init(name: "disruption", value: "true"),
        .init(name: "customer.automation", value: "allowed"),
      ],
      rule: "order_status_in_disruption",
      nearMisses: [.init(rule: "vip_in_person", fact: "customer.tier", wanted: "vip")], tripwires: [],
      boundary: "automatic", confidenceNeeded: .high, context: .complete, contextAsOf: time("2026-03-02T05:00:00Z"),
      caseEpoch: 0, versions: versions, arm: "treatment", previous: nil, supersedes: nil,
      customerExplanation: "We looked up your order and what its carrier says about the storm.",
      auditExplanation:
        "order_status at 0.941 is in the high band; a disruption covers carrier and region; no tripwire was touched.")
  }

  // MARK: The lamp that came broken

  private static let lamp = Envelope(
    id: "sms-5540-a", source: "/sms/gateway", type: EventType.ticketOpened.rawValue,
    time: time("2026-03-02T09:41:59.123456Z"), partitionKey: "client-é-77")
  private static let lampText = "\nBjr, colis reçu mais l'abat-jour est cassé en deux 😢 commande LMP-2207"

  private static var lampReading: Reading {
    var reading = Reading(abstention: .ambiguous)
    reading.language = .init(tag: "fr", probability: 1000)
    reading.intents = [
      .init(name: "damaged_item", probability: 500, band: .medium),
      .init(name: "return_eligibility", probability: 488, band: .medium),
    ]
    reading.sentiment = .init(level: -2, score: -1000)
    reading.signals = [
      .init(name: "asks_for_person", spans: []),
      .init(name: "repeat_contact", spans: [span(of: "colis reçu", in: lampText), span(of: "en deux", in: lampText)]),
    ]
    reading.cues = [.init(kind: .feeling, name: "sadness", span: span(of: "😢", in: lampText))]
    reading.entities = [
      .init(kind: .order, span: span(of: "LMP-2207", in: lampText), value: "LMP-2207"),
      .init(kind: .phone, span: .init(0, 0)),
    ]
    reading.pressure = .pressing
    return reading
  }

  private static var lampDecision: DecisionMade {
    var versions = versions
    versions.policyDigest = Digest256(of: Array("the policy".utf8))
    versions.modelDigest = Digest256(of: Array("the model".utf8))
    var decision = DecisionMade(
      decision: id("decision", lamp), ticket: TicketID("sms-5540"), customer: CustomerID("client-é-77"),
      action: .handOff, step: "replace_damaged_item", queue: "damages", urgency: .high,
      dueBy: time("2026-03-02T13:41:59.123456Z"), reading: lampReading, trajectory: "falling",
      cause: "damaged_in_transit", order: OrderID("LMP-2207"),
      checks: [.init(name: "order_status", finding: "unknown_order", order: nil)],
      facts: [.init(name: "customer.automation", value: "withheld"), .init(name: "tripwires", value: "2")],
      rule: "consent_withheld", nearMisses: [], tripwires: ["asks_for_person", "repeat_contact"],
      boundary: "needs_approval", confidenceNeeded: .high, context: .partial, contextAsOf: nil, caseEpoch: 2,
      versions: versions, arm: "baseline", previous: Digest256(of: Array("the decision before".utf8)),
      supersedes: id("decision", tent),
      customerExplanation: "Vous avez demandé à parler à quelqu'un : un collègue s'en occupe.",
      auditExplanation: "The customer does not agree to automation and asked for a person.")
    decision.inputs = ["an order's event", "the message"].map {
      EventDigest(bytes: Array(Digest256(of: $0.utf8).bytes.prefix(16)))!
    }
    decision.disruption = EventDigest(bytes: Array(0..<16))
    decision.experiment = .init(name: "reply-2026.1", stoppedAt: time("2026-03-01T06:00:00Z"))
    decision.stop = EventDigest(bytes: Array(16..<32))
    return decision
  }

  // MARK: Decisions

  private static var decisions: [Golden] {
    var clarify = tentDecision
    clarify.decision = id("decision", tent, part: "clarify")
    clarify.action = .clarify
    clarify.step = "ask_which_order"
    clarify.order = nil
    clarify.checks = []
    clarify.cause = "unknown"
    clarify.context = .partial
    clarify.dueBy = nil
    clarify.rule = "two_orders_in_flight"
    clarify.customerExplanation = "You have more than one order on its way, so we ask which one you mean."
    clarify.auditExplanation =
      "Two orders are in flight and the message names neither; the turn budget allows a question."
    var none = tentDecision
    none.decision = id("decision", tent, part: "thanks")
    none.action = .none
    none.step = "nothing_owed"
    none.urgency = .low
    none.dueBy = nil
    none.reading = Reading(abstention: .empty)
    none.trajectory = "rising"
    none.cause = "none"
    none.order = nil
    none.checks = []
    none.facts = []
    none.rule = "thanks_only"
    none.nearMisses = []
    none.context = .none
    none.contextAsOf = nil
    none.customerExplanation = "You said thank you; there is nothing left to do."
    none.auditExplanation = "No text was left after the greeting and the signature."
    return [
      golden("resolve-a-delay-in-a-storm", tentDecision, tent), golden("hand-off-a-broken-lamp", lampDecision, lamp),
      golden("clarify-which-order", clarify, tent), golden("none-is-owed", none, tent),
    ]
  }

  private static func golden(_ name: String, _ decision: DecisionMade, _ cause: Envelope) -> Golden {
    golden(
      name, to: .decisions, .decisionMade, id: decision.decision, key: decision.ticket.text, cause, decision.encoded())
  }

  // MARK: Case summaries

  private static var cases: [Golden] {
    let full = CaseSummarised(
      summary: id("summary", lamp), ticket: TicketID("sms-5540"), customer: CustomerID("client-é-77"), tier: "or",
      channel: .sms, language: "fr", queue: "damages", urgency: .high, dueBy: time("2026-03-02T13:41:59.123456Z"),
      headline: "Lamp shade arrived broken; customer asks for a person",
      wants: "Probably a replacement or a refund (undecided between the two)",
      feels: "Very upset, and more so than before: 😢, second contact", cause: "damaged_in_transit",
      orders: [
        .init(
          order: OrderID("LMP-2207"), isSubject: true, status: .delivered,
          words: "Floor lamp \"Aube\", delivered yesterday at 16:20", carrier: "Kurier 24",
          trackingNumber: "K24-889 12",
          promisedBy: time("2026-03-01T18:00:00Z"), estimatedDelivery: time("2026-03-01T16:00:00Z"),
          total: Money(amount: "129.00", currency: "EUR"), asOf: time("2026-03-01T16:20:31Z")),
        .init(
          order: OrderID("LMP-2301"), isSubject: false, status: .onHold, words: "Two bulbs, payment under review",
          carrier: nil, trackingNumber: nil, promisedBy: nil, estimatedDelivery: nil, total: nil,
          asOf: time("2026-02-28T09:00:00.000000001Z")),
      ],
      checks: [
        .init(name: "order_status", finding: "delivered", order: OrderID("LMP-2207")),
        .init(name: "package_exceptions", finding: "none", order: OrderID("LMP-2207")),
        .init(name: "address_problems", finding: "none", order: nil),
      ],
      history: ["2026-03-01: asked when the lamp comes; answered by automation"],
      known: ["Which lamp", "That it is broken in two"], unknown: ["A photo", "Replacement or refund?"],
      recommended: .init(name: "replace_item", words: "Send a new lamp shade", boundary: "needs_approval"),
      alternatives: [
        .init(name: "refund_part", words: "Refund the shade (39.00 EUR)", boundary: "needs_approval"),
        .init(name: "ask_for_photo", words: "Ask for a photo", boundary: "automatic"),
        .init(name: "refund_all", words: "Refund the whole order", boundary: "never"),
      ],
      suggestedReply: "Bonjour,\n\nje suis désolée pour l'abat-jour. Je vous en envoie un neuf dès aujourd'hui.",
      reason: "The customer asked for a person and does not agree to automation.",
      tripwires: ["asks_for_person", "repeat_contact"], caseEpoch: 2, decision: id("decision", lamp),
      supersedes: id("decision", tent),
      sources: [
        .wants: [.init(.text, spans: [.init(0, 12)])],
        .cause: [.init(.order, order: OrderID("LMP-2207"), asOf: time("2026-03-01T16:20:31Z")), .init(.history)],
        .reason: [.init(.policy), .init(.customerRecord)],
      ])
    let bare = CaseSummarised(
      summary: id("summary", tent, part: "bare"), ticket: TicketID("20418"), customer: CustomerID("cust-7301"),
      tier: nil, channel: .unknown, language: "und", queue: "general", urgency: .low,
      dueBy: time("2026-03-03T06:03:34.9Z"), headline: "A message that could not be read",
      wants: "Unclear: the language is not one we can read", feels: "Neither good nor bad", cause: "unknown",
      orders: [], checks: [], history: [], known: [], unknown: ["What the customer wants"],
      recommended: .init(name: "read_and_answer", words: "Read the message", boundary: "automatic"), alternatives: [],
      suggestedReply: nil, reason: "No intent is claimed in this language.", tripwires: [], caseEpoch: 0,
      decision: id("decision", tent), supersedes: nil, sources: [:])
    return [("a-broken-lamp-with-everything", full, lamp), ("a-message-nobody-could-read", bare, tent)].map {
      golden(
        $0, to: .cases(queue: $1.queue), .caseSummarised, id: $1.summary, key: $1.ticket.text, $2, $1.encoded())
    }
  }

  // MARK: Resolutions

  private static var resolutions: [Golden] {
    let answer = ResolutionProposed(
      resolution: id("resolution", tent), ticket: TicketID("20418"), customer: CustomerID("cust-7301"), kind: .answer,
      step: "answer_carrier_delay", channel: .email, language: "en",
      parts: .init(
        acknowledgement: "You are waiting for your tent and leave on Friday.",
        fact: "Nordpost has it, but a storm keeps its depots in your region closed; new estimate: Thursday, 5 March.",
        nextStep: "We look again by 17:00 today and write to you, whether it moved or not.",
        humanExit: "Reply \"person\" and somebody from our team takes over.",
        disclosure: "This answer was written automatically from your order's tracking."),
      choices: [], basis: ["Last scan on 24 February", "Nordpost: severe weather in your region"], caseEpoch: 0,
      expiresAt: time("2026-03-02T17:00:00Z"), decision: id("decision", tent))
    let question = ResolutionProposed(
      resolution: id("resolution", tent, part: "question"), ticket: TicketID("20418"),
      customer: CustomerID("cust-7301"), kind: .question, step: "ask_which_order", channel: .chat, language: "de-AT",
      parts: .init(
        acknowledgement: "", fact: "Um welche Bestellung geht es?", nextStep: "Wählen Sie einfach eine aus.",
        humanExit: "Oder schreiben Sie „Mensch“.", disclosure: "Diese Frage stellt ein Programm 🤖"),
      choices: [
        .init(value: "9120984410237748301", words: "Zelt (21. Februar)"),
        .init(value: "9120984410237748555", words: "Kocher (28. Februar)"),
        .init(value: "other", words: "Eine andere"), .init(value: "person", words: "Mit jemandem sprechen"),
      ],
      basis: [], caseEpoch: 1, expiresAt: nil, decision: id("decision", tent, part: "clarify"))
    return [("answer-a-delay-with-a-promise", answer), ("question-with-four-choices", question)].map {
      golden(
        $0, to: .resolutions, .resolutionProposed, id: $1.resolution, key: $1.ticket.text, tent, $1.encoded(),
        expires: $1.expiresAt)
    }
  }

  // MARK: Insights and dead letters

  private static var insights: [Golden] {
    let risk = InsightRaised(
      insight: id("insight", lamp), kind: .escalationRisk, subject: "sms-5540", customer: CustomerID("client-é-77"),
      ticket: TicketID("sms-5540"), reason: "The feeling fell from neutral to very negative within one day.",
      decision: id("decision", lamp))
    let broken = InsightRaised(
      insight: id("insight", tent, part: "promise"), kind: .promiseBroken, subject: "20418",
      customer: CustomerID("cust-7301"), ticket: TicketID("20418"),
      reason: "An update was promised by 2026-03-02T17:00:00Z and none was sent.", decision: id("decision", tent))
    let trend = InsightRaised(
      insight: id("insight", tent, part: "trend"), kind: .trend, subject: "order_status/Nordpost", customer: nil,
      ticket: nil, reason: "Questions about Nordpost came four times as often as in the four weeks before.",
      decision: nil)
    let unequal = InsightRaised(
      insight: DerivedID.make("unequal_treatment", source: scorecardSource, id: "origin/automation"),
      kind: .unequalTreatment, subject: "origin/automation", customer: nil, ticket: nil,
      reason: "Of 900 twins signed with a name heard as foreign, 61 lost an automated answer and 12 gained one.",
      decision: nil)
    let midnight = Envelope(
      id: "time/2026-03-09T00:00:00Z", source: scorecardSource, type: EventType.insightRaised.rawValue,
      time: time("2026-03-09T00:00:00Z"))
    return [("escalation-risk", risk, lamp), ("promise-broken", broken, tent), ("trend-of-nobody", trend, tent)].map {
      golden($0, to: .insights, .insightRaised, id: $1.insight, key: $1.subject.text, $2, $1.encoded())
    } + [
      Golden(
        type: .insightRaised, name: "unequal-treatment",
        line: OutputEvent(
          to: .findings, type: .insightRaised, id: unequal.insight, key: unequal.subject.text,
          correlationID: unequal.subject.text, cause: midnight, data: unequal.encoded()
        ).structured())
    ]
  }

  // MARK: KPIs

  private static var kpis: [Golden] {
    func day(_ number: Int) -> KPIMeasured.Window {
      KPIMeasured.Window(
        .day, from: time("2026-03-0\(number)T00:00:00Z"), until: time("2026-03-0\(number + 1)T00:00:00Z"))
    }
    func share(
      _ kpi: String, _ better: KPIMeasured.Figure.Direction, hits: Int, of count: Int, _ value: Int, _ low: Int,
      _ high: Int
    )
      -> KPIMeasured.Figure
    {
      .init(kpi: kpi, unit: .share, better: better, count: count, hits: hits, value: value, low: low, high: high)
    }
    let fast = KPIMeasured.Figure(
      kpi: "time_to_resolution", unit: .seconds, better: .down, count: 37, value: 52_205_000, p90: 1_724_000_000)
    let first = KPIMeasured(
      window: day(2), segment: .init(.intent, "order_status"), measure: fast,
      pair: share("repeat_contact", .down, hits: 2, of: 39, 513, 142, 1_687), definition: 1,
      asOf: time("2026-03-06T00:00:00Z"))
    let later = KPIMeasured(
      window: day(2), segment: .init(.intent, "order_status"), measure: fast,
      pair: share("repeat_contact", .down, hits: 3, of: 39, 769, 265, 2_032), definition: 1,
      asOf: time("2026-03-07T00:00:00Z"), revision: 1, supersedes: first.measurement)
    let week = KPIMeasured(
      window: .init(.week, from: time("2026-03-02T00:00:00Z"), until: time("2026-03-09T00:00:00Z")),
      segment: .init(.all),
      measure: .init(kpi: "sentiment_lift", unit: .mean, better: .up, count: 12, value: -2_500),
      pair: .init(kpi: "minutes_saved", unit: .sum, better: .up, count: 0), definition: 1,
      asOf: time("2026-03-09T00:00:00Z"))
    return [("a-day-of-one-matter", first), ("a-customer-came-back", later), ("a-week-of-everybody", week)].map {
      Golden(type: .kpiMeasured, name: $0, line: $1.event().structured())
    }
  }

  // MARK: Updates

  private static var updates: [Golden] {
    func text(_ words: String) -> JSONTree { .string(words) }
    func object(_ fields: (String, JSONTree)...) -> JSONTree { .object(fields.map { JSONTree.Field($0, $1) }) }
    let decision = id("dec", tent)
    let comment = object(("html_body", text("<p>Thursday, 5 March.</p>")), ("public", .boolean(true)))
    let reply = UpdateRequested(
      ticket: TicketID("zendesk:20418"), target: "zendesk", purpose: .reply, method: .put,
      path: "/api/v2/tickets/20418.json",
      body: object(("ticket", object(("comment", comment)))),
      caseEpoch: 0, expiresAt: time("2026-03-02T17:00:00Z"), decision: decision)
    let note = UpdateRequested(
      ticket: TicketID("freshdesk:7"), target: "freshdesk", purpose: .note, method: .post,
      path: "/api/v2/tickets/7/notes",
      body: object(("body", text("<h3>A lamp came broken &amp; late</h3>")), ("private", .boolean(true))), caseEpoch: 1,
      decision: decision)
    let tags = UpdateRequested(
      ticket: TicketID("zammad-eu:81"), target: "zammad-eu", purpose: .tags, method: .post, path: "/api/v1/tags/add",
      body: object(("object", text("Ticket")), ("o_id", .number("820982911946154508")), ("item", text("heed"))),
      caseEpoch: 0, decision: decision, part: "heed")
    let withheld = UpdateRequested(
      ticket: TicketID("intercom:215"), target: "intercom", purpose: .withheld, withheld: .humanHasCase, method: .post,
      path: "/conversations/215/reply",
      body: object(
        ("message_type", text("note")), ("type", text("admin")), ("admin_id", text("814860")),
        ("body", text("<p>A reply that was not sent 🤖</p>"))),
      caseEpoch: 0, decision: decision)
    return [
      ("zendesk-a-reply-with-a-promise", reply), ("freshdesk-a-note", note), ("zammad-a-tag", tags),
      ("intercom-a-reply-that-was-not-sent", withheld),
    ].map { Golden(type: .updateRequested, name: $0, line: $1.event(because: tent).structured()) }
  }

  private static var deadLetters: [Golden] {
    let letters: [(String, [UInt8])] = [
      ("truncated-in-its-body", Array(#"{"specversion":"1.0","id":"t-9","data":{"body":"Where is"#.utf8)),
      ("latin-1", Array(#"{"body":"Caf"#.utf8) + [0xE9] + Array(#""}"#.utf8)),
      ("no-value-at-all", []),
      ("price-in-words", Array(priceInWords.utf8)),
    ]
    return letters.compactMap { name, value in
      guard case .failure(let failure) = outcome(value) else { return nil }
      return Golden(type: .deadLetter, name: name, line: DeadLetter(value: value, failure: failure).structured())
    }
  }

  private static let priceInWords = """
    {"specversion":"1.0","id":"o-5","source":"/shop","type":"heed.order.updated.v1","time":"2026-03-02T09:00:00Z",\
    "data":{"orderId":"5","customerId":"c","status":"placed","items":[{"price":"1.00"},{"price":"a fortune"}]}}
    """

  // MARK: Small things

  private static func golden(
    _ name: String, to destination: OutputEvent.Destination, _ type: EventType, id: String, key: String,
    _ cause: Envelope, _ data: [UInt8], expires: Timestamp? = nil
  ) -> Golden {
    let event = OutputEvent(
      to: destination, type: type, id: id, key: key,
      correlationID: DerivedID.make("case", source: "", id: cause.partitionKey ?? ""), cause: cause,
      expiryTime: expires, data: data)
    return Golden(type: type, name: name, line: event.structured())
  }

  private static func id(_ purpose: String, _ cause: Envelope, part: String = "") -> String {
    DerivedID.make(purpose, source: cause.source, id: cause.id, part: part)
  }

  private static func time(_ text: String) -> Timestamp { Timestamp(rfc3339: text)! }

  private static func span(of part: String, in text: String) -> Reading.Span {
    let range = text.firstRange(of: part)!
    let start = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
    return Reading.Span(start, start + part.utf8.count)
  }
}
