/// How a worker proves who it is.
enum SASLMechanism: String, CaseIterable {
  case plain = "PLAIN"
  case scram256 = "SCRAM-SHA-256"
  case scram512 = "SCRAM-SHA-512"
  case oauthBearer = "OAUTHBEARER"
  case gssapi = "GSSAPI"

  /// What librdkafka must have been built with, in the words of its `builtin.features`.
  var features: [String] {
    switch self {
    case .plain: ["sasl_plain"]
    case .scram256, .scram512: ["sasl_scram"]
    // Heed makes no tokens, so librdkafka must fetch them by itself.
    case .oauthBearer: ["sasl_oauthbearer", "oidc"]
    case .gssapi: ["sasl_gssapi"]
    }
  }

  /// Whether `sasl.username` and `sasl.password` are the proof.
  var usesPassword: Bool {
    switch self {
    case .plain, .scram256, .scram512: true
    case .oauthBearer, .gssapi: false
    }
  }

  /// The keys of librdkafka's own that belong to it, and the one among them without which it cannot work.
  var ownKeys: (prefix: String, needed: String)? {
    switch self {
    case .plain, .scram256, .scram512: nil
    case .oauthBearer: ("sasl.oauthbearer.", "sasl.oauthbearer.token.endpoint.url")
    case .gssapi: ("sasl.kerberos.", "sasl.kerberos.keytab")
    }
  }
}
