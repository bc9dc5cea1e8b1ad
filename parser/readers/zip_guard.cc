// Stage readers: the look into zip containers.

#include "readers/zip_guard.h"

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "readers/external.h"
#include "readers/zip_library.h"

namespace rapporteur {

namespace {

constexpr std::uint64_t best_deflate = 1032;  // no deflate stream unpacks to more, RFC 1951

/// Of what was opened: so it is there.
const ZipLibrary& libzip() { return *ZipLibrary::find(); }

struct Discard {
  void operator()(zip_t* archive) const { libzip().zip_discard(archive); }
  void operator()(zip_file_t* file) const { libzip().zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, Discard>;
using Entry = std::unique_ptr<zip_file_t, Discard>;

Archive open_archive(std::string_view bytes) {
  const ZipLibrary* const zip = ZipLibrary::find();
  if (zip == nullptr) return nullptr;
  zip_error_t error;
  zip->zip_error_init(&error);
  zip_source_t* source = zip->zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source == nullptr) return nullptr;
  Archive archive(zip->zip_open_from_source(source, ZIP_RDONLY, &error));
  if (!archive) zip->zip_source_free(source);
  zip->zip_error_fini(&error);
  return archive;
}

bool is_text_part(std::string_view name) {
  return name.ends_with(".xml") || name.ends_with(".rels") || name.ends_with("html") || name.ends_with(".htm") || name.ends_with(".opf");
}

/// Unpacks an entry up to `most` bytes; more, or damage, gives no value.
std::optional<std::string> unpack(zip_t* archive, zip_uint64_t index, std::uint64_t most) {
  const Entry entry(libzip().zip_fopen_index(archive, index, 0));
  if (!entry) return std::nullopt;
  std::string text;
  char buffer[32768];
  for (;;) {
    const zip_int64_t got = libzip().zip_fread(entry.get(), buffer, sizeof buffer);
    if (got < 0) return std::nullopt;
    if (got == 0) return text;
    text.append(buffer, static_cast<std::size_t>(got));
    if (text.size() > most) return std::nullopt;
  }
}

Diagnostic bomb(const std::string& why, const std::string& file) {
  return external_error("R303", "the file was refused before any converter saw it: " + why,
                        "a report is never packed like this; ask where the file comes from", file);
}

/// Adds up a container and says what is wrong with it.
class Inspection {
 public:
  Inspection(zip_t* archive, std::uint64_t packed_size, const ZipLimits& limits, const std::string& file)
      : x_archive(archive), x_size(packed_size), x_limits(limits), x_file(file) {}

  Diagnostics run() {
    const auto entries = static_cast<std::uint64_t>(libzip().zip_get_num_entries(x_archive, 0));
    if (entries > x_limits.entries) return {bomb(fmt::format("it holds {} files", entries), x_file)};
    for (zip_uint64_t i = 0; i < entries; ++i) {
      Diagnostics said = entry(i);
      if (!said.empty()) return said;
    }
    if (x_total_packed > x_size) return {bomb("its parts overlap", x_file)};
    return {};
  }

 private:
  Diagnostics entry(zip_uint64_t index) {
    zip_stat_t stat;
    if (libzip().zip_stat_index(x_archive, index, 0, &stat) != 0)
      return {external_error("R302", "the file is damaged: its directory cannot be read", "get a whole copy of it", x_file)};
    const std::string_view name = stat.name == nullptr ? "" : stat.name;
    if (stat.encryption_method != ZIP_EM_NONE)
      return {external_error("R304", "the file is protected by a password", "remove the protection in the program that made it", x_file)};
    x_total += stat.size;
    x_total_packed += stat.comp_size;
    if (is_text_part(name)) x_text += stat.size;
    if (x_total > x_limits.total) return {bomb(fmt::format("unpacked it has more than {} MB", x_limits.total >> 20), x_file)};
    if (x_text > x_limits.text) return {bomb(fmt::format("unpacked its text has more than {} MB", x_limits.text >> 20), x_file)};
    if (stat.size > x_limits.ratio_from && stat.size / std::max<std::uint64_t>(stat.comp_size, 1) > x_limits.ratio)
      return {bomb(fmt::format("`{}` is packed {} to 1", name, stat.size / std::max<std::uint64_t>(stat.comp_size, 1)), x_file)};
    if (is_text_part(name)) return truth(index, stat, name);
    return {};
  }

  /// Declared sizes may lie. Only entries that could be larger than they say, by much, are tried.
  Diagnostics truth(zip_uint64_t index, const zip_stat_t& stat, std::string_view name) {
    constexpr std::uint64_t harmless = 4 << 20;
    const std::uint64_t possible = stat.comp_size * best_deflate;
    if (possible <= harmless || possible <= stat.size * 4) return {};
    const Entry opened(libzip().zip_fopen_index(x_archive, index, 0));
    if (!opened) return {external_error("R302", fmt::format("the file is damaged: `{}` cannot be unpacked", name), "get a whole copy of it", x_file)};
    char buffer[32768];
    std::uint64_t seen = 0;
    for (zip_int64_t got; (got = libzip().zip_fread(opened.get(), buffer, sizeof buffer)) != 0;) {
      if (got < 0)
        return {external_error("R302", fmt::format("the file is damaged: `{}` cannot be unpacked", name), "get a whole copy of it", x_file)};
      seen += static_cast<std::uint64_t>(got);
      if (seen > stat.size) return {bomb(fmt::format("`{}` is larger than it says", name), x_file)};
    }
    return {};
  }

  zip_t* x_archive;
  std::uint64_t x_size;
  const ZipLimits& x_limits;
  const std::string& x_file;
  std::uint64_t x_total = 0, x_total_packed = 0, x_text = 0;
};

}  // namespace

Diagnostics check_container(std::string_view bytes, const std::string& file, const ZipLimits& limits) {
  if (!bytes.starts_with("PK"))
    return {external_error("R301", "the file is no zip container, as a DOCX, ODT or EPUB file is",
                           "check its name: the content is of another format, or damaged", file)};
  if (ZipLibrary::find() == nullptr)
    return {external_error("R305", fmt::format("files of this format cannot be opened here: {} is not installed", ZipLibrary::file_name()),
                           "apt-get install libzip4", file)};
  const Archive archive = open_archive(bytes);
  if (!archive)
    return {external_error("R302", "the file is cut off or damaged: its directory is missing", "get a whole copy of it", file)};
  return Inspection(archive.get(), bytes.size(), limits, file).run();
}

std::vector<OutsideText> read_parts(std::string_view bytes, bool (*wanted)(std::string_view name), std::uint64_t most) {
  std::vector<OutsideText> parts;
  const Archive archive = open_archive(bytes);
  if (!archive) return parts;
  for (zip_int64_t i = 0; i < libzip().zip_get_num_entries(archive.get(), 0); ++i) {
    const char* name = libzip().zip_get_name(archive.get(), static_cast<zip_uint64_t>(i), 0);
    if (name == nullptr || !wanted(name)) continue;
    if (auto text = unpack(archive.get(), static_cast<zip_uint64_t>(i), most)) parts.push_back({name, std::move(*text)});
  }
  std::sort(parts.begin(), parts.end(), [](const OutsideText& a, const OutsideText& b) { return a.where < b.where; });
  return parts;
}

}  // namespace rapporteur
