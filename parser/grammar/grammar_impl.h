// Stage grammar: what a Grammar is made of. Seen by the files of this stage only.
#pragma once

#include <string>
#include <vector>

#include "grammar/compiled.h"

namespace rapporteur {

struct Grammar::Impl {
  CompiledFilePtr main;
  std::vector<const CompiledFile*> files;      ///< closure of main
  std::vector<Rule> rules;                     ///< of all files, replaced ones left out
  std::vector<const CompiledRule*> compiled;   ///< beside each of `rules`
  std::string sha256;
};

/// A grammar from a file and its bases.
GrammarPtr make_grammar(CompiledFilePtr file);

/// Whether an inline match may begin here: not in the middle of a word, unless the script has no blanks between words.
bool may_start_inline(std::string_view text, std::size_t at);

inline constexpr std::size_t block_window = 64 * 1024;  ///< bytes of a line that block rules see
inline constexpr std::size_t inline_window = 1024;      ///< bytes after its start that an inline rule sees

/// `text` up to `end`, or a little less so that no letter is cut.
std::string_view window(std::string_view text, std::size_t end);

}  // namespace rapporteur
