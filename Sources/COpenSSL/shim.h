// The client side of OpenSSL's libssl; libcurl brings the library itself. Wrapped is what OpenSSL has as macros.
#ifndef RCE_COPENSSL_SHIM_H
#define RCE_COPENSSL_SHIM_H

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

// The name that a server with several certificates chooses by (SNI).
static inline int rce_ssl_set_server_name(SSL *_Nonnull ssl, const char *_Nonnull name) {
  return (int)SSL_set_tlsext_host_name(ssl, name);
}

static inline int rce_ssl_context_require_tls12(SSL_CTX *_Nonnull context) {
  return (int)SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
}

// A write that has to wait may be repeated from another buffer with the same bytes.
static inline void rce_ssl_context_allow_moving_buffers(SSL_CTX *_Nonnull context) {
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
}

#endif
