// Stage recognition: page furniture, by pattern and position and repetition together.
//
// A short line is a running header where it comes back beside page breaks; "/la recogida" is a catchword where the next page begins with these words; an address is
// a letterhead where contact lines stand together between two paragraphs. Repetition alone proves nothing.

#include <algorithm>
#include <utility>
#include <unordered_map>

#include "grammar/needed_words.h"
#include "recognition/flat_index.h"
#include "recognition/furniture.h"

namespace rapporteur {

void claim_furniture(Work& work, std::uint32_t i, const Rule* rule, std::string type, float confidence) {
  LinePlan& plan = work.plans[i];
  plan.claim = Claim::furniture;
  plan.rule = rule;
  plan.type = std::move(type);
  plan.confidence = confidence;
}

namespace {

/// Pattern and position say what it is: taken at the rule's word. But "ANNEX IV, p. 1" is the heading of that annex.
void by_form(Work& work) {
  std::unordered_set<std::string> annexes;
  for (std::uint32_t i = 0; i < work.size(); ++i) {
    if (!work.plans[i].free() || work.proposal(i, Emit::furniture) == nullptr) continue;
    for (const Match& match : work.matches_of(i))
      if (match.rule->emit == Emit::furniture && match.rule->weight >= 0.8) {
        if (match.has(Capture::label) && annexes.insert(std::string(match.text(Capture::label, work.text(i)))).second && match.text(Capture::page, work.text(i)) == "1") break;
        claim_furniture(work, i, match.rule, match.rule->type, static_cast<float>(match.rule->weight));
        break;
      }
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
    if (std::any_of(known.begin(), known.end(), [&](std::string_view header) { return nearly(header, work.text(i)); })) claim_furniture(work, i, nullptr, "header", 0.85f);
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
    for (const Glued& glued : lines) claim_furniture(work, glued.line, nullptr, "header", 0.95f);
  }
  for (std::size_t n = 1; n + 1 < of_form.size(); ++n)  // one of the same form between two of them: another year's, left by mistake
    if (!work.is_furniture(of_form[n]) && work.is_furniture(of_form[n - 1]) && work.is_furniture(of_form[n + 1]) && of_form[n + 1] == of_form[n - 1] + 2)
      claim_furniture(work, of_form[n], nullptr, "header", 0.8f);
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
  for (const std::uint32_t i : headers) claim_furniture(work, i, nullptr, "header", 0.9f);
}

constexpr std::uint32_t kMasthead = 12;  // lines

/// A line that is nothing but a symbol of the masthead, in a block of its own: the head of a page.
bool repeats_symbol(const Work& work, std::uint32_t i) {
  constexpr std::size_t kShortest = 6;  // bytes of a symbol
  const std::string_view text = work.text(i);
  const bool may = work.facts[i].digits > 0 && text.size() >= kShortest && text.find('/') != std::string_view::npos && work.begins_block(i) &&
                   (i + 1 == work.size() || work.line(i + 1).block != work.line(i).block);
  for (std::uint32_t above = 0; may && above < std::min(kMasthead, i); ++above)
    if (work.text(above).ends_with(text)) return true;
  return false;
}

/// "NLC/23/65" right beside "Page 2", once though it may be, or alone as in the masthead; and not in it.
void symbols_beside_pages(Work& work) {
  constexpr std::uint32_t kLongest = 14;  // words, as what OCR makes of one
  for (std::uint32_t i = kMasthead; i < work.size(); ++i)
    if (work.plans[i].free() && work.facts[i].words <= kLongest && (beside_page_number(work, i) || repeats_symbol(work, i)))  // asked first: what a line may be in a masthead is dear
      if (const Match* symbol = work.proposal(i, Emit::docNumber); symbol && symbol->whole.size() + 2 >= work.text(i).size()) claim_furniture(work, i, nullptr, "header", 0.9f);
}

bool begins_with_words(std::string_view text, std::string_view words) {
  const std::string a = words_key(text), b = words_key(words);
  return !b.empty() && a.starts_with(b);
}

void catchwords(Work& work) {
  for (std::uint32_t i = 0; i < work.size(); ++i) {
    const LinePlan& plan = work.plans[i];
    if (!plan.free() || work.proposal(i, Emit::furniture) == nullptr) continue;
    for (const Match& match : work.matches_of(i)) {
      if (match.rule->type != "catchword") continue;
      const std::string_view words = match.text(Capture::text, work.text(i));
      const std::uint32_t next = work.after(i);
      if (words.empty()) claim_furniture(work, i, match.rule, "catchword", 0.97f);
      else if (next != Work::none && begins_with_words(work.text(next), words)) claim_furniture(work, i, match.rule, "catchword", 0.99f);
      else if (work.facts[i].words <= 4 && !work.facts[i].mostly_capitals() && next != Work::none && work.facts[i].end != LineEnd::sentence)
        claim_furniture(work, i, match.rule, "catchword", 0.8f);
      break;
    }
  }
}

const Rule* contact_rule(const Work& work, std::uint32_t i) {
  const Match* match = work.proposal(i, Emit::contact);
  return match ? match->rule : nullptr;
}

bool may_be_contact(const Work& work, std::uint32_t i) { return work.facts[i].words <= 40 && !work.labelled(i); }

/// Contact lines that stand together, with at least two kinds of contact, after the header matter.
void letterheads(Work& work) {
  std::uint32_t unread = 0;
  auto body_began = [&, began = false](std::uint32_t by) mutable {
    for (; !began && unread <= by; ++unread) began = work.prose(unread);
    return began;
  };
  for (std::uint32_t i = 0; i < work.size(); ++i) {
    if (!work.plans[i].free() || !work.begins_block(i) || !body_began(i) || !may_be_contact(work, i)) continue;
    std::uint32_t end = i;
    std::vector<std::string> kinds;
    bool hard = false;
    for (; end < work.size() && end < i + 8; ++end) {
      const Rule* r = may_be_contact(work, end) ? contact_rule(work, end) : nullptr;
      if (!r) break;
      hard |= r->type != "address";
      if (std::find(kinds.begin(), kinds.end(), r->type) == kinds.end()) kinds.push_back(r->type);
    }
    if (kinds.size() >= 2 && hard && end - i >= 2)
      for (std::uint32_t j = i; j < end; ++j) claim_furniture(work, j, contact_rule(work, j), "letterhead", 0.95f);
    i = std::max(i, end == i ? i : end - 1);
  }
}

}  // namespace

void find_furniture(Work& work) {
  by_form(work);
  find_page_numbers(work);
  catchwords(work);
  glued_numbers(work);
  running_headers(work);
  symbols_beside_pages(work);
  misread_headers(work);
  letterheads(work);
}

}  // namespace rapporteur
