// Command line: search, which asks an index and prints what a person can cite and go to.

#include <cstdlib>

#include <unistd.h>

#include "command.h"
#include "output.h"
#include "rapporteur/search.h"

namespace tool {

namespace {

using rapporteur::Facet;
using rapporteur::SearchFound;
using rapporteur::SearchHit;
using rapporteur::SearchIndex;

/// The snippet for a person: matches bold on a terminal, as they stand elsewhere; no control character of a document.
std::string shown(const std::string& snippet, bool bold) {
  std::string out;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= snippet.size(); ++at) {
    const bool mark = at < snippet.size() && (snippet[at] == '\x02' || snippet[at] == '\x03');
    if (at < snippet.size() && !mark) continue;
    out += rapporteur::printable(std::string_view(snippet).substr(begin, at - begin));
    if (mark && bold) out += snippet[at] == '\x02' ? "\033[1m" : "\033[0m";
    begin = at + 1;
  }
  return out;
}

class Search : public Command {
 public:
  void declare(Options& options) override {
    options.text("INDEX", x_index, "INDEX", "the file that `rapporteur index` made");
    options.list("QUERY", x_words, "QUERY", "words that must all occur; '\"a phrase\"', begin*, one OR other; -- -without");
    options.text("--body", x_query.body, "NAME", "only reports of an organization or body with that in its name");
    options.text("--state", x_query.state, "STATE", "only reports of meetings that a state took part in: its ISO code or name");
    options.text("--symbol", x_query.symbol, "SYMBOL", "only the report with that symbol");
    options.text("--item", x_query.item, "ITEM", "only under that agenda item: 3, 2(a)");
    options.number("--year", x_query.year, "YEAR", "only reports of that year");
    options.number("-n,--limit", x_query.limit, "N", "at most so many hits (20)");
    options.flag("--json", x_json, "one JSON object: total, hits, facets");
  }

  int run() override {
    if (x_index.empty()) throw Stop{exit_usage, "U103", "no index named", "`rapporteur index DIR -o archive.db` makes one", ""};
    for (const std::string& word : x_words) x_query.words += (x_query.words.empty() ? "" : " ") + word;
    const auto index = SearchIndex::open(x_index, SearchIndex::Access::read);
    if (!index) stop(index.said());
    const auto found = index->search(x_query);
    if (!found) stop(found.said());
    write_out(x_json ? rapporteur::search_json(*found) + "\n" : text(*found));
    return exit_ok;
  }

 private:
  [[noreturn]] static void stop(const rapporteur::Diagnostics& said) {
    const auto& first = said.front();
    throw Stop{first.code.rfind("S2", 0) == 0 ? exit_usage : exit_failed, first.code, first.message, first.help, first.file};
  }

  static std::string text(const SearchFound& found) {
    const bool bold = ::isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr;
    std::string out;
    std::size_t number = 0;
    for (const SearchHit& hit : found.hits) out += std::to_string(++number) + ". " + text(hit, bold) + "\n";
    out += std::to_string(found.hits.size()) + (found.more ? " of more than " : " of ") + std::to_string(found.total) + " found\n";
    out += text("year", found.years) + text("body", found.bodies) + text("state", found.states);
    return out;
  }

  static std::string text(const SearchHit& hit, bool bold) {
    std::string out = rapporteur::printable(hit.citation);
    if (!hit.date.empty()) out += " (" + hit.date + ")";
    out += "\n";
    const std::string words = hit.snippet.empty() ? rapporteur::printable(hit.heading) : shown(hit.snippet, bold);
    if (!words.empty()) out += "   " + words + "\n";
    out += "   " + rapporteur::printable(hit.source);
    if (hit.line != 0) out += ":" + std::to_string(hit.line);
    return out + "  " + rapporteur::printable(hit.xml) + "\n";
  }

  static std::string text(const char* name, const Facet& facet) {
    if (facet.empty()) return {};
    std::string out = std::string("  ") + name + ":";
    for (const auto& [value, count] : facet) out += (&value == &facet.front().first ? " " : ", ") + rapporteur::printable(value) + " (" + std::to_string(count) + ")";
    return out + "\n";
  }

  std::string x_index;
  std::vector<std::string> x_words;
  rapporteur::SearchQuery x_query;
  bool x_json = false;
};

}  // namespace

std::unique_ptr<Command> make_search() { return std::make_unique<Search>(); }

}  // namespace tool
