import Curl
import FoundationEssentials
import Glibc
import HostSystem
import StackControl

/// nginx as a platform whose every job is done when it is asked for, or never: quicker than any client.
final class NullPlatform {
  let url: String
  private let folder: StackFolder
  private let server: ChildProcess

  /// Starts it on one core; nil where nginx is not installed.
  init?(neverDone: Bool = false) throws {
    guard let path = ChildRun.find("nginx") else { return nil }
    folder = try StackFolder.temporary()
    let port = try Self.freePort()
    url = "http://127.0.0.1:\(port)"
    let configuration = "\(folder.path)/nginx.conf"
    try Self.configuration(port: port, state: neverDone ? "running" : "completed")
      .write(toFile: configuration, atomically: true, encoding: .utf8)
    var request = ProcessRequest(
      "/usr/bin/taskset", ["-c", "0", path, "-p", folder.path, "-c", configuration, "-e", "stderr"],
      environment: ["PATH=/usr/bin:/bin"])
    request.descriptors = [-1, 2, 2]
    request.parentDeathSignal = SIGKILL
    server = try ChildProcess(request)
    try waitUntilItAnswers()
  }

  deinit {
    server.signal(SIGKILL)
    _ = try? server.wait()
    folder.remove()
  }

  private func waitUntilItAnswers() throws {
    let client = try HTTPClient()
    let deadline = MonotonicInstant.now + 10_000_000_000
    while (try? client.send(HTTPClientRequest(url: url)))?.status != 200 {
      guard MonotonicInstant.now < deadline else { throw StackError(.failed, "nginx does not answer at \(url)") }
      usleep(20_000)
    }
  }

  private static func freePort() throws -> UInt16 {
    let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(number) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let code = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(number, address, size) == 0 ? getsockname(number, address, &size) : -1
      }
    }
    guard code == 0 else { throw StackError(.failed, "no free port") }
    return UInt16(bigEndian: address.sin_port)
  }

  private static func configuration(port: UInt16, state: String) -> String {
    """
    daemon off; master_process off; worker_processes 1; pid nginx.pid; error_log stderr crit;
    events { worker_connections 8192; }
    http {
      access_log off; keepalive_requests 1000000000; keepalive_timeout 1h; client_body_buffer_size 64k;
      client_body_temp_path b; proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
      default_type application/json;
      server {
        listen 127.0.0.1:\(port) backlog=4096;
        location = /execute { return 202 '{"jobId":"$request_id","status":"queued"}'; }
        location /job-status/ { return 200 '{"status":"\(state)","result":"","timestamp":0}'; }
        location / { return 200 '{"version":"null"}'; }
      }
    }
    """
  }
}
