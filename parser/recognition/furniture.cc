// Stage recognition: page furniture, by pattern and position and repetition together.
//
// A bare number is a page number where such numbers rise through the document; a short line is a running header where it
// comes back beside page breaks; "/la recogida" is a catchword where the next page begins with these words; an address is
// a letterhead where contact lines stand together between two paragraphs. Repetition alone proves nothing.

#include <algorithm>
#include <unordered_map>

#include "recognition/work.h"

namespace rapporteur {

namespace {

void claim(Work& work, std::uint32_t i, const Rule* rule, std::string type, float confidence) {
  LinePlan& plan = work.plans[i];
  plan.claim = Claim::furniture;
  plan.rule = rule;
  plan.type = std::move(type);
  plan.confidence = confidence;
}

/// A line that may carry a page's number.
struct PageLine {
  std::uint32_t line;
  int number;
  const Match* match;
  bool formed;     ///< "- 2 -", "Page 3 of 5": the form alone says so
  int chain = 1;   ///< length of the best rising sequence through it
};

int number_of(std::string_view text) {
  int value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return 0;
    value = value * 10 + (c - '0');
  }
  return value;
}

bool wordless_neighbours(const Work& work, std::uint32_t i) {
  const auto number_only = [&](std::uint32_t j) { return work.facts[j].letters == 0 && work.line(j).block == work.line(i).block; };
  return i > 0 && i + 1 < work.size() && number_only(i - 1) && number_only(i + 1);
}

std::vector<PageLine> page_lines(const Work& work) {
  std::vector<PageLine> found;
  for (std::uint32_t i = 0; i < work.size(); ++i) {
    for (const Match& match : work.matches_of(i)) {
      if (match.rule->emit != Emit::furniture || !match.has(Capture::page) || match.rule->type == "header") continue;
      const int number = number_of(match.text(Capture::page, work.text(i)));
      if (number == 0 || wordless_neighbours(work, i)) break;
      const bool formed = work.facts[i].chars > match.span(Capture::page).size() + 1 || match.rule->weight >= 0.8;
      found.push_back({i, number, &match, formed});
      break;
    }
  }
  return found;
}

/// Length of the longest sequence of rising numbers (steps of 1 to 3) that each page line takes part in. Only near
/// neighbours are compared, so the cost stays linear.
void chain_pages(const Work& work, std::vector<PageLine>& pages) {
  constexpr std::size_t kReach = 6;
  std::vector<int> up(pages.size(), 1), down(pages.size(), 1);
  const auto follows = [&](std::size_t a, std::size_t b) {
    const int step = pages[b].number - pages[a].number;
    // Whole pages of other numbering may lie between two archive page numbers; small numbers come one by one.
    const int longest = pages[a].number >= 100 ? 12 : 3;
    const bool apart = pages[b].line - pages[a].line >= 4 && work.line(pages[b].line).span.begin - work.line(pages[a].line).span.begin >= 600;
    return step >= 1 && step <= longest && apart;
  };
  for (std::size_t b = 0; b < pages.size(); ++b)
    for (std::size_t a = b > kReach ? b - kReach : 0; a < b; ++a)
      if (follows(a, b)) up[b] = std::max(up[b], up[a] + 1);
  for (std::size_t a = pages.size(); a-- > 0;)
    for (std::size_t b = a + 1; b < std::min(pages.size(), a + kReach + 1); ++b)
      if (follows(a, b)) down[a] = std::max(down[a], down[b] + 1);
  for (std::size_t i = 0; i < pages.size(); ++i) pages[i].chain = up[i] + down[i] - 1;
}

bool at_page_edge(const Work& work, std::uint32_t i) {
  if (!work.document.paged) return false;
  const auto page = work.line(i).look.page;
  const auto same = [&](std::int64_t j) { return j >= 0 && j < work.size() && work.line(static_cast<std::uint32_t>(j)).look.page == page; };
  return !same(static_cast<std::int64_t>(i) - 3) || !same(static_cast<std::int64_t>(i) + 3);
}

void page_numbers(Work& work) {
  std::vector<PageLine> pages = page_lines(work);
  chain_pages(work, pages);
  const auto beside_formed = [&](const PageLine& page) {
    return std::any_of(pages.begin(), pages.end(), [&](const PageLine& other) { return other.formed && (other.line + 1 == page.line || page.line + 1 == other.line); });
  };
  for (const PageLine& page : pages) {
    const bool edge = at_page_edge(work, page.line);
    const bool formed = page.formed && (page.chain >= 2 || page.match->rule->type == "footer" || edge || page.match->rule->type == "pageNumber");
    if (page.chain >= 3 || (page.chain == 2 && !work.document.paged) || (page.chain >= 2 && edge) || formed || (page.chain == 1 && beside_formed(page)))
      claim(work, page.line, page.match->rule, page.match->rule->type, page.chain >= 3 || page.formed ? 0.98f : 0.85f);
  }
}

/// Pattern and position say what it is: taken at the rule's word.
void by_form(Work& work) {
  for (std::uint32_t i = 0; i < work.size(); ++i)
    for (const Match& match : work.matches_of(i))
      if (match.rule->emit == Emit::furniture && match.rule->weight >= 0.8 && work.plans[i].free()) {
        claim(work, i, match.rule, match.rule->type, static_cast<float>(match.rule->weight));
        break;
      }
}

/// What a running header keeps from page to page: its letters; numbers count as one sign.
std::string running_key(std::string_view text, bool keep_digits) {
  std::string key;
  bool digits = false;
  for (char c : text) {
    const bool digit = c >= '0' && c <= '9';
    if (digit && !digits && !keep_digits) key += '#';
    digits = digit;
    if ((digit && !keep_digits) || c == ' ' || c == '\t') continue;
    key += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return key;
}

/// Beside a page break: next to a page number or at the edge of a page.
bool beside_break(const Work& work, std::uint32_t i) {
  if (at_page_edge(work, i)) return true;
  for (std::int64_t j = static_cast<std::int64_t>(i) - 2; j <= static_cast<std::int64_t>(i) + 2; ++j)
    if (j >= 0 && j < work.size() && j != i && work.is_furniture(static_cast<std::uint32_t>(j))) return true;
  return false;
}

void running_headers(Work& work) {
  struct Seen {
    std::vector<std::uint32_t> lines;
    std::uint32_t beside = 0;
  };
  std::unordered_map<std::string, Seen> seen;
  for (std::uint32_t i = 0; i < work.size(); ++i) {
    const Facts& f = work.facts[i];
    if (!work.plans[i].free() || f.letters < 3 || f.chars > 160 || work.line(i).kind != LineKind::text || work.line(i).look.heading > 0) continue;
    bool named = false;  // "RECOMMENDATION V-2" is no repetition of "RECOMMENDATION V-1"
    for (const Match& m : work.matches_of(i)) named |= m.rule->emit == Emit::annex || (m.rule->emit == Emit::section && !m.rule->type.empty());
    Seen& entry = seen[running_key(work.text(i), named)];
    entry.lines.push_back(i);
    if (beside_break(work, i)) ++entry.beside;
  }
  std::vector<std::uint32_t> headers;  // claimed together at the end: one claim must not speak for the next
  for (const auto& [key, entry] : seen) {
    if (entry.lines.size() < 2 || entry.beside * 10 < entry.lines.size() * 7) continue;
    const bool annex = work.proposal(entry.lines[0], Emit::annex) != nullptr;
    if (entry.lines.size() < 3 && !(annex || work.document.paged)) continue;
    // The first of a run of annex headers is the heading itself; so may the masthead be what later pages repeat.
    const bool keep_first = annex || (entry.beside < entry.lines.size() && !beside_break(work, entry.lines[0]));
    for (std::size_t n = keep_first ? 1 : 0; n < entry.lines.size(); ++n)
      if (beside_break(work, entry.lines[n])) headers.push_back(entry.lines[n]);
  }
  for (const std::uint32_t i : headers) claim(work, i, nullptr, "header", 0.9f);
}

bool begins_with_words(std::string_view text, std::string_view words) {
  const std::string a = words_key(text), b = words_key(words);
  return !b.empty() && a.starts_with(b);
}

void catchwords(Work& work) {
  for (std::uint32_t i = 0; i < work.size(); ++i) {
    const LinePlan& plan = work.plans[i];
    if (!plan.free()) continue;
    for (const Match& match : work.matches_of(i)) {
      if (match.rule->type != "catchword") continue;
      const std::string_view words = match.text(Capture::text, work.text(i));
      const std::uint32_t next = work.after(i);
      if (words.empty()) claim(work, i, match.rule, "catchword", 0.97f);
      else if (next != Work::none && begins_with_words(work.text(next), words)) claim(work, i, match.rule, "catchword", 0.99f);
      else if (work.facts[i].words <= 4 && !work.facts[i].mostly_capitals() && next != Work::none && work.facts[i].end != LineEnd::sentence)
        claim(work, i, match.rule, "catchword", 0.8f);
      break;
    }
  }
}

const Rule* contact_rule(const Work& work, std::uint32_t i) {
  const Match* match = work.proposal(i, Emit::contact);
  return match ? match->rule : nullptr;
}

/// Contact lines that stand together, with at least two kinds of contact, after the header matter.
void letterheads(Work& work) {
  bool body_began = false;
  for (std::uint32_t i = 0; i < work.size(); ++i) {
    if (!body_began) body_began = work.prose(i);
    const Rule* rule = contact_rule(work, i);
    if (!rule || !work.plans[i].free() || !body_began) continue;
    std::uint32_t end = i;
    std::vector<std::string> kinds;
    bool hard = false;
    for (; end < work.size() && end < i + 8; ++end) {
      const Rule* r = contact_rule(work, end);
      if (!r || work.facts[end].words > 40 || work.labelled(end)) break;
      hard |= r->type != "address";
      if (std::find(kinds.begin(), kinds.end(), r->type) == kinds.end()) kinds.push_back(r->type);
    }
    if (kinds.size() >= 2 && hard && end - i >= 2 && work.begins_block(i))
      for (std::uint32_t j = i; j < end; ++j) claim(work, j, contact_rule(work, j), "letterhead", 0.95f);
    i = std::max(i, end == i ? i : end - 1);
  }
}

}  // namespace

void find_furniture(Work& work) {
  by_form(work);
  page_numbers(work);
  catchwords(work);
  running_headers(work);
  letterheads(work);
}

}  // namespace rapporteur
