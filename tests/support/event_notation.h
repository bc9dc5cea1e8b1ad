// A notation for documents and the events recognised in them, so that cases of the model can be judged without C++.
//
// One event a line:   ROLE key=value key="two words" ... | WORDS
//   keys    label title mark (pieces), n agenda code when to mode type depth, joins inferred mark_first (flags)
//   WORDS   the event's text; of a section, an annex and contents its title
//   " / "   a new line of the source; " // " the same, with a line break that is asked for; " /3/ " page 3 begins
//   *x*     strong   _x_ emphasis   ^x^ a footnote mark   ~x~ a cell of a table (~!x~ of a header row)
//   [kind normalized|words]   a hit; "label=II" after a comma names the label: [annexRef II,II|Annex II]
// Empty lines and lines that begin with # are left out. Every piece is a line of the source of its own.
#pragma once

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "readers/line.h"
#include "recognition/events.h"

namespace rapporteur::notation {

struct Input {
  Document document;
  Recognised recognised;
};

class Reader {
 public:
  explicit Reader(std::string_view text) {
    std::istringstream in{std::string(text)};
    for (std::string row; std::getline(in, row);)
      if (!row.empty() && row[0] != '#') event(row);
  }

  /// Lays all lines out in one source and hands everything over.
  Input finish(const std::string& name = "case.txt") {
    std::string source;
    std::vector<std::uint32_t> starts;
    for (const std::string& words : x_words) {
      starts.push_back(static_cast<std::uint32_t>(source.size()));
      source += words + "\n";
    }
    SourceInfo info;
    info.name = name;
    x_input.document.source = std::make_shared<const Source>(std::move(info), std::move(source));
    for (std::size_t i = 0; i < x_words.size(); ++i) {
      Line& line = x_input.document.lines[i];
      line.span = {starts[i], starts[i] + static_cast<std::uint32_t>(x_words[i].size())};
      line.number = static_cast<std::uint32_t>(i) + 1;
      line.content = line.match = x_input.document.source->text(line.span);
      line.content_to_source.set_base(starts[i]);
    }
    return std::move(x_input);
  }

 private:
  static Role role(std::string_view name) {
    static const std::map<std::string_view, Role> roles{
        {"field", Role::field}, {"section", Role::section}, {"paragraph", Role::paragraph}, {"point", Role::point}, {"text", Role::text},
        {"row", Role::table_row}, {"contents", Role::contents}, {"entry", Role::contents_entry}, {"participants", Role::participants},
        {"party", Role::party}, {"person", Role::person}, {"annex", Role::annex}, {"furniture", Role::furniture}, {"closing", Role::closing},
        {"note", Role::note}, {"separator", Role::separator}, {"raw", Role::raw}, {"verbatim", Role::verbatim}};
    const auto found = roles.find(name);
    return found == roles.end() ? throw std::runtime_error("no role " + std::string(name)) : found->second;
  }

  void event(const std::string& row) {
    Event made;
    std::size_t at = row.find(' ');
    made.role = role(row.substr(0, at));
    const std::size_t bar = row.find(" | ");
    while (at != std::string::npos && at < row.size() && at != bar) {
      const std::size_t begin = at + 1;
      const std::size_t equals = row.find_first_of("= ", begin);
      const std::string key = row.substr(begin, equals - begin);
      if (equals == std::string::npos || row[equals] == ' ') {
        set(made, key, "");
        at = equals;
        continue;
      }
      const bool quoted = row[equals + 1] == '"';
      const std::size_t end = quoted ? row.find('"', equals + 2) : row.find(' ', equals);
      set(made, key, quoted ? row.substr(equals + 2, end - equals - 2) : row.substr(equals + 1, end == std::string::npos ? end : end - equals - 1));
      at = quoted ? row.find(' ', end) : end;
    }
    const bool titled = made.role == Role::section || made.role == Role::annex || made.role == Role::contents;
    std::vector<Hit> hits;
    if (bar != std::string::npos) (titled ? made.title : made.text) = pieces(row.substr(bar + 3), &hits);
    made.hits = {x_input.recognised.hits.keep(hits), hits.size()};
    x_input.recognised.events.push_back(std::move(made));
  }

  void set(Event& event, const std::string& key, const std::string& value) {
    const std::map<std::string, std::string_view*> strings{{"n", &event.n}, {"agenda", &event.agenda}, {"code", &event.code}, {"when", &event.when},
                                                      {"to", &event.to}, {"mode", &event.mode}, {"type", &event.type}};
    const std::map<std::string, bool*> flags{{"joins", &event.joins}, {"inferred", &event.inferred}, {"mark_first", &event.mark_first}};
    const std::map<std::string, Pieces*> words{{"label", &event.label}, {"title", &event.title}, {"mark", &event.mark}};
    if (const auto s = strings.find(key); s != strings.end()) *s->second = keep(value);
    else if (const auto f = flags.find(key); f != flags.end()) *f->second = true;
    else if (const auto w = words.find(key); w != words.end()) *w->second = pieces(value, nullptr);
    else if (key == "depth") event.depth = static_cast<std::uint8_t>(std::stoi(value));
    else throw std::runtime_error("no key " + key);
  }

  Pieces pieces(std::string words, std::vector<Hit>* hits) {
    Pieces made;
    std::uint32_t base = 0;
    Piece next;
    while (true) {
      const std::size_t slash = words.find(" /");
      const std::size_t close = slash == std::string::npos ? slash : words.find(' ', slash + 1);
      const bool split = close != std::string::npos;
      next.line = static_cast<std::uint32_t>(x_words.size());
      add_line(words.substr(0, split ? slash : std::string::npos), base, hits);
      next.range = {0, static_cast<std::uint32_t>(x_words.back().size())};
      base += next.range.end + 1;
      made.push_back(next);
      if (!split) return made;
      const std::string mark = words.substr(slash + 1, close - slash - 1);
      next = {};
      next.hard_break = mark == "//";
      next.page_begins = mark.size() > 2;
      if (next.page_begins) next.page = static_cast<std::uint16_t>(std::stoi(mark.substr(1, mark.size() - 2)));
      words = words.substr(close + 1);
    }
  }

  void add_line(const std::string& notation, std::uint32_t base, std::vector<Hit>* hits) {
    Line line;
    std::string plain;
    std::map<char, std::size_t> open;
    std::vector<Hit> found;
    const std::map<char, MarkKind> kinds{{'*', MarkKind::strong}, {'_', MarkKind::emph}, {'^', MarkKind::footnote}, {'~', MarkKind::cell}};
    for (std::size_t i = 0; i < notation.size(); ++i) {
      const char c = notation[i];
      const auto here = static_cast<std::uint32_t>(plain.size());
      if (const auto kind = kinds.find(c); kind != kinds.end()) {
        if (open.contains(c)) {
          line.marks[open[c]].end = here;
          if (c == '^') line.marks[open[c]].text = plain.substr(line.marks[open[c]].begin);
          open.erase(c);
        } else {
          open[c] = line.marks.size();
          line.marks.push_back({kind->second, here, here, ""});
          if (c == '~' && notation[i + 1] == '!') line.marks.back().header = (++i, true);
        }
      } else if (c == '[' && hits != nullptr) {
        const std::size_t bar = notation.find('|', i);
        found.push_back(hit(notation.substr(i + 1, bar - i - 1)));
        found.back().range.begin = base + here;
        i = bar;
      } else if (c == ']' && hits != nullptr && !found.empty()) {
        finish_hit(found.back(), plain, base);
      } else {
        plain += c;
      }
    }
    x_words.push_back(plain);
    x_input.document.lines.push_back(std::move(line));
    if (hits != nullptr) hits->insert(hits->end(), found.begin(), found.end());
  }

  Hit hit(const std::string& head) {
    Hit made;
    const std::size_t blank = head.find(' ');
    const std::size_t comma = head.find(',');
    made.kind = keep(head.substr(0, blank));
    if (blank != std::string::npos) made.normalized = keep(head.substr(blank + 1, comma == std::string::npos ? comma : comma - blank - 1));
    if (made.kind == "date") made.when = made.normalized;
    if (made.kind == "person") made.role = made.normalized;
    if (made.kind == "appendixRef") made.kind = "annexRef", made.word = "appendix";
    if (comma != std::string::npos) made.word = keep(std::string(made.word) + head.substr(comma));
    return made;
  }

  static void finish_hit(Hit& hit, const std::string& plain, std::uint32_t base) {
    hit.range.end = base + static_cast<std::uint32_t>(plain.size());
    const std::size_t comma = hit.word.find(',');
    if (comma == std::string::npos) return;
    const std::string_view label = hit.word.substr(comma + 1);
    hit.word = hit.word.substr(0, comma);
    const std::size_t at = plain.rfind(label);
    hit.label = {base + static_cast<std::uint32_t>(at), base + static_cast<std::uint32_t>(at + label.size())};
  }

  std::string_view keep(std::string_view words) { return x_input.recognised.texts.keep(words); }

  std::vector<std::string> x_words;
  Input x_input;
};

}  // namespace rapporteur::notation
