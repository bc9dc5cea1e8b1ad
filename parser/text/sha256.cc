// Stage text: SHA-256, by OpenSSL.

#include "text/sha256.h"

// OpenSSL advises against asking for this digest directly, but by its general way a call on one file spends a tenth of its
// time on setting up providers and reading OpenSSL's settings.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/sha.h>

namespace rapporteur {

std::string sha256_hex(std::string_view bytes) {
  constexpr char digits[] = "0123456789abcdef";
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256_CTX context;
  SHA256_Init(&context);
  SHA256_Update(&context, bytes.data(), bytes.size());
  SHA256_Final(digest, &context);
  std::string out;
  out.reserve(2 * sizeof digest);
  for (const unsigned char byte : digest) (out += digits[byte >> 4]) += digits[byte & 15];
  return out;
}

}  // namespace rapporteur
