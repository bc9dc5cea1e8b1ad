// Stage grammar: the library of all grammars that can be found, and the choice of one by evidence.

#include <algorithm>
#include <mutex>

#include <fmt/format.h>

#include "grammar/author.h"
#include "grammar/select_scan.h"
#include "grammar/grammar_impl.h"
#include "grammar/loader.h"

namespace rapporteur {

namespace {

constexpr std::size_t beginning_most = 8 * 1024;  // bytes of a document in which it says what it is

bool is_file_name(const std::string& text) {
  return text.find('/') != std::string::npos || (text.size() > 5 && text.ends_with(".toml"));
}

Diagnostic unknown(std::string message, std::string help) {
  Diagnostic d;
  d.severity = Severity::error;
  d.code = "G110";
  d.message = std::move(message);
  d.help = std::move(help);
  return d;
}

}  // namespace

/// Every file that loads, by id, and its [[select]]s.
struct Offered {
  struct File {
    CompiledFilePtr file;
    std::string place;
  };
  std::vector<File> files;
  SelectScan selects;  ///< of the selects of all files, in order
  Diagnostics faults;  ///< of files on the path that do not load

  void add(CompiledFilePtr file, const std::string& place) {
    const File& added = files.emplace_back(File{std::move(file), place});
    for (const Select& select : added.file->selects) selects.add(select);
  }
};

struct GrammarLibrary::Impl {
  explicit Impl(GrammarPath path) : loader(std::move(path)) {}

  std::mutex mutex;
  Loader loader;
  std::map<std::string, GrammarPtr> grammars;  ///< by what they were asked for
  std::shared_ptr<const Offered> all;                        ///< made on first need

  std::shared_ptr<const Offered> everything() {
    const std::lock_guard lock(mutex);
    if (all) return all;
    auto made = std::make_shared<Offered>();
    for (const auto& [id, file] : loader.offered())
      if (Result<CompiledFilePtr> read = loader.by_id(id, "")) made->add(*read, file);
      else made->faults.insert(made->faults.end(), read.said().begin(), read.said().end());
    // What extends a file with a fault says only that: the fault itself is enough, where it is on the path too.
    const auto of_another = [](const Diagnostic& one) { return one.code == "G110"; };
    if (!std::all_of(made->faults.begin(), made->faults.end(), of_another)) std::erase_if(made->faults, of_another);
    return all = std::move(made);
  }

  /// The one id that a body's name stands for.
  Result<std::string> id_of_body(const std::string& body) const {
    std::vector<std::string> ids;
    std::vector<std::string> bodies;
    for (const auto& [id, file] : loader.offered()) {
      bodies.push_back(id.substr(0, id.find('.')));
      if (bodies.back() == body) ids.push_back(id);
    }
    if (std::find(ids.begin(), ids.end(), body + ".report") != ids.end()) return body + ".report";
    if (ids.size() == 1) return ids.front();
    if (!ids.empty())
      return unknown(fmt::format("\"{}\" has several grammars", body), fmt::format("name one of: {}", fmt::join(ids, ", ")));
    const std::string near = nearest(body, bodies);
    return unknown(fmt::format("there is no grammar \"{}\"", body),
                   near.empty() ? "run: rapporteur grammar list" : fmt::format("did you mean \"{}\"?", near));
  }

  Result<CompiledFilePtr> file_of(const std::string& wanted) {
    if (is_file_name(wanted)) return loader.by_file(wanted);
    if (wanted.find('.') != std::string::npos) return loader.by_id(wanted, "");
    const Result<std::string> id = id_of_body(wanted);
    if (!id) return id.said();
    return loader.by_id(*id, "");
  }
};

GrammarLibrary::GrammarLibrary(GrammarPath path) : x_impl(std::make_unique<Impl>(std::move(path))) {}
GrammarLibrary::~GrammarLibrary() = default;
const GrammarPath& GrammarLibrary::path() const { return x_impl->loader.path(); }

Result<GrammarPtr> GrammarLibrary::load(const std::string& id_or_file) const {
  const std::lock_guard lock(x_impl->mutex);
  if (const auto found = x_impl->grammars.find(id_or_file); found != x_impl->grammars.end()) return found->second;
  Result<CompiledFilePtr> file = x_impl->file_of(id_or_file);
  if (!file) return file.said();
  GrammarPtr grammar = make_grammar(*file);
  x_impl->grammars.emplace(id_or_file, grammar);
  return {std::move(grammar), file.said()};
}

std::vector<GrammarInfo> GrammarLibrary::list() const {
  std::vector<GrammarInfo> out;
  for (const auto& [file, place] : x_impl->everything()->files)
    out.push_back({file->id, file->title, file->language, place.empty() ? "built in" : place, file->version});
  return out;
}

Diagnostics GrammarLibrary::faults() const { return x_impl->everything()->faults; }

std::vector<GrammarLibrary::Choice> GrammarLibrary::choose(std::string_view beginning) const {
  const std::shared_ptr<const Offered> offered = x_impl->everything();
  const std::string_view seen = window(beginning, beginning_most);
  std::vector<Choice> choices;
  const std::vector<bool> found = offered->selects.found_in(seen, seen.size() < beginning.size());
  std::size_t number = 0;
  for (const auto& [file, place] : offered->files) {
    Choice choice;
    for (const Select& select : file->selects) {
      if (!found[number++]) continue;
      choice.score += select.weight;
      choice.reason += (choice.reason.empty() ? "" : "; ") + select.reason;
    }
    choice.id = file->id;
    if (choice.score > 0) choices.push_back(std::move(choice));
  }
  std::stable_sort(choices.begin(), choices.end(), [](const Choice& a, const Choice& b) { return a.score > b.score; });
  return choices;
}

}  // namespace rapporteur
