#include "crypto/md5.hpp"

#include <openssl/evp.h>

#include "cli/errors.hpp"
#include "crypto/encoding.hpp"

std::string md5_hex(std::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_md5(), nullptr) != 1)
    throw Failure{"libcrypto has no MD5 here (a FIPS configuration?)"};
  return to_hex({digest, size});
}
