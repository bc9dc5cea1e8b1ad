// Command line: index, which makes and keeps up to date the index that `search` asks.

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <set>

#include <unistd.h>

#include "command.h"
#include "documents.h"
#include "output.h"
#include "rapporteur/search.h"

namespace tool {

namespace {

namespace fs = std::filesystem;
using rapporteur::PutOutcome;
using rapporteur::SearchIndex;
using Clock = std::chrono::steady_clock;

std::string full_path(const fs::path& path) { return fs::absolute(path).lexically_normal().string(); }

/// Files below `folder`, sorted; hidden files and folders (.invalid) are not looked at.
void xml_below(const fs::path& folder, std::vector<std::string>& into) {
  std::error_code error;
  fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, error), end;
  if (error) throw Stop{exit_failed, "S101", "this folder cannot be read: " + error.message(), "", folder.string()};
  for (; at != end; at.increment(error)) {
    const std::string name = at->path().filename().string();
    if (name.front() == '.') {
      at.disable_recursion_pending();
      continue;
    }
    if (at->path().extension() == ".xml" && at->is_regular_file(error)) into.push_back(full_path(at->path()));
  }
}

/// One line on the terminal, written over and over.
class Progress {
 public:
  explicit Progress(std::size_t files) : x_files(files), x_shown(::isatty(STDERR_FILENO) != 0) {}
  ~Progress() {
    if (x_any) say("\r\033[K");
  }

  void at(std::size_t done) {
    const auto now = Clock::now();
    if (!x_shown || now - x_last < std::chrono::milliseconds(200)) return;
    x_last = now;
    x_any = true;
    const double passed = std::chrono::duration<double>(now - x_began).count();
    const auto left = static_cast<long>(passed / static_cast<double>(std::max<std::size_t>(done, 1)) * static_cast<double>(x_files - done));
    say("\r\033[K" + std::to_string(done) + " of " + std::to_string(x_files) + " files, " + std::to_string(left) + " s left");
  }

 private:
  std::size_t x_files;
  bool x_shown, x_any = false;
  Clock::time_point x_began = Clock::now(), x_last = x_began - std::chrono::seconds(1);
};

class Index : public Command {
 public:
  void declare(Options& options) override {
    options.list("FILE", x_places, "DIR|FILE.xml", "folders of XML that rapporteur made, or single files");
    options.text("-o,--output", x_output, "FILE", "the index, made where it is not there: archive.db");
    options.flag("-q,--quiet", x_quiet, "say nothing where all went well");
  }

  int run() override {
    if (x_places.empty()) throw Stop{exit_usage, "U103", "no folder and no file given", "", ""};
    if (x_output.empty()) throw Stop{exit_usage, "U103", "no index named", "say where it goes: -o archive.db", ""};
    gather();
    auto opened = SearchIndex::open(x_output, SearchIndex::Access::write);
    if (!opened) stop(opened.said());
    remove_vanished(*opened);
    put_all(*opened);
    commit(*opened);
    if (!x_quiet) say(summary(*opened));
    return x_counts.failed == 0 ? exit_ok : exit_failed;
  }

 private:
  struct Counts {
    std::size_t added = 0, replaced = 0, unchanged = 0, removed = 0, failed = 0;
  };

  /// Ends the command with what the index has to say.
  [[noreturn]] static void stop(const rapporteur::Diagnostics& said) {
    const auto& first = said.front();
    throw Stop{first.code == "S106" ? exit_write : exit_failed, first.code, first.message, first.help, first.file};
  }

  void gather() {
    for (const std::string& place : x_places) {
      std::error_code error;
      if (fs::is_directory(place, error)) {
        x_folders.push_back((fs::path(full_path(place)) / "").string());
        xml_below(place, x_files);
      } else if (fs::exists(place, error)) {
        x_files.push_back(full_path(place));
      } else {
        throw Stop{exit_failed, "S101", "there is no such file or folder", "", place};
      }
    }
    std::sort(x_files.begin(), x_files.end());
    x_files.erase(std::unique(x_files.begin(), x_files.end()), x_files.end());
  }

  /// What the index holds from the given folders and is not there any more goes.
  void remove_vanished(SearchIndex& index) {
    const auto held = index.files();
    if (!held) stop(held.said());
    for (const std::string& file : *held) {
      const bool ours = std::any_of(x_folders.begin(), x_folders.end(), [&](const std::string& folder) { return file.rfind(folder, 0) == 0; });
      if (!ours || std::binary_search(x_files.begin(), x_files.end(), file)) continue;
      const auto gone = index.remove(file);
      if (!gone) stop(gone.said());
      ++x_counts.removed;
    }
  }

  void put_all(SearchIndex& index) {
    Progress progress(x_files.size());
    auto last = Clock::now();
    for (std::size_t i = 0; i < x_files.size(); ++i) {
      put(index, x_files[i]);
      progress.at(i + 1);
      if (Clock::now() - last < std::chrono::seconds(5)) continue;
      commit(index);
      last = Clock::now();
    }
  }

  static void commit(SearchIndex& index) {
    if (const auto said = index.commit(); !said.empty()) stop(said);
  }

  void put(SearchIndex& index, const std::string& file) try {
    const auto done = index.put(file, read_input(file));
    if (!done) {
      if (done.said().front().code[0] == 'S') stop(done.said());
      ++x_counts.failed;
      for (rapporteur::Diagnostic said : done.said()) say(named(std::move(said), file));
      return;
    }
    if (*done == PutOutcome::same_as_another)
      say(named({.severity = rapporteur::Severity::info, .code = "S107", .message = "another file with the same bytes is in the index already"}, file));
    ++(*done == PutOutcome::added ? x_counts.added : *done == PutOutcome::replaced ? x_counts.replaced : x_counts.unchanged);
  } catch (const Stop& unreadable) {
    if (unreadable.code[0] == 'S') throw;
    ++x_counts.failed;
    say_error(unreadable.code.c_str(), unreadable.message, unreadable.help, unreadable.file);
  }

  static rapporteur::Diagnostic named(rapporteur::Diagnostic said, const std::string& file) {
    said.file = file;
    return said;
  }

  std::string summary(const SearchIndex& index) const {
    const auto records = index.record_count();
    std::string out = rapporteur::printable(x_output) + ": " + std::to_string(x_counts.added) + " added, " + std::to_string(x_counts.replaced) + " replaced, " +
                      std::to_string(x_counts.unchanged) + " unchanged, " + std::to_string(x_counts.removed) + " removed";
    if (x_counts.failed != 0) out += ", " + std::to_string(x_counts.failed) + " failed";
    if (records) out += "; " + std::to_string(*records) + " records";
    return out + "\n";
  }

  std::vector<std::string> x_places, x_files, x_folders;
  std::string x_output;
  bool x_quiet = false;
  Counts x_counts;
};

}  // namespace

std::unique_ptr<Command> make_index() { return std::make_unique<Index>(); }

}  // namespace tool
