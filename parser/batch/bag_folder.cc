// Stage batch: copying a run into a bag.
//
// The bag is made beside its place and moved there when it is complete, because half a bag is worse than none. Sums are
// taken of the copies, so that what the manifest says is true of what lies in the bag.

#include "batch/bag_folder.h"

#include <simdjson.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "batch/job.h"
#include "batch/verdict.h"
#include "exports/bag.h"

namespace rapporteur {

namespace {

namespace fs = std::filesystem;

/// Whether the folder is a bag that this program wrote.
bool is_our_bag(const fs::path& folder) {
  std::ifstream info(folder / "bag-info.txt");
  for (std::string line; std::getline(info, line);)
    if (line.starts_with("Bag-Software-Agent: rapporteur ")) return true;
  return false;
}

void write_file(const fs::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out.exceptions(std::ios::failbit | std::ios::badbit);
  out << text;
  out.close();
}

/// Fills `bag`, an empty folder. Throws std::ios_base::failure and fs::filesystem_error.
void fill(const fs::path& bag, const std::vector<BagItem>& items, const std::string& date) {
  std::vector<BagFile> payload;
  std::size_t reports = 0;
  for (const BagItem& item : items) {
    const fs::path to = bag / "data" / item.place;
    fs::create_directories(to.parent_path());
    fs::copy_file(item.path, to);
    payload.push_back({item.place, file_sha256(to.native()), fs::file_size(to)});
    if (!item.sha256.empty() && payload.back().sha256 != item.sha256) throw std::runtime_error(item.path + " has changed since it was parsed");
    if (item.place.starts_with("xml/")) ++reports;
  }
  fs::create_directories(bag / "data");
  BagInfo info;
  info.description = std::to_string(reports) + (reports == 1 ? " meeting report" : " meeting reports") + " as XML in data/xml, and the documents of the run in data/source";
  info.date = date;
  for (const auto& [name, text] : bag_tag_files(std::move(payload), info)) write_file(bag / name, text);
}

}  // namespace

Diagnostics write_bag(const std::string& folder, std::vector<BagItem> items, const std::string& date) {
  for (const BagItem& item : items)
    if (!simdjson::validate_utf8(item.place))
      return {batch_error("B606", "no bag was written: a file name is not UTF-8, as the manifest of a bag must be", "rename the file", item.path)};
  const fs::path place = fs::path(folder).lexically_normal().has_filename() ? fs::path(folder).lexically_normal() : fs::path(folder).lexically_normal().parent_path();
  const fs::path part = place.native() + ".part", old = place.native() + ".old";
  try {
    if (fs::exists(place) && !is_our_bag(place) && !(fs::is_directory(place) && fs::is_empty(place)))
      return {batch_error("B607", "no bag was written: something that is no bag of rapporteur is there", "give another --bag", folder)};
    fs::remove_all(part);
    fs::create_directories(part);
    fill(part, items, date);
    fs::remove_all(old);
    if (fs::exists(place)) fs::rename(place, old);
    fs::rename(part, place);
    fs::remove_all(old);
    return {};
  } catch (const std::exception& failure) {
    std::error_code ignored;
    fs::remove_all(part, ignored);
    return {batch_error("B605", std::string("no bag was written: ") + failure.what(), "mend that and give the same command again; nothing that is done is parsed again", folder)};
  }
}

}  // namespace rapporteur
