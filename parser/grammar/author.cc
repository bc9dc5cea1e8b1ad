// Stage grammar: checking a grammar for its author, and the starter file.

#include "grammar/author.h"

#include <fmt/format.h>

#include "grammar/grammar_impl.h"
#include "grammar/loader.h"

namespace rapporteur {

GrammarCheck check_grammar_text(const std::string& file_name, const std::string& toml, const GrammarPath& path) {
  Loader loader(path);
  GrammarCheck check;
  std::pair<std::size_t, std::size_t> samples;
  Result<CompiledFilePtr> file = loader.from_text(file_name, toml, Thoroughness::lint, &samples);
  check.loads = static_cast<bool>(file);
  check.said = file.said();
  check.samples_held = samples.first;
  check.samples = samples.second;
  if (!file) return check;
  check.id = (*file)->id;
  check.rules = (*file)->rules.size();
  return check;
}

GrammarCheck check_grammar(const std::string& file, const GrammarPath& path) {
  Result<std::string> text = read_whole(file);
  if (text) return check_grammar_text(file, *text, path);
  GrammarCheck check;
  check.said = text.said();
  return check;
}

Result<GrammarPtr> load_grammar_text(const std::string& file_name, const std::string& toml, const GrammarLibrary* library) {
  Loader loader(library == nullptr ? GrammarPath{} : library->path());
  Result<CompiledFilePtr> file = loader.from_text(file_name, toml, Thoroughness::lint);
  if (!file) return file.said();
  return {make_grammar(*file), file.said()};
}

}  // namespace rapporteur
