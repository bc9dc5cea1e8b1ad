// Stage grammar: one grammar file, compiled: what is left of the TOML when every check is done.
//
// A Grammar is a list of these (its own file and those it extends), shared between grammars. The built-in ones come
// out of the program itself, written at build time by `write_compiled`, so that no TOML is read for them at run time.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/grammar.h"
#include "grammar/needed_words.h"
#include "grammar/pattern.h"
#include "grammar/pattern_text.h"

namespace rapporteur {

/// A [define]d piece, its own pieces expanded.
struct PatternPiece {
  std::string name;
  std::string text;
};

struct CompiledRule {
  Rule rule;  ///< index is set by the grammar that uses it
  StartSet starts;
  DigitCuts digits = all_cuts;     ///< which digits it tells apart
  EndSet ends = EndSet().set();    ///< of block rules that must cover their line: how it can end
  std::shared_ptr<const LazyPattern> pattern;
  std::vector<NeededWords> needs;  ///< of block rules whose first letters say little
};

/// One [[select]]: evidence that this grammar suits a document.
struct Select {
  std::shared_ptr<const LazyPattern> pattern;
  double weight = 0;
  std::string reason;
  StartSet starts;
  bool inside_words = true;  ///< whether it can begin in the middle of a word of ASCII
  bool inside_lines = true;  ///< whether it can begin with a sign of ASCII that is not the first of its line
};

/// A folded key with its value, or a folded name with its party and years.
struct TableEntry { std::string_view key, value; };
struct DatedName { std::string_view name; std::uint16_t party = 0, from = 0, until = 0; };

struct KeyTable {
  std::string name;
  std::vector<TableEntry> entries;  ///< sorted by key
};

struct CompiledFile;
using CompiledFilePtr = std::shared_ptr<const CompiledFile>;

struct CompiledFile {
  std::string id, title, language, file, sha256;
  int version = 1;
  std::vector<std::string> extends;
  std::vector<CompiledFilePtr> bases;  ///< what `extends` names, found; not written to bytes
  std::vector<PatternPiece> pieces;
  std::vector<CompiledRule> rules;  ///< in the order of the file
  std::vector<Select> selects;
  std::vector<KeyTable> tables;
  std::vector<Party> parties;
  std::vector<DatedName> party_names;   ///< sorted by name; years 0: open
  std::deque<std::string> texts;         ///< owns the keys and names, unless they lie in the program itself
};

/// `file`, then its bases and theirs, in the order in which their rules count, each once.
std::vector<const CompiledFile*> closure_of(const CompiledFile& file);

/// A key or name as tables compare it: NFKC_Casefold, runs of blanks as one, typographic apostrophes and hyphens plain.
std::string folded(std::string_view text);

/// To bytes and back, without its bases. `bytes` must lie at a multiple of Pattern::alignment and stay alive as long as the
/// file that was read from it.
std::string write_compiled(const CompiledFile& file);
std::shared_ptr<CompiledFile> read_compiled(std::string_view bytes);

/// A grammar that is part of the program.
struct BuiltinFile {
  std::string_view id;
  std::string_view bytes;
};
/// All of them, sorted by id. Defined in a file that the build generates.
std::span<const BuiltinFile> builtin_files();

}  // namespace rapporteur
