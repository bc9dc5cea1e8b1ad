// Stage grammar: reads a grammar file part by part. Every mistake is told, not only the first; what depends on a
// mistake that was told already stays silent.

#include "grammar/file_reader.h"

#include <algorithm>
#include <bitset>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "grammar/expand.h"
#include "grammar/keys.h"
#include "text/sha256.h"

namespace rapporteur {

namespace {

constexpr std::size_t rules_most = 2'000;
constexpr std::size_t parties_most = 60'000;

bool id_is_well_formed(std::string_view id) {
  bool dot = false;
  char before = '.';
  for (const char c : id) {
    if (c == '.' ? before == '.' : !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return false;
    dot = dot || c == '.';
    before = c;
  }
  return dot && before != '.';
}

/// Reads one file; each method one part of it.
class FileReader {
 public:
  FileReader(const Source& source, const FindBase& find_base)
      : x_keys(source, x_read.said), x_find_base(find_base), x_file(std::make_shared<CompiledFile>()) {}

  ReadFile run() {
    const std::optional<Value> tree = read_tree(x_keys.source(), x_read.said);
    if (!tree) return std::move(x_read);
    x_keys.only(*tree, "a grammar file", {"grammar", "define", "table", "party", "state", "select", "block", "inline"});
    read_head(*tree);
    read_pieces(*tree);
    read_tables(*tree);
    read_parties(*tree);
    read_selects(*tree);
    read_rules(*tree);
    note_unused_pieces();
    sort_said();
    if (!has_errors(x_read.said)) x_read.file = std::move(x_file);
    return std::move(x_read);
  }

 private:
  struct Definition { const Member* member; std::string text; bool done = false, broken = false, busy = false, used = false; };

  // == [grammar] ==

  void read_head(const Value& tree) {
    x_file->file = x_keys.source().info().name;
    x_file->sha256 = sha256_hex(x_keys.source().text());
    const Value* head = x_keys.get(tree, "grammar", Value::Kind::table);
    if (head == nullptr) {
      if (tree.find("grammar") == nullptr)
        x_keys.error("G104", {1, 1}, "a grammar file needs a [grammar] table", "begin with: [grammar], id = \"body.report\", version = 1");
      return;
    }
    x_keys.only(*head, "[grammar]", {"id", "version", "title", "language", "extends"});
    if (const Value* id = x_keys.need(*head, "[grammar]", "id", Value::Kind::string)) {
      x_file->id = id->text;
      if (!id_is_well_formed(id->text))
        x_keys.error("G105", id->place, fmt::format("\"{}\" is no grammar id", id->text),
                     "small letters, digits and hyphens, with a dot between body and kind of document: \"bsec.report\"");
    }
    x_keys.need(*head, "[grammar]", "version", Value::Kind::integer);
    x_file->version = static_cast<int>(x_keys.whole(*head, "version", 1, 1'000'000).value_or(1));
    x_file->title = x_keys.text(*head, "title");
    x_file->language = x_keys.text(*head, "language");
    for (const Value* base : x_keys.strings(*head, "extends")) read_base(*base);
  }

  void read_base(const Value& name) {
    if (!id_is_well_formed(name.text))
      return x_keys.error("G105", name.place, fmt::format("\"{}\" is no grammar id", name.text),
                          "extends names grammars by id, as in \"common.numbered-report\"");
    x_file->extends.push_back(name.text);
    Result<CompiledFilePtr> base = x_find_base(name.text);
    if (base) return x_file->bases.push_back(*base);
    x_base_missing = true;
    const Diagnostic why = base.said().empty() ? Diagnostic{} : base.said().front();
    const bool own = why.file.empty();  // it is about the name itself, not a mistake inside the base
    x_keys.error(own ? why.code : "G110", name.place,
                 own ? why.message : fmt::format("\"{}\" has errors: {}:{}: {}", name.text, why.file, why.place.line, why.message),
                 own ? why.help : fmt::format("run: rapporteur grammar check {}", why.file));
  }

  // == [define] ==

  void read_pieces(const Value& tree) {
    static const Value kNoPieces{};  // pieces of the grammars it extends count all the same
    const Value* found = x_keys.get(tree, "define", Value::Kind::table);
    const Value* define = found != nullptr ? found : &kNoPieces;
    for (const Member& member : define->members) {
      if (member.value.kind == Value::Kind::string) x_pieces.emplace(member.key, Definition{&member, {}});
      else x_keys.error("G103", member.value.place, fmt::format("\"{}\" must be a string, not {}", member.key, kind_name(member.value.kind)), "");
    }
    for (const CompiledFile* base : closure_of(*x_file))
      for (const PatternPiece& piece : base->pieces) x_base_pieces.emplace(piece.name, piece.text);
    for (const auto& [name, piece] : x_pieces) x_piece_names.push_back(name);
    for (const auto& [name, text] : x_base_pieces)
      if (!x_pieces.contains(name)) x_piece_names.push_back(name);
    for (const Member& member : define->members)
      if (const auto piece = x_pieces.find(member.key); piece != x_pieces.end()) finish(piece->second);
    for (const Member& member : define->members)
      if (const auto piece = x_pieces.find(member.key); piece != x_pieces.end() && !piece->second.broken)
        x_file->pieces.push_back({member.key, piece->second.text});
  }

  /// Expands and compiles a piece, the pieces that it uses first.
  void finish(Definition& piece) {
    if (piece.done) return;
    if (piece.busy) {
      piece.broken = true;
      return x_keys.error("G202", piece.member->place, fmt::format("the piece \"{}\" contains itself", piece.member->key),
                          "take the circle out: a piece may only use pieces that do not use it");
    }
    piece.busy = true;
    const std::optional<Expanded> expanded = expand_and_tell(piece.member->value, false, Use::rule);
    piece.busy = false;
    piece.done = true;
    piece.broken = piece.broken || !expanded;
    if (expanded) piece.text = expanded->text;
  }

  PieceFound find_piece(std::string_view name) {
    if (const auto own = x_pieces.find(std::string(name)); own != x_pieces.end()) {
      own->second.used = true;
      finish(own->second);
      return {true, own->second.broken, own->second.text};
    }
    if (const auto base = x_base_pieces.find(std::string(name)); base != x_base_pieces.end())
      return {true, false, base->second};
    return {x_base_missing, x_base_missing, {}};  // it may stand in the base that could not be read
  }

  /// The expanded pattern if it compiles; its mistakes are told.
  std::optional<Expanded> expand_and_tell(const Value& written, bool fold, Use use) {
    Expanded expanded = expand(written.text, [this](std::string_view name) { return find_piece(name); }, x_piece_names);
    for (const PatternFault& fault : expanded.faults)
      if (!fault.dependent) x_keys.error_inside(fault.code, written.place, fault.begin, fault.end, fault.message, fault.help);
    if (!expanded.faults.empty()) return std::nullopt;
    PatternError error;
    x_compiled = Pattern::compile(expanded.text, fold, use, error);
    if (x_compiled) return expanded;
    const auto size = static_cast<std::uint32_t>(written.text.size());
    const std::uint32_t at = std::min(expanded.written_at(error.offset), size);
    const std::uint32_t begin = at == size && at > 0 ? at - 1 : at;
    x_keys.error_inside("G201", written.place, begin, begin + 1, fmt::format("the pattern has a mistake: {}", error.reason), "");
    return std::nullopt;
  }

  void note_unused_pieces() {
    if (x_read.written.empty() && x_file->selects.empty()) return;  // a file of pieces for others
    for (const auto& [name, piece] : x_pieces)
      if (!piece.used && !piece.broken) x_read.unused_pieces.emplace_back(name, piece.member->place);
  }

  // == [table.NAME], [[party]] ==

  std::string_view keep(std::string text) { return x_file->texts.emplace_back(std::move(text)); }

  void read_tables(const Value& tree) {
    const Value* tables = x_keys.get(tree, "table", Value::Kind::table);
    if (tables == nullptr) return;
    for (const Member& member : tables->members) {
      if (member.value.kind != Value::Kind::table) {
        x_keys.error("G103", member.place, fmt::format("\"table.{}\" must be a table", member.key), "write [table.NAME] and key = \"value\" lines below");
        continue;
      }
      KeyTable table{member.key, {}};
      for (const Member& entry : member.value.members) read_entry(table, entry);
      std::sort(table.entries.begin(), table.entries.end(), [](const TableEntry& a, const TableEntry& b) { return a.key < b.key; });
      x_file->tables.push_back(std::move(table));
    }
  }

  void read_entry(KeyTable& table, const Member& entry) {
    std::string value = entry.value.text;
    if (entry.value.kind == Value::Kind::integer) value = fmt::format("{}", entry.value.integer);
    else if (entry.value.kind != Value::Kind::string)
      return x_keys.error("G103", entry.value.place, fmt::format("\"{}\" must be a string or a whole number", entry.key), "");
    const std::string_view key = keep(folded(entry.key));
    for (const TableEntry& other : table.entries)
      if (other.key == key && other.value != value)
        x_keys.error("G111", entry.place, fmt::format("\"{}\" stands in [table.{}] twice, with different values", entry.key, table.name),
                     "keys are compared without regard to capitals");
    table.entries.push_back({key, keep(std::move(value))});
  }

  void read_parties(const Value& tree) {
    for (const std::string_view key : {"party", "state"}) {
      const Value* list = x_keys.get(tree, key, Value::Kind::array);
      if (list == nullptr) continue;
      if (list->items.size() > parties_most)
        return x_keys.error("G109", list->place, "too many parties", fmt::format("the most is {}", parties_most));
      for (const Value& item : list->items) read_party(item, key);
    }
    std::stable_sort(x_file->party_names.begin(), x_file->party_names.end(),
                     [](const DatedName& a, const DatedName& b) { return a.name < b.name; });
  }

  void read_party(const Value& item, std::string_view key) {
    const std::string where = fmt::format("[[{}]]", key);
    x_keys.only(item, where, {"code", "kind", "names"});
    const Value* code = x_keys.need(item, where, "code", Value::Kind::string);
    std::string kind = x_keys.text(item, "kind");
    if (kind.empty()) kind = key == "state" ? "state" : "organization";
    const std::vector<std::string> kinds = {"state", "territory", "organization", "body"};
    if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end())
      x_keys.error("G102", item.find("kind")->place, fmt::format("\"{}\" is no value of \"kind\"", kind), words_help(kind, kinds));
    x_file->parties.push_back({code == nullptr ? "" : code->text, kind});
    const Value* names = x_keys.need(item, where, "names", Value::Kind::array);
    if (names == nullptr) return;
    for (const Value& name : names->items) read_party_name(name);
  }

  void read_party_name(const Value& name) {
    DatedName dated;
    dated.party = static_cast<std::uint16_t>(x_file->parties.size() - 1);
    if (name.kind == Value::Kind::string) {
      dated.name = keep(folded(name.text));
    } else if (name.kind == Value::Kind::table) {
      x_keys.only(name, "a name", {"name", "from", "until"});
      x_keys.need(name, "a name", "name", Value::Kind::string);
      dated.name = keep(folded(x_keys.text(name, "name")));
      dated.from = static_cast<std::uint16_t>(x_keys.whole(name, "from", 1, 9999).value_or(0));
      dated.until = static_cast<std::uint16_t>(x_keys.whole(name, "until", 1, 9999).value_or(0));
    } else {
      return x_keys.error("G103", name.place, "\"names\" must hold strings or tables", "write { name = \"...\", from = 1990, until = 2022 }");
    }
    x_file->party_names.push_back(dated);
  }

  // == [[select]] ==

  /// What stands before a match is not tried, so a pattern that looks back may begin anywhere.
  static void find_starts(Select& select, const Pattern& pattern) {
    const std::string& text = select.pattern->text();
    if (text.find("(?<=") != std::string::npos || text.find("(?<!") != std::string::npos || text.find("(*") != std::string::npos) {
      select.starts.first.set();
      return;
    }
    select.starts = pattern.starts(60);
    select.inside_words = pattern.may_begin_inside_word();
    select.inside_lines = pattern.may_begin_inside_line();
  }

  void read_selects(const Value& tree) {
    const Value* list = x_keys.get(tree, "select", Value::Kind::array);
    if (list == nullptr) return;
    for (const Value& item : list->items) {
      x_keys.only(item, "[[select]]", {"match", "weight", "reason", "fold"});
      const Value* match = x_keys.need(item, "[[select]]", "match", Value::Kind::string);
      x_keys.need(item, "[[select]]", "reason", Value::Kind::string);
      const bool fold = x_keys.flag(item, "fold");
      if (match == nullptr) continue;
      const std::optional<Expanded> expanded = expand_and_tell(*match, fold, Use::select);
      if (!expanded) continue;
      x_file->selects.push_back({std::make_shared<LazyPattern>(expanded->text, fold, Use::select),
                                 x_keys.share(item, "weight").value_or(0.5), x_keys.text(item, "reason"), {}});
      find_starts(x_file->selects.back(), *x_compiled);
    }
  }

  // == [[block]], [[inline]] ==

  void read_rules(const Value& tree) {
    std::vector<std::pair<const Value*, bool>> rules;
    for (const bool block : {true, false})
      if (const Value* list = x_keys.get(tree, block ? "block" : "inline", Value::Kind::array))
        for (const Value& item : list->items) rules.emplace_back(&item, block);
    std::stable_sort(rules.begin(), rules.end(), [](const auto& a, const auto& b) {
      return std::tie(a.first->place.line, a.first->place.column) < std::tie(b.first->place.line, b.first->place.column);
    });
    if (rules.size() > rules_most)
      return x_keys.error("G109", rules[rules_most].first->place, fmt::format("{} rules are too many", rules.size()),
                          fmt::format("the most is {} a file", rules_most));
    for (const auto& [item, block] : rules) read_rule(*item, block);
  }

  void read_rule(const Value& item, bool block) {
    const std::string where = block ? "[[block]]" : "[[inline]]";
    if (item.kind != Value::Kind::table) return x_keys.error("G103", item.place, where + " must be a table", "");
    if (block)
      x_keys.only(item, where, {"name", "match", "emit", "sample", "counter", "zone", "look", "type", "level", "title", "weight", "alone", "counts", "fold"});
    else
      x_keys.only(item, where, {"name", "match", "emit", "sample", "counter", "within", "type", "weight", "fold"});
    Rule rule;
    rule.block = block;
    rule.line = item.place.line;
    rule.file = x_file->file;
    rule.grammar_id = x_file->id;
    read_name(item, where, rule);
    if (const Value* emit = x_keys.need(item, where, "emit", Value::Kind::string))
      rule.emit = static_cast<Emit>(x_keys.word(*emit, "emit", block ? emit_words_of_blocks() : emit_words_of_inlines()).value_or(bits_none));
    const std::string_view zone_key = block ? "zone" : "within";
    if (item.find(zone_key) != nullptr) rule.zones = x_keys.bits(item, zone_key, zone_words());
    rule.looks = x_keys.bits(item, "look", look_words());
    read_type(item, rule);
    if (const Value* title = x_keys.get(item, "title", Value::Kind::string))
      rule.title_at = static_cast<TitleAt>(x_keys.word(*title, "title", title_words()).value_or(0));
    rule.level = static_cast<int>(x_keys.whole(item, "level", 0, 20).value_or(0));
    rule.weight = x_keys.share(item, "weight").value_or(0.5);
    rule.alone = x_keys.flag(item, "alone");
    read_pattern(item, where, std::move(rule));
  }

  void read_name(const Value& item, const std::string& where, Rule& rule) {
    const Value* name = x_keys.need(item, where, "name", Value::Kind::string);
    if (name == nullptr) return;
    rule.name = name->text;
    const auto [first, fresh] = x_names.emplace(name->text, item.place.line);
    if (!fresh)
      x_keys.error("G111", name->place, fmt::format("a rule named \"{}\" stands in line {} already", name->text, first->second),
                   "names tell rules apart in explanations: choose another");
  }

  void read_type(const Value& item, Rule& rule) {
    rule.type = x_keys.text(item, "type");
    const std::vector<std::string> known = type_words(rule.emit);
    if (!rule.type.empty() && !known.empty() && std::find(known.begin(), known.end(), rule.type) == known.end())
      x_keys.error("G102", item.find("type")->place, fmt::format("\"{}\" is no value of \"type\"", rule.type), words_help(rule.type, known));
  }

  void read_pattern(const Value& item, const std::string& where, Rule rule) {
    const bool fold = x_keys.flag(item, "fold");
    const Value* match = x_keys.need(item, where, "match", Value::Kind::string);
    const std::optional<Expanded> expanded = match == nullptr ? std::nullopt : expand_and_tell(*match, fold, Use::rule);
    if (const Value* counts = x_keys.get(item, "counts", Value::Kind::string)) read_counts(*counts, expanded, rule);
    CompiledRule compiled;
    compiled.rule = std::move(rule);
    if (expanded) {
      // A block rule that begins with any letter gains nothing from second ones, but from words; dates among the inline
      // rules begin with most letters, yet only with some pairs.
      compiled.starts = x_compiled->starts(compiled.rule.block ? 26 : 60);
      compiled.digits = digit_cuts(expanded->text);
      if (compiled.rule.block && compiled.rule.alone) compiled.ends = ends_of(expanded->text);
      if (compiled.rule.block && compiled.starts.second.empty()) compiled.needs = needed_words(expanded->text);
      compiled.pattern = std::make_shared<LazyPattern>(expanded->text, fold, Use::rule, std::move(x_compiled));
    }
    read_samples(item, expanded.has_value());
    x_file->rules.push_back(std::move(compiled));
    x_read.written.push_back(match == nullptr ? WrittenPattern{} : WrittenPattern{match->text, match->place});
    x_read.names.push_back(item.place);
  }

  void read_counts(const Value& counts, const std::optional<Expanded>& expanded, Rule& rule) {
    rule.counts = capture_named(counts.text);
    if (!rule.counts)
      return x_keys.error("G106", counts.place, fmt::format("unknown capture \"{}\"", counts.text), words_help(counts.text, capture_names()));
    if (expanded && expanded->text.find("(?<" + counts.text + ">") == std::string::npos)
      x_keys.error("G106", counts.place, fmt::format("the pattern has no capture \"{}\" to count by", counts.text),
                   fmt::format("put (?<{}>...) around the number", counts.text));
  }

  void read_samples(const Value& item, bool wanted) {
    for (const bool must_match : {true, false}) {
      const std::string_view key = must_match ? "sample" : "counter";
      const Value* list = item.find(key);
      if (list == nullptr) continue;
      if (list->kind == Value::Kind::string || list->kind == Value::Kind::table) read_sample(*list, must_match, wanted);
      else if (x_keys.get(item, key, Value::Kind::array) != nullptr)
        for (const Value& sample : list->items) read_sample(sample, must_match, wanted);
    }
  }

  void read_sample(const Value& item, bool must_match, bool wanted) {
    Sample sample{x_file->rules.size(), must_match, item.text, item.place, {}};
    if (item.kind == Value::Kind::table) {
      const Value* text = x_keys.need(item, "a sample", "text", Value::Kind::string);
      if (text == nullptr) return;
      sample.text = text->text;
      sample.place = text->place;
      for (const Member& member : item.members) read_expected(sample, member);
    } else if (item.kind != Value::Kind::string) {
      return x_keys.error("G103", item.place, fmt::format("a sample must be a string or a table, not {}", kind_name(item.kind)),
                          "write { text = \"...\", number = \"1\" }");
    }
    if (wanted) x_read.samples.push_back(std::move(sample));
  }

  void read_expected(Sample& sample, const Member& member) {
    if (member.key == "text") return;
    const auto capture = capture_named(member.key);
    if (!capture)
      return x_keys.error("G106", member.place, fmt::format("unknown capture \"{}\"", member.key), words_help(member.key, capture_names()));
    if (member.value.kind != Value::Kind::string)
      return x_keys.error("G103", member.value.place, fmt::format("\"{}\" must be a string, not {}", member.key, kind_name(member.value.kind)),
                          "what a capture holds is text: put quotes around it");
    sample.expected.push_back({*capture, member.value.text, member.value.place});
  }

  void sort_said() {
    std::stable_sort(x_read.said.begin(), x_read.said.end(), [](const Diagnostic& a, const Diagnostic& b) {
      return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
    });
  }

  static constexpr std::uint8_t bits_none = static_cast<std::uint8_t>(Emit::none);

  ReadFile x_read;
  KeyReader x_keys;
  const FindBase& x_find_base;
  std::shared_ptr<CompiledFile> x_file;
  std::map<std::string, Definition> x_pieces;
  std::map<std::string, std::string> x_base_pieces;
  std::vector<std::string> x_piece_names;
  std::map<std::string, std::uint32_t> x_names;
  std::unique_ptr<const Pattern> x_compiled;  ///< of the last expand_and_tell
  bool x_base_missing = false;
};

}  // namespace

ReadFile read_grammar_file(const Source& source, const FindBase& find_base) { return FileReader(source, find_base).run(); }

}  // namespace rapporteur
