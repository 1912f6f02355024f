import Glibc

// What stands in files, and who can read it: looked at when somebody connects, and by no command that asks no cluster.

extension Settings {
  /// Refuses files of security that cannot be read; librdkafka would name the fault of OpenSSL and not the setting.
  func checkSecurityFiles() throws(SecurityProblem) {
    for name in ["ssl.ca.location", "ssl.certificate.location", "ssl.key.location"] {
      guard let path = optional(name) else { continue }
      // Who to trust may be a folder of certificates.
      if let reason = whyUnreadable(path, mayBeFolder: name == "ssl.ca.location") {
        throw SecurityProblem(
          setting: name, fault: .unreadable(reason: reason),
          remedy: "name a file that this user can read; it is \(path)")
      }
    }
  }

  /// What an operator should know of secrets that others can read, one sentence each.
  var securityWarnings: [String] {
    var warnings: [String] = []
    for setting in Setting.table where setting.isSecret && isGiven(setting.name) {
      let cure = "set \(setting.environmentName) instead"
      switch place(of: setting.name) {
      case .file(let file) where isReadableByAll(file):
        warnings.append("\(setting.name) stands in \(file), which everybody on this machine can read; \(cure)")
      case .argument:
        warnings.append("\(setting.name) stands in the arguments, which everybody on this machine can see; \(cure)")
      case .file, .environment, nil: break
      }
    }
    if let key = optional("ssl.key.location"), isReadableByAll(key) {
      warnings.append("ssl.key.location is \(key), which everybody on this machine can read; take that right away")
    }
    if text("security.protocol") == "sasl_plaintext", text("sasl.mechanism") == "PLAIN" {
      warnings.append(
        "sasl.password goes over the network as it is, since security.protocol is sasl_plaintext and sasl.mechanism PLAIN; sasl_ssl hides it"
      )
    }
    return warnings
  }
}

private func whyUnreadable(_ path: String, mayBeFolder: Bool) -> String? {
  guard let file = fopen(path, "r") else { return String(cString: strerror(errno)) }
  defer { fclose(file) }
  var status = stat()
  guard fstat(fileno(file), &status) == 0 else { return String(cString: strerror(errno)) }
  return status.st_mode & S_IFMT == S_IFDIR && !mayBeFolder ? "it is a folder" : nil
}

private func isReadableByAll(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IROTH != 0
}
