// Stage grammar: what `rapporteur grammar check|test|new` does for the author of a grammar.
#pragma once

#include <string>
#include <string_view>

#include "grammar/grammar.h"

namespace rapporteur {

/// Everything there is to say about a grammar file: mistakes, failing samples, advice (G5xx).
/// `path`: where the grammars that it extends are looked for.
struct GrammarCheck {
  bool loads = false;
  std::string id;
  std::size_t rules = 0;         ///< of the file itself
  std::size_t samples = 0;       ///< samples and counter-samples
  std::size_t samples_held = 0;  ///< those that came out as they say
  Diagnostics said;
};
GrammarCheck check_grammar(const std::string& file, const GrammarPath& path);
GrammarCheck check_grammar_text(const std::string& file_name, const std::string& toml, const GrammarPath& path);

/// A commented grammar for a body, ready to be changed; passes `check_grammar` as it is. `id`: "body.report".
std::string grammar_template(std::string_view id, std::string_view organization_name);

}  // namespace rapporteur
