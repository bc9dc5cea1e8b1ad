// Stage grammar: what a Grammar is made of. Seen by the files of this stage only.
#pragma once

#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "grammar/compiled.h"

namespace rapporteur {

/// What matchers of a grammar left behind for the next one.
class ScratchPool {
 public:
  ScratchPool();
  ~ScratchPool();
  std::unique_ptr<MatchScratch> take(const Grammar::Impl& grammar);
  void give_back(std::unique_ptr<MatchScratch> scratch);

 private:
  std::mutex x_mutex;
  std::vector<std::unique_ptr<MatchScratch>> x_idle;
};

/// The tables of one name that the files of a grammar have, in their order.
struct NamedTables {
  std::string_view name;
  std::vector<std::span<const TableEntry>> parts;  ///< each sorted by key
};

struct Grammar::Impl {
  CompiledFilePtr main;
  std::vector<const CompiledFile*> files;      ///< closure of main
  std::vector<Rule> rules;                     ///< of all files, replaced ones left out
  std::vector<const CompiledRule*> compiled;   ///< beside each of `rules`
  std::vector<NamedTables> tables;             ///< of all files; they are few
  std::string sha256;
  WordScan words;                              ///< of the rules that need some
  std::vector<WordScan::Mask> needed;          ///< beside each of `rules`
  std::vector<EndSet> ends;                    ///< likewise
  std::array<std::uint64_t, kinds_of_block_rules> emits{};  ///< what the block rules of each kind can propose, bits of Emit
  mutable ScratchPool scratch;
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
