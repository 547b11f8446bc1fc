import COpenSSL
import Glibc

/// Where a machine keeps the certificates of the authorities that it trusts.
package enum CertificateFiles {
  /// Bundles of distributions; a program may run on another one than it was built on.
  private static let bundles = [
    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem",
  ]

  /// The machine's bundle in one file; nil where it has none of the known ones.
  package static var bundle: String? { bundles.first { access($0, R_OK) == 0 } }

  /// The bundle, where OpenSSL finds no certificates by itself: neither in the places that it was built with nor where
  /// `SSL_CERT_FILE` or `SSL_CERT_DIR` say.
  static var unknownToOpenSSL: String? {
    if getenv("SSL_CERT_FILE") != nil || getenv("SSL_CERT_DIR") != nil { return nil }
    let places = [X509_get_default_cert_file(), X509_get_default_cert_dir()].compactMap { $0 }
    return places.contains { access($0, R_OK) == 0 } ? nil : bundle
  }
}
