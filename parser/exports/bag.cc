// Stage exports: the tag files of a bag.

#include "exports/bag.h"

#include <algorithm>

#include "exports/facts.h"
#include "text/sha256.h"

#ifndef RAPPORTEUR_VERSION
#error "the build defines RAPPORTEUR_VERSION"
#endif

namespace rapporteur {

namespace {

/// RFC 8493, 2.1.3: line ends in names, and the sign that escapes them.
std::string manifest_path(const std::string& path) {
  std::string out;
  for (const char c : path) {
    if (c == '\n') out += "%0A";
    else if (c == '\r') out += "%0D";
    else if (c == '%') out += "%25";
    else out += c;
  }
  return out;
}

std::string manifest(const std::vector<BagFile>& payload) {
  std::string out;
  for (const BagFile& file : payload) out += file.sha256 + "  data/" + manifest_path(file.path) + "\n";
  return out;
}

std::string information(const std::vector<BagFile>& payload, const BagInfo& info) {
  std::uint64_t bytes = 0;
  for (const BagFile& file : payload) bytes += file.bytes;
  std::string out;
  const auto say = [&out](const char* label, const std::string& value) {
    const std::string line = fold_blanks(value);  // a line end would begin another label
    if (!line.empty()) out += std::string(label) + ": " + line + "\n";
  };
  say("Source-Organization", info.source_organization);
  say("External-Description", info.description);
  say("Bagging-Date", info.date);
  say("Payload-Oxum", std::to_string(bytes) + "." + std::to_string(payload.size()));
  say("Bag-Software-Agent", std::string("rapporteur ") + RAPPORTEUR_VERSION);
  return out;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> bag_tag_files(std::vector<BagFile> payload, const BagInfo& info) {
  std::sort(payload.begin(), payload.end(), [](const BagFile& a, const BagFile& b) { return a.path < b.path; });
  std::vector<std::pair<std::string, std::string>> files{
      {"bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"},
      {"bag-info.txt", information(payload, info)},
      {"manifest-sha256.txt", manifest(payload)},
  };
  std::string tags;
  for (const auto& [name, text] : files) tags += sha256_hex(text) + "  " + name + "\n";
  files.emplace_back("tagmanifest-sha256.txt", tags);
  return files;
}

}  // namespace rapporteur
