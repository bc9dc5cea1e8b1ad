// Stage grammar: advice about grammars that work but will cost time or surprise.

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "grammar/file_reader.h"
#include "grammar/keys.h"

namespace rapporteur {

namespace {

/// What one alternative of a group is made of, for finding repeats inside repeats.
struct Branch {
  bool unbounded = false;  ///< something in it may repeat without end
  bool fixed = false;      ///< something in it must be there, once: it keeps repeats apart
};

/// A group that is open while a pattern is walked over.
struct Group {
  std::uint32_t begin = 0;
  Branch now;
  bool risky = false;  ///< an alternative repeats without end and has nothing that keeps the repeats apart
  bool look = false;   ///< (?=...) and the like, which take up no text

  void end_branch() {
    risky = risky || (now.unbounded && !now.fixed);
    now = {};
  }
};

enum class Repeat : std::uint8_t { none, bounded, optional, unbounded };

/// Walks over a pattern as written. Knows just enough of patterns: classes, escapes, comments, groups, repeats.
class PatternWalk {
 public:
  explicit PatternWalk(std::string_view text) : x_text(text) { x_groups.emplace_back(); }

  std::vector<std::pair<std::uint32_t, std::uint32_t>> nested;  ///< repeats of groups that repeat inside
  static constexpr std::uint32_t nowhere = ~0u;
  std::uint32_t bare_blank = nowhere;                           ///< a blank between two letters
  std::uint32_t loose_end = nowhere;                            ///< \s+ or \s* right before a closing $

  void run() {
    while (x_at < x_text.size()) step();
  }

 private:
  char here(std::size_t ahead = 0) const { return x_at + ahead < x_text.size() ? x_text[x_at + ahead] : '\0'; }
  static bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

  void step() {
    switch (here()) {
      case '#': x_at = std::min(x_text.find('\n', x_at), x_text.size()); return;
      case '(': return open();
      case ')': return close();
      case '|': x_groups.back().end_branch(); ++x_at; return;
      case ' ': return blank();
      case '[': return atom(class_end());
      case '\\': return atom(x_at + 2);
      case '{': return atom(here(1) == '{' ? std::min(x_text.find("}}", x_at), x_text.size() - 2) + 2 : x_at + 1);
      case '^': case '$': case '\t': case '\n': case '\r': ++x_at; return;
      default: return atom(x_at + 1);
    }
  }

  void blank() {
    if (x_at > 1 && letter(x_text[x_at - 1]) && x_text[x_at - 2] != '\\' && letter(here(1)) && bare_blank == nowhere)
      bare_blank = static_cast<std::uint32_t>(x_at);
    ++x_at;
  }

  std::size_t class_end() const {
    std::size_t at = x_at + 1;
    if (at < x_text.size() && x_text[at] == '^') ++at;
    if (at < x_text.size() && x_text[at] == ']') ++at;
    while (at < x_text.size() && x_text[at] != ']') at += x_text[at] == '\\' ? 2 : 1;
    return std::min(at + 1, x_text.size());
  }

  void open() {
    Group group;
    group.begin = static_cast<std::uint32_t>(x_at);
    const std::string_view rest = x_text.substr(x_at);
    group.look = rest.starts_with("(?=") || rest.starts_with("(?!") || rest.starts_with("(?<=") || rest.starts_with("(?<!");
    x_groups.push_back(group);
    if (here(1) != '?') ++x_at;
    else if (rest.starts_with("(?<") && !group.look) x_at = std::min(x_text.find('>', x_at), x_text.size() - 1) + 1;
    else x_at += rest.starts_with("(?<") ? 4 : 3;
  }

  void close() {
    ++x_at;
    if (x_groups.size() == 1) return;
    Group group = x_groups.back();
    group.end_branch();
    x_groups.pop_back();
    const Repeat repeat = read_repeat();
    if (repeat == Repeat::unbounded && group.risky) nested.emplace_back(group.begin, static_cast<std::uint32_t>(x_at));
    if (!group.look) note(repeat, group.risky);
  }

  void atom(std::size_t end) {
    const std::size_t begin = x_at;
    x_at = std::min(end, x_text.size());
    const std::string_view word = x_text.substr(begin, x_at - begin);
    const Repeat repeat = read_repeat();
    note(repeat, false);
    const std::string_view rest = x_text.substr(x_at);
    const std::size_t dollar = rest.find_first_not_of(" \t\n");
    if (repeat == Repeat::unbounded && (word == "\\s" || word == "\\h") && dollar != std::string_view::npos && rest[dollar] == '$')
      loose_end = static_cast<std::uint32_t>(begin);
  }

  void note(Repeat repeat, bool risky_inside) {
    Branch& branch = x_groups.back().now;
    if (repeat == Repeat::unbounded || risky_inside) branch.unbounded = true;
    else if (repeat != Repeat::optional) branch.fixed = true;
  }

  /// Reads what may follow an atom or group: ? * + {m,n}, with ? or + behind it. A possessive one gives nothing back.
  Repeat read_repeat() {
    const char sign = here();
    Repeat repeat = sign == '?' ? Repeat::optional : sign == '*' || sign == '+' ? Repeat::unbounded : Repeat::none;
    std::size_t size = repeat == Repeat::none ? 0 : 1;
    if (sign == '{' && here(1) >= '0' && here(1) <= '9') {
      const std::size_t end = std::min(x_text.find('}', x_at), x_text.size() - 1);
      size = end - x_at + 1;
      repeat = x_text[end - 1] == ',' ? Repeat::unbounded : here(1) == '0' ? Repeat::optional : Repeat::bounded;
    }
    if (size == 0) return repeat;
    x_at += size;
    if (here() == '+') return ++x_at, Repeat::bounded;
    if (here() == '?') ++x_at;
    return repeat;
  }

  std::string_view x_text;
  std::size_t x_at = 0;
  std::vector<Group> x_groups;
};

/// Looks at every rule of one file.
class Linter {
 public:
  Linter(const Source& source, const ReadFile& read) : x_read(read), x_keys(source, x_said), x_source(source) {}

  Diagnostics run() {
    for (const auto& [name, place] : x_read.unused_pieces)
      warn("G504", place, fmt::format("the piece \"{}\" is not used in this file", name), "take it out, unless files that extend this one use it");
    std::vector<bool> sampled(x_read.file->rules.size());
    for (const Sample& sample : x_read.samples)
      if (sample.must_match) sampled[sample.rule] = true;
    for (std::size_t i = 0; i < sampled.size(); ++i) look_at(i, sampled[i]);
    return std::move(x_said);
  }

 private:
  void warn(std::string code, Place place, std::string message, std::string help) {
    x_keys.say(Severity::warning, std::move(code), place, std::move(message), std::move(help));
  }

  void warn_inside(std::string code, const WrittenPattern& written, std::uint32_t begin, std::uint32_t end, std::string message, std::string help) {
    const Span span{offset_in_file(x_source, written.place, begin), offset_in_file(x_source, written.place, end)};
    x_said.push_back(said_of(x_source, span, Severity::warning, std::move(code), std::move(message), std::move(help)));
  }

  void look_at(std::size_t index, bool sampled) {
    const CompiledRule& rule = x_read.file->rules[index];
    const Place place = x_read.names[index];
    if (!sampled)
      warn("G505", place, fmt::format("the rule \"{}\" has no sample", rule.rule.name), "add one: sample = [{ text = \"...\" }], a line that it must match");
    if (rule.pattern->get().can_match_empty())
      warn("G501", x_read.written[index].place, fmt::format("the pattern of \"{}\" matches nothing at all, too", rule.rule.name),
           "make one part of it obligatory; matches without text are left out");
    const std::string same = fmt::format("{}{}{}{}", rule.rule.block, rule.pattern->fold(), rule.rule.alone, rule.pattern->text());
    const auto [first, fresh] = x_patterns.emplace(same, index);
    const Rule& other = x_read.file->rules[first->second].rule;
    if (!fresh && (!rule.rule.block || other.emit == rule.rule.emit) && (rule.rule.zones & ~other.zones) == 0)
      warn("G506", place, fmt::format("the rule \"{}\" never comes to anything: \"{}\" in line {} has the same pattern", rule.rule.name, other.name, other.line),
           "take one of them out");
    walk(x_read.written[index], rule.rule.name);
  }

  void walk(const WrittenPattern& written, const std::string& name) {
    PatternWalk pattern(written.text);
    pattern.run();
    for (const auto& [begin, end] : pattern.nested)
      warn_inside("G503", written, begin, end, fmt::format("the rule \"{}\" has a repeat inside a repeat", name),
                  "long lines can take long: bound one of them ({1,9}) or make it possessive (++)");
    if (pattern.loose_end != PatternWalk::nowhere)
      warn_inside("G502", written, pattern.loose_end, pattern.loose_end + 3, fmt::format("the rule \"{}\" ends in a repeat of blanks before $", name),
                  "blanks at the end are allowed where alone = true; otherwise bound the repeat: \\s{0,9} $");
    if (pattern.bare_blank != PatternWalk::nowhere)
      warn_inside("G507", written, pattern.bare_blank, pattern.bare_blank + 1, "a blank in a pattern stands for nothing",
                  "write \\s or \\s+ where the text has a blank, or [ ] for exactly one");
  }

  const ReadFile& x_read;
  Diagnostics x_said;
  KeyReader x_keys;
  const Source& x_source;
  std::map<std::string, std::size_t> x_patterns;
};

}  // namespace

Diagnostics lint(const Source& source, const ReadFile& read) { return Linter(source, read).run(); }

}  // namespace rapporteur
