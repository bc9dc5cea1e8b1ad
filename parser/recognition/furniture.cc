// Stage recognition: page furniture, by pattern and position and repetition together.
//
// A bare number is a page number where such numbers rise through the document; a short line is a running header where it
// comes back beside page breaks; "/la recogida" is a catchword where the next page begins with these words; an address is
// a letterhead where contact lines stand together between two paragraphs. Repetition alone proves nothing.

#include <algorithm>
#include <utility>
#include <unordered_map>

#include "grammar/needed_words.h"
#include "recognition/flat_index.h"
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

/// "ANNEX IV, p. 1": no line of its own for the page number, and by_form has judged whether it opens the annex.
bool beside_annex_label(const Work& work, std::uint32_t i) {
  const auto& matches = work.matches_of(i);
  return std::any_of(matches.begin(), matches.end(), [](const Match& m) { return m.rule->emit == Emit::furniture && m.has(Capture::label); });
}

std::vector<PageLine> page_lines(const Work& work) {
  std::vector<PageLine> found;
  for (std::uint32_t i = 0; i < work.size(); ++i) {
    if (beside_annex_label(work, i)) continue;
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

/// Bytes that lie between two page lines where a page does: the shortest page of running text.
constexpr std::uint64_t kPage = 600;

bool a_page_apart(const Work& work, std::uint32_t above, std::uint32_t below) {
  return below - above >= 4 && work.line(below).span.begin - work.line(above).span.begin >= kPage;
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

/// Words enough to be running text stand above a line and below it.
bool breaks_running_text(const Work& work, std::uint32_t i) {
  constexpr std::uint32_t kWords = 5;
  const std::uint32_t above = work.before(i), below = work.after(i);
  if (above == Work::none || below == Work::none) return false;
  const std::uint32_t words = work.facts[above].words + (above > 0 ? work.facts[above - 1].words : std::uint16_t{0});
  return words >= kWords && work.facts[below].letters > 0;
}

void page_numbers(Work& work) {
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
    if (taken[k]) claim(work, page.line, page.match->rule, page.match->rule->type, page.chain >= 3 || page.formed ? 0.98f : 0.85f);
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
      claim(work, pages[k].line, pages[k].match->rule, pages[k].match->rule->type, 0.75f);
    }
  // Pages too short for the chain: the next number, alone between blank lines, beside one that is a page's.
  const auto next_to = [&](std::size_t k, std::size_t other) {
    if (other >= pages.size() || !taken[other] || taken[k] || !stands_alone(work, pages[k].line)) return false;
    return pages[k].number - pages[other].number == (other < k ? 1 : -1);
  };
  const auto take = [&](std::size_t k) {
    taken[k] = true;
    claim(work, pages[k].line, pages[k].match->rule, pages[k].match->rule->type, 0.8f);
  };
  // A report of two pages or three has a 2 on its second, and nothing on its first.
  constexpr std::uint64_t kFirstPage = 1000;  // bytes
  if (!pages.empty() && !taken[0] && pages[0].number == 2 && stands_alone(work, pages[0].line) && work.line(pages[0].line).span.begin >= kFirstPage && breaks_running_text(work, pages[0].line)) take(0);
  for (std::size_t k = 1; k < pages.size(); ++k)
    if (next_to(k, k - 1)) take(k);
  for (std::size_t k = pages.size(); k-- > 0;)
    if (next_to(k, k + 1)) take(k);
}

/// Pattern and position say what it is: taken at the rule's word. But "ANNEX IV, p. 1" is the heading of that annex.
void by_form(Work& work) {
  std::unordered_set<std::string> annexes;
  for (std::uint32_t i = 0; i < work.size(); ++i)
    for (const Match& match : work.matches_of(i))
      if (match.rule->emit == Emit::furniture && match.rule->weight >= 0.8 && work.plans[i].free()) {
        if (match.has(Capture::label) && annexes.insert(std::string(match.text(Capture::label, work.text(i)))).second && match.text(Capture::page, work.text(i)) == "1") break;
        claim(work, i, match.rule, match.rule->type, static_cast<float>(match.rule->weight));
        break;
      }
}

/// What a running header keeps from page to page: its letters; numbers count as one sign.
std::string running_key(std::string_view text, bool keep_digits) {
  std::string key;
  key.reserve(text.size());
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

/// What two lines of one running_key have in common, told without making the keys: how many letters, and the signs at both
/// ends.
std::uint64_t running_look(const Work& work, std::uint32_t i) {
  const std::string_view text = work.text(i);
  const auto sign = [&](std::size_t at) {
    const auto byte = static_cast<unsigned char>(at < text.size() ? text[at] : ' ');
    return std::uint64_t{byte >= 'A' && byte <= 'Z' ? byte + 32u : byte >= '0' && byte <= '9' ? '#' : byte};
  };
  std::size_t first = 0, last = text.size();
  while (first < last && is_blank(text[first])) ++first;
  while (last > first && is_blank(text[last - 1])) --last;
  return std::uint64_t{work.facts[i].letters} << 16 | sign(first) << 8 | sign(last - 1);
}

/// Beside a page break: next to a page number or at the edge of a page.
bool beside_break(const Work& work, std::uint32_t i) {
  if (at_page_edge(work, i)) return true;
  for (std::int64_t j = static_cast<std::int64_t>(i) - 2; j <= static_cast<std::int64_t>(i) + 2; ++j)
    if (j >= 0 && j < work.size() && j != i && work.is_furniture(static_cast<std::uint32_t>(j))) return true;
  return false;
}

bool beside_page_number(const Work& work, std::uint32_t i) {
  const auto number = [&](std::uint32_t j) { return j < work.size() && work.is_furniture(j) && (work.plans[j].type == "pageNumber" || work.plans[j].type == "footer"); };
  return number(i + 1) || (i > 0 && number(i - 1));
}

/// "Annex to Recommendation 5": what it names tells it from other lines of its kind.
bool names_annex(std::string_view text) {
  const auto first = std::find_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80 || (c != '_' && WordScan::word(c)); });
  if (first == text.end() || (static_cast<unsigned char>(*first) < 0x80 && *first != 'a' && *first != 'A')) return false;
  const std::string key = words_key(text.substr(0, 24));
  static constexpr std::string_view kWords[] = {"annex", "anexo", "appendi", "apéndice", "apêndice", "attachment", "anlage", "приложение"};
  return std::any_of(std::begin(kWords), std::end(kWords), [&](std::string_view word) { return key.starts_with(word); });
}

/// How many letters differ, up to a bound: OCR reads a running header wrongly once in a while.
bool nearly(std::string_view a, std::string_view b) {
  const std::size_t bound = a.size() / 4;
  if (bound == 0 || a.size() > 40 || b.size() > a.size() + bound || a.size() > b.size() + bound) return false;
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t corner = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t cost = corner + (a[i - 1] != b[j - 1]);
      corner = row[j];
      row[j] = std::min({cost, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()] <= bound;
}

/// Lines beside a page number that are nearly one of the running headers, or came back without always standing so.
void misread_headers(Work& work) {
  std::vector<std::string_view> known;
  for (std::uint32_t i = 0; i < work.size() && known.size() < 8; ++i)
    if (work.is_furniture(i) && work.plans[i].type == "header" && work.facts[i].chars <= 40 && work.facts[i].letters >= 3 && std::find(known.begin(), known.end(), work.text(i)) == known.end())
      known.push_back(work.text(i));
  if (known.empty()) return;
  const auto number = [&](std::uint32_t j) { return j < work.size() && work.is_furniture(j) && work.plans[j].type == "pageNumber"; };
  for (std::uint32_t i = 0; i < work.size(); ++i) {
    if (!work.plans[i].free() || work.line(i).kind != LineKind::text || work.facts[i].chars > 44 || work.facts[i].letters < 3 || work.line(i).look.heading > 0) continue;
    if (names_annex(work.text(i)) || !(number(i + 1) || number(i + 2) || (i > 0 && number(i - 1)))) continue;
    if (std::any_of(known.begin(), known.end(), [&](std::string_view header) { return nearly(header, work.text(i)); })) claim(work, i, nullptr, "header", 0.85f);
  }
}

/// "- 2 -" at the end of a line, behind a wide gap.
std::string_view trailing_page(std::string_view text) {
  if (!text.ends_with(" -") && !text.ends_with("-")) return {};
  const std::size_t gap = text.rfind("   ");
  if (gap == std::string_view::npos) return {};
  const std::string_view tail = text.substr(text.find_first_not_of(' ', gap));
  const bool formed = tail.size() >= 3 && tail.size() <= 9 && tail.front() == '-' && tail.find_first_not_of("0123456789 -") == std::string_view::npos;
  return formed && tail.find_first_of("0123456789") != std::string_view::npos ? tail : std::string_view();
}

/// "234    Council - 4th session" and "Council - 4th session    235": page numbers glued to a running header, left and
/// right in turn. The words come back and the numbers differ little.
void glued_numbers(Work& work) {
  struct Glued {
    std::uint32_t line;
    int number;
    bool dressed = false;
  };
  std::unordered_map<std::string, std::vector<Glued>> seen;
  std::vector<std::uint32_t> of_form;
  for (std::uint32_t i = 0; i < work.size(); ++i) {
    const Facts& f = work.facts[i];
    if (!work.plans[i].free() || f.digits == 0 || f.words < 3 || f.chars > 160 || f.starts_lower || f.end == LineEnd::colon || work.line(i).kind != LineKind::text) continue;
    const std::string_view text = work.text(i);
    const std::size_t first = text.find_first_not_of("0123456789"), last = text.find_last_not_of("0123456789");
    const auto wide = [&](std::size_t at) { return text[at] == '\t' || text.substr(at, 3) == "   "; };
    const std::string_view dressed = trailing_page(text);  // "- 2 -" behind a wide gap: two such lines are enough
    if (!dressed.empty()) {
      Glued page{i, number_of(dressed.substr(dressed.find_first_of("0123456789"), dressed.find_last_of("0123456789") - dressed.find_first_of("0123456789") + 1))};
      page.dressed = true;
      seen[words_key(text.substr(0, text.size() - dressed.size()))].push_back(page);
      continue;
    }
    const bool left = first > 0 && first <= 5 && wide(first);
    const bool right = last + 1 < text.size() && text.size() - last <= 6 && (text[last] == '\t' || text.substr(0, last + 1).ends_with("   "));
    if (left == right) continue;
    of_form.push_back(i);
    const std::string_view words = left ? text.substr(first) : text.substr(0, last + 1);
    seen[words_key(words)].push_back({i, number_of(left ? text.substr(0, first) : text.substr(last + 1))});
  }
  for (const auto& [key, lines] : seen) {
    const auto next_page = [&] { return lines.size() == 2 && lines[1].number == lines[0].number + 1 && a_page_apart(work, lines[0].line, lines[1].line) && stands_alone(work, lines[0].line) && stands_alone(work, lines[1].line); };
    if (lines.size() < (lines[0].dressed ? 2 : 3) && !next_page()) continue;
    const auto [low, high] = std::minmax_element(lines.begin(), lines.end(), [](const Glued& a, const Glued& b) { return a.number < b.number; });
    const auto numbered_text = [&](const Glued& glued) { return work.labelled(glued.line) && (work.facts[glued.line].end == LineEnd::sentence || (work.reads_as_text(glued.line) && work.extent(glued.line).last > glued.line)); };
    if (std::count_if(lines.begin(), lines.end(), numbered_text) * 2 >= static_cast<std::ptrdiff_t>(lines.size())) continue;  // paragraphs that say the same
    const auto near = [&](const Glued& a, const Glued& b) { return !a_page_apart(work, a.line, b.line); };
    if (work.facts[lines[0].line].words < 5 && std::adjacent_find(lines.begin(), lines.end(), near) != lines.end()) continue;  // rows of a table
    if (low->number == high->number || static_cast<std::size_t>(high->number - low->number) > 3 * lines.size()) continue;
    for (const Glued& glued : lines) claim(work, glued.line, nullptr, "header", 0.95f);
  }
  for (std::size_t n = 1; n + 1 < of_form.size(); ++n)  // one of the same form between two of them: another year's, left by mistake
    if (!work.is_furniture(of_form[n]) && work.is_furniture(of_form[n - 1]) && work.is_furniture(of_form[n + 1]) && of_form[n + 1] == of_form[n - 1] + 2)
      claim(work, of_form[n], nullptr, "header", 0.8f);
}

/// A line that may be a running header.
struct MayRun {
  std::uint32_t line;
  std::uint64_t look;
  std::uint32_t first = 0;  ///< the first of those that look like it
};

/// Lines that others may repeat, one of them beside a page break. Few are, and of the rest nothing more is asked.
std::vector<MayRun> may_run(const Work& work) {
  struct Times {
    std::uint32_t lines = 0;
    bool beside = false;
  };
  std::vector<MayRun> found;
  for (std::uint32_t i = 0; i < work.size(); ++i) {
    const Facts& f = work.facts[i];
    if (f.letters < 3 || f.chars > 160 || !work.plans[i].free() || work.line(i).kind != LineKind::text || work.line(i).look.heading > 0) continue;
    found.push_back({i, running_look(work, i)});
  }
  FlatIndex by_look(found.size());
  std::vector<Times> times(found.size());  // of each look, where the first line stands that has it
  for (std::uint32_t k = 0; k < found.size(); ++k) {
    found[k].first = by_look.find_or_put(mixed(found[k].look), k, [&](std::uint32_t other) { return found[other].look == found[k].look; });
    Times& here = times[found[k].first];
    ++here.lines;
    here.beside = here.beside || beside_break(work, found[k].line);
  }
  std::erase_if(found, [&](const MayRun& line) { return times[line.first].lines < 2 || !times[line.first].beside; });
  return found;
}

void running_headers(Work& work) {
  struct Seen {
    std::vector<std::uint32_t> lines;
    std::uint32_t beside = 0;
  };
  std::unordered_map<std::string, Seen> seen;
  for (const auto& [i, look, first] : may_run(work)) {
    const Facts& f = work.facts[i];
    if (i + 1 < work.size() && work.facts[i + 1].ends_in_leader) continue;  // "Annex", its title and page below: in a list of contents
    if (f.starts_lower && work.mid_sentence(i)) continue;  // the last word of a sentence, twice at a page's end
    const bool clause = f.end == LineEnd::colon || f.end == LineEnd::semicolon || f.end == LineEnd::sentence;
    if (clause && f.words >= 4 && (work.labelled(i) || !f.mostly_capitals())) continue;  // "7. The Council took note of the report."
    if (work.table_head(i) || (i > 0 && work.line(i - 1).block == work.line(i).block && f.words <= 2 && work.table_head(i - 1))) continue;
    bool named = false;  // "RECOMMENDATION V-2" is no repetition of "RECOMMENDATION V-1"
    for (const Match& m : work.matches_of(i)) named |= m.rule->emit == Emit::annex || (m.rule->emit == Emit::section && !m.rule->type.empty());
    named |= names_annex(work.text(i));
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

/// "NLC/23/65" right beside "Page 2", once though it may be, and not in the masthead.
void symbols_beside_pages(Work& work) {
  constexpr std::uint32_t kMasthead = 12;  // lines
  for (std::uint32_t i = kMasthead; i < work.size(); ++i)
    if (work.plans[i].free() && beside_page_number(work, i))  // asked first: what a line may be in a masthead is dear
      if (const Match* symbol = work.proposal(i, Emit::docNumber); symbol && symbol->whole.size() + 2 >= work.text(i).size()) claim(work, i, nullptr, "header", 0.9f);
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
  glued_numbers(work);
  running_headers(work);
  symbols_beside_pages(work);
  misread_headers(work);
  letterheads(work);
}

}  // namespace rapporteur
