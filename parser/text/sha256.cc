// Stage text: SHA-256, by OpenSSL.

#include "text/sha256.h"

#include <openssl/evp.h>

namespace rapporteur {

std::string sha256_hex(std::string_view bytes) {
  constexpr char digits[] = "0123456789abcdef";
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  static const EVP_MD* const sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);  // looked up once: that takes longer than a short text
  EVP_Digest(bytes.data(), bytes.size(), digest, &size, sha256, nullptr);
  std::string out;
  out.reserve(2 * size);
  for (unsigned int i = 0; i < size; ++i) (out += digits[digest[i] >> 4]) += digits[digest[i] & 15];
  return out;
}

}  // namespace rapporteur
