import Curl
import Scenarios

extension Target {
  /// How connections to the target are made.
  ///
  /// HTTP/2 is chosen in the TLS handshake; whether it was, where the scenario insists on it, TargetProbe checks.
  var connection: ConnectionSettings {
    ConnectionSettings(
      version: http.version == .http1 || !baseURL.hasPrefix("https:") ? .http1 : .automatic,
      verifiesServer: http.tls.verifies, caFile: http.tls.caFile,
      clientCertificate: http.tls.clientCertificate, clientKey: http.tls.clientKey, resolve: http.resolve)
  }
}
