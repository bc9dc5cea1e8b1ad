// Stage grammar: search path, circles of `extends`, and the limits of files.

#include "grammar/loader.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

namespace rapporteur {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t file_most = 4 * 1024 * 1024;  // bytes; the party table, the largest there is, has 80 KB
constexpr std::size_t depth_most = 16;              // files that extend each other

Diagnostic plain_error(std::string code, std::string message, std::string help, std::string file = {}) {
  Diagnostic d;
  d.severity = Severity::error;
  d.code = std::move(code);
  d.message = std::move(message);
  d.help = std::move(help);
  d.file = std::move(file);
  return d;
}

std::string path_of(const std::string& id) {
  std::string path = id;
  std::replace(path.begin(), path.end(), '.', '/');
  return path + ".toml";
}

/// The id that a file below a search directory stands for.
std::string id_of(const fs::path& below) {
  std::string id = below.generic_string();
  id.resize(id.size() - std::strlen(".toml"));
  std::replace(id.begin(), id.end(), '/', '.');
  return id;
}

void add_offered(const std::string& directory, std::map<std::string, std::string>& all) {
  std::error_code ignored;
  fs::recursive_directory_iterator entry(directory, fs::directory_options::skip_permission_denied, ignored);
  for (; !ignored && entry != fs::recursive_directory_iterator(); entry.increment(ignored)) {
    if (entry.depth() >= 3) entry.disable_recursion_pending();
    if (entry.depth() == 0 || entry->path().extension() != ".toml" || !entry->is_regular_file(ignored)) continue;
    all.emplace(id_of(entry->path().lexically_relative(directory)), entry->path().string());
  }
}

}  // namespace

Result<std::string> read_whole(const std::string& file) {
  std::error_code error;
  if (fs::is_directory(file, error)) return plain_error("G002", "this is a folder, not a grammar file", "name a .toml file", file);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> opened(std::fopen(file.c_str(), "rb"), std::fclose);
  if (!opened) return plain_error("G002", fmt::format("cannot be opened: {}", std::strerror(errno)), "check the name and the rights", file);
  std::string text(file_most + 1, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), opened.get()));
  if (text.size() > file_most)
    return plain_error("G003", fmt::format("the grammar file is larger than {} MiB", file_most >> 20), "split it into files that extend each other", file);
  return text;
}

std::string Loader::shown(const std::string& file) const {
  return x_root.empty() ? file : fs::path(file).lexically_relative(x_root).generic_string();
}

std::string Loader::find(const std::string& id, const std::string& beside) const {
  std::vector<std::string> directories = x_path.directories;
  if (!beside.empty()) directories.insert(directories.begin(), beside);
  std::error_code ignored;
  for (const std::string& directory : directories)
    if (const fs::path file = fs::path(directory) / path_of(id); fs::is_regular_file(file, ignored)) return file.string();
  return {};
}

Result<CompiledFilePtr> Loader::builtin(const std::string& id) {
  if (const auto found = x_files.find(id); found != x_files.end()) return found->second;
  const auto files = builtin_files();
  const auto found = std::find_if(files.begin(), files.end(), [&](const BuiltinFile& file) { return file.id == id; });
  if (!x_path.builtin || found == files.end()) {
    std::vector<std::string> known;
    for (const auto& [other, file] : offered()) known.push_back(other);
    const std::string near = nearest(id, known);
    return plain_error("G110", fmt::format("there is no grammar \"{}\"", id),
                       near.empty() ? "run: rapporteur grammar list" : fmt::format("did you mean \"{}\"?", near));
  }
  const std::shared_ptr<CompiledFile> file = read_compiled(found->bytes);
  for (const std::string& base : file->extends) {
    Result<CompiledFilePtr> read = builtin(base);
    if (!read) return read;
    file->bases.push_back(*read);
  }
  x_files.emplace(id, file);
  return CompiledFilePtr(file);
}

Result<CompiledFilePtr> Loader::by_id(const std::string& id, const std::string& beside) {
  const std::string file = find(id, beside);
  if (file.empty()) return builtin(id);
  Result<CompiledFilePtr> read = by_file(file);
  if (read && (*read)->id != id)
    return plain_error("G113", fmt::format("the file says id = \"{}\", but its place stands for \"{}\"", (*read)->id, id),
                       "make id and place agree: body/kind.toml is body.kind", shown(file));
  return read;
}

Result<CompiledFilePtr> Loader::by_file(const std::string& file) {
  std::error_code ignored;
  const std::string key = fs::weakly_canonical(file, ignored).string();
  if (const auto found = x_files.find(key); found != x_files.end()) return found->second;
  if (const auto found = x_broken.find(key); found != x_broken.end()) return found->second;
  if (std::find(x_open.begin(), x_open.end(), key) != x_open.end())
    return plain_error("G112", fmt::format("\"{}\" extends itself, by way of others", fs::path(file).filename().string()), "take one `extends` of the circle out");
  if (x_open.size() >= depth_most)
    return plain_error("G112", fmt::format("more than {} files extend each other", depth_most), "extend fewer files");
  Result<std::string> text = read_whole(file);
  if (!text) return text.said();
  x_open.push_back(key);
  Result<CompiledFilePtr> read = from_text(file, std::move(*text), x_root.empty() ? Thoroughness::samples : Thoroughness::compile);
  x_open.pop_back();
  if (read) x_files.emplace(key, *read);
  else if (x_open.empty()) x_broken.emplace(key, read.said());
  return read;
}

Result<CompiledFilePtr> Loader::from_text(const std::string& file, std::string text, Thoroughness how,
                                          std::pair<std::size_t, std::size_t>* samples) {
  const std::uint64_t replaced = repair_utf8(text);
  SourceInfo info;
  info.name = shown(file);
  const Source source(std::move(info), std::move(text));
  if (replaced != 0) {
    const auto begin = static_cast<std::uint32_t>(std::min(source.text().find("\uFFFD"), source.text().size()));
    return said_of(source, {begin, begin + 1}, Severity::error, "G004", "the grammar file is not UTF-8", "save it as UTF-8 in your editor");
  }
  const fs::path parent = fs::path(file).parent_path();
  const std::string beside = file.empty() ? "" : (parent / "..").lexically_normal().string();
  ReadFile read = read_grammar_file(source, [&](const std::string& id) { return by_id(id, beside); });
  Diagnostics said = std::move(read.said);
  if (!read.file) return said;
  if (how != Thoroughness::compile) {
    std::size_t held = 0;
    for (Diagnostic& d : run_samples(source, read, held)) said.push_back(std::move(d));
    if (samples != nullptr) *samples = {held, read.samples.size()};
  }
  if (how == Thoroughness::lint)
    for (Diagnostic& d : lint(source, read)) said.push_back(std::move(d));
  if (has_errors(said)) return said;
  return {CompiledFilePtr(read.file), std::move(said)};
}

std::map<std::string, std::string> Loader::offered() const {
  std::map<std::string, std::string> all;
  for (const std::string& directory : x_path.directories) add_offered(directory, all);
  if (x_path.builtin)
    for (const BuiltinFile& file : builtin_files()) all.emplace(file.id, "");
  return all;
}

}  // namespace rapporteur
