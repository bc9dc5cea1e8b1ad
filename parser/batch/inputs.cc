// Stage batch: the files that a batch is about.

#include <algorithm>
#include <filesystem>

#include "batch/journal.h"
#include "batch/tree.h"
#include "batch/verdict.h"
#include "rapporteur/batch.h"

namespace rapporteur {

namespace {

namespace fs = std::filesystem;

bool hidden(const fs::path& path) { return path.filename().native().front() == '.'; }

/// Adds what lies in a folder. `prefix` stands before the names, and ends in `/` or is empty. A folder that cannot be searched is
/// told and hides no other.
void walk(const fs::path& root, const std::string& prefix, const std::string& output, std::vector<BatchInput>& into, Diagnostics& errors) {
  std::vector<fs::path> folders{root};
  while (!folders.empty()) {
    const fs::path folder = std::move(folders.back());
    folders.pop_back();
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
      std::error_code ignored;
      if (hidden(at->path())) continue;
      const bool link = at->is_symlink(ignored);
      if (at->is_directory(ignored) && !link) {
        if (!fs::equivalent(at->path(), output, ignored) && !is_batch_output(at->path().native())) folders.push_back(at->path());
      } else if (at->is_regular_file(ignored) || (link && !at->exists(ignored)))  // a link that leads nowhere is said to
        into.push_back({at->path().native(), prefix + at->path().lexically_relative(root).native()});
    }
    if (error) errors.push_back(batch_error("B201", "cannot be searched: " + error.message(), "see who may read it; the other folders are done", folder.native()));
  }
}

/// Two ways to write one path.
bool same_file(const BatchInput& a, const BatchInput& b) {
  std::error_code ignored;
  return a.path == b.path || fs::equivalent(a.path, b.path, ignored);
}

}  // namespace

bool is_batch_output(const std::string& folder) {
  std::error_code ignored;
  return fs::exists(fs::path(folder) / journal_at, ignored);
}

std::vector<BatchInput> find_inputs(const std::vector<std::string>& paths, const std::string& output, Diagnostics& errors) {
  std::vector<BatchInput> inputs;
  for (const std::string& path : paths) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
      std::string prefix = paths.size() == 1 ? "" : safe_path(path);
      if (!prefix.empty()) prefix += '/';
      walk(path, prefix, output, inputs, errors);
    } else {
      inputs.push_back({path, safe_path(path)});  // whether it can be read is seen when it is
    }
  }
  const auto key = [](const BatchInput& input) { return std::tie(input.name, input.path); };
  std::sort(inputs.begin(), inputs.end(), [&](const BatchInput& a, const BatchInput& b) { return key(a) < key(b); });
  inputs.erase(std::unique(inputs.begin(), inputs.end(), [](const BatchInput& a, const BatchInput& b) { return a.name == b.name && same_file(a, b); }), inputs.end());
  return inputs;
}

}  // namespace rapporteur
