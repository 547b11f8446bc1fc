// The part of OpenSSL's libcrypto that is used here; libcurl brings the library itself.
#ifndef RCE_CCRYPTO_SHIM_H
#define RCE_CCRYPTO_SHIM_H

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#endif
