// Stage recognition: the numbers of pages.
//
// A bare number is a page's where such numbers rise through the document, a page apart; what is dressed as one ("- 2 -",
// "Page 3 of 5") is one by its form. Numbers of paragraphs that stand alone on their lines look the same and rise, too:
// what stands below them and how close they are tells them apart. Running heads may have the number in their line.

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "recognition/furniture.h"

namespace rapporteur {

int number_of(std::string_view text) {
  int value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return 0;
    value = value * 10 + (c - '0');
  }
  return value;
}

bool a_page_apart(const Work& work, std::uint32_t above, std::uint32_t below) {
  constexpr std::uint64_t kPage = 600;  // bytes: the shortest page of running text
  return below - above >= 4 && work.line(below).span.begin - work.line(above).span.begin >= kPage;
}

bool at_page_edge(const Work& work, std::uint32_t i) {
  if (!work.document.paged) return false;
  const auto page = work.line(i).look.page;
  const auto same = [&](std::int64_t j) { return j >= 0 && j < work.size() && work.line(static_cast<std::uint32_t>(j)).look.page == page; };
  return !same(static_cast<std::int64_t>(i) - 3) || !same(static_cast<std::int64_t>(i) + 3);
}

bool stands_alone(const Work& work, std::uint32_t i) {
  const bool above = i == 0 || work.line(i).look.blank_before > 0;
  return above && (i + 1 >= work.size() || work.line(i + 1).look.blank_before > 0 || work.line(i + 1).block != work.line(i).block);
}

namespace {

/// A line that may carry a page's number.
struct PageLine {
  std::uint32_t line;
  int number;
  const Match* match;
  bool formed;     ///< "- 2 -", "Page 3 of 5": the form alone says so
  int chain = 1;   ///< length of the best rising sequence through it
};

bool wordless_neighbours(const Work& work, std::uint32_t i) {
  const auto number_only = [&](std::uint32_t j) { return work.facts[j].letters == 0 && work.line(j).block == work.line(i).block; };
  return i > 0 && i + 1 < work.size() && number_only(i - 1) && number_only(i + 1);
}

/// "ANNEX IV, p. 1": no line of its own for the page number, and by_form has judged whether it opens the annex.
bool beside_annex_label(const Work& work, std::uint32_t i) {
  const auto& matches = work.matches_of(i);
  return std::any_of(matches.begin(), matches.end(), [](const Match& m) { return m.rule->emit == Emit::furniture && m.has(Capture::label); });
}

std::vector<PageLine> page_lines(const Work& work) {
  std::vector<PageLine> found;
  for (std::uint32_t i = 0; i < work.size(); ++i) {
    if (work.proposal(i, Emit::furniture) == nullptr || beside_annex_label(work, i)) continue;
    for (const Match& match : work.matches_of(i)) {
      if (match.rule->emit == Emit::section && !match.rule->type.empty()) break;  // "Agenda item 2      page 5": an entry of a list
      if (match.rule->emit != Emit::furniture || !match.has(Capture::page) || match.rule->type == "header") continue;
      const int number = number_of(match.text(Capture::page, work.text(i)));
      if (number == 0 || wordless_neighbours(work, i)) break;
      const std::string_view text = work.text(i);
      const bool dressed = text.find_first_not_of("0123456789 \t.") != std::string_view::npos;
      if (!dressed && number >= 1900 && number < 2100) break;  // a year on a line of its own
      const bool formed = dressed || match.rule->weight >= 0.8;
      found.push_back({i, number, &match, formed});
      break;
    }
  }
  return found;
}

/// Drops the numbers of paragraphs that stand alone on their lines as page numbers do, their text below: they run one by
/// one, a sentence begins below each, and some lie closer together than pages can, or the first stands above all prose.
void drop_paragraph_numbers(const Work& work, std::vector<PageLine>& pages) {
  constexpr std::size_t kReach = 4, kNone = static_cast<std::size_t>(-1);  // page numbers may lie between
  constexpr std::uint32_t kChain = 4;                                      // numbers that make a chain
  struct Link {
    std::size_t before = kNone;
    std::uint32_t length = 1, near = 0, told = 0;  // of the chain that ends here: numbers, close ones, those with a sentence below
  };
  std::vector<Link> links(pages.size());
  for (std::size_t b = 0; b < pages.size(); ++b) {
    if (pages[b].formed) continue;
    Link& link = links[b];
    for (std::size_t a = b; a-- > (b > kReach ? b - kReach : 0);)
      if (!pages[a].formed && pages[a].number + 1 == pages[b].number) {
        link = {a, links[a].length + 1, links[a].near + !a_page_apart(work, pages[a].line, pages[b].line), links[a].told};
        break;
      }
    const std::uint32_t below = work.after(pages[b].line);
    link.told += below != Work::none && work.facts[below].starts_upper && work.reads_as_text(below);
  }
  std::uint32_t prose = 0;
  while (prose < work.size() && !work.prose(prose)) ++prose;
  const auto above_prose = [&](std::size_t at) {
    while (links[at].before != kNone) at = links[at].before;
    return pages[at].number == 1 && pages[at].line < prose;
  };
  std::vector<bool> dropped(pages.size());
  const auto drop = [&](std::size_t end) {
    for (std::size_t at = end; at != kNone; at = links[at].before) dropped[at] = true;
  };
  bool manner = false;
  for (std::size_t end = pages.size(); end-- > 0;) {
    const Link& chain = links[end];
    if (dropped[end] || chain.length < kChain || chain.told * 5 < chain.length * 4) continue;
    if (chain.near * 3 < chain.length - 1 && !above_prose(end)) continue;
    drop(end);
    manner = true;
  }
  for (std::size_t end = pages.size(); manner && end-- > 0;)  // annexes count their few paragraphs in the same manner
    if (!dropped[end] && links[end].length > 1 && pages[end].number == static_cast<int>(links[end].length) && links[end].told == links[end].length) drop(end);
  std::size_t at = 0;
  std::erase_if(pages, [&](const PageLine&) { return dropped[at++]; });
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
    return step >= 1 && step <= longest && a_page_apart(work, pages[a].line, pages[b].line);
  };
  for (std::size_t b = 0; b < pages.size(); ++b)
    for (std::size_t a = b > kReach ? b - kReach : 0; a < b; ++a)
      if (follows(a, b)) up[b] = std::max(up[b], up[a] + 1);
  for (std::size_t a = pages.size(); a-- > 0;)
    for (std::size_t b = a + 1; b < std::min(pages.size(), a + kReach + 1); ++b)
      if (follows(a, b)) down[a] = std::max(down[a], down[b] + 1);
  for (std::size_t i = 0; i < pages.size(); ++i) pages[i].chain = up[i] + down[i] - 1;
}

/// Words enough to be running text stand above a line and below it.
bool breaks_running_text(const Work& work, std::uint32_t i) {
  constexpr std::uint32_t kWords = 5;
  const std::uint32_t above = work.before(i), below = work.after(i);
  if (above == Work::none || below == Work::none) return false;
  const std::uint32_t words = work.facts[above].words + (above > 0 ? work.facts[above - 1].words : std::uint16_t{0});
  return words >= kWords && work.facts[below].letters > 0;
}

/// A running head that begins or ends with the number of its page: "2/8  Harbour Committee", "Report of the Committee      12".
struct Numbered {
  std::uint32_t line, page;
  bool at_end, apart;  ///< the number stands behind the words, and wide apart from them
};

/// Lines that say the same but for the number of the page, by what they say.
using NumberedLines = std::map<std::string, std::vector<Numbered>>;

/// `number`: "12", or "2/8", which says of how many; `gap`: the blanks between it and the rest.
void note_numbered(NumberedLines& seen, std::uint32_t i, std::string_view number, std::string_view rest, std::size_t gap, bool at_end) {
  constexpr std::size_t kTelling = 16, kWide = 3;  // letters of a title that stands beside nothing but a number, blanks between
  const std::size_t stroke = number.find('/');
  const std::string_view page = number.substr(0, stroke), all = stroke == std::string_view::npos ? std::string_view() : number.substr(stroke + 1);
  constexpr std::size_t kDigits = 4;
  const int value = number_of(page.substr(0, kDigits));
  if (value == 0 || page.size() > kDigits || all.size() > kDigits || (stroke != std::string_view::npos && number_of(all) < value)) return;
  std::string key = words_key(rest);
  if (all.empty() && (key.size() < kTelling || (at_end && gap < kWide))) return;  // "Annex to decision 2"
  key += all.empty() ? '#' : '/';
  seen[key.append(all)].push_back({i, static_cast<std::uint32_t>(value), at_end, gap >= kWide});
}

/// "2/8  Harbour Committee, 16 July 2031" is no text where another line says the same of another page; nor is "12 Report of
/// the Committee" where the pages go up and the masthead has the words, or at the end of three lines.
void numbered_headers(Work& work) {
  constexpr std::uint32_t kMasthead = 12;  // lines
  NumberedLines seen;
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::uint32_t i = 0; i < work.size(); ++i) {
    const std::string_view text = work.text(i);
    if (work.facts[i].letters < 3 || work.facts[i].chars > 160 || !(digit(text.front()) || digit(text.back())) || !work.plans[i].free() || work.line(i).kind != LineKind::text) continue;
    const std::size_t first = text.find(' '), last = text.rfind(' ');
    if (first == std::string_view::npos) continue;
    const std::size_t begin = std::min(text.find_first_not_of(' ', first), text.size()), end = text.find_last_not_of(' ', last) + 1;
    if (digit(text.front())) note_numbered(seen, i, text.substr(0, first), text.substr(begin), begin - first, false);
    if (digit(text.back())) note_numbered(seen, i, text.substr(last + 1), text.substr(0, end), last + 1 - end, true);
  }
  const auto in_masthead = [&](std::string_view words, std::uint32_t before) {
    std::string masthead;
    for (std::uint32_t i = 0; i < std::min(before, kMasthead); ++i)
      if (!work.labelled(i)) masthead += words_key(work.text(i));
    return masthead.find(words) != std::string::npos;
  };
  for (const auto& [said, lines] : seen) {
    if (lines.size() < 2) continue;
    const bool of_all = said.back() != '#';
    const bool other_page = std::any_of(lines.begin(), lines.end(), [&](const Numbered& line) { return line.page != lines[0].page; });
    const bool goes_up = std::is_sorted(lines.begin(), lines.end(), [](const Numbered& a, const Numbered& b) { return a.page < b.page; }) && lines.front().page < lines.back().page;
    const bool set_apart = lines.size() >= 3 && std::all_of(lines.begin(), lines.end(), [](const Numbered& line) { return line.at_end && line.apart; });
    const bool known = !of_all && goes_up && (set_apart || in_masthead(std::string_view(said).substr(0, said.size() - 1), lines.front().line));
    if (!known && !(of_all && other_page)) continue;
    for (const Numbered& line : lines) claim_furniture(work, line.line, nullptr, line.at_end ? "footer" : "header", 0.95f);
  }
}

}  // namespace

void find_page_numbers(Work& work) {
  std::vector<PageLine> pages = page_lines(work);
  drop_paragraph_numbers(work, pages);
  chain_pages(work, pages);
  const auto beside_formed = [&](std::size_t k) {
    return (k > 0 && pages[k - 1].formed && pages[k - 1].line + 1 == pages[k].line) || (k + 1 < pages.size() && pages[k + 1].formed && pages[k].line + 1 == pages[k + 1].line);
  };
  std::vector<bool> taken(pages.size());
  for (std::size_t k = 0; k < pages.size(); ++k) {
    const PageLine& page = pages[k];
    const bool edge = at_page_edge(work, page.line);
    const bool formed = page.formed && (page.chain >= 2 || page.match->rule->type == "footer" || edge || page.match->rule->type == "pageNumber");
    taken[k] = page.chain >= 3 || (page.chain == 2 && !work.document.paged) || (page.chain >= 2 && edge) || formed || (page.chain == 1 && beside_formed(k));
    if (taken[k]) claim_furniture(work, page.line, page.match->rule, page.match->rule->type, page.chain >= 3 || page.formed ? 0.98f : 0.85f);
  }
  // A number that stands to its lines as nearly all page numbers of the document do: the last of its block, not the first.
  const auto closes_block = [&](std::uint32_t i) {
    return i > 0 && work.line(i).look.blank_before == 0 && work.line(i - 1).block == work.line(i).block && (i + 1 == work.size() || work.line(i + 1).block != work.line(i).block);
  };
  std::uint32_t sure = 0, closing = 0;
  for (std::size_t k = 0; k < pages.size(); ++k) {
    sure += taken[k];
    closing += taken[k] && closes_block(pages[k].line);
  }
  constexpr std::uint32_t kHabit = 6;  // page numbers that make a manner
  for (std::size_t k = 0; k < pages.size() && sure >= kHabit && closing * 10 >= sure * 8; ++k)
    if (!taken[k] && !pages[k].formed && closes_block(pages[k].line) && work.facts[pages[k].line - 1].words >= 4) {
      taken[k] = true;
      claim_furniture(work, pages[k].line, pages[k].match->rule, pages[k].match->rule->type, 0.75f);
    }
  // Pages too short for the chain: the next number, alone between blank lines, beside one that is a page's.
  const auto next_to = [&](std::size_t k, std::size_t other) {
    if (other >= pages.size() || !taken[other] || taken[k] || !stands_alone(work, pages[k].line)) return false;
    return pages[k].number - pages[other].number == (other < k ? 1 : -1);
  };
  const auto take = [&](std::size_t k) {
    taken[k] = true;
    claim_furniture(work, pages[k].line, pages[k].match->rule, pages[k].match->rule->type, 0.8f);
  };
  // A report of two pages or three has a 2 on its second, and nothing on its first.
  constexpr std::uint64_t kFirstPage = 1000;  // bytes
  if (!pages.empty() && !taken[0] && pages[0].number == 2 && stands_alone(work, pages[0].line) && work.line(pages[0].line).span.begin >= kFirstPage && breaks_running_text(work, pages[0].line)) take(0);
  for (std::size_t k = 1; k < pages.size(); ++k)
    if (next_to(k, k - 1)) take(k);
  for (std::size_t k = pages.size(); k-- > 0;)
    if (next_to(k, k + 1)) take(k);
  numbered_headers(work);
}

}  // namespace rapporteur
