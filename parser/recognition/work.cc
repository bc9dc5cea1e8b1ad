// Stage recognition: the desk's own questions about lines and their neighbours.

#include "recognition/work.h"

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

#include <utf8proc.h>

#include "recognition/number.h"

namespace rapporteur {

static bool never_ends(std::string_view word);

Work::Work(const Document& d, const Grammar& g, const RecogniseOptions& o)
    : document(d), grammar(g), options(o), matcher(g), facts(facts_of_lines(d)), manner(manner_of(d, facts)), plans(d.lines.size()), x_proposed(d.lines.size()), x_goes_on(d.lines.size()), x_fields(*this, BlockRules::fields), x_contacts(*this, BlockRules::contacts), x_announcements(*this, BlockRules::announcements) {
  for (std::uint32_t i = 0; i < size(); ++i) facts[i].cut = facts[i].end == LineEnd::open && facts[i].words > 2 && never_ends(last_word(text(i)));
  for (const Late* late : {&x_fields, &x_contacts, &x_announcements}) x_late_emits |= late->emits();
  first_match.reserve(d.lines.size() + 1);
  matches.reserve(d.lines.size());
  for (std::uint32_t i = 0; i < size(); ++i) {
    first_match.push_back(static_cast<std::uint32_t>(matches.size()));
    ask(i, BlockRules::running, matches);
    for (std::size_t m = first_match.back(); m < matches.size(); ++m) {
      const Rule& rule = *matches[m].rule;
      x_proposed[i].emits |= std::uint64_t{1} << static_cast<unsigned>(rule.emit);
      x_proposed[i].labelled |= rule.counts || rule.emit == Emit::point;
    }
  }
  first_match.push_back(static_cast<std::uint32_t>(matches.size()));
}

void Work::forget_lines() {
  const auto give_back = [](auto&... rows) { (std::exchange(rows, std::decay_t<decltype(rows)>()), ...); };
  give_back(facts, matches, first_match, plans, header, x_proposed, x_goes_on);
  for (Late* late : {&x_fields, &x_contacts, &x_announcements}) late->forget();
}

std::uint32_t Work::bullet(std::uint32_t i) const {
  const std::string_view words = text(i);
  const bool bulleted = words.size() > 3 && (words[0] == '-' || words[0] == '*') && words[1] == ' ' && ((words[2] >= '0' && words[2] <= '9') || words[2] == '(') &&
                        words.find_last_not_of(" -0123456789") != std::string_view::npos;
  return bulleted ? 2 : 0;
}

void Work::ask(std::uint32_t i, BlockRules which, std::vector<Match>& out) const {
  if (!asked(i)) return;
  const std::uint32_t behind = bullet(i);
  const std::size_t first = out.size();
  matcher.match_block(text(i).substr(behind), zone_any, out, which);
  for (std::size_t m = first; behind > 0 && m < out.size(); ++m) out[m] = out[m].behind(behind);
}

std::span<const Match> Work::Late::of(std::uint32_t i) {
  if (x_place[i] == 0) {
    std::vector<Match> found;
    x_work.ask(i, x_which, found);
    x_place[i] = found.empty() ? 1 : static_cast<std::uint32_t>(x_found.size()) + 2;
    if (!found.empty()) x_found.push_back(std::move(found));
  }
  return x_place[i] == 1 ? std::span<const Match>() : x_found[x_place[i] - 2];
}

const Match* Work::find_proposal(std::uint32_t i, Emit emit) const {
  const auto first_in = [&](std::span<const Match> found) {
    const auto match = std::find_if(found.begin(), found.end(), [&](const Match& m) { return m.rule->emit == emit; });
    return match != found.end() ? &*match : nullptr;
  };
  const auto among = [&](std::uint64_t emits) { return (emits >> static_cast<unsigned>(emit) & 1) != 0; };
  const Match* first = among(x_proposed[i].emits) ? first_in(matches_of(i)) : nullptr;
  for (Late* late : {&x_fields, &x_contacts, &x_announcements}) {
    const Match* const match = among(late->emits()) ? first_in(late->of(i)) : nullptr;
    if (match != nullptr && (first == nullptr || match->rule->index < first->rule->index)) first = match;
  }
  return first;
}

bool Work::heads_agenda(std::uint32_t i) const {
  const auto found = matches_of(i);
  return std::any_of(found.begin(), found.end(), [](const Match& m) { return m.rule->emit == Emit::agendaList && m.rule->type == "heading"; });
}

bool Work::in_flow(std::uint32_t i) const {
  const LineKind kind = line(i).kind;
  return !is_furniture(i) && kind != LineKind::rule && kind != LineKind::raw && kind != LineKind::note;
}

std::uint32_t Work::before(std::uint32_t i) const {
  while (i-- > 0)
    if (in_flow(i)) return i;
  return none;
}

std::uint32_t Work::after(std::uint32_t i) const {
  while (++i < size())
    if (in_flow(i)) return i;
  return none;
}

bool Work::table_head(std::uint32_t i) const {
  const std::string_view all = text(i);
  if (facts[i].digits > 0 || line(i).look.indent > 40) return false;
  if (!facts[i].gaps && all.find('\t') == std::string_view::npos) return false;
  std::vector<std::size_t> columns;
  std::size_t words = 0, most = 0;
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = std::min(all.find_first_of(" \t", at), all.size());
    const std::size_t next = std::min(all.find_first_not_of(" \t", end), all.size());
    most = std::max(most, ++words);
    if (next < all.size() && (next - end >= 3 || all[end] == '\t')) {
      columns.push_back(next + line(i).look.indent);
      words = 0;
    }
    at = next;
  }
  if (most > 3 || columns.empty()) return false;
  if (columns.size() >= 2) return true;
  if (i + 1 >= size() || line(i + 1).block != line(i).block || facts[i + 1].words > 3) return false;
  const std::size_t below = line(i + 1).look.indent;
  return below + 6 > columns[0] && below < columns[0] + 12;
}

bool Work::begins_block(std::uint32_t i) const {
  return i == 0 || line(i - 1).block != line(i).block || is_furniture(i - 1) || line(i).look.page_begins;
}

bool Work::begins_afresh(std::uint32_t i) const {
  if (begins_block(i)) return true;
  return manner.unbroken && (facts[i - 1].end == LineEnd::sentence || plans[i - 1].claim == Claim::section || proposal(i - 1, Emit::point));
}

/// "(Convenor:" with its other bracket on the next line.
static bool leaves_bracket_open(std::string_view text) {
  const std::size_t open = text.rfind('(');
  return open != std::string_view::npos && text.find(')', open) == std::string_view::npos;
}

Work::Extent Work::extent(std::uint32_t i) const {
  Extent e;
  std::uint32_t letters = 0, capitals = 0;
  std::uint32_t known_margin = 0;
  const auto margin = [&] {
    if (known_margin > 0) return known_margin;
    std::uint32_t widest = 50;  // of its first lines: a document may have wider ones elsewhere
    for (std::uint32_t j = i; j < size() && j < i + 5 && line(j).block == line(i).block; ++j) widest = std::max(widest, facts[j].chars);
    return known_margin = std::min(manner.full_line, widest);
  };
  for (std::uint32_t j = i; j < size(); ++j) {
    if (j > i) {
      const bool joined = line(j).block == line(j - 1).block && line(j).kind == line(i).kind;
      if (!joined || plans[j].claim != plans[i].claim || line(j).look.heading != line(i).look.heading) break;
      if (line(i).look.bold && !line(j).look.bold) break;  // a bold heading right above its text
      if (labelled(j) && !mid_sentence(j)) break;
      if (!manner.wrapped && !facts[j].starts_lower && !(text(j)[0] == '(' && !facts[j].starts_upper) && !unfinished(j - 1) && !facts[j - 1].cut && facts[i].words > 0 && !line(j).look.broken_before && facts[j - 1].end != LineEnd::hyphen) break;
      // A line that stops far from the margin without ending a sentence is done, unless the next goes on in lower case.
      const bool ended = j == i + 1 && facts[i].words > 1 && (facts[i].end == LineEnd::sentence || facts[i].end == LineEnd::open) && labelled(i);
      if (ended && facts[j].starts_upper && text(j)[0] != '(' && !leaves_bracket_open(text(i)) && fits_above(j, 75)) break;  // the text of a heading begins right below it
      const bool stopped = facts[j - 1].end == LineEnd::open && facts[j - 1].letters > 0 && facts[j - 1].chars * 10 < margin() * 6;
      if (stopped && !facts[j].starts_lower && !facts[j].mostly_capitals() && !line(j).look.broken_before) break;
      if (e.lines == 40) break;
    }
    const Facts& f = facts[j];
    e.last = j;
    e.words += f.words;
    e.chars += f.chars + 1;
    ++e.lines;
    letters += f.letters;
    capitals += f.capitals;
    e.end = f.end;
  }
  e.capitals = letters >= 3 && capitals * 10 >= letters * 8;
  return e;
}

/// The label of line i is the next one behind that of the line above.
bool Work::next_label(const Match& above, const Match& here, std::uint32_t i) const {
  const Capture counted = here.rule->counts.value_or(Capture::number);
  const Readings a = read_label(above.text(counted, text(i - 1))), b = read_label(here.text(counted, text(i)));
  for (std::uint8_t x = 0; x < a.count; ++x)
    for (std::uint8_t y = 0; y < b.count; ++y)
      if (gap_between(a.number[x], b.number[y]) == 0) return true;
  return false;
}

bool Work::unfinished(std::uint32_t i) const { return facts[i].end == LineEnd::open && !facts[i].mostly_capitals() && joins_on(last_word(text(i))); }

/// A wrapped line breaks where the next word has no more room: where it had, somebody ended the line.
bool Work::fits_above(std::uint32_t i, std::uint32_t percent) const {
  if (i == 0 || !manner.wrapped) return false;
  const std::size_t word = std::min(text(i).find(' '), text(i).size());
  return (facts[i - 1].chars + 1 + word) * 100 < manner.full_line * percent;
}

bool Work::goes_on(std::uint32_t i) const {
  if (i == 0 || line(i - 1).block != line(i).block || line(i).look.page_begins) return false;
  for (const Match& here : matches_of(i))  // two labels of one kind, one below the other: a list, no sentence
    if (here.rule->counts)
      for (const Match& above : matches_of(i - 1))
        if (above.rule == here.rule && ((!here.rule->type.empty() && facts[i - 1].end != LineEnd::open) || next_label(above, here, i))) return false;
  const Facts& f = facts[i - 1];
  if (f.cut) return true;
  if (unfinished(i - 1)) return true;
  if (!manner.wrapped && f.chars < 100) return false;
  const bool open = f.end == LineEnd::open || f.end == LineEnd::comma || f.end == LineEnd::hyphen;
  if (f.end == LineEnd::open && document.paged && facts[i].starts_upper && fits_above(i)) return false;
  return open && f.chars * 10 >= manner.full_line * 6 && !f.mostly_capitals();
}

bool Work::prose(std::uint32_t i) const {
  if (line(i).look.heading > 0) return false;
  const Extent e = extent(i);
  if (e.words < 12 || e.capitals) return false;
  return e.words >= 40 || e.end == LineEnd::sentence || e.end == LineEnd::colon || (e.words >= 20 && e.end != LineEnd::open);
}

bool Work::reads_as_text(std::uint32_t i) const {
  const Extent e = extent(i);
  const bool ends = (e.end == LineEnd::sentence && e.words >= 4) || (e.end == LineEnd::colon && e.words >= 2);
  return (ends && !e.capitals && line(i).look.heading == 0) || prose(i);
}

bool Work::may_be_numbered_text(std::uint32_t i) const {
  const Extent e = extent(i);
  const bool runs_on = e.words >= 14 && e.lines >= 2 && !e.capitals && line(i).look.heading == 0;  // as far as the end of the page
  return runs_on || reads_as_text(i);
}

namespace {

/// The few words before the first colon of a line ("Präsident Dr. Vogt"), empty where there are none.
std::string_view words_before_colon(std::string_view text) {
  const std::size_t colon = text.substr(0, 48).find(':');
  if (colon == std::string_view::npos || colon == 0 || (colon + 1 < text.size() && text[colon + 1] != ' ' && text[colon + 1] != '\t')) return {};
  const std::string_view words = text.substr(0, colon);
  return std::count(words.begin(), words.end(), ' ') <= 4 && words.find_first_of("0123456789") == std::string_view::npos ? words : std::string_view();
}

}  // namespace

void Work::note_speakers() {
  std::uint32_t lines = 0, spoken = 0;
  for (std::uint32_t i = header_end; i < size(); ++i) {
    if (line(i).kind != LineKind::text || facts[i].words == 0) continue;
    ++lines;
    const std::string_view words = labelled(i) ? std::string_view() : words_before_colon(text(i));
    if (words.empty()) continue;
    ++speakers[words];
    spoken += words.size() + 1 < text(i).size();
  }
  dialogue = spoken >= 12 && spoken * 6 > lines;
}

bool Work::speech(std::uint32_t i) const {
  const std::string_view words = dialogue ? words_before_colon(text(i)) : std::string_view();
  return !words.empty() && words.size() + 1 < text(i).size();
}

float Work::speaks(std::uint32_t i) const {
  const std::string_view words = words_before_colon(text(i));
  if (words.empty()) return 0;
  const auto found = speakers.find(words);
  return found != speakers.end() && found->second >= 3 ? 4.0f : dialogue && words.size() + 1 < text(i).size() ? 3.5f : 0;
}

std::string_view last_word(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  std::size_t begin = text.size();
  while (begin > 0 && text[begin - 1] != ' ' && text[begin - 1] != '\t') --begin;
  return text.substr(begin);
}

namespace {

/// A word of at most eight bytes as one number, capitals of ASCII as small letters: so that it is compared in one step with
/// each of many. 0 is a longer one, or none.
constexpr std::uint64_t as_number(std::string_view word) {
  std::uint64_t bytes = 0;
  if (word.size() <= sizeof bytes)
    for (const char c : word) bytes = bytes << 8 | static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return bytes;
}

template <std::size_t count>
constexpr std::array<std::uint64_t, count> as_numbers(const std::string_view (&words)[count]) {
  std::array<std::uint64_t, count> numbers{};
  for (std::size_t i = 0; i < count; ++i) numbers[i] = as_number(words[i]);
  return numbers;
}

bool among(std::span<const std::uint64_t> words, std::string_view word) {
  const std::uint64_t number = as_number(word);
  return number != 0 && std::find(words.begin(), words.end(), number) != words.end();
}

}  // namespace

/// No sentence and no line of a list ends with these.
static bool never_ends(std::string_view word) {
  static constexpr auto kWords = as_numbers({"a", "an", "by", "with", "from", "which", "den", "dem", "im", "am", "vom", "zum", "zur", "von", "par", "dans", "con", "por", "para", "на", "от"});
  return joins_on(word) || among(kWords, word);
}

bool joins_on(std::string_view word) {
  static constexpr auto kWords = as_numbers({"of", "the", "on", "and", "for", "to", "in", "de", "du", "des", "la", "le", "les", "del", "los", "las",
                                                "el", "y", "et", "sur", "der", "die", "das", "des", "über", "und", "den", "dem", "am", "vom", "zum", "im", "do", "da", "dos", "das", "e", "sobre", "о", "об", "и", "по", "в"});
  return among(kWords, word);
}

namespace {

/// What a byte of ASCII is in a key; 0: nothing.
constexpr std::array<char, 128> ascii_in_keys() {
  std::array<char, 128> table{};
  for (int c = 0; c < 128; ++c)
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) table[static_cast<std::size_t>(c)] = static_cast<char>(c);
    else if (c >= 'A' && c <= 'Z') table[static_cast<std::size_t>(c)] = static_cast<char>(c + 32);
  return table;
}
constexpr std::array<char, 128> kInKeys = ascii_in_keys();

}  // namespace

std::string words_key(std::string_view text) {
  std::string key(text.size(), '\0');
  char* end = key.data();
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      *end = kInKeys[byte];
      end += *end != 0;
      ++at;
      continue;
    }
    utf8proc_int32_t point = 0;
    const auto used = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at), text.size() - at, &point);
    if (used <= 0) break;
    at += used;
    const auto category = utf8proc_category(point);
    if (category > UTF8PROC_CATEGORY_NO || category == UTF8PROC_CATEGORY_CN) continue;  // letters, marks and numbers only
    utf8proc_uint8_t out[4];
    const auto size = utf8proc_encode_char(utf8proc_tolower(point), out);
    const auto room = static_cast<std::size_t>(key.data() + key.size() - end);
    if (room < text.size() - at + static_cast<std::size_t>(size)) {  // a small letter may be longer than its capital
      const auto length = static_cast<std::size_t>(end - key.data());
      key.resize(key.size() + text.size() - at + 4);
      end = key.data() + length;
    }
    end = std::copy_n(reinterpret_cast<const char*>(out), size, end);
  }
  key.resize(static_cast<std::size_t>(end - key.data()));
  return key;
}

}  // namespace rapporteur
