// Stage batch: the bag (BagIt, RFC 8493) that a finished run can leave for a repository.
#pragma once

#include <string>
#include <vector>

#include "rapporteur/batch.h"

namespace rapporteur {

/// A file to be bagged.
struct BagItem {
  std::string path;    ///< where it is
  std::string place;   ///< below data/
  std::string sha256;  ///< that it must have, because other files in the bag say so; empty: any
};

/// Writes a bag with copies of all items, whole or not at all, in the place of one that rapporteur wrote before. Empty
/// where it is there. Errors: B605 cannot be written, or a document has changed since it was parsed, B606 a name that is not UTF-8, B607 something else is there.
Diagnostics write_bag(const std::string& folder, std::vector<BagItem> items, const std::string& date);

}  // namespace rapporteur
