// Stage grammar: a grammar put together from its files, and the look-ups in its tables.

#include "grammar/grammar.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

#include "grammar/grammar_impl.h"
#include "text/sha256.h"

namespace rapporteur {

namespace {

bool holds_in(const DatedName& name, int year) {
  return year == 0 || ((name.from == 0 || year >= name.from) && (name.until == 0 || year <= name.until));
}

/// Of the parties that ever went by a name: the one of that year, or the only one there ever was.
const Party* choose_party(const CompiledFile& file, std::span<const DatedName> names, int year) {
  const Party* only = nullptr;
  for (const DatedName& name : names) {
    const Party* party = &file.parties[name.party];
    if (holds_in(name, year)) return party;
    if (only != nullptr && only != party) return nullptr;
    only = party;
  }
  return only;
}

NamedTables& tables_named(std::vector<NamedTables>& tables, std::string_view name) {
  const auto known = std::find_if(tables.begin(), tables.end(), [&](const NamedTables& one) { return one.name == name; });
  return known != tables.end() ? *known : tables.emplace_back(NamedTables{name, {}});
}

}  // namespace

GrammarPtr make_grammar(CompiledFilePtr file) {
  auto impl = std::make_unique<Grammar::Impl>();
  impl->main = std::move(file);
  impl->files = closure_of(*impl->main);
  std::unordered_set<std::string_view> names;
  std::string digests;
  for (const CompiledFile* part : impl->files) {
    digests += part->sha256;
    for (const KeyTable& table : part->tables) tables_named(impl->tables, table.name).parts.push_back(table.entries);
    for (const CompiledRule& rule : part->rules) {
      if (!names.insert(rule.rule.name).second) continue;  // replaced by a rule of the same name in a file before
      impl->rules.push_back(rule.rule);
      impl->rules.back().log_odds = static_cast<float>(std::log(rule.rule.weight / (1 - rule.rule.weight)));
      impl->rules.back().index = static_cast<std::uint16_t>(impl->rules.size() - 1);
      if (rule.rule.block) impl->emits[static_cast<std::size_t>(kind_of(rule.rule))] |= std::uint64_t{1} << static_cast<unsigned>(rule.rule.emit);
      impl->compiled.push_back(&rule);
      impl->needed.push_back(impl->words.add(rule.needs));
      impl->ends.push_back(rule.ends);
    }
  }
  impl->words.finish();
  impl->sha256 = impl->files.size() == 1 ? impl->main->sha256 : sha256_hex(digests);
  return std::make_shared<const Grammar>(std::move(impl));
}

Grammar::Grammar(std::unique_ptr<Impl> impl) : x_impl(std::move(impl)) {}
Grammar::~Grammar() = default;

const std::string& Grammar::id() const { return x_impl->main->id; }
int Grammar::version() const { return x_impl->main->version; }
const std::string& Grammar::title() const { return x_impl->main->title; }
const std::string& Grammar::language() const { return x_impl->main->language; }
const std::string& Grammar::sha256() const { return x_impl->sha256; }
std::span<const Rule> Grammar::rules() const { return x_impl->rules; }

std::uint64_t Grammar::emits(BlockRules kind) const { return x_impl->emits[static_cast<std::size_t>(kind)]; }

const Rule* Grammar::rule_named(std::string_view name) const {
  for (const Rule& rule : x_impl->rules)
    if (rule.name == name) return &rule;
  return nullptr;
}

std::optional<std::string_view> Grammar::look_up(std::string_view table, std::string_view key) const {
  // Most keys of several words are asked for in vain, and their first word tells: it costs less to fold.
  const std::size_t blank = key.find(' ');
  if (blank != std::string_view::npos && !look_up_beginning(table, key.substr(0, blank)).goes_on) return std::nullopt;
  return look_up_beginning(table, key).value;
}

Grammar::Beginning Grammar::look_up_beginning(std::string_view table, std::string_view words) const {
  Beginning out;
  const auto named = std::find_if(x_impl->tables.begin(), x_impl->tables.end(), [&](const NamedTables& one) { return one.name == table; });
  if (named == x_impl->tables.end()) return out;
  const std::string wanted = folded(words);
  for (const std::span<const TableEntry> entries : named->parts) {
    auto found = std::lower_bound(entries.begin(), entries.end(), wanted, [](const TableEntry& entry, std::string_view value) { return entry.key < value; });
    if (found != entries.end() && found->key == wanted) {
      if (!out.value) out.value = found->value;
      ++found;
    }
    out.goes_on |= found != entries.end() && found->key.starts_with(wanted);
  }
  return out;
}

std::optional<Party> Grammar::party(std::string_view name, int year) const {
  const std::string wanted = folded(name);
  for (const CompiledFile* file : x_impl->files) {
    const auto begin = std::lower_bound(file->party_names.begin(), file->party_names.end(), wanted,
                                        [](const DatedName& entry, std::string_view value) { return entry.name < value; });
    auto end = begin;
    while (end != file->party_names.end() && end->name == wanted) ++end;
    if (const Party* party = choose_party(*file, {begin, end}, year)) return *party;
  }
  return std::nullopt;
}

}  // namespace rapporteur
