internal import Glibc

/// Turns Nagle's algorithm off on the listening sockets of the mock cluster at these addresses.
///
/// Problem: the mock answers a transaction's requests in small writes, and Nagle's algorithm together with delayed
/// acknowledgements makes one transaction take 44 ms instead of 1.1 (measured). librdkafka offers no setting for it and no
/// access to its sockets. On Linux an accepted socket inherits the option from its listener, so it is enough to find those.
///
/// They are found by their port, among the descriptors of this process that listen, so that nobody else's socket is touched.
func sendWithoutDelay(listenersAt bootstrapServers: String) {
  let addresses = bootstrapServers.split(separator: ",")
  let ports = Set(addresses.compactMap { address in address.split(separator: ":").last.flatMap { UInt16($0) } })
  var limits = rlimit()
  guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits) == 0 else { return }
  for descriptor in 0..<Int32(min(limits.rlim_cur, 65_536)) where isListening(descriptor, at: ports) {
    var on: Int32 = 1
    setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
  }
}

private func isListening(_ descriptor: Int32, at ports: Set<UInt16>) -> Bool {
  var accepts: Int32 = 0
  var size = socklen_t(MemoryLayout<Int32>.size)
  guard getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &accepts, &size) == 0, accepts == 1 else { return false }
  var address = sockaddr_in()
  size = socklen_t(MemoryLayout<sockaddr_in>.size)
  let answer = withUnsafeMutableBytes(of: &address) { bytes in
    getsockname(descriptor, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress!, &size)
  }
  guard answer == 0, address.sin_family == sa_family_t(AF_INET) else { return false }
  return ports.contains(UInt16(bigEndian: address.sin_port))
}
