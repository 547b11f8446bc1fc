import Curl
import Scenarios

extension Target {
  /// How connections to the target are made.
  var connection: ConnectionSettings {
    ConnectionSettings(
      version: version, verifiesServer: http.tls.verifies, caFile: http.tls.caFile,
      clientCertificate: http.tls.clientCertificate, clientKey: http.tls.clientKey, resolve: http.resolve)
  }

  private var version: ConnectionSettings.Version {
    switch http.version {
    case .automatic: .automatic
    case .http1: .http1
    // Over TLS the server's choice decides, which is checked before the run (TargetProbe).
    case .http2: baseURL.hasPrefix("https:") ? .automatic : .http2
    }
  }
}
