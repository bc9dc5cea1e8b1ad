// Stage exports: BagIt (RFC 8493), the form in which repositories take folders of files.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace rapporteur {

/// A file of the payload. It lies in the bag as data/<path>.
struct BagFile {
  std::string path;    ///< relative, / between its parts; no part may be ..
  std::string sha256;  ///< 64 lower-case hex digits
  std::uint64_t bytes = 0;
};

/// What bag-info.txt says beside the size. Empty values are left out.
struct BagInfo {
  std::string source_organization;
  std::string description;
  std::string date;  ///< YYYY-MM-DD of bagging; the caller's clock, or SOURCE_DATE_EPOCH
};

/// The tag files of a bag as (name, text): bagit.txt, bag-info.txt, manifest-sha256.txt, tagmanifest-sha256.txt. The order
/// of the payload does not matter. Whoever writes them beside data/ has a complete and valid bag.
std::vector<std::pair<std::string, std::string>> bag_tag_files(std::vector<BagFile> payload, const BagInfo& info);

}  // namespace rapporteur
