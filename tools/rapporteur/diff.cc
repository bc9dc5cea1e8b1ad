// Command line: diff, how the structure of documents changed between two runs.

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <set>

#include "command.h"
#include "documents.h"
#include "output.h"
#include "rapporteur/batch.h"

namespace tool {

namespace {

namespace fs = std::filesystem;

std::string quoted(const std::string& text) {
  rapporteur::Diagnostic carrier;  // render_json knows how text becomes JSON
  carrier.message = text;
  const std::string json = rapporteur::render_json(carrier);
  const std::size_t at = json.find("\"message\":");
  return at == std::string::npos ? "\"\"" : json.substr(at + 10, json.size() - at - 11);
}

/// Of what is counted: "paragraphs", "annexes"; the contents, furniture and participants of a report are as they are.
std::string plural(const std::string& kind) {
  if (kind.ends_with('s') || kind == "furniture") return kind;
  return kind + (kind.ends_with('x') ? "es" : "s");
}

/// The XML files below a folder by their names in it; what a batch keeps for itself is left out, what is invalid is not.
std::set<std::string> xml_files(const std::string& folder) {
  std::set<std::string> names;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->path().filename() == ".rapporteur") at.disable_recursion_pending();
    else if (at->is_regular_file(error) && at->path().extension() == ".xml") names.insert(at->path().lexically_relative(folder).native());
  }
  return names;
}

class Diff : public Command {
 public:
  void declare(Options& options) override {
    options.text("OLD", x_old, "OLD", "a folder that batch wrote, or an XML file");
    options.text("NEW", x_new, "NEW", "another one, after a change");
    options.flag("--json", x_json, "one JSON object a line instead of words");
    options.flag("--summary", x_summary, "only how many documents changed, and how");
  }

  int run() override {
    if (x_old.empty() || x_new.empty()) throw Stop{exit_usage, "U103", "two folders or two files are needed", "", ""};
    std::error_code none;
    for (const std::string& one : {x_old, x_new})
      if (one != "-" && !fs::exists(one, none)) throw Stop{exit_usage, "U108", "there is no such file or folder", "see that the name is right", one};
    const bool folders = fs::is_directory(x_old);
    if (folders != fs::is_directory(x_new)) throw Stop{exit_usage, "U106", "a folder cannot be compared with a file", "name two folders, or two files", folders ? x_new : x_old};
    if (!folders) compare(base_name(x_new), read_input(x_old), read_input(x_new));
    else compare_folders();
    flush();
    if (folders || x_summary) say_summary();
    return x_failed ? exit_failed : exit_ok;
  }

 private:
  void compare_folders() {
    const std::set<std::string> before = xml_files(x_old), after = xml_files(x_new);
    if (before.empty() && after.empty()) throw Stop{exit_usage, "U103", "there are no XML files in either folder", "name two folders that batch wrote", x_old};
    for (const std::string& name : before)
      if (!after.contains(name)) document(name, "lost");
    for (const std::string& name : after) {
      if (!before.contains(name)) document(name, "added");
      else compare(name, read_input(x_old + "/" + name), read_input(x_new + "/" + name));
    }
  }

  void document(const std::string& name, const char* change) {
    ++x_compared;
    ++x_changed;
    ++x_kinds[std::string("document ") + change];
    if (!x_summary) line(name, {"document", change, "", "", "", ""});
  }

  void compare(const std::string& name, const std::string& before, const std::string& after) {
    ++x_compared;
    if (before == after) return;
    const auto changes = rapporteur::compare_xml(before, after);
    if (!changes) {
      x_failed = true;
      rapporteur::Diagnostics said = changes.said();
      for (rapporteur::Diagnostic& one : said) one.file = name;
      say(said);
      return;
    }
    if (changes->empty()) return;
    ++x_changed;
    for (const rapporteur::StructureChange& change : *changes) ++x_kinds[change.kind + " " + change.change];
    if (!x_summary) lines(name, *changes);
  }

  /// A line for each change; in words, what moved together is one line.
  void lines(const std::string& name, const std::vector<rapporteur::StructureChange>& changes) {
    for (std::size_t begin = 0, end; begin < changes.size(); begin = end) {
      const rapporteur::StructureChange& first = changes[begin];
      const auto together = [&first](const rapporteur::StructureChange& other) {
        return other.change == "moved" && other.kind == first.kind && other.from == first.from && other.to == first.to;
      };
      end = begin + 1;
      while (!x_json && end < changes.size() && together(first) && together(changes[end])) ++end;
      if (end - begin == 1) line(name, first);
      else moved_together(name, end - begin, first, changes[end - 1]);
    }
  }

  void moved_together(const std::string& name, std::size_t n, const rapporteur::StructureChange& first, const rapporteur::StructureChange& last) {
    x_text += rapporteur::printable(name) + ": " + std::to_string(n) + " " + plural(first.kind) + " moved: " + rapporteur::printable(first.before) + " to " +
              rapporteur::printable(last.before) + ": " + rapporteur::printable(first.from) + " -> " + rapporteur::printable(first.to) + "\n";
    if (x_text.size() > 65536) flush();
  }

  void line(const std::string& name, const rapporteur::StructureChange& change) {
    if (x_json) {
      x_text += "{\"document\":" + quoted(name) + ",\"kind\":\"" + change.kind + "\",\"change\":\"" + change.change + "\",\"before\":" + quoted(change.before) +
                ",\"after\":" + quoted(change.after) + (change.change == "moved" ? ",\"from\":" + quoted(change.from) + ",\"to\":" + quoted(change.to) : "") + "}\n";
    } else if (change.change == "moved") {
      x_text += rapporteur::printable(name) + ": " + change.kind + " moved: " + rapporteur::printable(change.before) + ": " + rapporteur::printable(change.from) + " -> " +
                rapporteur::printable(change.to) + "\n";
    } else {
      x_text += rapporteur::printable(name) + ": " + change.kind + " " + change.change;
      if (!change.before.empty()) x_text += ": " + rapporteur::printable(change.before);
      if (!change.after.empty()) x_text += std::string(change.before.empty() ? ": " : " -> ") + rapporteur::printable(change.after);
      x_text += '\n';
    }
    if (x_text.size() > 65536) flush();
  }

  void flush() {
    write_out(x_text);
    x_text.clear();
  }

  void say_summary() const {
    std::string words = std::to_string(x_changed) + " of " + std::to_string(x_compared) + " documents changed";
    for (const auto& [kind, n] : x_kinds) {
      const std::size_t noun = kind.find(' ');  // "paragraph moved"
      words += "; " + std::to_string(n) + " " + (n == 1 ? kind.substr(0, noun) : plural(kind.substr(0, noun))) + kind.substr(noun);
    }
    say(words + "\n");
  }

  std::string x_old, x_new, x_text;
  bool x_json = false, x_summary = false, x_failed = false;
  std::uint64_t x_compared = 0, x_changed = 0;
  std::map<std::string, std::uint64_t> x_kinds;
};

}  // namespace

std::unique_ptr<Command> make_diff() { return std::make_unique<Diff>(); }

}  // namespace tool
