// Stage batch: the files that a batch is about.

#include <algorithm>
#include <filesystem>

#include "batch/tree.h"
#include "batch/verdict.h"
#include "rapporteur/batch.h"

namespace rapporteur {

namespace {

namespace fs = std::filesystem;

bool hidden(const fs::path& path) { return path.filename().native().front() == '.'; }

/// Adds what lies in a folder. `prefix` stands before the names, and ends in `/` or is empty.
void walk(const fs::path& folder, const std::string& prefix, const std::string& output, std::vector<BatchInput>& into, Diagnostics& errors) {
  std::error_code error;
  fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, error), end;
  for (; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    const bool is_folder = at->is_directory(ignored) && !at->is_symlink(ignored);
    if (hidden(at->path()) || (is_folder && fs::equivalent(at->path(), output, ignored))) {
      if (is_folder) at.disable_recursion_pending();
      continue;
    }
    if (at->is_regular_file(ignored)) into.push_back({at->path().native(), prefix + at->path().lexically_relative(folder).native()});
  }
  if (error) errors.push_back(batch_error("B201", "cannot be searched: " + error.message(), "", folder.native()));
}

}  // namespace

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
  inputs.erase(std::unique(inputs.begin(), inputs.end(), [&](const BatchInput& a, const BatchInput& b) { return key(a) == key(b); }), inputs.end());
  return inputs;
}

}  // namespace rapporteur
